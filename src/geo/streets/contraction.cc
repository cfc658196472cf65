#include <algorithm>
#include <numeric>
#include <queue>

#include "geo/streets/hierarchy.h"
#include "geo/streets/street_plan.h"
#include "geo/streets/witness_search.h"

namespace emplettes::geo {
namespace {

// How far a search for a witness goes: a little when a node's place in the order is guessed, more
// when it is contracted. A witness that is not found costs a superfluous shortcut, no mistake.
constexpr std::uint32_t kSettledToRank = 12;
constexpr std::uint32_t kSettledToContract = 200;
// What makes a node important, in thousandths: to lie above contracted ones, to need more
// shortcuts than arcs go with it, and shortcuts of more hops.
constexpr std::uint64_t kOfLevel = 1000;
constexpr std::uint64_t kOfArcs = 4000;
constexpr std::uint64_t kOfHops = 2000;

class Contraction {
  public:
    using Half = ShrinkingGraph::Half;

    Contraction(std::uint32_t nodes, std::span<const Hierarchy::Arc> arcs)
        : level_(nodes), importance_(nodes), search_(nodes), up_(nodes), down_(nodes) {
        graph_.out.resize(nodes);
        graph_.in.resize(nodes);
        for (const Hierarchy::Arc& arc : arcs)
            if (arc.tail != arc.head)
                add(arc.tail, arc.head,
                    {.time_ms = arc.time_ms, .middle = HierarchyArc::kOriginal});
    }

    void run() {
        const auto nodes = static_cast<std::uint32_t>(level_.size());
        for (std::uint32_t node = 0; node < nodes; ++node) rank_again(node);
        while (order_.size() < nodes) {
            const auto [importance, node] = queue_.top();
            queue_.pop();
            if (importance != importance_[node]) continue;  // it has been ranked again since
            importance_[node] = kContracted;
            contract(node);
        }
    }

    const std::vector<std::uint32_t>& order() const { return order_; }
    const std::vector<std::vector<Half>>& up() const { return up_; }
    const std::vector<std::vector<Half>>& down() const { return down_; }

  private:
    static constexpr std::uint64_t kContracted = std::numeric_limits<std::uint64_t>::max();

    struct Shortcut {
        std::uint32_t tail;
        std::uint32_t head;
        std::uint32_t time_ms;
        std::uint32_t hops;
    };

    // An arc, unless there is one as fast.
    void add(std::uint32_t tail, std::uint32_t head, Half arc) {
        const auto put = [&arc](std::vector<Half>& halves, std::uint32_t other) {
            arc.node = other;
            const auto known = std::ranges::find(halves, other, &Half::node);
            if (known == halves.end()) {
                halves.push_back(arc);
            } else if (arc.time_ms < known->time_ms) {
                *known = arc;
            }
        };
        put(graph_.out[tail], head);
        put(graph_.in[head], tail);
    }

    void find_shortcuts(std::uint32_t node, std::uint32_t settled_max) {
        shortcuts_.clear();
        const auto& out = graph_.out[node];
        if (out.empty()) return;
        const std::uint32_t longest_ms = std::ranges::max_element(out, {}, &Half::time_ms)->time_ms;
        for (const Half& in : graph_.in[node]) {
            if (out.size() == 1 && out.front().node == in.node) continue;
            search_.run(graph_, {.from = in.node,
                                 .avoided = node,
                                 .time_ms_max = std::min(in.time_ms + longest_ms, kFar),
                                 .settled_max = settled_max});
            for (const Half& on : out) {
                const std::uint32_t time_ms = in.time_ms + on.time_ms;
                if (on.node != in.node && time_ms < search_.time_to(on.node))
                    shortcuts_.push_back({in.node, on.node, time_ms, in.hops + on.hops});
            }
        }
    }

    void rank_again(std::uint32_t node) {
        find_shortcuts(node, kSettledToRank);
        std::uint64_t hops = 0;
        for (const Shortcut& shortcut : shortcuts_) hops += shortcut.hops;
        std::uint64_t removed_hops = 0;
        for (const auto* halves : {&graph_.out[node], &graph_.in[node]})
            for (const Half& half : *halves) removed_hops += half.hops;
        const std::uint64_t removed = graph_.out[node].size() + graph_.in[node].size();
        const std::uint64_t importance =
            kOfLevel * level_[node] +
            kOfArcs * shortcuts_.size() / std::max<std::uint64_t>(removed, 1) +
            kOfHops * hops / std::max<std::uint64_t>(removed_hops, 1);
        if (importance == importance_[node] && !order_.empty()) return;  // still in the queue
        importance_[node] = importance;
        queue_.emplace(importance, node);
    }

    void contract(std::uint32_t node) {
        find_shortcuts(node, kSettledToContract);
        order_.push_back(node);
        up_[node] = std::move(graph_.out[node]);
        down_[node] = std::move(graph_.in[node]);
        neighbours_.clear();
        const auto forget = [&](const std::vector<Half>& halves,
                                std::vector<std::vector<Half>>& at) {
            for (const Half& half : halves) {
                std::erase_if(at[half.node], [&](const Half& back) { return back.node == node; });
                neighbours_.push_back(half.node);
            }
        };
        forget(up_[node], graph_.in);
        forget(down_[node], graph_.out);
        for (const Shortcut& shortcut : shortcuts_)
            add(shortcut.tail, shortcut.head,
                {.time_ms = shortcut.time_ms, .middle = node, .hops = shortcut.hops});
        std::ranges::sort(neighbours_);
        neighbours_.erase(std::unique(neighbours_.begin(), neighbours_.end()), neighbours_.end());
        for (const std::uint32_t neighbour : neighbours_) {
            level_[neighbour] = std::max(level_[neighbour], level_[node] + 1);
            rank_again(neighbour);
        }
    }

    using QueueEntry = std::pair<std::uint64_t, std::uint32_t>;

    ShrinkingGraph graph_;
    std::vector<std::uint32_t> level_;
    std::vector<std::uint64_t> importance_;
    std::priority_queue<QueueEntry, std::vector<QueueEntry>, std::greater<>> queue_;
    WitnessSearch search_;
    std::vector<Shortcut> shortcuts_;  // of the node looked at
    std::vector<std::uint32_t> neighbours_;
    std::vector<std::uint32_t> order_;
    std::vector<std::vector<Half>> up_;  // of each contracted node: what it still had then
    std::vector<std::vector<Half>> down_;
};

}  // namespace

void WitnessSearch::run(const ShrinkingGraph& graph, const Task& task) {
    for (const std::uint32_t node : touched_) time_ms_[node] = kFar;
    touched_.assign(1, task.from);
    queue_.clear();
    time_ms_[task.from] = 0;
    queue_.push(0, task.from);
    for (std::uint32_t settled = 0; settled < task.settled_max && !queue_.empty();) {
        const auto [time_ms, node] = queue_.pop();
        if (time_ms > time_ms_[node]) continue;
        if (time_ms >= task.time_ms_max) break;
        ++settled;
        for (const ShrinkingGraph::Half& arc : graph.out[node]) {
            const std::uint32_t there_ms = time_ms + arc.time_ms;
            if (arc.node == task.avoided || there_ms >= time_ms_[arc.node] ||
                there_ms > task.time_ms_max)
                continue;
            if (time_ms_[arc.node] == kFar) touched_.push_back(arc.node);
            time_ms_[arc.node] = there_ms;
            queue_.push(there_ms, arc.node);
        }
    }
}

Hierarchy Hierarchy::contract(std::uint32_t nodes, std::span<const Arc> arcs) {
    Contraction contraction(nodes, arcs);
    contraction.run();
    Hierarchy hierarchy;
    HugeVector<std::uint32_t> rank_of(nodes);
    for (std::uint32_t rank = 0; rank < nodes; ++rank) rank_of[contraction.order()[rank]] = rank;
    const auto add_part = [&](const std::vector<ShrinkingGraph::Half>& halves) {
        hierarchy.first_.push_back(static_cast<std::uint32_t>(hierarchy.arcs_.size()));
        for (const ShrinkingGraph::Half& half : halves) {
            const bool is_original = half.middle == HierarchyArc::kOriginal;
            hierarchy.arcs_.push_back({.upper = rank_of[half.node], .time_ms = half.time_ms});
            hierarchy.middle_.push_back(is_original ? half.middle : rank_of[half.middle]);
        }
    };
    for (const std::uint32_t node : contraction.order()) {
        add_part(contraction.up()[node]);
        add_part(contraction.down()[node]);
    }
    add_part({});
    hierarchy.node_at_.assign(
        HugeVector<std::uint32_t>(contraction.order().begin(), contraction.order().end()));
    hierarchy.rank_of_.assign(std::move(rank_of));
    return hierarchy;
}

}  // namespace emplettes::geo
