#include "geo/tiles/still_map.h"

#include <expat.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string_view>

#include "geo/tiles/tile_encoder.h"
#include "geo/tiles/tile_maker.h"

namespace emplettes::geo {
namespace {

constexpr Point kMiddle{48.8638, 2.366};

// Counts what a reader of XML finds, by element and class; fails when it is none.
class Elements {
  public:
    explicit Elements(const std::string& svg) {
        XML_Parser parser = XML_ParserCreate("UTF-8");
        XML_SetUserData(parser, this);
        XML_SetElementHandler(parser, on_begin, [](void*, const XML_Char*) {});
        XML_SetCharacterDataHandler(parser, on_text);
        is_sound_ = XML_Parse(parser, svg.data(), static_cast<int>(svg.size()), 1) == XML_STATUS_OK;
        XML_ParserFree(parser);
    }
    bool is_sound() const { return is_sound_; }
    int count(const std::string& element) const {
        const auto found = counts_.find(element);
        return found == counts_.end() ? 0 : found->second;
    }
    bool says(std::string_view text) const { return text_.find(text) != std::string::npos; }

  private:
    static void on_begin(void* self, const XML_Char* name, const XML_Char** attributes) {
        auto& counts = static_cast<Elements*>(self)->counts_;
        ++counts[name];
        for (; *attributes != nullptr; attributes += 2)
            if (std::string_view(attributes[0]) == "class")
                ++counts[std::string(name) + "." + attributes[1]];
    }
    static void on_text(void* self, const XML_Char* text, int size) {
        static_cast<Elements*>(self)->text_.append(text, static_cast<std::size_t>(size));
    }

    bool is_sound_ = false;
    std::map<std::string, int> counts_;
    std::string text_;
};

const TileSet& paris() {
    static const auto tiles =
        make_tiles(EMPLETTES_SOURCE_DIR "/src/geo/testdata/paris-3e-11e-streets.osm.pbf", {});
    return *tiles;
}

TEST(StillMap, ShowsStreetsWithTheirNames) {
    const std::string svg = draw_still_map(
        {.view = {.centre = kMiddle}, .markers = {}, .route = {}, .title = "Carte"}, paris());
    const Elements elements(svg);
    ASSERT_TRUE(elements.is_sound());
    EXPECT_TRUE(elements.says("Rue de Bretagne"));
    EXPECT_TRUE(elements.says("Rue Amelot"));
    EXPECT_TRUE(elements.says("© OpenStreetMap"));
    EXPECT_EQ(elements.count("title"), 1);
    EXPECT_GT(elements.count("textPath"), 10);
    EXPECT_NE(svg.find("prefers-color-scheme:dark"), std::string::npos);
    EXPECT_EQ(svg.find("http", svg.find("w3.org")), std::string::npos) << "nothing from elsewhere";
}

TEST(StillMap, OpenIsToldFromClosedByShape) {
    const StillMap map{.view = {.centre = kMiddle},
                       .markers = {{kMiddle, StillMarkerKind::open, "1"},
                                   {kMiddle, StillMarkerKind::closed, "2"},
                                   {kMiddle, StillMarkerKind::here, ""},
                                   {kMiddle, StillMarkerKind::shop, "Café du Coin"},
                                   {{0, 0}, StillMarkerKind::open, "far away"}},
                       .route = {kMiddle, {kMiddle.lat + 0.001, kMiddle.lon}, {80, -170}},
                       .title = ""};
    const Elements elements(draw_still_map(map, paris()));
    ASSERT_TRUE(elements.is_sound());
    EXPECT_EQ(elements.count("circle.mk open"), 1);
    EXPECT_EQ(elements.count("circle.mk shut"), 1);
    EXPECT_EQ(elements.count("circle.ring"), 1);
    EXPECT_EQ(elements.count("path.mk spot"), 1);
    EXPECT_EQ(elements.count("path.line way"), 1);
    EXPECT_TRUE(elements.says("Café du Coin"));
    EXPECT_FALSE(elements.says("far away"));
}

TEST(StillMap, NoTextBreaksIt) {
    for (const std::string& text :
         {std::string("<script>&\"'"), std::string("\xff\xfe"), std::string("a\0b\x01\x1b", 5),
          std::string("\xEF\xBF\xBE\xEF\xBF\xBF"), std::string("]]>"), std::string(3000, 'x')}) {
        TileEncoder tile;
        tile.add_lines(MapLayer::street, {{"class", "main"}, {"name", std::string_view(text)}},
                       {{{0, 2000}, {4096, 2000}}});
        tile.add_point(MapLayer::label, {{"kind", "town"}, {"name", std::string_view(text)}},
                       {1000, 1000});
        const TileAddress address = tile_at(kMiddle, 14);
        const auto tiles =
            TileSet::make({{.address = address, .bytes = pack_tile(tile.bytes())}}, {});
        const std::string svg = draw_still_map({.view = {.centre = kMiddle},
                                                .markers = {{kMiddle, StillMarkerKind::open, text}},
                                                .route = {},
                                                .title = text},
                                               *tiles);
        EXPECT_TRUE(Elements(svg).is_sound()) << text;
        EXPECT_EQ(svg.find("<script"), std::string::npos);
    }
}

TEST(StillMap, IsNeverTooLarge) {
    const std::vector<StillMarker> markers(5000,
                                           {kMiddle, StillMarkerKind::open, std::string(100, '<')});
    const std::string svg = draw_still_map(
        {.view = {.centre = kMiddle, .zoom = 14, .width_px = 9000, .height_px = 9000},
         .markers = markers,
         .route = {},
         .title = ""},
        paris());
    EXPECT_LE(svg.size(), kStillBytesMax);
    EXPECT_TRUE(Elements(svg).is_sound());
    EXPECT_NE(svg.find("width=\"2000\""), std::string::npos);
}

TEST(StillMap, AnyViewIsDrawn) {
    for (const double zoom : {-1.0, 0.0, 9.0, 13.49, 18.0, 99.0, std::nan("")})
        for (const Point& centre : {kMiddle, Point{0, 0}, Point{90, 180}, Point{-90, -180}}) {
            const StillView view{.centre = centre, .zoom = zoom, .width_px = 300, .height_px = -5};
            EXPECT_TRUE(Elements(draw_still_map({.view = view}, paris())).is_sound()) << zoom;
        }
}

TEST(StillMap, AViewHoldsItsPoints) {
    const std::vector<Point> points = {
        {48.8638, 2.366}, {48.8588, 2.376}, {48.8700, 2.356}, {48.8650, 2.371}};
    const StillView view = view_of(points, {.width_px = 320, .height_px = 640});
    std::vector<StillMarker> markers;
    markers.reserve(points.size());
    for (const Point& point : points)
        markers.push_back({.at = point, .kind = StillMarkerKind::open, .label = ""});
    const Elements elements(draw_still_map({.view = view, .markers = markers}, paris()));
    EXPECT_EQ(elements.count("circle.mk open"), 4);
    EXPECT_GT(view.zoom, 13);
    EXPECT_LE(view_of(std::vector<Point>{kMiddle}, {}).zoom, 17)
        << "one point is no reason to fall in";
    EXPECT_EQ(view_of({}, {.centre = kMiddle}).centre, kMiddle);
}

}  // namespace
}  // namespace emplettes::geo
