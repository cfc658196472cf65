#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "web/shield/longest_first.h"
#include "web/shield/worth.h"

namespace emplettes::web {

class Work;

struct Waiting {
    Asker asker;
    std::int64_t cost_us = 0;   // what the last call of its route took
    std::int64_t usual_us = 0;  // and what they usually take
    SteadyTime since;
    SteadyTime until;  // then nobody waits for the answer any more
    std::shared_ptr<Work> work;
};

// Who waits is served in turn: regions, in each its prefixes, in each its hosts, in each its
// sessions (hierarchical deficit round robin; Shreedhar, Varghese 1995). Whoever asks much only
// makes their own turn longer.
//
// A region counts as many shares as it has prefixes waiting, until these are more than
// kPrefixesMax: then it is one tenant with many prefixes and has one share. So neither more
// addresses nor more prefixes give anybody more.
//
// Memory is fixed by the capacity. push and pop take amortised constant time. Not thread-safe; the
// time is passed in.
class FairQueue {
  public:
    static constexpr std::uint32_t kPrefixesMax = 8;
    static constexpr std::uint32_t kOwnRoom = 32;  // of a prefix, however full the queue is

    explicit FairQueue(std::uint32_t capacity);

    // Returns whom it costs their place: the one who has waited longest in a prefix that has more
    // than its part of the room, or, when all is full, in the longest row. `until` may not be
    // earlier than that of anybody who waits already.
    std::optional<Waiting> push(Waiting waiting);
    // Whose turn it is.
    std::optional<Waiting> pop();
    // One whose time is over; call until there is none before pop().
    std::optional<Waiting> pop_late(SteadyTime now);

    std::uint32_t size() const { return node(kRoot).queued; }
    bool empty() const { return size() == 0; }
    bool is_full() const { return size() == capacity_; }
    SteadyTime oldest() const;  // since when; not when empty

  private:
    using Index = std::int32_t;
    static constexpr Index kNone = -1;
    static constexpr Index kRoot = 0;
    static constexpr std::size_t kLevels = 5;  // all, region, prefix, host, session
    static constexpr std::size_t kRegion = 1;
    static constexpr std::size_t kPrefix = 2;
    static constexpr std::size_t kSession = 4;

    struct Link {
        Index before = kNone;
        Index after = kNone;
    };
    struct Node {
        std::uint64_t key = 0;
        Index parent = kNone;
        std::size_t level = 0;
        Link siblings;       // in the round of the parent
        Index turn = kNone;  // the child whose turn it is
        std::uint32_t children = 0;
        std::int64_t deficit = 0;
        std::uint32_t queued = 0;
        Index first = kNone;  // who waits below, in the order of arrival
        Index last = kNone;
    };
    struct Item {
        Waiting waiting;
        Index session = kNone;
        std::array<Link, kLevels> links;
    };

    const Node& node(Index index) const { return nodes_[static_cast<std::size_t>(index)]; }
    Node& node(Index index) { return nodes_[static_cast<std::size_t>(index)]; }
    Item& item(Index index) { return items_[static_cast<std::size_t>(index)]; }
    Index find_or_make(const Asker& asker);
    Index make_child(Index parent, std::uint64_t key);
    void drop_child(Index index);
    Index next_item(Index index);
    std::int64_t weight(const Node& child) const;
    std::int64_t cost(Index item_index);
    Waiting take(Index item_index);
    void count(Index index, int change);
    std::optional<Waiting> make_room(const Asker& asker);

    const std::uint32_t capacity_;
    std::vector<Node> nodes_;
    std::vector<Item> items_;
    std::vector<Index> free_nodes_;
    std::vector<Index> free_items_;
    std::array<std::unordered_map<std::uint64_t, Index>, kLevels> found_;
    LongestFirst regions_;
    LongestFirst prefixes_;
    double mean_us_;           // of what was asked
    std::int64_t quantum_us_;  // the share of each round
};

}  // namespace emplettes::web
