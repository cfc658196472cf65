#include "geo/tiles/still_map.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "geo/tiles/still_frame.h"
#include "geo/tiles/still_labels.h"
#include "geo/tiles/tile_reader.h"

namespace emplettes::geo {
namespace {

// Colours: docs of the site's tokens (paper, ink, accent, open, closed); what only a map has lies
// between paper and ink.
constexpr std::string_view kStillStyle =
    ".sm{--land:#f6f1e8;--sea:#bfd9e6;--park:#d9e7c8;--wood:#c9dfb8;--dead:#d9e0cb;--pitch:#cbe3c0;"
    "--paved:#eee6d9;--house:#dfd4c2;--road:#fff;--edge:#d3c7b5;--big:#fdeecb;--path:#b9a98f;"
    "--rail:#b3a99c;--ink:#1f1b16;--mute:#635b50;--halo:#fbf8f3;--leaf:#3f6b35;--accent:#b3402a;"
    "--on:#fff;--open:#1f7a4d;--shut:#635b50;font-family:system-ui,'Segoe UI',Roboto,sans-serif}"
    "@media(prefers-color-scheme:dark){.sm{--land:#1c1917;--sea:#15303c;--park:#20301f;"
    "--wood:#1b2c1c;--dead:#262b22;--pitch:#243823;--paved:#25211e;--house:#332e29;--road:#48423b;"
    "--edge:#12100f;--big:#5d5340;--path:#6b6254;--rail:#5c554d;--ink:#f2ece3;--mute:#b5ab9e;"
    "--halo:#161412;--leaf:#9ccb8d;--accent:#f08a70;--on:#1f1b16;--open:#67c896;--shut:#b5ab9e}}"
    ".sm .land{fill:var(--land)}.sm .water{fill:var(--sea)}.sm .park{fill:var(--park)}"
    ".sm .wood{fill:var(--wood)}.sm .cemetery{fill:var(--dead)}.sm .pitch{fill:var(--pitch)}"
    ".sm .paved{fill:var(--paved)}.sm .building{fill:var(--house)}"
    ".sm .line{fill:none;stroke-linecap:round;stroke-linejoin:round}"
    ".sm .waterway{stroke:var(--sea)}.sm .edge{stroke:var(--edge)}.sm .road{stroke:var(--road)}"
    ".sm .big{stroke:var(--big)}.sm .thin{stroke:var(--path);stroke-linecap:butt}"
    ".sm .rail{stroke:var(--rail);stroke-linecap:butt}"
    ".sm text{fill:var(--ink);text-anchor:middle;stroke:var(--halo);stroke-width:10;"
    "stroke-linejoin:round;paint-order:stroke}.sm .name{fill:var(--mute)}"
    ".sm .quarter{fill:var(--mute);letter-spacing:.08em;text-transform:uppercase}"
    ".sm .leaf{fill:var(--leaf);font-style:italic}.sm .town{font-weight:600}"
    ".sm .small{fill:var(--mute)}.sm .way{stroke:var(--accent);stroke-width:18}"
    ".sm .wayedge{stroke:var(--halo);stroke-width:30}.sm .mk{stroke-width:8;stroke:var(--halo)}"
    ".sm .open{fill:var(--open)}.sm .shut{fill:var(--halo);stroke:var(--shut);stroke-width:10}"
    ".sm .spot{fill:var(--accent)}.sm .ring{fill:none;stroke:var(--accent);stroke-width:8}"
    ".sm .in{stroke:none;fill:var(--on);font-weight:700}.sm .in.dark{fill:var(--shut)}"
    ".sm .beside{text-anchor:start;font-weight:600}.sm .by{text-anchor:end;fill:var(--mute)}";

constexpr std::string_view kSourceOfData = "© OpenStreetMap";
constexpr double kMarginPx = 6;  // around the picture, where lines still are drawn

// How much is left out, until a picture is small enough.
enum class Detail : std::uint8_t { all, no_buildings, no_paths, big_streets, nothing };
constexpr std::array kDetails = {Detail::all, Detail::no_buildings, Detail::no_paths,
                                 Detail::big_streets, Detail::nothing};

constexpr double kHousesZoomMin = 14.3;
constexpr double kNumbersZoomMin = 17;

// Widths in pixels at zoom 15; with each zoom, streets grow by a third.
struct StrokeOfClass {
    StreetClass street_class;
    double width_px;
    std::string_view style;
};
constexpr StrokeOfClass kStrokes[] = {
    // from what lies lowest
    {StreetClass::rail, 1.4, "rail"},       {StreetClass::steps, 1.6, "thin"},
    {StreetClass::path, 1.0, "thin"},       {StreetClass::service, 2.0, "road"},
    {StreetClass::pedestrian, 3.4, "road"}, {StreetClass::minor, 4.2, "road"},
    {StreetClass::secondary, 6.2, "road"},  {StreetClass::main, 7.4, "big"},
    {StreetClass::motorway, 8.2, "big"},
};
constexpr std::size_t kStrokeCount = std::size(kStrokes);
constexpr double kGrowthPerZoom = 1.33;
constexpr double kWidthZoom = 15;
constexpr double kEdgePx = 1.2;      // of a street, on both sides together
constexpr double kEdgedPxMin = 2.2;  // thinner ones would be all edge

constexpr std::string_view kAreaStyles[] = {"water", "wood",  "park",    "cemetery",
                                            "pitch", "paved", "building"};

struct NamedStreet {
    StreetClass street_class = StreetClass::minor;
    PlaneLine line;
};

struct PointName {
    std::string kind;
    std::string text;
    PlanePoint at;
};

// What lies within a picture, in its units.
struct Scene {
    std::array<StillPath, std::size(kAreaStyles)> areas;
    StillPath waterways;
    std::array<StillPath, kStrokeCount> streets;
    std::map<std::string, NamedStreet> names;  // the longest line of each
    std::vector<PointName> labels;
    std::vector<PointName> numbers;
};

bool is_left_out(const DrawnFeature& feature, Detail detail, double zoom) {
    if (feature.layer == MapLayer::building)
        return detail >= Detail::no_buildings || zoom < kHousesZoomMin;
    if (feature.layer == MapLayer::number)
        return detail >= Detail::no_buildings || zoom < kNumbersZoomMin;
    if (feature.layer != MapLayer::street) return detail == Detail::nothing;
    const std::string_view name = feature.text("class");
    const bool is_small = name == "path" || name == "steps" || name == "service";
    const bool is_big = name == "motorway" || name == "main" || name == "secondary";
    return (is_small && detail >= Detail::no_paths) || (!is_big && detail >= Detail::big_streets) ||
           detail == Detail::nothing;
}

class SceneMaker {
  public:
    SceneMaker(const StillFrame& frame, Detail detail)
        : frame_(frame),
          detail_(detail),
          box_(frame.box().wider_by(static_cast<std::int32_t>(kMarginPx * kUnitsPerPx))) {}

    Scene run(const TileSet& tiles) {
        const Bounds bounds = frame_.bounds();
        const int zoom = frame_.tile_zoom();
        const TileAddress first = tile_at({.lat = bounds.north, .lon = bounds.west}, zoom);
        const TileAddress last = tile_at({.lat = bounds.south, .lon = bounds.east}, zoom);
        for (std::uint32_t x = first.x; x <= last.x; ++x)
            for (std::uint32_t y = first.y; y <= last.y; ++y) {
                const TileAddress address{.zoom = zoom, .x = x, .y = y};
                const auto bytes = tiles.find(address);
                if (bytes.empty()) continue;
                for (const DrawnFeature& feature : read_tile(bytes))
                    if (!is_left_out(feature, detail_, frame_.view().zoom)) add(feature, address);
            }
        return std::move(scene_);
    }

  private:
    void add(const DrawnFeature& feature, const TileAddress& tile);
    void add_area(const DrawnFeature& feature, const TileAddress& tile);
    void add_street(const DrawnFeature& feature, const TileAddress& tile);
    void add_name(const std::string& name, const NamedStreet& street);
    PlaneLine on_picture(PlaneLine line, const TileAddress& tile) const;

    const StillFrame& frame_;
    Detail detail_;
    PlaneBox box_;
    Scene scene_;
};

PlaneLine SceneMaker::on_picture(PlaneLine line, const TileAddress& tile) const {
    const PlanePoint corner = tile.corner();
    for (PlanePoint& point : line)
        point =
            frame_.to_picture(grid_to_world({corner.x + point.x, corner.y + point.y}, tile.zoom));
    return line;
}

void SceneMaker::add(const DrawnFeature& feature, const TileAddress& tile) {
    switch (feature.layer) {
        case MapLayer::water:
        case MapLayer::green:
        case MapLayer::paved:
        case MapLayer::building: add_area(feature, tile); return;
        case MapLayer::street: add_street(feature, tile); return;
        case MapLayer::waterway:
            for (const PlaneLine& part : feature.parts)
                for (const PlaneLine& piece : clip_line(on_picture(part, tile), box_))
                    scene_.waterways.add_line(simplify_line(piece, 1));
            return;
        case MapLayer::number:
        case MapLayer::label: break;
    }
    const bool is_number = feature.layer == MapLayer::number;
    for (const PlaneLine& part : feature.parts)
        (is_number ? scene_.numbers : scene_.labels)
            .push_back({.kind = std::string(feature.text("kind")),
                        .text = std::string(feature.text(is_number ? "number" : "name")),
                        .at = on_picture(part, tile).front()});
}

void SceneMaker::add_area(const DrawnFeature& feature, const TileAddress& tile) {
    const std::string_view style =
        feature.layer == MapLayer::green ? feature.text("kind") : to_string(feature.layer);
    const auto* found = std::ranges::find(kAreaStyles, style);
    if (found == std::end(kAreaStyles)) return;
    StillPath& path = scene_.areas[static_cast<std::size_t>(found - std::begin(kAreaStyles))];
    for (const PlaneLine& part : feature.parts) {
        const PlaneLine ring = clip_ring(on_picture(part, tile), box_);
        path.add_ring(simplify_ring(ring, 1));
    }
}

void SceneMaker::add_street(const DrawnFeature& feature, const TileAddress& tile) {
    const auto* stroke = std::ranges::find(kStrokes, feature.text("class"), [](const auto& each) {
        return to_string(each.street_class);
    });
    if (stroke == std::end(kStrokes)) return;
    if (feature.number("tunnel") != 0) return;
    StillPath& path = scene_.streets[static_cast<std::size_t>(stroke - std::begin(kStrokes))];
    const PlaneBox tile_box{0, 0, kTileExtent, kTileExtent};
    for (const PlaneLine& part : feature.parts)
        for (const PlaneLine& inner : clip_line(part, tile_box))  // dashes must not come twice
            for (const PlaneLine& piece : clip_line(on_picture(inner, tile), box_)) {
                path.add_line(simplify_line(piece, 1));
                add_name(std::string(feature.text("name")), {stroke->street_class, piece});
            }
}

double length_units(const PlaneLine& line) {
    double length = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        length += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    return length;
}

void SceneMaker::add_name(const std::string& name, const NamedStreet& street) {
    if (name.empty()) return;
    NamedStreet& longest = scene_.names[name];
    if (length_units(street.line) > length_units(longest.line)) longest = street;
}

bool stands_inside(const StillMarker& marker) {
    return utf8_length(marker.label) <= 2 && marker.kind != StillMarkerKind::here;
}

// What it covers, with the words beside it.
PlaneBox box_of_marker(const StillMarker& marker, PlanePoint at) {
    constexpr std::int32_t kReach = 13 * kUnitsPerPx;
    constexpr std::int32_t kLetter = 7 * kUnitsPerPx;
    PlaneBox box = PlaneBox{at.x, at.y, at.x, at.y}.wider_by(kReach);
    if (marker.kind == StillMarkerKind::shop) box.north -= kReach;
    if (!stands_inside(marker))
        box.east += kLetter * static_cast<std::int32_t>(std::min<std::size_t>(
                                  utf8_length(marker.label), kStillLettersMax));
    return box;
}

// Puts the SVG together, from the ground up.
class StillWriter {
  public:
    StillWriter(const StillMap& map, const StillFrame& frame, const Scene& scene)
        : map_(map), frame_(frame), scene_(scene), labels_(frame.box(), make_prefix()) {}

    std::string run() {
        begin();
        write_areas();
        write_streets();
        write_route();
        write_names();
        for (const StillMarker& marker : markers()) write_marker(marker);
        end();
        return std::move(svg_);
    }

  private:
    std::string make_prefix() const;
    std::span<const StillMarker> markers() const {
        return std::span(map_.markers).first(std::min(map_.markers.size(), kStillMarkersMax));
    }
    void begin();
    void write_areas();
    void write_streets();
    void write_line(const StillPath& path, std::string_view style, double width_px);
    void write_route();
    void write_names();
    void write_street_names();
    void write_labels();
    void write_marker(const StillMarker& marker);
    void end();
    double grown(double width_px) const {
        return width_px * std::pow(kGrowthPerZoom, frame_.view().zoom - kWidthZoom);
    }

    const StillMap& map_;
    const StillFrame& frame_;
    const Scene& scene_;
    StillLabels labels_;
    std::set<std::string> written_;
    std::string svg_;
};

std::string units(double px) {
    return std::to_string(static_cast<int>(std::lround(px * kUnitsPerPx)));
}

// Two pictures of one page seldom show the same view, and if they do, their paths are the same.
std::string StillWriter::make_prefix() const {
    const StillView& view = frame_.view();
    const std::array<double, 4> what = {view.centre.lat, view.centre.lon, view.zoom,
                                        static_cast<double>(view.width_px)};
    return "m" + std::to_string(XXH3_64bits(what.data(), sizeof what) % 1'000'000) + "-";
}

void StillWriter::begin() {
    const StillView& view = frame_.view();
    const std::string width = std::to_string(view.width_px);
    const std::string height = std::to_string(view.height_px);
    svg_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sm\" role=\"img\" width=\"" + width +
           "\" height=\"" + height + "\" viewBox=\"0 0 " + units(view.width_px) + " " +
           units(view.height_px) + "\"";
    const std::string title = xml_text(map_.title, 4 * kStillLettersMax);
    svg_ += title.empty() ? " aria-hidden=\"true\">" : "><title>" + title + "</title>";
    svg_ += "<style>" + std::string(kStillStyle) + "</style>";
    svg_ += "<rect class=\"land\" width=\"100%\" height=\"100%\"/>";
}

void StillWriter::write_areas() {
    for (std::size_t i = 0; i < scene_.areas.size(); ++i) {
        if (kAreaStyles[i] == "building") write_line(scene_.waterways, "waterway", grown(2.4));
        if (!scene_.areas[i].empty())
            svg_ += "<path class=\"" + std::string(kAreaStyles[i]) + "\" d=\"" +
                    scene_.areas[i].text() + "\"/>";
    }
}

void StillWriter::write_line(const StillPath& path, std::string_view style, double width_px) {
    if (path.empty()) return;
    svg_ +=
        "<path class=\"line " + std::string(style) + "\" stroke-width=\"" + units(width_px) + "\"";
    if (style == "thin") svg_ += " stroke-dasharray=\"" + units(3) + " " + units(2) + "\"";
    svg_ += " d=\"" + path.text() + "\"/>";
}

// All edges lie under all streets, or crossings would be barred.
void StillWriter::write_streets() {
    const std::string prefix = make_prefix() + "s";
    svg_ += "<defs>";
    for (std::size_t i = 0; i < kStrokeCount; ++i)
        if (!scene_.streets[i].empty() && kStrokes[i].style != "thin" &&
            kStrokes[i].style != "rail")
            svg_ += "<path id=\"" + prefix + std::to_string(i) + "\" d=\"" +
                    scene_.streets[i].text() + "\"/>";
    svg_ += "</defs>";
    for (std::size_t i = 0; i < kStrokeCount; ++i)
        if (kStrokes[i].style == "thin" || kStrokes[i].style == "rail")
            write_line(scene_.streets[i], kStrokes[i].style, kStrokes[i].width_px);
    for (const bool is_edge : {true, false})
        for (std::size_t i = 0; i < kStrokeCount; ++i) {
            const StrokeOfClass& stroke = kStrokes[i];
            if (scene_.streets[i].empty() || stroke.style == "thin" || stroke.style == "rail")
                continue;
            if (is_edge && grown(stroke.width_px) < kEdgedPxMin) continue;
            const double width_px = grown(stroke.width_px) + (is_edge ? kEdgePx : 0);
            svg_ += "<use class=\"line " + std::string(is_edge ? "edge" : stroke.style) +
                    "\" stroke-width=\"" + units(width_px) + "\" href=\"#" + prefix +
                    std::to_string(i) + "\"/>";
        }
}

void StillWriter::write_route() {
    if (map_.route.size() < 2) return;
    PlaneLine line;
    for (const Point& point : map_.route) line.push_back(frame_.to_picture(point));
    StillPath path;
    const PlaneBox box = frame_.box().wider_by(static_cast<std::int32_t>(kMarginPx * kUnitsPerPx));
    for (const PlaneLine& piece : clip_line(line, box)) path.add_line(simplify_line(piece, 2));
    if (path.empty()) return;
    for (const char* style : {"line wayedge", "line way"})
        svg_ += "<path class=\"" + std::string(style) + "\" d=\"" + path.text() + "\"/>";
}

void StillWriter::write_names() {
    for (const StillMarker& marker : markers())
        labels_.keep_free(box_of_marker(marker, frame_.to_picture(marker.at)));
    const PlaneBox box = frame_.box();
    labels_.keep_free(
        {box.east - 120 * kUnitsPerPx, box.south - 16 * kUnitsPerPx, box.east, box.south});
    write_labels();
    write_street_names();
    if (frame_.view().zoom >= kNumbersZoomMin)
        for (const PointName& number : scene_.numbers)
            labels_.write_at(number.at, {.style = "small", .text = number.text, .size_px = 9});
    svg_ += labels_.svg();
}

void StillWriter::write_labels() {
    for (const PointName& label : scene_.labels) {
        StillLabels::Name name{.style = "name", .text = label.text, .size_px = 11};
        if (label.kind == "town") name = {.style = "town", .text = label.text, .size_px = 14};
        if (label.kind == "quarter")
            name = {.style = "quarter", .text = label.text, .size_px = 10.5, .is_wide = true};
        if (label.kind == "park") name.style = "leaf";
        if (labels_.write_at(label.at, name)) written_.insert(label.text);
    }
}

void StillWriter::write_street_names() {
    constexpr std::size_t kStreetNamesMax = 60;
    std::vector<std::pair<const std::string*, const NamedStreet*>> names;
    names.reserve(scene_.names.size());
    for (const auto& [name, street] : scene_.names) names.emplace_back(&name, &street);
    std::ranges::stable_sort(names, [](const auto& a, const auto& b) {
        if (a.second->street_class != b.second->street_class)
            return a.second->street_class < b.second->street_class;
        return length_units(a.second->line) > length_units(b.second->line);
    });
    std::size_t written = 0;
    for (const auto& [name, street] : names) {
        const bool is_big = street->street_class <= StreetClass::secondary;
        if (written_.contains(*name)) continue;
        if (written == kStreetNamesMax || street->street_class >= StreetClass::path) break;
        written +=
            labels_.write_along(street->line,
                                {.style = "name", .text = *name, .size_px = is_big ? 11.5 : 10.5})
                ? 1
                : 0;
    }
}

void StillWriter::write_marker(const StillMarker& marker) {
    const PlanePoint at = frame_.to_picture(marker.at);
    if (!frame_.box().contains(at)) return;
    const std::string label = xml_text(marker.label);
    const bool is_inside = stands_inside(marker) && !label.empty();
    svg_ +=
        "<g transform=\"translate(" + std::to_string(at.x) + " " + std::to_string(at.y) + ")\">";
    std::string inside = "in";
    std::int32_t middle = 0;
    switch (marker.kind) {
        case StillMarkerKind::open: svg_ += "<circle class=\"mk open\" r=\"40\"/>"; break;
        case StillMarkerKind::closed:
            svg_ += "<circle class=\"mk shut\" r=\"34\"/>";
            inside += " dark";
            break;
        case StillMarkerKind::here:
            svg_ += "<circle class=\"mk spot\" r=\"24\"/><circle class=\"ring\" r=\"44\"/>";
            break;
        case StillMarkerKind::shop:
            middle = -68;
            svg_ +=
                "<path class=\"mk spot\" d=\"M0 0c-12-26-44-40-44-70a44 44 0 1 1 88 0c0 30-32 "
                "44-44 70z\"/>";
            if (!is_inside) svg_ += "<circle class=\"in\" cy=\"-70\" r=\"16\"/>";
            break;
    }
    if (is_inside)
        svg_ += "<text class=\"" + inside + "\" y=\"" + std::to_string(middle + 17) +
                "\" font-size=\"46\">" + label + "</text>";
    if (!label.empty() && !is_inside)
        svg_ += "<text class=\"beside\" x=\"56\" y=\"" + std::to_string(middle + 17) +
                "\" font-size=\"48\">" + label + "</text>";
    svg_ += "</g>";
}

void StillWriter::end() {
    const PlaneBox box = frame_.box();
    svg_ += "<text class=\"by\" font-size=\"40\" x=\"" + std::to_string(box.east - 20) + "\" y=\"" +
            std::to_string(box.south - 18) + "\">" + std::string(kSourceOfData) + "</text></svg>";
}

}  // namespace

StillView view_of(std::span<const Point> points, const StillView& view) {
    constexpr double kAroundPx = 36;  // markers stand out from their places
    constexpr double kNearestZoom = 16.5;
    StillView shown = view;
    if (points.empty()) return shown;
    PlaneLine world;
    for (const Point& point : points) world.push_back(to_world(point));
    const PlaneBox box = box_of(world);
    shown.centre =
        to_point({box.west + (box.east - box.west) / 2, box.north + (box.south - box.north) / 2});
    const auto zoom_for = [](double world_units, double px) {
        const double room_px = std::max(px - 2 * kAroundPx, px / 2);
        return std::log2(room_px / 512 * (1 << kWorldBits) / std::max(world_units, 1.0));
    };
    shown.zoom =
        std::clamp(std::min({zoom_for(static_cast<double>(box.east) - box.west, view.width_px),
                             zoom_for(static_cast<double>(box.south) - box.north, view.height_px),
                             kNearestZoom}),
                   kStillZoomMin, kStillZoomMax);
    return shown;
}

std::string draw_still_map(const StillMap& map, const TileSet& tiles) {
    const StillFrame frame(map.view);
    std::string svg;
    for (const Detail detail : kDetails) {
        const Scene scene = SceneMaker(frame, detail).run(tiles);
        svg = StillWriter(map, frame, scene).run();
        if (svg.size() <= kStillBytesMax) break;
    }
    return svg;
}

}  // namespace emplettes::geo
