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
    explicit List(const Ranking& ranking) : ranks_(ranking.ranks), is_all_(ranking.is_all) {}

    std::optional<std::vector<Shown>> show(std::size_t count) {
        std::vector<Shown> shown;
        shown.reserve(std::min(count, ranks_.size()));
        while (shown.size() < count && has_window()) {
            const auto place = next();
            if (!place) return std::nullopt;
            shown.push_back({.rank = window_[*place], .is_early = *place > 0});
            note_shop(ranks_[window_[*place]].shop);
            window_.erase(window_.begin() + static_cast<std::ptrdiff_t>(*place));
        }
        return shown;
    }

  private:
    static constexpr std::size_t kWindow = kRanking.variety_window + 1;  // the next one, and behind

    // The best ranks that are not shown yet.
    bool has_window() {
        while (window_.size() < kWindow && taken_ < ranks_.size()) window_.push_back(taken_++);
        return !window_.empty();
    }
    // Which of the window is shown next; nothing when that depends on ranks that are not known.
    std::optional<std::size_t> next() const {
        const Rank& first = ranks_[window_.front()];
        for (std::size_t place = 0; place < window_.size(); ++place) {
            const Rank& rank = ranks_[window_[place]];
            if (!may_pass(rank, first)) return 0;
            if (!has_enough(rank.shop)) return place;
        }
        const bool is_known = is_all_ || window_.size() == kWindow;
        return is_known ? std::optional<std::size_t>(0) : std::nullopt;
    }
    bool has_enough(std::uint32_t shop) const {
        const auto hits = std::count(shops_.begin(), shops_.end(), shop);
        return static_cast<std::size_t>(hits) >= kRanking.shop_hits_max;
    }
    void note_shop(std::uint32_t shop) {
        shops_.push_back(shop);
        if (shops_.size() == kRanking.shop_hits_among) shops_.pop_front();
    }

    const std::vector<Rank>& ranks_;
    bool is_all_;
    std::deque<std::size_t> window_;
    std::size_t taken_ = 0;
    std::deque<std::uint32_t> shops_;  // of the hits just before
};

}  // namespace

std::vector<Shown> as_ranked(const Ranking& ranking, std::size_t count) {
    std::vector<Shown> shown(std::min(ranking.ranks.size(), count));
    for (std::size_t i = 0; i < shown.size(); ++i) shown[i].rank = i;
    return shown;
}

std::optional<std::vector<Shown>> with_variety(const Ranking& ranking, std::size_t count) {
    return List(ranking).show(count);
}

}  // namespace emplettes::search
