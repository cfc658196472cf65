#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "geo/streets/street_map.h"
#include "geo/streets/travel_profile.h"

namespace emplettes::geo {

// Times are in milliseconds, lengths in centimetres. What takes kFar, 2^30 ms or twelve days, is
// out of reach: sums of two such never overflow.
inline constexpr std::uint32_t kFar = std::uint32_t{1} << 30;

// A street from one junction to the next along which nothing changes: name, pace, manner. It has
// two arcs: 2 * edge goes `from` -> `to`, 2 * edge + 1 comes back. An arc is closed when its time
// is kFar.
struct StreetEdge {
    std::uint32_t from = 0;  // junctions
    std::uint32_t to = 0;
    std::array<std::uint32_t, 2> time_ms{};  // of the two arcs
    std::uint32_t length_cm = 0;
    std::uint32_t name = 0;         // of the plan's names
    std::uint32_t first_shape = 0;  // of the plan's shapes: its points, both ends included
    std::uint32_t shape_count = 0;
    Manner manner = Manner::usual;
};

inline std::uint32_t edge_of(std::uint32_t arc) { return arc / 2; }
inline std::uint32_t opposite(std::uint32_t arc) { return arc ^ 1U; }

// Who comes along `from_arc` may not go on along `to_arc`, which begins where the other ends.
struct TurnBan {
    std::uint32_t from_arc = 0;
    std::uint32_t to_arc = 0;

    auto operator<=>(const TurnBan&) const = default;
};

// The streets that are open to one profile, joined at junctions.
struct StreetPlan {
    std::uint32_t junctions = 0;
    std::vector<StreetEdge> edges;
    std::vector<FixedPoint> shapes;
    std::vector<TurnBan> bans;  // in order, each once
    std::vector<std::string> names;
    std::int64_t unclear_restrictions = 0;  // whose streets do not meet as they say: not obeyed

    std::uint32_t tail(std::uint32_t arc) const {
        return arc % 2 == 0 ? edges[arc / 2].from : edges[arc / 2].to;
    }
    std::uint32_t head(std::uint32_t arc) const { return tail(opposite(arc)); }
    std::uint32_t time_ms(std::uint32_t arc) const { return edges[arc / 2].time_ms[arc % 2]; }
    bool is_open(std::uint32_t arc) const { return time_ms(arc) < kFar; }
};

// Ways are cut where they meet, at the ends, where a node is missing and at signs that forbid a
// turn; pieces between which nothing changes are joined. A closed barrier cuts what it stands on. A
// barrier's seconds are added in equal halves to the arcs on both sides.
StreetPlan make_street_plan(const StreetMap& map, Profile profile);

}  // namespace emplettes::geo
