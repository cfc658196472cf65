#include "web/shield/fair_queue.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace emplettes::web {
namespace {

// A cost counts as at most so many usual ones: a turn is found after so many rounds at the latest.
constexpr std::int64_t kDearest = 32;
constexpr double kFirstQuantumUs = 1'000;
// Costs that the usual one is the mean of: so many that it does not follow whose turn it is.
constexpr double kQuantumMemory = 1'024;

}  // namespace

FairQueue::FairQueue(std::uint32_t capacity)
    : capacity_(capacity),
      nodes_(1 + (kLevels - 1) * std::size_t{capacity}),
      items_(capacity),
      regions_(nodes_.size(), capacity),
      prefixes_(nodes_.size(), capacity),
      mean_us_(kFirstQuantumUs),
      quantum_us_(static_cast<std::int64_t>(kFirstQuantumUs)) {
    check(capacity > 0);
    for (std::size_t i = nodes_.size(); i-- > 1;) free_nodes_.push_back(static_cast<Index>(i));
    for (std::size_t i = items_.size(); i-- > 0;) free_items_.push_back(static_cast<Index>(i));
    for (auto& level : found_) level.reserve(capacity);
}

SteadyTime FairQueue::oldest() const {
    check(!empty());
    return items_[static_cast<std::size_t>(node(kRoot).first)].waiting.since;
}

// --- the tree ---

FairQueue::Index FairQueue::make_child(Index parent, std::uint64_t key) {
    const Index index = free_nodes_.back();
    free_nodes_.pop_back();
    Node& child = node(index);
    Node& above = node(parent);
    child = {.key = key, .parent = parent, .level = above.level + 1, .deficit = quantum_us_};
    ++above.children;
    if (above.turn == kNone) {
        child.siblings = {.before = index, .after = index};
        above.turn = index;
    } else {  // at the end of the round
        const Index first = above.turn;
        const Index last = node(first).siblings.before;
        child.siblings = {.before = last, .after = first};
        node(last).siblings.after = index;
        node(first).siblings.before = index;
    }
    return index;
}

void FairQueue::drop_child(Index index) {
    const Node& child = node(index);
    Node& above = node(child.parent);
    const Link around = child.siblings;
    --above.children;
    if (above.children == 0) {
        above.turn = kNone;
    } else {
        node(around.before).siblings.after = around.after;
        node(around.after).siblings.before = around.before;
        if (above.turn == index) above.turn = around.after;
    }
    found_[child.level].erase(child.key);
    free_nodes_.push_back(index);
}

FairQueue::Index FairQueue::find_or_make(const Asker& asker) {
    Index index = kRoot;
    std::uint64_t key = 0;
    for (std::size_t level = 1; level < kLevels; ++level) {
        // A session is one of its host's: the same number elsewhere is another.
        key = asker.shares[level - 1] + (level == kSession ? key * 31 : 0);
        const auto found = found_[level].find(key);
        if (found != found_[level].end()) {
            index = found->second;
            continue;
        }
        index = make_child(index, key);
        found_[level].emplace(key, index);
    }
    return index;
}

void FairQueue::count(Index index, int change) {
    Node& here = node(index);
    here.queued = static_cast<std::uint32_t>(static_cast<int>(here.queued) + change);
    if (here.level != kRegion && here.level != kPrefix) return;
    LongestFirst& rows = here.level == kRegion ? regions_ : prefixes_;
    change > 0 ? rows.grow(index) : rows.shrink(index);
}

// --- waiting ---

std::optional<Waiting> FairQueue::make_room(const Asker& asker) {
    const auto own = found_[kPrefix].find(asker.shares[kPrefix - 1]);
    const std::uint32_t room = capacity_ - size();
    // The room that is left is for others, too (dynamic thresholds; Choudhury, Hahne 1998).
    if (own != found_[kPrefix].end() &&
        node(own->second).queued >= std::max(std::min(kOwnRoom, capacity_), room))
        return take(node(own->second).first);
    if (room > 0) return std::nullopt;
    const Index region = regions_.longest();
    const bool is_one_tenant = node(region).children > kPrefixesMax;
    return take(node(is_one_tenant ? region : prefixes_.longest()).first);
}

std::optional<Waiting> FairQueue::push(Waiting waiting) {
    std::optional<Waiting> dropped = make_room(waiting.asker);
    mean_us_ += (static_cast<double>(waiting.cost_us) - mean_us_) / kQuantumMemory;
    quantum_us_ = std::max<std::int64_t>(static_cast<std::int64_t>(mean_us_), 1);
    const Index index = free_items_.back();
    free_items_.pop_back();
    Index above = find_or_make(waiting.asker);
    item(index).waiting = std::move(waiting);
    item(index).session = above;
    for (std::size_t level = kLevels; level-- > 0; above = node(above).parent) {
        Node& here = node(above);
        item(index).links[level] = {.before = here.last, .after = kNone};
        here.last == kNone ? here.first = index : item(here.last).links[level].after = index;
        here.last = index;
        count(above, +1);
    }
    return dropped;
}

Waiting FairQueue::take(Index index) {
    Item& gone = item(index);
    Index above = gone.session;
    for (std::size_t level = kLevels; level-- > 0;) {
        Node& here = node(above);
        const Link link = gone.links[level];
        link.before == kNone ? here.first = link.after
                             : item(link.before).links[level].after = link.after;
        link.after == kNone ? here.last = link.before
                            : item(link.after).links[level].before = link.before;
        count(above, -1);
        const Index next = here.parent;
        if (level > 0 && here.queued == 0) drop_child(above);
        above = next;
    }
    free_items_.push_back(index);
    return std::move(gone.waiting);
}

// --- turns ---

std::int64_t FairQueue::cost(Index index) {
    return std::clamp<std::int64_t>(item(index).waiting.cost_us, 1, kDearest * quantum_us_);
}

std::int64_t FairQueue::weight(const Node& child) const {
    const bool has_many = child.level == kRegion && child.children <= kPrefixesMax;
    return has_many ? child.children : 1;
}

// Finds whose turn it is below a node. Each round that passes a child gives it a share; asked
// again, the answer is the same.
FairQueue::Index FairQueue::next_item(Index index) {
    const Node& here = node(index);
    if (here.level == kSession) return here.first;
    while (true) {
        Node& child = node(here.turn);
        const Index next = next_item(here.turn);
        if (here.children == 1 || child.deficit >= cost(next)) return next;
        child.deficit += quantum_us_ * weight(child);
        node(index).turn = child.siblings.after;
    }
}

std::optional<Waiting> FairQueue::pop() {
    if (empty()) return std::nullopt;
    const Index next = next_item(kRoot);
    const std::int64_t paid = cost(next);
    for (Index at = item(next).session; at != kRoot; at = node(at).parent)
        node(at).deficit = std::max<std::int64_t>(node(at).deficit - paid, 0);
    return take(next);
}

std::optional<Waiting> FairQueue::pop_late(SteadyTime now) {
    if (empty() || item(node(kRoot).first).waiting.until > now) return std::nullopt;
    return take(node(kRoot).first);
}

}  // namespace emplettes::web
