#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "base/json.h"
#include "catalogue/shelf/import_work.h"
#include "catalogue/shelf/reference.h"
#include "catalogue/shop.h"
#include "emplettes/app.h"
#include "emplettes/demo.h"
#include "scenario/player.h"

namespace emplettes::scenario {
namespace {

namespace fs = std::filesystem;

// Monday, 23 November 2026, 10:00 in Paris: where every scenario's clock stands at first.
constexpr std::int64_t kStart = 1'795'424'400;
constexpr std::uint64_t kSeed = 20'261'123;
constexpr int kNode = 14;  // no other one draws these ids

std::vector<fs::path> scenario_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(EMPLETTES_SOURCE_DIR "/tests/scenario")) {
        if (entry.path().extension() == ".scn") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::string read_file(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

// A folder that is gone with it.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "emplettes-scenario-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
        path_ = name;
    }
    ~TemporaryFolder() { fs::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

// The demo's folder, for what comes in beside what is made up.
class StockedFolder {
  public:
    StockedFolder(const fs::path& folder, const Clock& clock)
        : data_(folder),
          database_(open_database(data_.database(), clock)),
          town_(data_.read_territories().at(0)),
          clock_(clock),
          ids_(clock, kNode) {
        town_.id = database_->write([&](store::Tx& tx) {
            return catalogue::register_territory(tx, town_.slug, ids_.next<TerritoryId>());
        });
    }

    // What the trade says of its products.
    void bring_reference(const fs::path& table) {
        const auto brought = catalogue::import_reference({.database = *database_,
                                                          .territory = town_,
                                                          .trades = trades_,
                                                          .ids = ids_,
                                                          .now = clock_.now(),
                                                          .file = table,
                                                          .key_prefix = "reference/"});
        if (!brought || brought->problems > 0)
            throw std::runtime_error(table.string() + " cannot be read");
    }

    // A table for the shelf of the first bookshop.
    void bring_shelf(const fs::path& table) {
        const catalogue::ImportWork work{
            .database = *database_,
            .territory = town_,
            .trades = trades_,
            .ids = ids_,
            .clock = clock_,
            .folder = catalogue::ImportFolder(data_.imports(town_.slug))};
        const auto id = catalogue::take_file(work, {.file = table,
                                                    .name = table.filename().string(),
                                                    .shop = first_bookshop(),
                                                    .runs_by_itself = true,
                                                    .made_at = clock_.now()});
        if (!id) throw std::runtime_error(table.string() + " cannot be read");
        catalogue::work_on(work, *id);
        const auto import = database_->read(
            [&](store::Tx& tx) { return catalogue::find_import(tx, town_.id, *id); });
        if (import->status != catalogue::ImportStatus::done)
            throw std::runtime_error(table.string() + " did not come onto the shelf");
    }

  private:
    ShopId first_bookshop() {
        const auto shops =
            database_->read([&](store::Tx& tx) { return catalogue::load_shops(tx, town_.id); });
        const auto is_bookshop = [](const catalogue::Shop& shop) {
            return shop.is_listed && shop.kind == "bookshop";
        };
        return std::ranges::find_if(shops, is_bookshop)->id;
    }

    const DataFolder data_;
    const std::unique_ptr<store::Database> database_;
    const catalogue::Trades trades_ = catalogue::Trades::load();
    catalogue::Territory town_;
    const Clock& clock_;
    IdSource ids_;
};

// The tables beside a scenario.
void bring_tables(const fs::path& folder, const Clock& clock, fs::path scenario) {
    const fs::path of_trade = fs::path(scenario).replace_extension(".trade.csv");
    const fs::path of_shop = scenario.replace_extension(".csv");
    const bool is_of_trade = fs::exists(of_trade);
    const bool is_of_shop = fs::exists(of_shop);
    if (!is_of_trade && !is_of_shop) return;
    StockedFolder stocked(folder, clock);
    if (is_of_trade) stocked.bring_reference(of_trade);
    if (is_of_shop) stocked.bring_shelf(of_shop);
}

// The demo territory, made once; each scenario gets a copy.
const fs::path& demo_folder() {
    static const TemporaryFolder folder;
    static const bool is_made = [] {
        const ManualClock clock(instant_from_unix(kStart));
        const DataFolder data(folder.path());
        const auto database = open_database(data.database(), clock);
        const auto signers = open_signers(data, *database, "", clock);
        return make_demo(data, {.main = *database, .signers = signers->database()}, clock).offers >
               0;
    }();
    EXPECT_TRUE(is_made);
    return folder.path();
}

// Writes what was asked and answered for tests/api/exchanges.test.mjs, when somebody wants it.
void record(const std::string& scenario, const Request& request, const Answer& answer) {
    const char* file = std::getenv("EMPLETTES_EXCHANGES");
    if (file == nullptr) return;
    const std::string* type = answer.find_header("content-type");
    const Json line = {{"scenario", scenario},
                       {"method", request.method},
                       {"target", request.target},
                       {"status", answer.status},
                       {"type", type == nullptr ? "" : *type},
                       {"body", answer.body}};
    std::ofstream(file, std::ios::app)
        << line.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
}

class ScenarioTest : public ::testing::TestWithParam<fs::path> {
  protected:
    ScenarioTest() {
        fs::copy(demo_folder(), folder_.path(),
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        bring_tables(folder_.path(), clock_, GetParam());
        app_ = std::make_unique<App>(
            AppSettings{.data = folder_.path(),
                        .server = {.port = 0, .trusted_proxies = {"127.0.0.1"}},
                        .access_log = false,
                        .background = false},
            clock_, random_);
    }

    Stage stage(const std::string& name) {
        return {.base_url = "http://127.0.0.1:" + std::to_string(app_->port()),
                .set_clock =
                    [this](LocalTime time) {
                        const auto& zone = app_->territories().all().front()->territory().zone;
                        clock_.set(zone.to_instant(time));
                        app_->run_jobs();
                    },
                .move_clock =
                    [this](std::chrono::seconds by) {
                        clock_.advance(by);
                        app_->run_jobs();
                    },
                .on_exchange =
                    [this, name](const Request& request, const Answer& answer) {
                        app_->run_jobs();
                        record(name, request, answer);
                    }};
    }

    TemporaryFolder folder_;
    ManualClock clock_{instant_from_unix(kStart)};
    SeededRandom random_{kSeed};
    std::unique_ptr<App> app_;
};

TEST_P(ScenarioTest, Plays) {
    const auto scenario = parse(read_file(GetParam()));
    ASSERT_TRUE(scenario.ok()) << GetParam().string() << ":" << scenario.error().line << ": "
                               << scenario.error().message;
    const auto failure = play(*scenario, stage(GetParam().stem()));
    if (failure) FAIL() << GetParam().string() << ":" << failure->line << ": " << failure->message;
}

std::string test_name(const ::testing::TestParamInfo<fs::path>& info) {
    std::string name = info.param.stem();
    std::ranges::replace_if(
        name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Files, ScenarioTest, ::testing::ValuesIn(scenario_files()), test_name);

}  // namespace
}  // namespace emplettes::scenario
