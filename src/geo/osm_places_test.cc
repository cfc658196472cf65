#include "geo/osm_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

namespace emplettes::geo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kRealExtract =
    EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-rochechouart.osm.pbf";

PlaceFilter shops_and_pharmacies() {
    return {.tags = {{"shop", "*"}, {"craft", "*"}, {"amenity", "pharmacy"}}};
}

class OsmPlacesTest : public testing::Test {
  protected:
    OsmPlacesTest()
        : folder_(std::filesystem::path(testing::TempDir()) /
                  ("osm_places_" + std::to_string(std::random_device{}()))) {
        std::filesystem::create_directory(folder_);
    }
    ~OsmPlacesTest() override { std::filesystem::remove_all(folder_); }

    std::string write(const std::string& name, const std::string& bytes) const {
        const std::string path = folder_ / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    OsmPlaces read_xml(const std::string& objects) const {
        return read_osm_places(write("some.osm", "<osm version='0.6'>" + objects + "</osm>"),
                               shops_and_pharmacies());
    }
    std::string error_of(const std::string& path) const {
        try {
            read_osm_places(path, shops_and_pharmacies());
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "no error";
    }

    const std::filesystem::path folder_;
};

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string node(int id, double lat, double lon, const std::string& tags = {}) {
    return "<node id='" + std::to_string(id) + "' lat='" + std::to_string(lat) + "' lon='" +
           std::to_string(lon) + "'>" + tags + "</node>";
}

std::string tag(const std::string& key, const std::string& value) {
    return "<tag k='" + key + "' v='" + value + "'/>";
}

std::string way(int id, const std::vector<int>& nodes, const std::string& tags = {}) {
    std::string text = "<way id='" + std::to_string(id) + "'>";
    for (const int node : nodes) text += "<nd ref='" + std::to_string(node) + "'/>";
    return text + tags + "</way>";
}

TEST_F(OsmPlacesTest, ReadsARealBlock) {
    const OsmPlaces read = read_osm_places(kRealExtract, {.tags = {{"shop", "*"}}});
    EXPECT_EQ(read.nodes_read, 375);
    EXPECT_EQ(read.ways_read, 36);
    EXPECT_EQ(read.without_position, 0);
    ASSERT_EQ(read.places.size(), 11U);
    EXPECT_EQ(read.places[0].osm_ref, "node/2990208554");
    EXPECT_EQ(read.places[0].name, "Carrefour Market");
    EXPECT_EQ(read.places[0].brand, "Carrefour Market");
    EXPECT_EQ(read.places[0].housenumber, "33");
    EXPECT_EQ(read.places[0].street, "Rue de Maubeuge");
    EXPECT_EQ(read.places[0].city, "Paris");
    EXPECT_EQ(read.places[0].opening_hours, "Mo-Sa 08:30-22:00");
    const auto butcher =
        std::ranges::find(read.places, std::string("way/239322701"), &OsmPlace::osm_ref);
    ASSERT_NE(butcher, read.places.end());
    EXPECT_EQ(butcher->value, "butcher");
    EXPECT_EQ(butcher->name, "Rôtisserie Dufrenoy");
    EXPECT_LT(distance_m(butcher->position, {.lat = 48.87862, .lon = 2.34505}), 15);
    EXPECT_TRUE(std::ranges::any_of(
        read.streets, [](const OsmStreet& street) { return street.name == "Rue de Maubeuge"; }));
}

TEST_F(OsmPlacesTest, TakesWhatTheFilterNames) {
    const std::string objects =
        node(1, 48.88, 2.34, tag("shop", "books") + tag("craft", "bookbinder")) +
        node(2, 48.88, 2.34, tag("amenity", "pharmacy")) +
        node(3, 48.88, 2.34, tag("amenity", "bar")) + node(4, 48.88, 2.34, tag("name", "Sans"));
    const OsmPlaces read = read_xml(objects);
    ASSERT_EQ(read.places.size(), 2U);
    EXPECT_EQ(read.places[0].key + '=' + read.places[0].value, "shop=books");
    EXPECT_EQ(read.places[1].key + '=' + read.places[1].value, "amenity=pharmacy");
    EXPECT_EQ(read.without_name, 2);
}

TEST_F(OsmPlacesTest, ReadsContacts) {
    const OsmPlaces read = read_xml(
        node(1, 48.88, 2.34,
             tag("shop", "books") + tag("operator", "Dupont") + tag("contact:phone", "+33 1") +
                 tag("url", "https://a.example") + tag("contact:email", "a@a.example")) +
        node(2, 48.88, 2.34,
             tag("shop", "toys") + tag("name", " Les jouets ") + tag("phone", "+33 2") +
                 tag("contact:phone", "+33 3") + tag("website", "https://b.example") +
                 tag("url", "https://c.example") + tag("email", "b@b.example")));
    ASSERT_EQ(read.places.size(), 2U);
    EXPECT_EQ(read.places[0].name, "Dupont");
    EXPECT_EQ(read.places[0].phone, "+33 1");
    EXPECT_EQ(read.places[0].website, "https://a.example");
    EXPECT_EQ(read.places[0].email, "a@a.example");
    EXPECT_EQ(read.places[1].name, "Les jouets");
    EXPECT_EQ(read.places[1].phone, "+33 2");
    EXPECT_EQ(read.places[1].website, "https://b.example");
}

TEST_F(OsmPlacesTest, AreasAreInTheMiddleOfTheirNodes) {
    // Relation before way before node: any order is read.
    const OsmPlaces read = read_xml(
        "<relation id='9'><member type='way' ref='5' role='outer'/>"
        "<member type='way' ref='6' role='inner'/>" +
        tag("type", "multipolygon") + tag("shop", "mall") + tag("name", "Passage") + "</relation>" +
        way(5, {1, 2, 3, 4, 1}) + way(6, {7, 8}) +
        way(10, {1, 2, 3, 4, 1}, tag("shop", "toys") + tag("name", "Place")) + node(1, 48.0, 2.0) +
        node(2, 48.0, 2.2) + node(3, 48.2, 2.2) + node(4, 48.2, 2.0) + node(7, 49.0, 3.0) +
        node(8, 49.0, 3.0));
    ASSERT_EQ(read.places.size(), 2U);
    EXPECT_EQ(read.places[0].osm_ref, "way/10");
    EXPECT_EQ(read.places[1].osm_ref, "relation/9");
    for (const OsmPlace& place : read.places) {
        EXPECT_NEAR(place.position.lat, 48.1, 1e-9);
        EXPECT_NEAR(place.position.lon, 2.1, 1e-9);
    }
}

TEST_F(OsmPlacesTest, MissingNodesAreCountedAndSkipped) {
    const OsmPlaces read =
        read_xml(node(1, 48.0, 2.0) + way(10, {1, 2, 3}, tag("shop", "toys") + tag("name", "A")) +
                 way(11, {2, 4}, tag("shop", "books") + tag("name", "B")) +
                 way(12, {77, 78}, tag("building", "yes")));
    ASSERT_EQ(read.places.size(), 1U);
    EXPECT_EQ(read.places[0].name, "A");
    EXPECT_EQ(read.places[0].position, (Point{.lat = 48.0, .lon = 2.0}));
    EXPECT_EQ(read.without_position, 1);
    EXPECT_EQ(read.missing_nodes, 3);  // 2, 3 and 4; the building is no business of ours
}

TEST_F(OsmPlacesTest, StreetsOfOneNameAreJoinedWhenNear) {
    const std::string rue = tag("highway", "residential") + tag("name", "Rue de la Gare");
    const OsmPlaces read =
        read_xml(node(1, 48.000, 2.000) + node(2, 48.002, 2.000) + node(3, 48.004, 2.000) +
                 node(4, 48.100, 2.000) + node(5, 48.102, 2.000) + way(10, {1, 2}, rue) +
                 way(11, {2, 3}, rue) + way(12, {4, 5}, rue) +
                 way(13, {1, 2}, tag("highway", "platform") + tag("name", "Gare, quai A")) +
                 node(6, 48.001, 2.001, tag("addr:street", "Rue de la Gare")) +
                 node(7, 48.001, 2.001, tag("addr:street", "Cité Cachée")));
    ASSERT_EQ(read.streets.size(), 3U);  // the bus platform is none
    EXPECT_EQ(read.streets[0].name, "Cité Cachée");
    EXPECT_EQ(read.streets[1].name, "Rue de la Gare");
    EXPECT_EQ(read.streets[1].position, (Point{.lat = 48.002, .lon = 2.0}));
    EXPECT_EQ(read.streets[2].name, "Rue de la Gare");
    EXPECT_GT(read.streets[2].position.lat, 48.09);
}

TEST_F(OsmPlacesTest, AssociatedStreetsNameTheStreet) {
    const OsmPlaces read =
        read_xml("<relation id='9'><member type='node' ref='1' role='house'/>" +
                 tag("type", "associatedStreet") + tag("name", "Rue Cadet") + "</relation>" +
                 node(1, 48.88, 2.34, tag("shop", "books") + tag("addr:housenumber", "7")));
    ASSERT_EQ(read.places.size(), 1U);
    EXPECT_EQ(read.places[0].street, "Rue Cadet");
}

TEST_F(OsmPlacesTest, SaysWhatIsWrongWithAFile) {
    EXPECT_THAT(error_of(folder_ / "absent.osm.pbf"), HasSubstr("There is no file"));
    EXPECT_THAT(error_of(folder_), HasSubstr("There is no file"));
    EXPECT_THAT(error_of(write("empty.osm.pbf", "")), HasSubstr("cannot be read"));
    EXPECT_THAT(error_of(write("page.osm.pbf", "<!doctype html><p>404")),
                HasSubstr("page.osm.pbf cannot be read as OpenStreetMap data"));
    EXPECT_THAT(error_of(write("photo.jpg", "\xff\xd8\xff")), HasSubstr("cannot be read"));
    EXPECT_THAT(error_of(write("none.osm", "<osm version='0.6'></osm>")),
                HasSubstr("it holds no map data"));
    EXPECT_THAT(error_of(write("broken.osm", "<osm version='0.6'><node id='1'")),
                HasSubstr("Fetch it again"));
    EXPECT_THAT(error_of(write("huge.osm.pbf", "\x7f\xff\xff\xff" + std::string(100, 'x'))),
                HasSubstr("cannot be read"));
}

TEST_F(OsmPlacesTest, CutFilesAreErrorsOrSmaller) {
    const std::string whole = bytes_of(kRealExtract);
    ASSERT_EQ(whole.size(), 8'273U);
    const std::size_t all = read_osm_places(kRealExtract, shops_and_pharmacies()).places.size();
    int errors = 0;
    int cuts = 0;
    for (std::size_t length = 0; length < whole.size(); length += 41, ++cuts) {
        const std::string path = write("cut.osm.pbf", whole.substr(0, length));
        try {
            EXPECT_LE(read_osm_places(path, shops_and_pharmacies()).places.size(), all);
        } catch (const std::runtime_error& error) {
            EXPECT_THAT(error.what(), HasSubstr("cut.osm.pbf cannot be read"));
            ++errors;
        }
    }
    EXPECT_EQ(errors, cuts);  // none of these lengths is the end of a block
}

TEST_F(OsmPlacesTest, FlippedBytesNeverCrash) {
    const std::string whole = bytes_of(kRealExtract);
    std::mt19937 chance(20'261'122);
    int errors = 0;
    for (int i = 0; i < 200; ++i) {
        std::string bytes = whole;
        const std::size_t flips = 1 + chance() % 4;
        for (std::size_t flip = 0; flip < flips; ++flip)
            bytes[chance() % bytes.size()] ^= static_cast<char>(1U << (chance() % 8));
        try {
            read_osm_places(write("flipped.osm.pbf", bytes), shops_and_pharmacies());
        } catch (const std::runtime_error&) {
            ++errors;
        }
    }
    EXPECT_GT(errors, 20);
    EXPECT_LT(errors, 200);  // a letter of a name may change unseen: the file is not compressed
}

TEST_F(OsmPlacesTest, TellsHowFarItIs) {
    std::int64_t last = 0;
    std::int64_t total = 0;
    read_osm_places(kRealExtract, shops_and_pharmacies(),
                    [&](std::int64_t done, std::int64_t size) {
                        EXPECT_GE(done, last);
                        EXPECT_LE(done, size);
                        last = done;
                        total = size;
                    });
    EXPECT_GT(last, 0);
    EXPECT_EQ(total, 3 * 8'273);
}

}  // namespace
}  // namespace emplettes::geo
