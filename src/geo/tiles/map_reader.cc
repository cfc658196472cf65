#include "geo/tiles/map_reader.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include "geo/osm_file.h"
#include "geo/tiles/area_look.h"
#include "geo/tiles/area_rings.h"
#include "geo/tiles/coastline.h"
#include "geo/tiles/plane_shapes.h"

namespace emplettes::geo {
namespace {

constexpr int kMapPasses = 3;
constexpr std::size_t kMapNodesMax = 1'000'000'000;  // they are numbered in 32 bits
constexpr double kLeftOutShare = 0.001;              // of the nodes, at each side of the box
constexpr double kWeightPerDoubling = 0.125;         // of a label, by the size of its area
constexpr std::size_t kStreetsLookedAt = 500;
constexpr double kWetShareMax = 0.05;     // of streets: some lie on piers and dams
constexpr double kSameLabelMetres = 400;  // a station is a node, an area and its entrances
// The same number of the same street is written once within some forty metres: a house often has it
// at its door, on its outline and at each shop.
constexpr int kSameHouseBits = 10;

// A way that may be drawn in several manners: as a line, as an area, as part of one.
struct KeptWay {
    std::int64_t id = 0;
    std::size_t first_node = 0;  // of node_refs_
    std::size_t node_count = 0;
    std::optional<StreetLook> street;
    std::optional<AreaLook> area;
    std::string_view waterway;
    bool is_coast = false;
    std::optional<LabelLook> label;
    std::string name;    // of the label
    std::string number;  // of a house
    std::string street_name;

    bool is_drawn() const {
        return street || area || !waterway.empty() || is_coast || !number.empty() || label;
    }
};

struct KeptRelation {
    AreaLook area;
    std::vector<std::int64_t> ways;
    std::optional<LabelLook> label;
    std::string name;
};

// Three passes, whatever the order of the file: relations say which ways matter, ways which nodes.
class MapReader : public osmium::handler::Handler {
  public:
    explicit MapReader(const std::optional<Bounds>& bounds) : bounds_(bounds) {}

    MapFeatures run(OsmPasses passes);

    void relation(const osmium::Relation& relation);
    void way(const osmium::Way& way);
    void node(const osmium::Node& node);

  private:
    using Ids = std::vector<std::int64_t>;

    static void sort(Ids& ids);
    void number_nodes();
    const FixedPoint* find_point(std::int64_t node) const;
    std::span<const std::int64_t> nodes_of(const KeptWay& way) const {
        return {node_refs_.data() + way.first_node, way.node_count};
    }
    std::optional<RingWay> ring_way(const KeptWay& way);
    std::vector<PlaneLine> lines_of(const KeptWay& way);

    void finish();
    void finish_way(const KeptWay& way);
    void finish_area(const KeptWay& way);
    void finish_relation(const KeptRelation& relation);
    void add_label(const std::optional<LabelLook>& look, const std::string& name,
                   const std::vector<PlaneLine>& rings);
    void add_number(const std::string& number, const std::string& street, PlanePoint at);
    void drop_repeated_labels();
    void add_sea();
    bool is_flooded(const Sea& sea) const;
    Bounds box_of_nodes() const;

    std::optional<Bounds> bounds_;
    MapFeatures map_;
    std::vector<PlaneLine> coast_;
    std::vector<KeptRelation> relations_;
    std::vector<KeptWay> ways_;
    Ids member_ways_;
    std::unordered_set<std::int64_t> seen_ways_;
    std::unordered_set<std::int64_t> seen_nodes_;
    std::unordered_set<std::string> seen_numbers_;
    Ids node_refs_;
    Ids node_ids_;  // sorted; their places number the points
    std::vector<FixedPoint> points_;
    std::vector<bool> is_located_;
};

void MapReader::sort(Ids& ids) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    ids.shrink_to_fit();
}

MapFeatures MapReader::run(OsmPasses passes) {
    passes.read(osmium::osm_entity_bits::relation, *this);
    sort(member_ways_);
    passes.read(osmium::osm_entity_bits::way, *this);
    number_nodes();
    passes.read(osmium::osm_entity_bits::node, *this);
    passes.expect_something();
    map_.bounds = bounds_ ? *bounds_ : box_of_nodes();
    finish();
    return std::move(map_);
}

void MapReader::relation(const osmium::Relation& relation) {
    const OsmTags tags(relation);
    if (tags.find("type") != "multipolygon") return;
    const auto look = area_look(tags);
    if (!look) return;
    KeptRelation kept{.area = *look, .label = label_look(tags), .name = tags.text("name")};
    for (const auto& member : relation.members())
        if (member.type() == osmium::item_type::way) kept.ways.push_back(member.ref());
    sort(kept.ways);
    member_ways_.insert(member_ways_.end(), kept.ways.begin(), kept.ways.end());
    relations_.push_back(std::move(kept));
}

void MapReader::way(const osmium::Way& way) {
    const OsmTags tags(way);
    KeptWay kept{.id = way.id(),
                 .street = street_look(tags),
                 .waterway = waterway_kind(tags),
                 .is_coast = tags.find("natural") == "coastline"};
    const auto& nodes = way.nodes();
    const bool is_closed = nodes.size() > 3 && nodes.front().ref() == nodes.back().ref();
    if (is_closed) {
        kept.area = area_look(tags);
        kept.label = label_look(tags);
        kept.name = tags.text("name");
        kept.number = tags.text("addr:housenumber");
        kept.street_name = tags.first_text({"addr:street", "addr:place"});
    }
    if (!kept.is_drawn() && !std::ranges::binary_search(member_ways_, way.id())) return;
    if (!seen_ways_.insert(way.id()).second) {
        ++map_.report.duplicates;
        return;
    }
    kept.first_node = node_refs_.size();
    kept.node_count = nodes.size();
    for (const osmium::NodeRef& node : nodes) node_refs_.push_back(node.ref());
    if (node_refs_.size() > kMapNodesMax)
        throw std::runtime_error("it holds more than this program can number");
    ways_.push_back(std::move(kept));
}

void MapReader::number_nodes() {
    node_ids_ = node_refs_;
    sort(node_ids_);
    points_.resize(node_ids_.size());
    is_located_.resize(node_ids_.size());
}

void MapReader::node(const osmium::Node& node) {
    const osmium::Location location = node.location();
    if (!location.valid()) return;
    const FixedPoint point{.lat_e7 = location.y(), .lon_e7 = location.x()};
    const auto found = std::ranges::lower_bound(node_ids_, node.id());
    if (found != node_ids_.end() && *found == node.id()) {
        const auto number = static_cast<std::size_t>(found - node_ids_.begin());
        if (!is_located_[number]) points_[number] = point;
        is_located_[number] = true;
    }
    const OsmTags tags(node);
    if (tags.empty()) return;
    const auto look = label_look(tags);
    const std::string number = tags.text("addr:housenumber");
    if ((!look && number.empty()) || !seen_nodes_.insert(node.id()).second) return;
    const PlanePoint at = to_world(point.point());
    add_number(number, tags.first_text({"addr:street", "addr:place"}), at);
    add_label(look, tags.text("name"), {{at}});
}

const FixedPoint* MapReader::find_point(std::int64_t node) const {
    const auto found = std::ranges::lower_bound(node_ids_, node);
    const auto number = static_cast<std::size_t>(found - node_ids_.begin());
    return is_located_[number] ? &points_[number] : nullptr;
}

// Its line, cut where the file lacks a node.
std::vector<PlaneLine> MapReader::lines_of(const KeptWay& way) {
    std::vector<PlaneLine> lines(1);
    for (const std::int64_t node : nodes_of(way)) {
        const FixedPoint* point = find_point(node);
        if (point != nullptr) {
            lines.back().push_back(to_world(point->point()));
            continue;
        }
        ++map_.report.missing_nodes;
        if (!lines.back().empty()) lines.emplace_back();
    }
    std::erase_if(lines, [](const PlaneLine& line) { return line.size() < 2; });
    return lines;
}

// None when a node of it is missing.
std::optional<RingWay> MapReader::ring_way(const KeptWay& way) {
    RingWay ring;
    std::int64_t missing = 0;
    for (const std::int64_t node : nodes_of(way)) {
        const FixedPoint* point = find_point(node);
        missing += point == nullptr ? 1 : 0;
        if (point == nullptr) continue;
        ring.nodes.push_back(node);
        ring.points.push_back(*point);
    }
    map_.report.missing_nodes += missing;
    return missing == 0 ? std::optional(std::move(ring)) : std::nullopt;
}

PlaneLine world_line(std::span<const FixedPoint> points) {
    PlaneLine line;
    line.reserve(points.size());
    for (const FixedPoint& point : points) line.push_back(to_world(point.point()));
    return line;
}

void MapReader::finish_area(const KeptWay& way) {
    const auto ring = ring_way(way);
    if (!ring) {
        ++map_.report.broken_areas;
        return;
    }
    const std::vector<PlaneLine> rings = {
        world_line(std::span(ring->points).first(ring->points.size() - 1))};
    add_label(way.label, way.name, rings);
    add_number(way.number, way.street_name, point_within(rings));
    if (!way.area) return;
    ++map_.report.areas;
    map_.areas.push_back({.layer = way.area->layer, .kind = way.area->kind, .rings = rings});
}

void MapReader::finish_way(const KeptWay& way) {
    if (way.street)
        for (PlaneLine& line : lines_of(way)) {
            ++map_.report.lines;
            map_.streets.push_back({.look = *way.street, .line = std::move(line)});
        }
    if (!way.waterway.empty())
        for (PlaneLine& line : lines_of(way)) {
            ++map_.report.lines;
            map_.waterways.push_back({.kind = way.waterway, .line = std::move(line)});
        }
    if (way.is_coast) std::ranges::move(lines_of(way), std::back_inserter(coast_));
    if (way.area || way.label || !way.number.empty()) finish_area(way);
}

void MapReader::finish_relation(const KeptRelation& relation) {
    std::vector<RingWay> ring_ways;
    for (const std::int64_t id : relation.ways) {
        const auto way = std::ranges::lower_bound(ways_, id, {}, &KeptWay::id);
        if (way == ways_.end() || way->id != id) continue;
        if (auto ring = ring_way(*way)) ring_ways.push_back(std::move(*ring));
    }
    const bool is_whole = ring_ways.size() == relation.ways.size() && !ring_ways.empty();
    const auto areas = is_whole ? ringed_areas(ring_ways) : std::nullopt;
    if (!areas) {
        ++map_.report.broken_areas;
        return;
    }
    const std::vector<PlaneLine>* largest = nullptr;
    const std::size_t first = map_.areas.size();
    for (const RingedArea& area : *areas) {
        MapArea shown{.layer = relation.area.layer, .kind = relation.area.kind, .rings = {}};
        for (const auto& ring : area) shown.rings.push_back(world_line(ring));
        map_.areas.push_back(std::move(shown));
        ++map_.report.areas;
    }
    const auto size = [](const MapArea& area) { return std::abs(area_of(area.rings.front())); };
    for (std::size_t i = first; i < map_.areas.size(); ++i)
        if (largest == nullptr || size(map_.areas[i]) > std::abs(area_of(largest->front())))
            largest = &map_.areas[i].rings;
    if (largest != nullptr) add_label(relation.label, relation.name, *largest);
}

void MapReader::add_label(const std::optional<LabelLook>& look, const std::string& name,
                          const std::vector<PlaneLine>& rings) {
    if (!look || name.empty()) return;
    const double area = std::abs(area_of(rings.front()));
    map_.labels.push_back({.kind = look->kind,
                           .name = name,
                           .at = point_within(rings),
                           .weight = look->weight + kWeightPerDoubling * std::log2(1 + area),
                           .zoom_min = look->zoom_min});
    ++map_.report.points;
}

void MapReader::add_number(const std::string& number, const std::string& street, PlanePoint at) {
    if (number.empty()) return;
    const std::string house = number + '\n' + street + '\n' +
                              std::to_string(at.x >> kSameHouseBits) + ' ' +
                              std::to_string(at.y >> kSameHouseBits);
    if (!seen_numbers_.insert(house).second) return;
    map_.numbers.push_back({.number = number, .at = at});
    ++map_.report.points;
}

Bounds MapReader::box_of_nodes() const {
    std::vector<std::int32_t> lats;
    std::vector<std::int32_t> lons;
    for (std::size_t i = 0; i < points_.size(); ++i) {
        if (!is_located_[i]) continue;
        lats.push_back(points_[i].lat_e7);
        lons.push_back(points_[i].lon_e7);
    }
    for (const MapNumber& number : map_.numbers) {
        const Point point = to_point(number.at);
        lats.push_back(static_cast<std::int32_t>(point.lat * 1e7));
        lons.push_back(static_cast<std::int32_t>(point.lon * 1e7));
    }
    if (lats.empty()) return {};
    std::ranges::sort(lats);
    std::ranges::sort(lons);
    const auto left_out =
        static_cast<std::size_t>(kLeftOutShare * static_cast<double>(lats.size()));
    const std::size_t last = lats.size() - 1 - left_out;
    return {.south = lats[left_out] * 1e-7,
            .west = lons[left_out] * 1e-7,
            .north = lats[last] * 1e-7,
            .east = lons[last] * 1e-7};
}

void MapReader::finish() {
    for (const KeptWay& way : ways_) finish_way(way);
    std::ranges::sort(ways_, {}, &KeptWay::id);
    for (const KeptRelation& relation : relations_) finish_relation(relation);
    add_sea();
    std::ranges::stable_sort(map_.labels, std::greater{}, &MapLabel::weight);
    drop_repeated_labels();
}

void MapReader::add_sea() {
    const PlanePoint corner = to_world({.lat = map_.bounds.north, .lon = map_.bounds.west});
    const PlanePoint other = to_world({.lat = map_.bounds.south, .lon = map_.bounds.east});
    Sea sea = make_sea(std::move(coast_), {corner.x, corner.y, other.x, other.y});
    map_.report.broken_areas += sea.broken;
    if (is_flooded(sea)) {
        map_.report.broken_areas += static_cast<std::int64_t>(sea.areas.size());
        return;
    }
    for (auto& rings : sea.areas) {
        ++map_.report.areas;
        map_.areas.push_back({.layer = MapLayer::water, .kind = "", .rings = std::move(rings)});
    }
}

// Whether streets lie in the water: then a coast was missing, and land was taken for the sea.
bool MapReader::is_flooded(const Sea& sea) const {
    std::size_t looked_at = 0;
    std::size_t wet = 0;
    const std::size_t step = map_.streets.size() / kStreetsLookedAt + 1;
    for (std::size_t i = 0; i < map_.streets.size(); i += step) {
        const StreetLook& look = map_.streets[i].look;
        if (look.is_bridge || look.is_tunnel || look.street_class > StreetClass::service) continue;
        ++looked_at;
        const PlanePoint at = map_.streets[i].line.front();
        wet += std::ranges::any_of(sea.areas, [&](const auto& area) { return is_within(area, at); })
                   ? 1
                   : 0;
    }
    return static_cast<double>(wet) > kWetShareMax * static_cast<double>(looked_at);
}

void MapReader::drop_repeated_labels() {
    std::unordered_map<std::string, std::vector<Point>> places;
    std::erase_if(map_.labels, [&](const MapLabel& label) {
        std::vector<Point>& same = places[std::string(label.kind) + '\n' + label.name];
        const Point at = to_point(label.at);
        if (std::ranges::any_of(
                same, [&](Point other) { return distance_m(at, other) < kSameLabelMetres; }))
            return true;
        same.push_back(at);
        return false;
    });
}

std::optional<Bounds> stated_bounds(const std::string& file) {
    osmium::io::Reader reader{osmium::io::File{file}, osmium::osm_entity_bits::nothing};
    const osmium::Box box = reader.header().joined_boxes();
    reader.close();
    if (!box.valid()) return std::nullopt;
    return Bounds{.south = box.bottom_left().lat(),
                  .west = box.bottom_left().lon(),
                  .north = box.top_right().lat(),
                  .east = box.top_right().lon()};
}

}  // namespace

MapFeatures read_map_features(const std::string& file, const std::optional<Bounds>& bounds,
                              const std::function<void(std::int64_t, std::int64_t)>& on_progress) {
    MapFeatures map;
    read_osm_file(file, [&] {
        MapReader reader(bounds ? bounds : stated_bounds(file));
        map = reader.run(OsmPasses(file, kMapPasses, on_progress));
    });
    return map;
}

}  // namespace emplettes::geo
