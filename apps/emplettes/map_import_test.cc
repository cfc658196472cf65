#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "emplettes/app.h"
#include "emplettes/test_typed.h"
#include "geo/ground.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kQuarter = EMPLETTES_SOURCE_DIR "/demo/paris-9e.osm.pbf";
constexpr const char* kCut =
    EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-3e-11e-streets.raw.osm.pbf";
constexpr const char* kAddresses = EMPLETTES_SOURCE_DIR "/src/geo/testdata/ban-paris-11e.csv";

// `import osm` from end to end, in a folder that is gone with it.
class MapImportTest : public testing::Test {
  protected:
    MapImportTest()
        : folder_(fs::temp_directory_path() / ("emplettes-import-" + std::to_string(::getpid()))) {
        fs::create_directories(folder_);
        fs::copy_file(kQuarter, map());
    }
    ~MapImportTest() override { fs::remove_all(folder_); }

    fs::path map() const { return folder_ / "town.osm.pbf"; }
    fs::path data() const { return folder_ / "data"; }
    fs::path streets(geo::Profile profile) const {
        return geo::GroundFolder(data() / "ground" / "quartier").streets(profile);
    }
    Typed import(std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"import", "osm", map().string(), "--data", data().string()};
        words.insert(words.end(), more.begin(), more.end());
        Typed typed = type_in(words);
        EXPECT_EQ(typed.status, 0) << typed.err;
        return typed;
    }

    const fs::path folder_;
};

TEST_F(MapImportTest, SaysWhatItFoundAndDoesItOnce) {
    EXPECT_THAT(import({"--new", "Quartier"}).out,
                AllOf(ContainsRegex("shops: [0-9]+ new"), ContainsRegex("foot [0-9]+ pieces"),
                      HasSubstr("parts not connected"), ContainsRegex("addresses: [0-9]+ houses"),
                      ContainsRegex("map: [0-9]+ tiles"), Not(HasSubstr("as before"))));
    const auto written = fs::last_write_time(streets(geo::Profile::foot));
    EXPECT_THAT(import().out, AllOf(HasSubstr("shops: as before"),
                                    ContainsRegex("streets to [^\n]*\\(as before\\)"),
                                    ContainsRegex("addresses: [^\n]*\\(as before\\)"),
                                    ContainsRegex("map: [^\n]*\\(as before\\)")));
    EXPECT_EQ(fs::last_write_time(streets(geo::Profile::foot)), written);
}

TEST_F(MapImportTest, SaysWhenAddressFilesAreMissing) {
    import({"--new", "Quartier", "--addresses", kAddresses});
    EXPECT_THAT(import().out, HasSubstr("give them again with --addresses"));
    EXPECT_THAT(import().out, Not(HasSubstr("give them again")));
}

TEST_F(MapImportTest, TilesAreDrawnAgainForOtherBounds) {
    import({"--new", "Quartier"});
    const fs::path settings = data() / "territories" / "quartier.toml";
    std::ifstream stream(settings);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    text.replace(text.find("north = 48.8"), 12, "north = 48.9");
    std::ofstream(settings, std::ios::trunc) << text;
    EXPECT_THAT(import().out, AllOf(ContainsRegex("streets to [^\n]*\\(as before\\)"),
                                    Not(ContainsRegex("map: [^\n]*\\(as before\\)"))));
}

TEST_F(MapImportTest, ATerritoryTooWideForAMapHasTheRest) {
    import({"--new", "Quartier"});
    const fs::path settings = data() / "territories" / "quartier.toml";
    std::ifstream stream(settings);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    text.replace(text.find("south = 48.8"), 12, "south = 41.8");
    text.replace(text.find("west = 2.3"), 10, "west = -5.3");
    std::ofstream(settings, std::ios::trunc) << text;
    EXPECT_THAT(import().out,
                AllOf(HasSubstr("map: none"), ContainsRegex("addresses: [0-9]+ houses")));
}

TEST_F(MapImportTest, DoesAgainOnlyWhatChanged) {
    import({"--new", "Quartier"});
    const auto foot = fs::last_write_time(streets(geo::Profile::foot));
    fs::remove(streets(geo::Profile::bike));
    EXPECT_THAT(import().out, AllOf(HasSubstr("shops: as before"),
                                    Not(ContainsRegex("streets to [^\n]*\\(as before\\)"))));
    EXPECT_TRUE(fs::exists(streets(geo::Profile::bike)));
    EXPECT_EQ(fs::last_write_time(streets(geo::Profile::foot)), foot);

    const std::string out = import({"--addresses", kAddresses}).out;
    EXPECT_THAT(
        out, AllOf(HasSubstr("shops: as before"), ContainsRegex("streets to [^\n]*\\(as before\\)"),
                   Not(ContainsRegex("addresses: [^\n]*\\(as before\\)"))));
}

TEST_F(MapImportTest, VerbsReadWhatWasImported) {
    import({"--new", "Quartier"});
    const Typed route = type_in({"route", "45 rue condorcet", "48.8786,2.3530", "--data",
                                 data().string(), "--profile", "foot"});
    EXPECT_THAT(route.out, AllOf(HasSubstr("metres  minutes"), HasSubstr("in all"))) << route.err;
    EXPECT_THAT(route.err, HasSubstr("45 Rue Condorcet"));
    EXPECT_THAT(
        type_in({"route", "1 rue de nulle part", "48.8786,2.3530", "--data", data().string()}).err,
        HasSubstr("is no address known there"));
    EXPECT_THAT(type_in({"geocode", "45 rue condorcet", "--data", data().string()}).out,
                HasSubstr("45 Rue Condorcet"));
    EXPECT_NE(type_in({"geocode", "45 rue condorcet"}).status, 0);
    fs::remove(streets(geo::Profile::foot));
    EXPECT_THAT(type_in({"route", "45 rue condorcet", "48.8786,2.3530", "--data", data().string(),
                         "--profile", "foot"})
                    .err,
                HasSubstr("there are no streets for foot"));
}

// Without a restart; what a request holds meanwhile stays as it was.
TEST_F(MapImportTest, ARunningServerTakesAnImportOver) {
    import({"--new", "Quartier"});
    const SystemClock clock;
    SeededRandom random(1);
    App app({.data = data(), .server = {.port = 0}, .access_log = false, .background = false},
            clock, random);
    catalogue::LiveCatalogue& live = *app.territories().all().front();
    const geo::Point from = live.view().snapshot->shops().front().shop.position;
    const auto before = live.view();
    ASSERT_NE(before.ground().router(geo::Profile::foot), nullptr);
    ASSERT_TRUE(before.ways->travel(from, geo::Profile::foot));

    fs::remove(streets(geo::Profile::foot));
    app.run_jobs();
    EXPECT_EQ(live.view().ground().router(geo::Profile::foot), nullptr);
    EXPECT_FALSE(live.view().ways->travel(from, geo::Profile::foot));
    EXPECT_TRUE(live.view().ways->travel(from, geo::Profile::bike));
    EXPECT_TRUE(before.ways->travel(from, geo::Profile::foot));

    import();
    app.run_jobs();
    EXPECT_TRUE(live.view().ways->travel(from, geo::Profile::foot));
    EXPECT_EQ(live.view().snapshot->shops().size(), before.snapshot->shops().size());
}

TEST_F(MapImportTest, AnotherMapIsAnotherInput) {
    import({"--new", "Quartier"});
    fs::copy_file(kCut, map(), fs::copy_options::overwrite_existing);
    EXPECT_THAT(type_in({"import", "osm", map().string(), "--data", data().string()}).err,
                HasSubstr("another place's file"));
    EXPECT_THAT(import({"--replace"}).out,
                AllOf(HasSubstr("shops: 0 new"), HasSubstr("missing nodes of streets"),
                      Not(HasSubstr("as before"))));
}

TEST_F(MapImportTest, AnImportThatWasRefusedIsNotRecorded) {
    import({"--new", "Quartier"});
    fs::copy_file(kCut, map(), fs::copy_options::overwrite_existing);
    for (int i = 0; i < 2; ++i)
        EXPECT_NE(type_in({"import", "osm", map().string(), "--data", data().string()}).status, 0);
}

TEST_F(MapImportTest, ADamagedMapChangesNothing) {
    import({"--new", "Quartier"});
    const auto foot = fs::last_write_time(streets(geo::Profile::foot));
    std::ofstream(map(), std::ios::binary | std::ios::trunc) << "not a map";
    EXPECT_THAT(type_in({"import", "osm", map().string(), "--data", data().string()}).err,
                HasSubstr("cannot be read as OpenStreetMap data"));
    EXPECT_EQ(fs::last_write_time(streets(geo::Profile::foot)), foot);
}

}  // namespace
}  // namespace emplettes
