#include "emplettes/new_territory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <stdexcept>

#include "catalogue/test_town.h"
#include "emplettes/test_installation.h"
#include "emplettes/test_typed.h"
#include "notices/mail.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr geo::Bounds kBox{.south = 60.1, .west = 24.9, .north = 60.2, .east = 25.0};
constexpr const char* kMap = EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-rochechouart.osm.pbf";

class NewTerritoryTest : public testing::Test {
  protected:
    // Kept, as the folder reads it afterwards.
    catalogue::Territory make(const NewTerritory& wanted) const {
        TerritoryDraft draft(folder_, wanted, kBox, catalogue::kNoon);
        draft.keep();
        for (auto& territory : folder_.read_territories())
            if (territory.slug == draft.territory().slug) return territory;
        throw std::runtime_error("it is not there");
    }
    std::string problem(const NewTerritory& wanted, const geo::Bounds& box = kBox) const {
        const auto before = files();
        try {
            TerritoryDraft(folder_, wanted, box, catalogue::kNoon).keep();
        } catch (const std::runtime_error& error) {
            EXPECT_EQ(files(), before);
            return error.what();
        }
        return "";
    }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder_.territories()))
            names.push_back(entry.path().filename().string());
        return names;
    }
    // What is said of what went wrong, if anything.
    std::string import_osm(const std::string& file, const std::vector<std::string>& options) const {
        std::vector<std::string> words{"import", "osm", file, "--data", folder_.root().string()};
        words.insert(words.end(), options.begin(), options.end());
        const Typed typed = type_in(words);
        EXPECT_EQ(typed.status == 0, typed.err.empty()) << typed.err;
        return typed.err;
    }

    TestInstallation installation_;
    const DataFolder folder_{installation_.path()};
};

TEST_F(NewTerritoryTest, HasWhatIsNeededToServeAndToWriteMails) {
    const auto made = make({.name = "Helsinki", .time_zone = "Europe/Helsinki", .holidays = "FI"});
    EXPECT_EQ(made.slug, "helsinki");
    EXPECT_EQ(made.name("fr"), "Helsinki");
    EXPECT_THAT(made.hosts, ElementsAre("localhost", "127.0.0.1"));
    EXPECT_THAT(made.languages, ElementsAre("en", "fr"));
    EXPECT_EQ(made.zone.name(), "Europe/Helsinki");
    EXPECT_EQ(made.bounds, kBox);
    EXPECT_EQ(made.sender(), "noreply@localhost");
    EXPECT_NO_THROW(notices::to_message({.from = {.name = "", .address = made.sender()}}, {}));
}

TEST_F(NewTerritoryTest, TakesWhatIsSaid) {
    const auto made = make({.name = "Ville",
                            .hosts = {"ville.example", "www.ville.example"},
                            .languages = {"fr"},
                            .operator_email = "mairie@ville.example"});
    EXPECT_THAT(made.hosts, ElementsAre("ville.example", "www.ville.example"));
    EXPECT_THAT(made.languages, ElementsAre("fr"));
    EXPECT_EQ(made.sender(), "mairie@ville.example");
}

TEST_F(NewTerritoryTest, AnyNameIsWrittenSafely) {
    const std::string name = "L'\"Écume\"\\ [x]\n= #y";
    EXPECT_EQ(make({.name = name}).name("fr"), name);
}

TEST_F(NewTerritoryTest, AHostThatIsTakenIsRefusedWithTheWayOut) {
    make({.name = "Ville"});
    EXPECT_THAT(problem({.name = "Other"}),
                AllOf(HasSubstr("localhost"), HasSubstr("ville"), HasSubstr("--host")));
    EXPECT_THAT(problem({.name = "Other", .hosts = {"other.example", "127.0.0.1"}}),
                HasSubstr("127.0.0.1"));
    EXPECT_EQ(make({.name = "Other", .hosts = {"other.example"}}).slug, "other");
}

TEST_F(NewTerritoryTest, WhatIsWrongIsSaidAndLeavesNothing) {
    make({.name = "Ville", .hosts = {"ville.example"}});
    EXPECT_THAT(problem({.name = "Ville", .hosts = {"b.example"}}), HasSubstr("--territory ville"));
    EXPECT_THAT(problem({.name = "東京"}), HasSubstr("Latin letter"));
    EXPECT_THAT(problem({.name = "B", .languages = {"xx"}}), HasSubstr("only in en, fr"));
    EXPECT_THAT(problem({.name = "B", .time_zone = "Mars"}), HasSubstr("no such zone: Mars"));
    EXPECT_THAT(problem({.name = "B", .holidays = "XX"}), HasSubstr("--holidays XX"));
    EXPECT_THAT(problem({.name = "B", .operator_email = "b"}), HasSubstr("operator.email"));
    EXPECT_THAT(problem({.name = "B", .hosts = {"B.example:80"}}), HasSubstr("B.example:80"));
    EXPECT_THAT(problem({.name = "B"}, {.south = 91, .west = 0, .north = 92, .east = 1}),
                HasSubstr("bounds"));
}

TEST_F(NewTerritoryTest, WithoutKeepNothingStays) {
    {
        const TerritoryDraft draft(folder_, {.name = "Ville"}, kBox, catalogue::kNoon);
        EXPECT_THAT(folder_.read_territories(), IsEmpty());
    }
    EXPECT_THAT(files(), IsEmpty());
}

TEST_F(NewTerritoryTest, TheVerbMakesATerritoryThatServesAndWritesMails) {
    ASSERT_EQ(
        import_osm(kMap, {"--new", "Rochechouart", "--time-zone", "Europe/Paris", "--holidays",
                          "FR", "--host", "rochechouart.example", "--languages", "fr,en"}),
        "");
    EXPECT_THAT(files(), ElementsAre("rochechouart.toml"));
    installation_.start();
    EXPECT_THAT(installation_.get("rochechouart", "/fr/shops"), HasSubstr("Rochechouart"));
}

TEST_F(NewTerritoryTest, TheVerbLeavesNothingWhenItsSettingsAreRefused) {
    EXPECT_THAT(import_osm(kMap, {"--new", "Ville", "--time-zone", "Mars"}),
                HasSubstr("no such zone"));
    EXPECT_THAT(files(), IsEmpty());
    EXPECT_THAT(import_osm(kMap, {"--host", "ville.example"}), HasSubstr("--new"));
}

TEST_F(NewTerritoryTest, TheVerbLeavesNothingWhenTheImportIsRefused) {
    ASSERT_EQ(import_osm(kMap, {"--new", "Ville"}), "");
    fs::remove(folder_.territories() / "ville.toml");  // its shops are known, its settings are not
    const std::string other = installation_.file("other.osm");
    std::ofstream(other) << "<osm version='0.6'><node id='1' version='1' lat='48.88' lon='2.34'>"
                            "<tag k='shop' v='books'/><tag k='name' v='A'/></node></osm>";
    EXPECT_THAT(import_osm(other, {"--new", "Ville"}), HasSubstr("lacks"));
    EXPECT_THAT(files(), IsEmpty());
}

}  // namespace
}  // namespace emplettes
