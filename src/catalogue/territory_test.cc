#include "catalogue/territory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace emplettes::catalogue {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kSmallest = R"(
slug = "ville"
hosts = ["ville.example"]
languages = ["fr", "en"]
time_zone = "Europe/Paris"
holiday_region = "FR"
[name]
fr = "Ville"
[bounds]
south = 48.0
west = 2
north = 49.0
east = 3
[centre]
lat = 48.5
lon = 2.5
)";

Territory read(const std::string& text) {
    const std::string file = testing::TempDir() + "territory-" + std::to_string(getpid()) + ".toml";
    std::ofstream(file) << text;
    const std::shared_ptr<void> removed(nullptr, [&](void*) { std::filesystem::remove(file); });
    return read_territory(file);
}

std::string problems_of(const std::string& text) {
    try {
        read(text);
        return "";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

// The smallest file with one line put in another's place.
std::string with(std::string_view line, std::string_view other) {
    std::string text(kSmallest);
    return text.replace(text.find(line), line.size(), other);
}

TEST(Territory, TheDemoIsAccepted) {
    const Territory demo = read_territory(EMPLETTES_SOURCE_DIR "/demo/territory.toml");
    EXPECT_EQ(demo.slug, "paris-9e");
    EXPECT_THAT(demo.hosts, ElementsAre("localhost", "127.0.0.1"));
    EXPECT_THAT(demo.languages, ElementsAre("fr", "en"));
    EXPECT_EQ(demo.zone.name(), "Europe/Paris");
    EXPECT_TRUE(demo.bounds.contains(demo.centre));
    EXPECT_EQ(demo.school_zone, "FR-zone-C");
    EXPECT_TRUE(demo.is_demo);
    EXPECT_EQ(demo.operated_by.email, "demo@emplettes.example");
    EXPECT_FALSE(demo.attributions.empty());
    EXPECT_EQ(demo.districts->name_at(demo.centre), "9e arrondissement");
}

TEST(Territory, MayLetFeedsOfTheHouseThrough) {
    EXPECT_TRUE(read_territory(EMPLETTES_SOURCE_DIR "/demo/territory.toml").feeds_allow.empty());
    const std::string text = std::string(kSmallest) + "[feeds]\nallow = [\"till.example:8080\"]\n";
    EXPECT_THAT(read(text).feeds_allow, ElementsAre("till.example:8080"));
}

TEST(Territory, ItsDistrictsStandBesideIt) {
    const std::string file =
        testing::TempDir() + "districts-" + std::to_string(getpid()) + ".geojson";
    const std::shared_ptr<void> removed(nullptr, [&](void*) { std::filesystem::remove(file); });
    const std::string name = std::filesystem::path(file).filename();
    const std::string lines = "districts = \"" + name + "\"\ndistricts_name = \"nom\"\n";
    EXPECT_EQ(read(std::string(kSmallest)).districts->size(), 0U);
    EXPECT_THAT(problems_of(lines + std::string(kSmallest)),
                AllOf(HasSubstr("districts: "), HasSubstr(name), HasSubstr("No such file")));
    std::ofstream(file) << "{}";
    EXPECT_THAT(problems_of(lines + std::string(kSmallest)),
                HasSubstr("it is not a GeoJSON FeatureCollection"));
    std::ofstream(file) << R"({"type":"FeatureCollection","features":[{"properties":{"nom":"Nord"},
        "geometry":{"type":"Polygon","coordinates":[[[2,48],[3,48],[3,49],[2,48]]]}}]})";
    const Territory town = read(lines + std::string(kSmallest));
    EXPECT_EQ(town.districts->name_at({.lat = 48.2, .lon = 2.8}), "Nord");
}

TEST(Territory, WhatIsNotSaidHasADefault) {
    const Territory territory = read(std::string(kSmallest));
    EXPECT_EQ(territory.bounds, (geo::Bounds{.south = 48, .west = 2, .north = 49, .east = 3}));
    EXPECT_EQ(territory.origin, "");
    EXPECT_EQ(territory.currency, "EUR");
    EXPECT_FALSE(territory.is_demo);
    EXPECT_EQ(territory.radius_m, 1500);
    EXPECT_EQ(territory.quantity_max, 10);
    EXPECT_EQ(territory.hold_open_days, 1);
    EXPECT_EQ(territory.answer_minutes, 30);
}

TEST(Territory, DefaultsAreRead) {
    const Territory territory = read(std::string(kSmallest) +
                                     "[defaults]\nradius_m = 800\nradius_m_max = 5000\n"
                                     "quantity_max = 3\nhold_open_days = 0\n");
    EXPECT_EQ(territory.radius_m, 800);
    EXPECT_EQ(territory.radius_m_max, 5000);
    EXPECT_EQ(territory.quantity_max, 3);
    EXPECT_EQ(territory.hold_open_days, 0);
}

TEST(Territory, ItsNameFallsBackToTheFirstLanguage) {
    const Territory territory = read(with("fr = \"Ville\"", "fr = \"Ville\"\nde = \"Stadt\""));
    EXPECT_EQ(territory.name("de"), "Stadt");
    EXPECT_EQ(territory.name("en"), "Ville");
}

TEST(Territory, MailsHaveASenderInAnyCase) {
    EXPECT_EQ(read(std::string(kSmallest)).sender(), "noreply@ville.example");
    EXPECT_EQ(
        read(std::string(kSmallest) + "[operator]\nemail = \"mairie@ville.example\"").sender(),
        "mairie@ville.example");
}

TEST(Territory, TheLawOfTheBookPriceIsThatOfItsCountryUnlessItSaysOtherwise) {
    EXPECT_TRUE(read(std::string(kSmallest)).book_price_law);
    EXPECT_FALSE(read(with("holiday_region = \"FR\"", "holiday_region = \"FI\"")).book_price_law);
    EXPECT_TRUE(read("book_price_law = \"FR\"" + std::string(kSmallest)).book_price_law);
    EXPECT_FALSE(read("book_price_law = \"none\"" + std::string(kSmallest)).book_price_law);
}

TEST(Territory, SaysHowLongAFigureOfStockIsBelieved) {
    EXPECT_EQ(read(std::string(kSmallest)).stock, StockRules{});
    const auto own = read(std::string(kSmallest) + "[stock]\nfeed_days = 3\nask_days = 365\n");
    EXPECT_EQ(own.stock.feed, std::chrono::days{3});
    EXPECT_EQ(own.stock.ask, std::chrono::days{365});
    EXPECT_EQ(own.stock.till, std::chrono::days{1});
}

struct Mistake {
    std::string_view line;
    std::string_view instead;
    std::string_view problem;
};

constexpr Mistake kMistakes[] = {
    {"slug = \"ville\"", "", "slug: is missing"},
    {"slug = \"ville\"", "slug = 9", "slug: has the wrong type"},
    {"slug = \"ville\"", "slug = \"../ville\"", "slug: must be small letters"},
    {"slug = \"ville\"", "slug = \"Ville\"", "slug: must be small letters"},
    {"hosts = [\"ville.example\"]", "", "hosts: needs at least one"},
    {"ville.example", "ville.example:8080", "hosts: \"ville.example:8080\" is not a host name"},
    {"ville.example", "Ville.example", "hosts: \"Ville.example\" is not a host name"},
    {"ville.example", "", "hosts: \"\" is not a host name"},
    {"[bounds]", "[operator]\nemail = \"ville\"\n[bounds]", "operator.email: is not a mail"},
    {"[bounds]", "[operator]\nemail = \"a@b\\n@c\"\n[bounds]", "operator.email: is not a mail"},
    {"south = 48.0", "south = 49.5", "bounds: south must lie below north"},
    {"east = 3", "east = 181", "bounds: west must lie left of east"},
    {"east = 3", "east = nan", "bounds: west must lie left of east"},
    {"hosts = [\"ville.example\"]", "hosts = \"ville.example\"", "hosts: must be a list of texts"},
    {"hosts = [\"ville.example\"]", "hosts = [1]", "hosts: must be a list of texts"},
    {"languages = [\"fr\", \"en\"]", "languages = []", "languages: needs at least one"},
    {"\"Europe/Paris\"", "\"Europe/Lutetia\"", "time_zone: no such zone: Europe/Lutetia"},
    {"time_zone = \"Europe/Paris\"", "", "time_zone: is missing"},
    {"holiday_region = \"FR\"", "", "holiday_region: is missing"},
    {"[bounds]", "[feeds]\nallow = [\"till.example\"]\n[bounds]", "feeds.allow: \"till.example\""},
    {"[bounds]", "[feeds]\nallow = [\"till.example:0\"]\n[bounds]", "feeds.allow: \"till"},
    {"slug =", "book_price_law = \"FI\"\nslug =", "book_price_law: no law of the book price"},
    {"fr = \"Ville\"", "", "name: needs a name"},
    {"fr = \"Ville\"", "fr = 3", "name.fr: has the wrong type"},
    {"[bounds]", "[limits]", "bounds.south: is missing"},
    {"[bounds]", "[limits]", "limits: unknown key"},
    {"south = 48.0", "south = \"48\"", "bounds.south: has the wrong type"},
    {"lat = 48.5", "lat = 49.5", "centre: must lie within bounds"},
    {"lat = 48.5", "lat = 48.5\nalt = 35", "centre.alt: unknown key"},
    {"slug =", "sulg = 1\nslug =", "sulg: unknown key"},
    {"[centre]", "[defaults]\nradius_m = 0\n[centre]", "defaults.radius_m: must be above 0"},
    {"[centre]", "[defaults]\nradius_m = nan\n[centre]", "defaults.radius_m: must be above 0"},
    {"[centre]", "[defaults]\nradius_m = 9e9\n[centre]", "at most radius_m_max"},
    {"[centre]", "[defaults]\nquantity_max = 0\n[centre]", "quantity_max: must be between 1"},
    {"[centre]", "[defaults]\nanswer_minutes = 0\n[centre]", "answer_minutes: must be between 1"},
    {"[centre]", "[defaults]\nhold_open_days = 15\n[centre]", "hold_open_days: must be between 0"},
    {"[centre]", "[stock]\ntill_days = 0\n[centre]", "stock.till_days: must be between 1 and 365"},
    {"[centre]", "[stock]\nask_days = 366\n[centre]", "stock.ask_days: must be between 1"},
    {"[centre]", "[stock]\ndemo_days = 1\n[centre]", "stock.demo_days: unknown key"},
    {"[centre]", "[defaults]\nhold_days = 1\n[centre]", "defaults.hold_days: unknown key"},
};

TEST(Territory, EveryMistakeIsSaidWithItsKey) {
    for (const Mistake& mistake : kMistakes)
        EXPECT_THAT(problems_of(with(mistake.line, mistake.instead)), HasSubstr(mistake.problem))
            << mistake.instead;
}

TEST(Territory, AllMistakesAreSaidAtOnce) {
    EXPECT_THAT(problems_of("colour = \"red\"\nlanguages = [\"fr\"]\ntime_zone = \"Mars\"\n"
                            "[defaults]\nquantity_max = 1000\n"),
                AllOf(HasSubstr("cannot be used:"), HasSubstr("colour: unknown key"),
                      HasSubstr("slug: is missing"), HasSubstr("hosts: needs"),
                      HasSubstr("time_zone: no such zone"), HasSubstr("bounds.east: is missing"),
                      HasSubstr("centre.lon: is missing"), HasSubstr("quantity_max: must be")));
}

TEST(Territory, AFileThatIsNotTomlIsRefusedWithItsLine) {
    EXPECT_THAT(problems_of("slug = \"ville\"\nhosts = [\n"), HasSubstr("line"));
    EXPECT_THROW(read_territory("/nowhere/territory.toml"), std::runtime_error);
}

}  // namespace
}  // namespace emplettes::catalogue
