#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/language.h"
#include "base/random.h"
#include "catalogue/kind.h"
#include "catalogue/live_catalogue.h"
#include "store/database.h"
#include "web/csrf.h"
#include "web/event_hub.h"
#include "web/metrics.h"
#include "web/templates.h"

namespace emplettes::campaign {
class Signers;
}
namespace emplettes::notices {
struct Ways;
}
namespace emplettes::web {
class Shield;
}
namespace emplettes::pictures {
class PictureMaker;
}

namespace emplettes::site {

// The territories of this process, told apart by host name.
class Territories {
  public:
    void add(std::unique_ptr<catalogue::LiveCatalogue> territory);

    // Null when no territory has this host. A process with one territory serves it to every host.
    catalogue::LiveCatalogue* find(std::string_view host) const;
    catalogue::LiveCatalogue* find(TerritoryId id) const;
    const std::vector<std::unique_ptr<catalogue::LiveCatalogue>>& all() const { return all_; }

  private:
    std::vector<std::unique_ptr<catalogue::LiveCatalogue>> all_;
};

// A territory's pictures (picture_files.h), and where they are written first: a folder of the same
// file system.
struct PictureFolder {
    std::filesystem::path files;
    std::filesystem::path spool;
};

// Everything a handler may use. Lives as long as the server; all parts are thread-safe.
struct Context {
    store::Database& database;
    campaign::Signers& signers;  // of pledges, in a database of their own
    const Clock& clock;
    IdSource& ids;
    Random& random;
    const Territories& territories;
    const catalogue::Trades& trades;
    const Languages& languages;
    const web::Templates& templates;
    const web::Csrf& csrf;
    web::EventHub& events;
    web::Metrics& metrics;
    const web::Shield& shield;
    pictures::PictureMaker& picture_maker;
    std::filesystem::path mails;     // .eml files, a folder for each territory
    std::filesystem::path pictures;  // files, a folder for each territory
    std::filesystem::path spool;     // what is being written
    std::filesystem::path imports;   // of shelves, a folder for each territory
    const notices::Ways& notices;
    Instant started_at;
    std::uint16_t port = 0;  // where this process listens
    // There is work for whoever works on imports: at once, not at the next look.
    std::function<void()> wake_importer = [] {};

    // "http://localhost:8080": the territory's own setting, else its first host at our port.
    std::string origin_of(const catalogue::Territory& territory) const;
    // Where its mails are, and nobody else's; a demo shows them under /dev/mails.
    std::filesystem::path mails_of(const catalogue::Territory& territory) const {
        return mails / territory.slug;
    }
    PictureFolder pictures_of(const catalogue::Territory& territory) const {
        return {.files = pictures / territory.slug, .spool = spool};
    }
    std::filesystem::path imports_of(const catalogue::Territory& territory) const {
        return imports / territory.slug;
    }
};

}  // namespace emplettes::site
