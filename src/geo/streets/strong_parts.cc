#include "geo/streets/strong_parts.h"

#include <algorithm>
#include <limits>

namespace emplettes::geo {
namespace {

constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();

class PartFinder {
  public:
    PartFinder(std::span<const std::uint32_t> first_arc, std::span<const std::uint32_t> heads)
        : first_arc_(first_arc),
          heads_(heads),
          seen_at_(first_arc.size() - 1, kUnseen),
          lowest_(first_arc.size() - 1) {
        parts_.part.assign(first_arc.size() - 1, kUnseen);
    }

    StrongParts find() {
        for (std::uint32_t node = 0; node < seen_at_.size(); ++node)
            if (seen_at_[node] == kUnseen) visit_from(node);
        return std::move(parts_);
    }

  private:
    struct Visit {
        std::uint32_t node;
        std::uint32_t next_arc;
    };

    void enter(std::uint32_t node) {
        seen_at_[node] = lowest_[node] = seen_++;
        open_.push_back(node);
        visits_.push_back({node, first_arc_[node]});
    }
    void visit_from(std::uint32_t root) {
        enter(root);
        while (!visits_.empty()) {
            Visit& visit = visits_.back();
            if (visit.next_arc < first_arc_[visit.node + 1]) {
                look_at(visit.node, heads_[visit.next_arc++]);
            } else {
                leave(visit.node);
            }
        }
    }
    void look_at(std::uint32_t node, std::uint32_t head) {
        if (seen_at_[head] == kUnseen) {
            enter(head);
        } else if (parts_.part[head] == kUnseen) {
            lowest_[node] = std::min(lowest_[node], seen_at_[head]);
        }
    }
    void leave(std::uint32_t node) {
        visits_.pop_back();
        if (!visits_.empty()) {
            std::uint32_t& before = lowest_[visits_.back().node];
            before = std::min(before, lowest_[node]);
        }
        if (lowest_[node] == seen_at_[node]) close_part(node);
    }
    void close_part(std::uint32_t root) {
        const auto number = static_cast<std::uint32_t>(parts_.size.size());
        std::uint32_t size = 0;
        std::uint32_t node = kUnseen;
        while (node != root) {
            node = open_.back();
            open_.pop_back();
            parts_.part[node] = number;
            ++size;
        }
        parts_.size.push_back(size);
    }

    std::span<const std::uint32_t> first_arc_;
    std::span<const std::uint32_t> heads_;
    std::vector<std::uint32_t> seen_at_;
    std::vector<std::uint32_t> lowest_;  // the earliest open node that is reached from here
    std::vector<std::uint32_t> open_;    // seen, and not yet in a part
    std::vector<Visit> visits_;
    std::uint32_t seen_ = 0;
    StrongParts parts_;
};

}  // namespace

std::uint32_t StrongParts::largest() const {
    return static_cast<std::uint32_t>(std::ranges::max_element(size) - size.begin());
}

StrongParts find_strong_parts(std::span<const std::uint32_t> first_arc,
                              std::span<const std::uint32_t> heads) {
    return PartFinder(first_arc, heads).find();
}

}  // namespace emplettes::geo
