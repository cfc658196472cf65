#include "emplettes/test_installation.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "base/json.h"
#include "catalogue/test_town.h"
#include "scenario/http_client.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kPlenty = 100'000;

fs::path make_folder() {
    std::string name = (fs::temp_directory_path() / "emplettes-app-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    return name;
}

}  // namespace

TestInstallation::TestInstallation() : clock(catalogue::kNoon), path_(make_folder()) {}

TestInstallation::~TestInstallation() {
    app_.reset();
    fs::remove_all(path_);
}

void TestInstallation::add_territory(const std::string& slug, const std::string& more_settings) {
    const DataFolder folder(path_);
    std::ofstream(folder.territories() / (slug + ".toml"))
        << "slug = \"" << slug << "\"\nhosts = [\"" << slug << ".example\"]\n"
        << "languages = [\"fr\", \"en\"]\ntime_zone = \"Europe/Paris\"\nholiday_region = \"FR\"\n"
        << more_settings << "\n[name]\nfr = \"" << slug << "\"\n"
        << "[bounds]\nsouth = 48\nwest = 2\nnorth = 49\neast = 3\n"
        << "[centre]\nlat = 48.5\nlon = 2.5\n";
    const auto database = open_database(folder.database(), clock);
    const auto book = catalogue::make_product(1, "L’Étranger");
    auto offer = catalogue::make_offer(ShopId{1}, book, kPlenty);
    offer.stock.source = catalogue::StockSource::demo;  // no verb's clock makes it old
    database->write([&](store::Tx& tx) {
        const auto id = catalogue::register_territory(tx, slug, ids_.next<TerritoryId>());
        catalogue::save_shop(tx, id, catalogue::make_shop(1, "Écume"));
        catalogue::save_product(tx, id, book);
        catalogue::save_offer(tx, id, offer);
    });
}

App& TestInstallation::start(bool with_background) {
    app_ = std::make_unique<App>(
        AppSettings{.data = path_,
                    .server = {.port = 0},
                    .access_log = false,
                    .picture_command = {EMPLETTES_BINARY_DIR "/src/pictures/picture_child"},
                    .feed_bytes_max = feed_bytes_max,
                    .background = with_background},
        clock, random_);
    return *app_;
}

void TestInstallation::stop() { app_.reset(); }

TerritoryId TestInstallation::territory(const std::string& slug) const {
    for (const auto& live : app_->territories().all())
        if (live->territory().slug == slug) return live->territory().id;
    throw std::runtime_error("no territory " + slug);
}

std::string TestInstallation::get(const std::string& slug, const std::string& target) {
    scenario::HttpClient client("http://127.0.0.1:" + std::to_string(app_->port()));
    const auto answer = client.send(
        {.method = "GET", .target = target, .headers = {{"Host", slug + ".example"}}, .body = ""});
    return (answer.status == 200 ? "" : std::to_string(answer.status) + " ") + answer.body;
}

void TestInstallation::reserve(const std::string& slug, const std::string& name) {
    scenario::HttpClient client("http://127.0.0.1:" + std::to_string(app_->port()));
    // Somebody else each time: one contact may not have everything kept.
    const std::string contact = "zoe" + std::to_string(keys_) + "@example.org";
    const Json body = {{"offer_id", 1}, {"quantity", 1}, {"name", name}, {"contact", contact}};
    const auto answer = client.send({.method = "POST",
                                     .target = "/api/v1/reservations",
                                     .headers = {{"Host", slug + ".example"},
                                                 {"Content-Type", "application/json"},
                                                 {"Idempotency-Key", std::to_string(++keys_)}},
                                     .body = body.dump()});
    if (answer.status != 201)
        throw std::runtime_error("not reserved: " + std::to_string(answer.status) + " " +
                                 answer.body);
}

std::vector<std::string> TestInstallation::mails() const {
    std::vector<std::string> names;
    const fs::path root = path_ / "mails";
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), root).string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace emplettes
