#include "geo/streets/time_matrix.h"

#include <algorithm>
#include <array>

#include "base/huge_pages.h"

namespace emplettes::geo {
namespace {

constexpr std::size_t kLanes = 16;  // sources swept at once: a cache line of times

using Lanes = std::array<std::uint32_t, kLanes>;

}  // namespace

class MatrixQuery {
  public:
    MatrixQuery(const Hierarchy& hierarchy, const SeedLists& to, RouteScratch& scratch)
        : hierarchy_(hierarchy), to_(to), side_(scratch.forward_) {
        select(scratch.backward_);
    }

    // One row for each of up to kLanes sources, beginning with `first`.
    void fill_rows(const SeedLists& from, std::size_t first, std::span<std::uint32_t> rows) {
        Lanes far;
        far.fill(kFar);
        times_.assign(selected_.size(), far);
        const std::size_t lanes = std::min(kLanes, from.size() - first);
        for (std::size_t lane = 0; lane < lanes; ++lane) search_up(from.of(first + lane), lane);
        sweep_down();
        for (std::size_t target = 0; target < to_.size(); ++target)
            write_column(target, lanes, rows);
    }

  private:
    // An arc from a node above, which is swept earlier.
    struct SweepArc {
        std::uint32_t from = 0;  // place in the sweep
        std::uint32_t time_ms = 0;
    };

    // Numbers the nodes above the targets, the highest first, and collects the arcs between them.
    void select(RouteScratch::Side& marks) {
        marks.clear(hierarchy_.node_count());
        for (const Seed& seed : to_.all()) mark(hierarchy_.rank_of(seed.node), marks);
        for (std::size_t i = 0; i < selected_.size(); ++i)
            for (const HierarchyArc& arc : hierarchy_.down(selected_[i])) mark(arc.upper, marks);
        std::ranges::sort(selected_, std::greater<>());
        place_.assign(hierarchy_.node_count(), kNowhere);
        for (std::uint32_t i = 0; i < selected_.size(); ++i) place_[selected_[i]] = i;
        first_.push_back(0);
        for (const std::uint32_t rank : selected_) {
            for (const HierarchyArc& arc : hierarchy_.down(rank))
                arcs_.push_back({.from = place_[arc.upper], .time_ms = arc.time_ms});
            first_.push_back(static_cast<std::uint32_t>(arcs_.size()));
        }
        for (const Seed& seed : to_.all())
            ends_.push_back(
                {.from = place_[hierarchy_.rank_of(seed.node)], .time_ms = seed.time_ms});
    }
    void mark(std::uint32_t rank, RouteScratch::Side& marks) {
        if (marks.labels[rank].time_ms == 0) return;
        marks.labels[rank].time_ms = 0;
        marks.touched.push_back(rank);
        selected_.push_back(rank);
    }

    void search_up(std::span<const Seed> seeds, std::size_t lane) {
        side_.clear(hierarchy_.node_count());
        for (const Seed& seed : seeds)
            side_.reach(hierarchy_.rank_of(seed.node), seed.time_ms, RouteScratch::kNobody);
        while (!side_.queue.empty()) {
            const auto [time_ms, rank] = side_.queue.pop();
            if (time_ms > side_.labels[rank].time_ms) continue;
            const bool is_stalled =
                std::ranges::any_of(hierarchy_.down(rank), [&](const HierarchyArc& arc) {
                    return side_.labels[arc.upper].time_ms + arc.time_ms < time_ms;
                });
            if (is_stalled) continue;
            if (const std::uint32_t place = place_[rank]; place != kNowhere)
                times_[place][lane] = time_ms;
            for (const HierarchyArc& arc : hierarchy_.up(rank))
                side_.reach(arc.upper, time_ms + arc.time_ms, rank);
        }
    }

    // Times stay below twice kFar, so the sums do not overflow.
    void sweep_down() {
        for (std::size_t i = 0; i < selected_.size(); ++i) {
            Lanes times = times_[i];
            for (std::uint32_t j = first_[i]; j < first_[i + 1]; ++j) {
                const Lanes& above = times_[arcs_[j].from];
                for (std::size_t lane = 0; lane < kLanes; ++lane)
                    times[lane] = std::min(times[lane], above[lane] + arcs_[j].time_ms);
            }
            times_[i] = times;
        }
    }

    void write_column(std::size_t target, std::size_t lanes, std::span<std::uint32_t> rows) {
        Lanes best;
        best.fill(kFar);
        const auto seeds = to_.of(target);
        const SweepArc* end = ends_.data() + (seeds.data() - to_.all().data());
        for (std::size_t i = 0; i < seeds.size(); ++i, ++end)
            for (std::size_t lane = 0; lane < kLanes; ++lane)
                best[lane] = std::min(best[lane], times_[end->from][lane] + end->time_ms);
        for (std::size_t lane = 0; lane < lanes; ++lane)
            rows[lane * to_.size() + target] = best[lane];
    }

    static constexpr std::uint32_t kNowhere = HierarchyArc::kOriginal;

    const Hierarchy& hierarchy_;
    const SeedLists& to_;
    RouteScratch::Side& side_;
    std::vector<std::uint32_t> selected_;  // ranks, in the order of the sweep
    std::vector<std::uint32_t> place_;     // of each rank in the sweep, or kNowhere
    std::vector<std::uint32_t> first_;     // of each place: its arcs
    std::vector<SweepArc> arcs_;
    std::vector<SweepArc> ends_;  // of each seed of a target
    HugeVector<Lanes> times_;
};

std::vector<std::uint32_t> make_time_matrix(const Hierarchy& hierarchy, const SeedLists& from,
                                            const SeedLists& to, RouteScratch& scratch) {
    std::vector<std::uint32_t> matrix(from.size() * to.size());
    MatrixQuery query(hierarchy, to, scratch);
    for (std::size_t first = 0; first < from.size(); first += kLanes)
        query.fill_rows(from, first, std::span(matrix).subspan(first * to.size()));
    return matrix;
}

}  // namespace emplettes::geo
