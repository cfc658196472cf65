#include "search/variety.h"

#include <algorithm>
#include <deque>

#include "search/ranking.h"

namespace emplettes::search {
namespace {

bool may_pass(const Rank& rank, const Rank& first) {
    return rank.words == first.words && rank.makers == first.makers && rank.typos == first.typos &&
           rank.score() >= first.score() * static_cast<float>(kRanking.variety_score);
}

class List {
  public:
    explicit List(std::span<const Rank> ranks) : ranks_(ranks) {}

    std::vector<Shown> show(std::size_t count) {
        std::vector<Shown> shown;
        shown.reserve(std::min(count, ranks_.size()));
        while (shown.size() < count && has_window()) {
            const std::size_t place = next();
            shown.push_back({.rank = window_[place], .is_early = place > 0});
            note_shop(ranks_[window_[place]].shop);
            window_.erase(window_.begin() + static_cast<std::ptrdiff_t>(place));
        }
        return shown;
    }

  private:
    // The best ranks that are not shown yet.
    bool has_window() {
        while (window_.size() < kRanking.variety_window && taken_ < ranks_.size())
            window_.push_back(taken_++);
        return !window_.empty();
    }
    std::size_t next() const {
        const Rank& first = ranks_[window_.front()];
        for (std::size_t place = 0; place < window_.size(); ++place) {
            const Rank& rank = ranks_[window_[place]];
            if (!may_pass(rank, first)) break;
            if (!has_enough(rank.shop)) return place;
        }
        return 0;
    }
    bool has_enough(std::uint32_t shop) const {
        const auto hits = std::count(shops_.begin(), shops_.end(), shop);
        return static_cast<std::size_t>(hits) >= kRanking.shop_hits_max;
    }
    void note_shop(std::uint32_t shop) {
        shops_.push_back(shop);
        if (shops_.size() == kRanking.shop_hits_among) shops_.pop_front();
    }

    std::span<const Rank> ranks_;
    std::deque<std::size_t> window_;
    std::size_t taken_ = 0;
    std::deque<std::uint32_t> shops_;  // of the hits just before
};

}  // namespace

std::vector<Shown> with_variety(std::span<const Rank> ranks, std::size_t count) {
    return List(ranks).show(count);
}

}  // namespace emplettes::search
