#include "emplettes/app.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/log.h"
#include "campaign/signers.h"
#include "embedded/assets.h"
#include "embedded/locales.h"
#include "embedded/templates.h"
#include "emplettes/feed_reader.h"
#include "emplettes/importer.h"
#include "emplettes/measures.h"
#include "emplettes/picture_reader.h"
#include "notices/ways.h"
#include "pictures/picture_child.h"
#include "pictures/picture_maker.h"

namespace emplettes {
namespace {

std::shared_ptr<spdlog::logger> access_logger(bool is_wanted) {
    if (!is_wanted) return nullptr;
    auto logger = std::make_shared<spdlog::logger>(
        "access", std::make_shared<spdlog::sinks::stdout_sink_mt>());
    logger->set_pattern("%v");
    return logger;
}

std::vector<std::string> picture_command(const AppSettings& settings) {
    if (!settings.picture_command.empty()) return settings.picture_command;
    return {"/proc/self/exe", pictures::kPictureVerb};
}

// Writes of a known length, so that a flood is measured against a known capacity.
web::Router held(web::Router routes, int hold_writes_ms) {
    if (hold_writes_ms == 0) return routes;
    web::Router slow;
    for (web::Route route : routes.routes()) {
        if (route.method != web::Method::get && route.method != web::Method::head)
            route.handler = [handler = route.handler, hold_writes_ms](const web::Request& request) {
                std::this_thread::sleep_for(std::chrono::milliseconds{hold_writes_ms});
                return handler(request);
            };
        slow.add(std::move(route));
    }
    return slow;
}

}  // namespace

Languages load_languages() {
    std::vector<Language> languages;
    for (const EmbeddedFile& file : embedded_locales())
        languages.emplace_back(std::string(file.path.substr(0, file.path.find('.'))), file);
    return Languages(std::move(languages));
}

App::App(const AppSettings& settings, const Clock& clock, Random& random)
    : clock_(clock),
      folder_(settings.data),
      database_(
          open_database(settings.database.empty() ? folder_.database() : settings.database, clock)),
      signers_(open_signers(folder_, *database_, settings.database, clock)),
      ids_(clock, settings.node),
      languages_(load_languages()),
      trades_(catalogue::Trades::load()),
      holidays_(law::Holidays::built_in()),
      assets_(embedded_assets()),
      templates_({.files = embedded_templates(), .languages = languages_, .assets = assets_}),
      csrf_({.key = folder_.load_key(), .clock = clock, .random = random}),
      log_(access_logger(settings.access_log)),
      shield_(std::make_unique<web::Shield>(web::Shield::Parts{
          .config = settings.server.shield, .key = folder_.load_key(), .random = random})),
      notices_(std::make_unique<notices::Ways>(notices::read_settings(folder_.notice_settings()),
                                               folder_.load_key())),
      picture_maker_(std::make_unique<pictures::PictureMaker>(picture_command(settings))),
      context_{.database = *database_,
               .signers = *signers_,
               .clock = clock,
               .ids = ids_,
               .random = random,
               .territories = territories_,
               .trades = trades_,
               .languages = languages_,
               .templates = templates_,
               .csrf = csrf_,
               .events = events_,
               .metrics = metrics_,
               .shield = *shield_,
               .picture_maker = *picture_maker_,
               .mails = folder_.mails(),
               .pictures = folder_.pictures(),
               .spool = folder_.spool(),
               .imports = folder_.imports(),
               .notices = *notices_,
               .started_at = clock.now()},
      router_(held(site::make_routes(context_, assets_), settings.hold_writes_ms)),
      newsreader_(context_),
      housekeeping_(context_, *notices_),
      importer_(std::make_unique<Importer>(context_)),
      feed_reader_(std::make_unique<FeedReader>(context_, folder_, settings.feed_bytes_max)),
      picture_reader_(std::make_unique<PictureReader>(context_, folder_)) {
    context_.wake_importer = [this] { importer_->wake(); };
    add_territories(settings);
    housekeeping_.count_pledges();
    metrics_.also_read([this] { return database_figures(*database_); });
    metrics_.also_read([this] { return shield_figures(*shield_); });
    metrics_.also_read([this] { return installation_figures(folder_, context_.started_at); });
    metrics_.also_read([this] { return territory_figures(context_, housekeeping_); });
    web::ServerConfig server = settings.server;
    server.spool_folder = folder_.spool().string();
    server_ = std::make_unique<web::Server>(std::move(server),
                                            web::ServerParts{.router = router_,
                                                             .clock = clock_,
                                                             .events = events_,
                                                             .metrics = metrics_,
                                                             .log = log_,
                                                             .shield = *shield_,
                                                             .pages = site::error_pages(context_)});
    context_.port = server_->port();
    if (settings.background) start_jobs();
}

App::~App() { stop(); }

void App::start_jobs() {
    newsreader_.start();
    jobs_ = std::make_unique<store::PeriodicJobs>(housekeeping_.jobs());
    sending_ = std::make_unique<store::PeriodicJobs>(housekeeping_.sending_jobs());
    counting_ = std::make_unique<store::PeriodicJobs>(housekeeping_.counting_jobs());
    imports_ = std::make_unique<store::PeriodicJobs>(importer_->jobs());
    feeds_ = std::make_unique<store::PeriodicJobs>(feed_reader_->jobs());
    linked_pictures_ = std::make_unique<store::PeriodicJobs>(picture_reader_->jobs());
    const std::vector<const store::PeriodicJobs*> all{jobs_.get(),     sending_.get(),
                                                      counting_.get(), imports_.get(),
                                                      feeds_.get(),    linked_pictures_.get()};
    metrics_.also_read([all] {
        std::vector<store::PeriodicJobs::Report> reports;
        for (const auto* jobs : all)
            for (auto& report : jobs->reports()) reports.push_back(std::move(report));
        return job_figures(reports);
    });
}

void App::add_territories(const AppSettings& settings) {
    auto found = folder_.read_territories();
    if (found.empty())
        throw std::runtime_error("no territory in " + folder_.territories().string() +
                                 ": run `emplettes demo --data " + settings.data.string() +
                                 "` or `emplettes import osm FILE --new NAME`");
    for (catalogue::Territory& territory : found) {
        territory.id = database_->write([&](store::Tx& tx) {
            return catalogue::register_territory(tx, territory.slug, ids_.next<TerritoryId>());
        });
        ids_.start_after(
            database_->read([&](store::Tx& tx) { return store::last_told_at(tx, territory.id); }));
        catalogue::CatalogueSource source{.trades = trades_,
                                          .holidays = holidays_,
                                          .database = *database_,
                                          .clock = clock_,
                                          .image = folder_.search_image(territory.slug),
                                          .ground = folder_.ground(territory.slug)};
        auto live = std::make_unique<catalogue::LiveCatalogue>(std::move(territory), source);
        newsreader_.add(*live);
        territories_.add(std::move(live));
    }
}

void App::run_jobs() {
    housekeeping_.look_after_reservations();
    housekeeping_.remind_of_stock();
    housekeeping_.tell_of_held_feeds();
    housekeeping_.send_notices();
    housekeeping_.forget_old_records();
    housekeeping_.forget_signers();
    housekeeping_.count_pledges();
    housekeeping_.count_notices();
    housekeeping_.forget_askers();
    housekeeping_.write_questions();
    housekeeping_.sweep_pictures();
    housekeeping_.renew_ground();
    feed_reader_->read_due();
    importer_->work();
    picture_reader_->read_due();
    newsreader_.read_all();
}

void App::write_last_questions() {
    try {
        housekeeping_.write_questions();
    } catch (const std::exception& failure) {
        // The end of the last job: a database that is gone takes a minute of counts with it.
        log_error(std::string("the last questions were not counted: ") + failure.what());
    }
}

void App::stop() {
    if (server_) server_->stop();
    feed_reader_->stop();
    picture_reader_->stop();
    importer_->stop();
    housekeeping_.stop_sending();
    feeds_.reset();
    linked_pictures_.reset();
    feed_reader_->finish();
    picture_reader_->finish();
    imports_.reset();
    counting_.reset();
    sending_.reset();
    jobs_.reset();
    newsreader_.stop();
    write_last_questions();
    signers_->database().close();
    database_->close();
}

}  // namespace emplettes
