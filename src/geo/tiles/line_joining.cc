#include "geo/tiles/line_joining.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

namespace emplettes::geo {
namespace {

std::uint64_t end_key(PlanePoint point) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(point.x)) << 32U |
           static_cast<std::uint32_t>(point.y);
}

class LineJoiner {
  public:
    LineJoiner(std::vector<PlaneLine> lines, bool is_directed)
        : lines_(std::move(lines)), is_directed_(is_directed), is_used_(lines_.size()) {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            ends_.emplace(end_key(lines_[i].front()), i);
            ends_.emplace(end_key(lines_[i].back()), i);
        }
    }

    std::vector<PlaneLine> run() {
        std::vector<PlaneLine> joined;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (is_used_[i]) continue;
            is_used_[i] = true;
            PlaneLine line = lines_[i];
            while (extend(line, Side::end)) {
            }
            while (extend(line, Side::begin)) {
            }
            joined.push_back(std::move(line));
        }
        return joined;
    }

  private:
    enum class Side { begin, end };

    // The only other line that ends at a point.
    std::optional<std::size_t> other_at(PlanePoint point) const {
        const auto [begin, end] = ends_.equal_range(end_key(point));
        if (std::distance(begin, end) != 2) return std::nullopt;
        for (auto at = begin; at != end; ++at)
            if (!is_used_[at->second]) return at->second;
        return std::nullopt;
    }
    bool extend(PlaneLine& line, Side side) {
        const PlanePoint at = side == Side::end ? line.back() : line.front();
        const auto other = other_at(at);
        if (!other) return false;
        PlaneLine next = lines_[*other];
        const bool fits = side == Side::end ? next.front() == at : next.back() == at;
        if (!fits && is_directed_) return false;
        if (!fits) std::ranges::reverse(next);
        is_used_[*other] = true;
        if (side == Side::end) {
            line.insert(line.end(), next.begin() + 1, next.end());
        } else {
            line.insert(line.begin(), next.begin(), next.end() - 1);
        }
        return true;
    }

    std::vector<PlaneLine> lines_;
    bool is_directed_;
    std::vector<bool> is_used_;
    std::unordered_multimap<std::uint64_t, std::size_t> ends_;
};

}  // namespace

std::vector<PlaneLine> join_lines(std::vector<PlaneLine> lines, bool is_directed) {
    return LineJoiner(std::move(lines), is_directed).run();
}

}  // namespace emplettes::geo
