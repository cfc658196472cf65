#include "geo/osm_places.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "geo/osm_file.h"
#include "geo/street_names.h"

namespace emplettes::geo {
namespace {

using Id = osmium::object_id_type;

constexpr int kPlacePasses = 3;
// Values of the key "highway" that are not streets although they may have a name.
constexpr std::array<std::string_view, 7> kNotStreets = {
    "platform", "bus_stop", "services", "rest_area", "elevator", "construction", "proposed"};

// Positions of the nodes that ways need, and only those. Ids are gathered first, then located.
class NeededNodes {
  public:
    void need(Id id) { ids_.push_back(id); }
    void gathered() {
        std::ranges::sort(ids_);
        ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
        points_.resize(ids_.size());
    }
    void locate(Id id, Point point) {
        if (const auto at = index_of(id)) points_[*at] = point;
    }
    std::optional<Point> find(Id id) const {
        const auto at = index_of(id);
        return at ? points_[*at] : std::nullopt;
    }
    std::int64_t missing() const {
        return std::ranges::count(points_, false, &std::optional<Point>::has_value);
    }

  private:
    std::optional<std::size_t> index_of(Id id) const {
        const auto at = std::ranges::lower_bound(ids_, id);
        if (at == ids_.end() || *at != id) return std::nullopt;
        return static_cast<std::size_t>(at - ids_.begin());
    }

    std::vector<Id> ids_;
    std::vector<std::optional<Point>> points_;
};

// The middle of what is added.
struct Middle {
    double lat = 0;
    double lon = 0;
    std::int64_t count = 0;

    void add(Point point) {
        lat += point.lat;
        lon += point.lon;
        ++count;
    }
    std::optional<Point> point() const {
        if (count == 0) return std::nullopt;
        const auto n = static_cast<double>(count);
        return Point{.lat = lat / n, .lon = lon / n};
    }
};

// A place whose position is known once the nodes of its ways are.
struct PendingPlace {
    OsmPlace place;
    std::vector<Id> nodes;
    std::vector<Id> ways;  // of a relation: their nodes count
};

struct PendingStreet {
    std::string name;
    std::vector<Id> nodes;
};

std::vector<Id> node_ids(const osmium::Way& way) {
    std::vector<Id> ids;
    ids.reserve(way.nodes().size());
    for (const osmium::NodeRef& node : way.nodes()) ids.push_back(node.ref());
    if (ids.size() > 1 && ids.front() == ids.back()) ids.pop_back();  // a ring names one node twice
    return ids;
}

// Three passes, whatever the order of the file: relations say which ways matter, ways say which
// nodes matter. Memory is that of what matters.
class PlacesReader : public osmium::handler::Handler {
  public:
    explicit PlacesReader(const PlaceFilter& filter) : filter_(filter) {}

    OsmPlaces run(OsmPasses passes) {
        passes.read(osmium::osm_entity_bits::relation, *this);
        passes.read(osmium::osm_entity_bits::way, *this);
        nodes_.gathered();
        passes.read(osmium::osm_entity_bits::node, *this);
        passes.expect_something();
        finish();
        return std::move(result_);
    }

    void relation(const osmium::Relation& relation);
    void way(const osmium::Way& way);
    void node(const osmium::Node& node);

  private:
    std::optional<OsmPlace> place_of(const osmium::OSMObject& object, const OsmTags& tags) const;
    void add_place(OsmPlace place, std::optional<Point> position);
    std::optional<Point> middle_of(const PendingPlace& pending) const;
    void finish();

    const PlaceFilter& filter_;
    std::vector<PendingPlace> relation_places_;
    std::vector<PendingPlace> way_places_;
    std::vector<PendingStreet> pending_streets_;
    std::vector<PendingStreet> address_ways_;
    std::unordered_map<Id, std::vector<Id>> outer_ways_;  // of relation places
    std::map<std::pair<osmium::item_type, Id>, std::string> street_of_member_;  // associatedStreet
    NeededNodes nodes_;
    StreetNames streets_;
    OsmPlaces result_;
};

std::optional<OsmPlace> PlacesReader::place_of(const osmium::OSMObject& object,
                                               const OsmTags& tags) const {
    for (const auto& [key, value] : filter_.tags) {
        std::string found = tags.text(key);
        if (found.empty() || (value != "*" && value != found)) continue;
        OsmPlace place{.osm_ref = std::string(osmium::item_type_to_name(object.type())) + '/' +
                                  std::to_string(object.id()),
                       .key = key,
                       .value = std::move(found),
                       .name = tags.first_text({"name", "brand", "operator"}),
                       .brand = tags.text("brand"),
                       .housenumber = tags.first_text({"addr:housenumber", "contact:housenumber"}),
                       .street = tags.first_text({"addr:street", "contact:street", "addr:place"}),
                       .postcode = tags.first_text({"addr:postcode", "contact:postcode"}),
                       .city = tags.first_text({"addr:city", "contact:city"}),
                       .phone = tags.first_text({"phone", "contact:phone", "contact:mobile"}),
                       .website = tags.first_text({"website", "contact:website", "url"}),
                       .email = tags.first_text({"email", "contact:email"}),
                       .opening_hours = tags.text("opening_hours")};
        if (place.street.empty()) {
            const auto street = street_of_member_.find({object.type(), object.id()});
            if (street != street_of_member_.end()) place.street = street->second;
        }
        return place;
    }
    return std::nullopt;
}

void PlacesReader::relation(const osmium::Relation& relation) {
    const OsmTags tags(relation);
    if (tags.text("type") == "associatedStreet") {
        const std::string name = tags.first_text({"name", "addr:street"});
        if (name.empty()) return;
        for (const auto& member : relation.members())
            if (std::string_view(member.role()) != "street")
                street_of_member_.emplace(std::pair(member.type(), member.ref()), name);
        return;
    }
    auto place = place_of(relation, tags);
    if (!place) return;
    PendingPlace pending{.place = std::move(*place)};
    for (const auto& member : relation.members()) {
        if (std::string_view(member.role()) == "inner") continue;
        if (member.type() == osmium::item_type::node) {
            pending.nodes.push_back(member.ref());
            nodes_.need(member.ref());
        } else if (member.type() == osmium::item_type::way) {
            pending.ways.push_back(member.ref());
            outer_ways_[member.ref()];
        }
    }
    relation_places_.push_back(std::move(pending));
}

void PlacesReader::way(const osmium::Way& way) {
    ++result_.ways_read;
    const OsmTags tags(way);
    const auto outer = outer_ways_.find(way.id());
    const std::string highway = tags.text("highway");
    const bool is_street = !highway.empty() && !tags.text("name").empty() &&
                           std::ranges::find(kNotStreets, highway) == kNotStreets.end();
    const bool has_address = !tags.text("addr:street").empty();
    auto place = place_of(way, tags);
    if (outer == outer_ways_.end() && !is_street && !has_address && !place) return;

    const std::vector<Id> ids = node_ids(way);
    for (const Id id : ids) nodes_.need(id);
    if (outer != outer_ways_.end()) outer->second = ids;
    if (is_street) pending_streets_.push_back({.name = tags.text("name"), .nodes = ids});
    if (has_address) address_ways_.push_back({.name = tags.text("addr:street"), .nodes = ids});
    if (place) way_places_.push_back({.place = std::move(*place), .nodes = ids});
}

void PlacesReader::node(const osmium::Node& node) {
    ++result_.nodes_read;
    const osmium::Location location = node.location();
    if (!location.valid()) return;
    const Point point{.lat = location.lat(), .lon = location.lon()};
    nodes_.locate(node.id(), point);
    const OsmTags tags(node);
    if (tags.empty()) return;
    if (const std::string street = tags.text("addr:street"); !street.empty())
        streets_.add_address(street, point);
    if (auto place = place_of(node, tags)) add_place(std::move(*place), point);
}

void PlacesReader::add_place(OsmPlace place, std::optional<Point> position) {
    if (!position) {
        ++result_.without_position;
        return;
    }
    if (place.name.empty()) ++result_.without_name;
    place.position = *position;
    result_.places.push_back(std::move(place));
}

std::optional<Point> PlacesReader::middle_of(const PendingPlace& pending) const {
    Middle middle;
    const auto add = [&](const std::vector<Id>& ids) {
        for (const Id id : ids)
            if (const auto point = nodes_.find(id)) middle.add(*point);
    };
    add(pending.nodes);
    for (const Id way : pending.ways)
        if (const auto found = outer_ways_.find(way); found != outer_ways_.end())
            add(found->second);
    return middle.point();
}

void PlacesReader::finish() {
    for (auto* places : {&way_places_, &relation_places_})
        for (PendingPlace& pending : *places) {
            const auto position = middle_of(pending);
            add_place(std::move(pending.place), position);
        }
    const auto middle_of_nodes = [this](const std::vector<Id>& ids) {
        return middle_of({.place = {}, .nodes = ids, .ways = {}});
    };
    for (const PendingStreet& street : pending_streets_)
        for (const Id id : street.nodes)
            if (const auto point = nodes_.find(id)) streets_.add_piece(street.name, *point);
    for (const PendingStreet& address : address_ways_)
        if (const auto point = middle_of_nodes(address.nodes))
            streets_.add_address(address.name, *point);
    result_.streets = streets_.joined();
    result_.missing_nodes = nodes_.missing();
}

}  // namespace

OsmPlaces read_osm_places(const std::string& file, const PlaceFilter& filter,
                          const std::function<void(std::int64_t, std::int64_t)>& on_progress) {
    OsmPlaces places;
    read_osm_file(file, [&] {
        places = PlacesReader(filter).run(OsmPasses(file, kPlacePasses, on_progress));
    });
    return places;
}

}  // namespace emplettes::geo
