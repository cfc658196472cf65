#include "geo/streets/street_map.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <unordered_set>

#include "base/text.h"
#include "geo/osm_file.h"

namespace emplettes::geo {
namespace {

constexpr int kStreetPasses = 2;
constexpr std::size_t kStreetElementsMax = 1'000'000'000;  // they are numbered in 32 bits

// Two passes, whatever the order of the file: streets say which nodes matter.
class StreetMapReader : public osmium::handler::Handler {
  public:
    StreetMapReader() {
        map_.names.emplace_back();
        number_of_name_.emplace("", 0);
    }

    StreetMap run(OsmPasses passes) {
        passes.read(osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation, *this);
        number_nodes();
        passes.read(osmium::osm_entity_bits::node, *this);
        passes.expect_something();
        finish();
        return std::move(map_);
    }

    void way(const osmium::Way& way);
    void relation(const osmium::Relation& relation);
    void node(const osmium::Node& node);

  private:
    using OsmId = osmium::object_id_type;

    void number_nodes();
    void finish();
    std::uint32_t number_of(OsmId node) const;

    StreetMap map_;
    std::unordered_set<OsmId> ways_;
    std::unordered_map<std::string, std::uint32_t> number_of_name_;
    std::vector<OsmId> nodes_of_ways_;
    std::vector<OsmId> via_;       // of each restriction
    std::vector<OsmId> node_ids_;  // sorted; their places number the points
    std::vector<bool> is_located_;
};

void StreetMapReader::way(const osmium::Way& way) {
    ++map_.report.ways_read;
    const OsmTags tags(way);
    if (tags.find("highway").empty()) return;
    StreetMap::Way street{.id = way.id()};
    for (std::size_t i = 0; i < kProfileCount; ++i) street.rules[i] = way_rule(tags, kProfiles[i]);
    if (std::ranges::all_of(street.rules, &WayRule::is_closed)) return;
    if (!ways_.insert(way.id()).second) {
        ++map_.report.duplicates;
        return;
    }
    const auto name = number_of_name_.try_emplace(tags.first_text({"name", "ref"}),
                                                  static_cast<std::uint32_t>(map_.names.size()));
    if (name.second) map_.names.push_back(name.first->first);
    street.name = name.first->second;
    street.first_node = static_cast<std::uint32_t>(nodes_of_ways_.size());
    for (const osmium::NodeRef& node : way.nodes()) nodes_of_ways_.push_back(node.ref());
    if (nodes_of_ways_.size() > kStreetElementsMax)
        throw std::runtime_error("it holds more streets than this program can number");
    street.node_count = static_cast<std::uint32_t>(nodes_of_ways_.size()) - street.first_node;
    map_.ways.push_back(street);
}

// The kind of turn that a relation speaks of: "no_left_turn", "only_straight_on"; none when it is
// not for bikes.
std::string_view restriction_kind(const OsmTags& tags) {
    for (const std::string_view excepted : split(tags.find("except"), ';'))
        if (trim(excepted) == "bicycle") return {};
    const std::string_view of_bikes = tags.find("restriction:bicycle");
    return of_bikes.empty() ? tags.find("restriction") : of_bikes;
}

void StreetMapReader::relation(const osmium::Relation& relation) {
    const OsmTags tags(relation);
    const std::string_view type = tags.find("type");
    if (type != "restriction" && type != "restriction:bicycle") return;
    if (!tags.find("restriction:conditional").empty()) ++map_.report.unread_restrictions;
    const std::string_view kind = restriction_kind(tags);
    const bool is_compulsory = kind.starts_with("only_");
    if (!is_compulsory && !kind.starts_with("no_")) return;
    std::vector<OsmId> from;
    std::vector<OsmId> to;
    std::vector<OsmId> via;
    for (const auto& member : relation.members()) {
        const std::string_view role = member.role();
        const bool is_way = member.type() == osmium::item_type::way;
        if (role == "from" && is_way) from.push_back(member.ref());
        if (role == "to" && is_way) to.push_back(member.ref());
        if (role == "via" && member.type() == osmium::item_type::node) via.push_back(member.ref());
    }
    if (from.empty() || to.empty() || via.size() != 1 || (is_compulsory && to.size() > 1)) {
        ++map_.report.unread_restrictions;
        return;
    }
    ++map_.report.restrictions;
    for (const OsmId from_way : from)
        for (const OsmId to_way : to) {
            map_.restrictions.push_back(
                {.from_way = from_way, .to_way = to_way, .is_compulsory = is_compulsory});
            via_.push_back(via.front());
        }
}

void StreetMapReader::number_nodes() {
    node_ids_ = nodes_of_ways_;
    std::ranges::sort(node_ids_);
    node_ids_.erase(std::unique(node_ids_.begin(), node_ids_.end()), node_ids_.end());
    node_ids_.shrink_to_fit();
    map_.points.resize(node_ids_.size());
    is_located_.resize(node_ids_.size());
}

std::uint32_t StreetMapReader::number_of(OsmId node) const {
    const auto found = std::ranges::lower_bound(node_ids_, node);
    if (found == node_ids_.end() || *found != node) return StreetMap::kMissing;
    return static_cast<std::uint32_t>(found - node_ids_.begin());
}

void StreetMapReader::node(const osmium::Node& node) {
    ++map_.report.nodes_read;
    const std::uint32_t number = number_of(node.id());
    const osmium::Location location = node.location();
    if (number == StreetMap::kMissing || !location.valid()) return;
    if (is_located_[number]) {
        ++map_.report.duplicates;
        return;
    }
    is_located_[number] = true;
    map_.points[number] = {.lat_e7 = location.y(), .lon_e7 = location.x()};
    const OsmTags tags(node);
    if (tags.empty()) return;
    std::array<NodeRule, kProfileCount> rules;
    for (std::size_t i = 0; i < kProfileCount; ++i) rules[i] = node_rule(tags, kProfiles[i]);
    if (std::ranges::any_of(rules, [](const NodeRule& rule) { return rule != NodeRule{}; }))
        map_.node_rules.emplace(number, rules);
}

void StreetMapReader::finish() {
    map_.way_nodes.reserve(nodes_of_ways_.size());
    for (const OsmId id : nodes_of_ways_) {
        const std::uint32_t number = number_of(id);
        const bool is_known = is_located_[number];
        if (!is_known) ++map_.report.missing_nodes;
        map_.way_nodes.push_back(is_known ? number : StreetMap::kMissing);
    }
    for (std::size_t i = 0; i < via_.size(); ++i) map_.restrictions[i].via = number_of(via_[i]);
    const auto is_nowhere = [&](const StreetMap::Restriction& restriction) {
        return restriction.via == StreetMap::kMissing;
    };
    map_.report.unread_restrictions +=
        static_cast<std::int64_t>(std::erase_if(map_.restrictions, is_nowhere));
}

}  // namespace

StreetMap read_street_map(const std::string& file,
                          const std::function<void(std::int64_t, std::int64_t)>& on_progress) {
    StreetMap map;
    read_osm_file(
        file, [&] { map = StreetMapReader().run(OsmPasses(file, kStreetPasses, on_progress)); });
    return map;
}

}  // namespace emplettes::geo
