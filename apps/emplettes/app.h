#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/random.h"
#include "catalogue/kind.h"
#include "emplettes/databases.h"
#include "emplettes/housekeeping.h"
#include "emplettes/newsreader.h"
#include "law/holidays.h"
#include "site/context.h"
#include "site/error_pages.h"
#include "site/routes.h"
#include "store/periodic_jobs.h"
#include "web/access_log.h"
#include "web/assets.h"
#include "web/server.h"
#include "web/templates.h"

namespace emplettes {

class FeedReader;
class PictureReader;
class Importer;

struct AppSettings {
    std::filesystem::path data;
    std::string database;  // empty: the data folder's own SQLite file
    int node = 0;          // 0 to 15, different for each process that writes to one database
    web::ServerConfig server;
    bool access_log = true;
    // Of the process that makes pictures (pictures/picture_maker.h); empty: this program, anew.
    std::vector<std::string> picture_command = {};
    std::uint64_t feed_bytes_max = std::uint64_t{256} << 20;  // of a shop's feed, unpacked
    int hold_writes_ms = 0;  // ms that each write keeps its worker before it begins; for measuring
    bool background = true;  // false: tests run the jobs themselves
};

// The languages that are built in.
Languages load_languages();

// The whole server: everything it is made of, as members in the order of construction. Serves from
// construction until stop().
class App {
  public:
    // `clock` and `random` must outlive it. Throws std::runtime_error (and what the database
    // throws) with a sentence for people when it cannot start.
    App(const AppSettings& settings, const Clock& clock, Random& random);
    ~App();

    std::uint16_t port() const { return server_->port(); }
    const site::Territories& territories() const { return territories_; }
    store::Database& database() { return *database_; }

    // What runs in the background otherwise: expiry, mails, news. For tests with a clock of their
    // own.
    void run_jobs();

    // Finishes what has been accepted, then everything stops. Idempotent.
    void stop();

  private:
    void add_territories(const AppSettings& settings);
    void start_jobs();
    void write_last_questions();

    const Clock& clock_;
    DataFolder folder_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<campaign::Signers> signers_;
    IdSource ids_;
    Languages languages_;
    catalogue::Trades trades_;
    law::Holidays holidays_;
    web::Assets assets_;
    web::Templates templates_;
    web::Csrf csrf_;
    web::EventHub events_;
    web::Metrics metrics_;
    web::AccessLog log_;
    std::unique_ptr<web::Shield> shield_;
    std::unique_ptr<notices::Ways> notices_;
    std::unique_ptr<pictures::PictureMaker> picture_maker_;
    site::Territories territories_;
    site::Context context_;
    web::Router router_;
    Newsreader newsreader_;
    Housekeeping housekeeping_;
    std::unique_ptr<Importer> importer_;
    std::unique_ptr<FeedReader> feed_reader_;
    std::unique_ptr<PictureReader> picture_reader_;
    std::unique_ptr<web::Server> server_;
    std::unique_ptr<store::PeriodicJobs> jobs_;
    std::unique_ptr<store::PeriodicJobs> sending_;  // a thread of its own: it waits for others
    std::unique_ptr<store::PeriodicJobs> counting_;
    std::unique_ptr<store::PeriodicJobs> imports_;  // a thread of their own
    std::unique_ptr<store::PeriodicJobs> feeds_;    // and of theirs
    std::unique_ptr<store::PeriodicJobs> linked_pictures_;
};

}  // namespace emplettes
