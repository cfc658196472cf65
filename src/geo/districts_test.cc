#include "geo/districts.h"

#include <gtest/gtest.h>

namespace emplettes::geo {
namespace {

std::string feature(const std::string& name, const std::string& geometry) {
    return R"({"type":"Feature","properties":{"name":")" + name + R"("},"geometry":)" + geometry +
           "}";
}

std::string polygon(const std::string& rings) {
    return R"({"type":"Polygon","coordinates":[)" + rings + "]}";
}

// West, south, east, north.
std::string square(const std::string& w, const std::string& s, const std::string& e,
                   const std::string& n) {
    return "[[" + w + "," + s + "],[" + e + "," + s + "],[" + e + "," + n + "],[" + w + "," + n +
           "],[" + w + "," + s + "]]";
}

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}

Districts districts(const std::string& features) {
    auto read = Districts::parse(collection(features), "name");
    EXPECT_TRUE(read.ok()) << read.error();
    return std::move(read).value();
}

std::string problem(const std::string& text) {
    const auto read = Districts::parse(text, "name");
    return read.ok() ? "" : read.error();
}

std::string problem_of(const std::string& geometry) {
    return problem(collection(feature("Sud", geometry)));
}

TEST(DistrictsTest, APointIsInTheOneAroundIt) {
    const auto town = districts(feature("Ouest", polygon(square("2", "48", "3", "49"))) + "," +
                                feature("Est", polygon(square("3", "48", "4", "49"))));
    EXPECT_EQ(town.size(), 2U);
    EXPECT_EQ(town.name_at({.lat = 48.5, .lon = 2.5}), "Ouest");
    EXPECT_EQ(town.name_at({.lat = 48.5, .lon = 3.5}), "Est");
    EXPECT_EQ(town.name_at({.lat = 48.5, .lon = 4.5}), "");
    EXPECT_EQ(town.name_at({.lat = 49.5, .lon = 3.5}), "");
    EXPECT_EQ(Districts().name_at({.lat = 48.5, .lon = 2.5}), "");
}

TEST(DistrictsTest, ACommonBorderBelongsToOneOfTheTwo) {
    const std::string west = feature("Ouest", polygon(square("2", "48", "3", "49")));
    const std::string east = feature("Est", polygon(square("3", "48", "4", "49")));
    const Point border{.lat = 48.5, .lon = 3};
    EXPECT_EQ(districts(west + "," + east).name_at(border), "Est");
    EXPECT_EQ(districts(east + "," + west).name_at(border), "Est");
    EXPECT_EQ(districts(east + "," + west).name_at({.lat = 48, .lon = 3}), "Est") << "a corner";
}

TEST(DistrictsTest, AHoleIsOutside) {
    const auto town = districts(feature(
        "Anneau", polygon(square("2", "48", "5", "51") + "," + square("3", "49", "4", "50"))));
    EXPECT_EQ(town.name_at({.lat = 48.5, .lon = 3.5}), "Anneau");
    EXPECT_EQ(town.name_at({.lat = 49.5, .lon = 3.5}), "");
    EXPECT_EQ(town.name_at({.lat = 50.5, .lon = 3.5}), "Anneau");
}

TEST(DistrictsTest, OneMayHaveSeveralPieces) {
    const auto town = districts(feature("Iles", R"({"type":"MultiPolygon","coordinates":[[)" +
                                                    square("2", "48", "3", "49") + "],[" +
                                                    square("4", "48", "5", "49") + "]]}"));
    EXPECT_EQ(town.name_at({.lat = 48.5, .lon = 2.5}), "Iles");
    EXPECT_EQ(town.name_at({.lat = 48.5, .lon = 3.5}), "");
    EXPECT_EQ(town.name_at({.lat = 48.5, .lon = 4.5}), "Iles");
}

TEST(DistrictsTest, ABrokenFileIsRefusedInWords) {
    EXPECT_EQ(problem("{"), "it is not a GeoJSON FeatureCollection");
    EXPECT_EQ(problem("[]"), "it is not a GeoJSON FeatureCollection");
    EXPECT_EQ(problem(R"({"type":"Feature"})"), "it is not a GeoJSON FeatureCollection");
    EXPECT_EQ(problem(R"({"type":3})"), "it is not a GeoJSON FeatureCollection");
    EXPECT_EQ(problem(collection("")), "it has no features");
    EXPECT_EQ(problem(collection("{}")), "feature 1 has no properties");
    EXPECT_EQ(problem(collection(R"({"properties":{"nom":"Sud"}})")), "feature 1 has no name");
    EXPECT_EQ(problem(collection(feature("", "null"))),
              "feature 1 has no text in its property name");
    EXPECT_EQ(problem_of("null"), "feature 1 (Sud) has no type");
    EXPECT_EQ(problem_of(R"({"type":"Point","coordinates":[2,48]})"),
              "feature 1 (Sud) is neither a Polygon nor a MultiPolygon");
    EXPECT_EQ(problem_of(polygon("[[2,48],[3,48],[3,49]]")),
              "feature 1 (Sud) has a ring that is not closed");
    EXPECT_EQ(problem_of(polygon("[[2,48],[3,48],[3,49],[2,49]]")),
              "feature 1 (Sud) has a ring that is not closed");
    EXPECT_EQ(problem_of(polygon(R"([["2",48]])")),
              "feature 1 (Sud) has a position that is not two numbers");
    EXPECT_EQ(problem_of(polygon("[[652000,6862000]]")),
              "feature 1 (Sud) has a position that is not longitude and latitude");
    EXPECT_EQ(problem_of(polygon("3")), "feature 1 (Sud) has coordinates that are no list");
}

}  // namespace
}  // namespace emplettes::geo
