#include "geo/streets/street_network.h"

#include <algorithm>
#include <limits>

#include "geo/streets/strong_parts.h"
#include "geo/streets/turn_states.h"

namespace emplettes::geo {
namespace {

constexpr std::uint32_t kLeftOut = std::numeric_limits<std::uint32_t>::max();

// first[i] … first[i + 1] are the places of the sorted values i.
template <typename Rows, typename KeyOf>
std::vector<std::uint32_t> make_firsts(const Rows& rows, std::size_t keys, KeyOf key_of) {
    std::vector<std::uint32_t> first(keys + 1);
    for (const auto& row : rows) ++first[key_of(row) + 1];
    for (std::size_t i = 0; i < keys; ++i) first[i + 1] += first[i];
    return first;
}

template <typename T>
void fill(Column<T>& column, const std::vector<T>& values) {
    column.assign(HugeVector<T>(values.begin(), values.end()));
}

}  // namespace

class NetworkMaker {
  public:
    explicit NetworkMaker(const StreetPlan& plan) : plan_(plan), states_(make_turn_states(plan)) {}

    StreetNetwork make() {
        choose_part();
        number_nodes();
        number_edges();
        add_arcs();
        add_shapes();
        network_.names_ = plan_.names;
        return std::move(network_);
    }

  private:
    void choose_part() {
        const auto first = make_firsts(states_.arcs, states_.junction.size(),
                                       [](const StateArc& arc) { return arc.tail; });
        std::vector<std::uint32_t> heads;
        heads.reserve(states_.arcs.size());
        for (const StateArc& arc : states_.arcs) heads.push_back(arc.head);
        const StrongParts parts = find_strong_parts(first, heads);
        const std::uint32_t largest = parts.largest();
        is_in_part_.resize(states_.junction.size());
        for (std::size_t i = 0; i < is_in_part_.size(); ++i)
            is_in_part_[i] = parts.part[i] == largest;
        network_.report_.parts_left_out =
            std::max<std::int64_t>(static_cast<std::int64_t>(parts.size.size()) - 1, 0);
    }

    void number_nodes() {
        number_of_.assign(is_in_part_.size(), kLeftOut);
        for (std::size_t i = 0; i < is_in_part_.size(); ++i) {
            if (!is_in_part_[i]) continue;
            number_of_[i] = nodes_++;
            if (i >= plan_.junctions) ++network_.report_.turn_copies;
        }
    }

    void number_edges() {
        edge_number_.assign(plan_.edges.size(), kLeftOut);
        for (const StateArc& arc : states_.arcs)
            if (is_in_part_[arc.tail] && is_in_part_[arc.head])
                edge_number_[edge_of(arc.street)] = 0;
        for (std::uint32_t& number : edge_number_)
            if (number != kLeftOut) number = edges_++;
        network_.report_.edges_left_out = static_cast<std::int64_t>(plan_.edges.size()) - edges_;
    }

    void add_arcs() {
        std::vector<NetworkArc> arcs;
        for (const StateArc& arc : states_.arcs) {
            const std::uint32_t edge = edge_number_[edge_of(arc.street)];
            const NetworkArc added{.tail = number_of_[arc.tail],
                                   .head = number_of_[arc.head],
                                   .time_ms = plan_.time_ms(arc.street),
                                   .street = 2 * edge + arc.street % 2};
            if (edge != kLeftOut && added.tail != kLeftOut && added.head != kLeftOut)
                arcs.push_back(added);
        }
        std::vector<std::uint32_t> along(arcs.size());
        for (std::uint32_t i = 0; i < along.size(); ++i) along[i] = i;
        std::ranges::stable_sort(along, {}, [&](std::uint32_t i) { return arcs[i].street; });
        fill(network_.first_arc_,
             make_firsts(arcs, nodes_, [](const NetworkArc& arc) { return arc.tail; }));
        fill(network_.first_along_,
             make_firsts(arcs, 2 * edges_, [](const NetworkArc& arc) { return arc.street; }));
        fill(network_.arcs_, arcs);
        fill(network_.along_, along);
    }

    void add_shapes() {
        std::vector<NetworkEdge> edges;
        std::vector<FixedPoint> shapes;
        for (std::size_t i = 0; i < plan_.edges.size(); ++i) {
            if (edge_number_[i] == kLeftOut) continue;
            const StreetEdge& edge = plan_.edges[i];
            edges.push_back({.length_cm = edge.length_cm,
                             .name = edge.name,
                             .first_shape = static_cast<std::uint32_t>(shapes.size()),
                             .shape_count = edge.shape_count & ((1U << 30) - 1),
                             .manner = static_cast<std::uint32_t>(edge.manner) & 3U});
            const auto begin = plan_.shapes.begin() + edge.first_shape;
            shapes.insert(shapes.end(), begin, begin + edge.shape_count);
        }
        fill(network_.edges_, edges);
        fill(network_.shapes_, shapes);
    }

    const StreetPlan& plan_;
    TurnStates states_;
    std::vector<bool> is_in_part_;            // of each state
    std::vector<std::uint32_t> number_of_;    // of each state: its node, or kLeftOut
    std::vector<std::uint32_t> edge_number_;  // of each edge of the plan, or kLeftOut
    std::uint32_t nodes_ = 0;
    std::uint32_t edges_ = 0;
    StreetNetwork network_;
};

StreetNetwork StreetNetwork::make(const StreetPlan& plan) { return NetworkMaker(plan).make(); }

bool StreetNetwork::is_consistent() const {
    return first_arc_.size() > 0 && first_along_.size() == 2 * edges_.size() + 1 &&
           arcs_.size() == along_.size() && first_arc_[first_arc_.size() - 1] == arcs_.size();
}

}  // namespace emplettes::geo
