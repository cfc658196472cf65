#include "geo/streets/street_plan.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace emplettes::geo {
namespace {

constexpr double kLengthMetresMax = 40e6;  // once around the Earth
constexpr std::uint32_t kNobody = std::numeric_limits<std::uint32_t>::max();

// A piece of one way between two points where something may begin or end.
struct Piece {
    const StreetMap::Way* way = nullptr;
    std::span<const std::uint32_t> nodes;
};

// One end of a piece: 2 * piece is its first node, 2 * piece + 1 its last.
std::uint32_t other_end(std::uint32_t end) { return end ^ 1U; }

class PlanMaker {
  public:
    PlanMaker(const StreetMap& map, Profile profile)
        : map_(map),
          profile_(profile),
          uses_(map.points.size()),
          joints_(map.points.size(), {kNobody, kNobody}),
          junction_of_(map.points.size(), kNobody) {
        if (obeys_turn_signs(profile))
            for (const auto& restriction : map.restrictions) via_.insert(restriction.via);
        for (const auto& [node, rules] : map.node_rules)
            node_rules_.emplace(node, rules[static_cast<std::size_t>(profile)]);
    }

    StreetPlan make() {
        for_each_run([this](const StreetMap::Way&, Nodes run) { count_uses(run); });
        for_each_run([this](const StreetMap::Way& way, Nodes run) { cut(way, run); });
        join();
        plan_.names = map_.names;
        if (obeys_turn_signs(profile_)) forbid_turns();
        return std::move(plan_);
    }

  private:
    using Nodes = std::span<const std::uint32_t>;
    // An arc that leaves a point where a sign stands, and the way that it begins with.
    struct Departure {
        std::uint32_t arc;
        std::int64_t way;
    };

    template <typename F>
    void for_each_run(F&& f) const;
    void count_uses(Nodes run);
    void cut(const StreetMap::Way& way, Nodes run);
    void join();
    void add_edge(std::uint32_t first_end);
    void append_piece(StreetEdge& edge, Nodes nodes, bool is_backward);
    void note_departure(std::uint32_t node, const Departure& departure);
    std::uint32_t junction_at(std::uint32_t node);
    void forbid_turns();
    void forbid(const StreetMap::Restriction& restriction);

    bool is_closed(std::uint32_t node) const {
        const auto rule = node_rules_.find(node);
        return rule != node_rules_.end() && rule->second.is_closed;
    }
    std::uint64_t delay_ms(std::uint32_t node) const {
        const auto rule = node_rules_.find(node);
        return rule == node_rules_.end() ? 0 : 1000ULL * rule->second.delay_s;
    }
    const WayRule& rule_of(const Piece& piece) const {
        return piece.way->rules[static_cast<std::size_t>(profile_)];
    }
    std::uint32_t node_at(std::uint32_t end) const {
        const Nodes nodes = pieces_[end / 2].nodes;
        return end % 2 == 0 ? nodes.front() : nodes.back();
    }
    bool goes_on(std::uint32_t end, std::uint32_t next_end) const;

    const StreetMap& map_;
    const Profile profile_;
    std::unordered_set<std::uint32_t> via_;
    std::unordered_map<std::uint32_t, NodeRule> node_rules_;
    std::vector<std::uint8_t> uses_;  // of each point: ends of segments that meet there, 3 at most
    std::vector<Piece> pieces_;
    std::vector<std::array<std::uint32_t, 2>> joints_;  // the ends of pieces that meet at a point
    std::vector<std::uint32_t> partner_;                // of each end: the one that it is joined to
    std::vector<bool> is_used_;                         // of each piece
    std::vector<std::uint32_t> junction_of_;
    std::unordered_map<std::uint32_t, std::vector<Departure>> departures_;
    double length_m_ = 0;          // of the edge being made
    std::uint64_t delays_ms_ = 0;  // at its barriers
    StreetPlan plan_;
};

// Calls f(way, nodes) for each run of at least two nodes between missing ones and closed barriers.
template <typename F>
void PlanMaker::for_each_run(F&& f) const {
    for (const StreetMap::Way& way : map_.ways) {
        if (way.rules[static_cast<std::size_t>(profile_)].is_closed()) continue;
        const Nodes nodes = Nodes(map_.way_nodes).subspan(way.first_node, way.node_count);
        std::size_t begin = 0;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const bool is_missing = nodes[i] == StreetMap::kMissing;
            const bool is_last = i + 1 == nodes.size();
            if (!is_missing && !is_last && !is_closed(nodes[i])) continue;
            const Nodes run = nodes.subspan(begin, i - begin + (is_missing ? 0 : 1));
            if (run.size() > 1) f(way, run);
            begin = is_missing ? i + 1 : i;
        }
    }
}

void PlanMaker::count_uses(Nodes run) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        const int ends = i == 0 || i + 1 == run.size() ? 1 : 2;
        std::uint8_t& uses = uses_[run[i]];
        uses = static_cast<std::uint8_t>(std::min(3, uses + ends));
    }
}

void PlanMaker::cut(const StreetMap::Way& way, Nodes run) {
    std::size_t begin = 0;
    for (std::size_t i = 1; i < run.size(); ++i) {
        const bool is_inner = uses_[run[i]] == 2 && !via_.contains(run[i]) && i + 1 < run.size();
        if (is_inner) continue;
        const Nodes nodes = run.subspan(begin, i - begin + 1);
        begin = i;
        if (nodes.size() == 2 && nodes.front() == nodes.back()) continue;  // written twice
        const auto end = static_cast<std::uint32_t>(2 * pieces_.size());
        pieces_.push_back({.way = &way, .nodes = nodes});
        for (const std::uint32_t each : {end, other_end(end)}) {
            const std::uint32_t node = node_at(each);
            if (uses_[node] != 2 || via_.contains(node) || is_closed(node)) continue;
            auto& joint = joints_[node];
            (joint[0] == kNobody ? joint[0] : joint[1]) = each;
        }
    }
}

// Whether nothing changes for who leaves a piece at `end` and goes on at `next_end`.
bool PlanMaker::goes_on(std::uint32_t end, std::uint32_t next_end) const {
    const Piece& piece = pieces_[end / 2];
    const Piece& next = pieces_[next_end / 2];
    const bool is_turned = end % 2 == next_end % 2;
    return end / 2 != next_end / 2 && piece.way->name == next.way->name &&
           rule_of(piece) == (is_turned ? rule_of(next).reversed() : rule_of(next));
}

void PlanMaker::join() {
    partner_.assign(2 * pieces_.size(), kNobody);
    is_used_.assign(pieces_.size(), false);
    for (const auto& [a, b] : joints_) {
        if (a == kNobody || b == kNobody || !goes_on(a, b)) continue;
        partner_[a] = b;
        partner_[b] = a;
    }
    for (std::uint32_t piece = 0; piece < pieces_.size(); ++piece) {
        if (is_used_[piece]) continue;
        std::uint32_t first = 2 * piece;
        while (partner_[first] != kNobody && partner_[first] / 2 != piece)
            first = other_end(partner_[first]);
        // In a ring of pieces that never changes, the search came round: it begins at this piece.
        add_edge(partner_[first] == kNobody ? first : 2 * piece);
    }
}

void PlanMaker::add_edge(std::uint32_t first_end) {
    StreetEdge edge{.first_shape = static_cast<std::uint32_t>(plan_.shapes.size())};
    const Piece& first = pieces_[first_end / 2];
    const bool is_turned = first_end % 2 == 1;
    const WayRule rule = is_turned ? rule_of(first).reversed() : rule_of(first);
    edge.name = first.way->name;
    edge.manner = rule.manner;
    length_m_ = 0;
    delays_ms_ = delay_ms(node_at(first_end)) / 2;
    std::uint32_t end = first_end;
    while (true) {
        is_used_[end / 2] = true;
        append_piece(edge, pieces_[end / 2].nodes, end % 2 == 1);
        const std::uint32_t next = partner_[other_end(end)];
        if (next == kNobody || is_used_[next / 2]) break;
        end = next;
    }
    const std::uint32_t last_end = other_end(end);
    delays_ms_ -= delay_ms(node_at(last_end)) - delay_ms(node_at(last_end)) / 2;
    edge.shape_count = static_cast<std::uint32_t>(plan_.shapes.size()) - edge.first_shape;
    edge.length_cm =
        static_cast<std::uint32_t>(std::llround(std::min(length_m_, kLengthMetresMax) * 100));
    const auto time_of = [&](std::uint64_t pace_dkmh) {
        if (pace_dkmh == 0) return kFar;
        const std::uint64_t time_ms = edge.length_cm * 360ULL / pace_dkmh + delays_ms_;
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(time_ms, kFar));
    };
    edge.time_ms = {time_of(rule.forward_dkmh), time_of(rule.backward_dkmh)};
    const bool is_too_long = edge.manner == Manner::pushing && length_m_ > pushing_max_m(profile_);
    if (is_too_long || (edge.time_ms[0] == kFar && edge.time_ms[1] == kFar)) {
        plan_.shapes.resize(edge.first_shape);
        return;
    }
    edge.from = junction_at(node_at(first_end));
    edge.to = junction_at(node_at(last_end));
    const auto arc = static_cast<std::uint32_t>(2 * plan_.edges.size());
    plan_.edges.push_back(edge);
    note_departure(node_at(first_end), {arc, first.way->id});
    note_departure(node_at(last_end), {opposite(arc), pieces_[last_end / 2].way->id});
}

// All of its nodes; the delays at all but the first, which the piece before has counted.
void PlanMaker::append_piece(StreetEdge& edge, Nodes nodes, bool is_backward) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::uint32_t node = nodes[is_backward ? nodes.size() - 1 - i : i];
        const FixedPoint point = map_.points[node];
        if (i > 0) delays_ms_ += delay_ms(node);
        const bool is_first = plan_.shapes.size() == edge.first_shape;
        if (i == 0 && !is_first) continue;
        if (!is_first) length_m_ += distance_m(plan_.shapes.back().point(), point.point());
        plan_.shapes.push_back(point);
    }
}

void PlanMaker::note_departure(std::uint32_t node, const Departure& departure) {
    if (via_.contains(node)) departures_[node].push_back(departure);
}

std::uint32_t PlanMaker::junction_at(std::uint32_t node) {
    std::uint32_t& known = junction_of_[node];
    if (is_closed(node)) return plan_.junctions++;
    if (known == kNobody) known = plan_.junctions++;
    return known;
}

void PlanMaker::forbid_turns() {
    for (const StreetMap::Restriction& restriction : map_.restrictions) forbid(restriction);
    std::ranges::sort(plan_.bans);
    plan_.bans.erase(std::unique(plan_.bans.begin(), plan_.bans.end()), plan_.bans.end());
}

void PlanMaker::forbid(const StreetMap::Restriction& restriction) {
    const std::vector<Departure>& departures = departures_[restriction.via];
    const auto along = [&](std::int64_t way) {
        std::vector<std::uint32_t> arcs;
        for (const Departure& departure : departures)
            if (departure.way == way) arcs.push_back(departure.arc);
        return arcs;
    };
    const auto from = along(restriction.from_way);
    const auto to = along(restriction.to_way);
    if (from.empty() || to.empty()) return;  // closed to this profile
    if (from.size() > 1 || to.size() > 1) {
        ++plan_.unclear_restrictions;
        return;
    }
    const std::uint32_t arrival = opposite(from.front());
    for (const Departure& departure : departures) {
        const bool is_banned = (departure.arc == to.front()) != restriction.is_compulsory;
        if (is_banned && plan_.is_open(arrival) && plan_.is_open(departure.arc))
            plan_.bans.push_back({.from_arc = arrival, .to_arc = departure.arc});
    }
}

}  // namespace

StreetPlan make_street_plan(const StreetMap& map, Profile profile) {
    return PlanMaker(map, profile).make();
}

}  // namespace emplettes::geo
