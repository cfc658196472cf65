#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string_view>

#include "base/column.h"

namespace emplettes::geo {

// Texts that no longer change once they are all there, one behind the other in one memory, which
// may be a part of a mapped image.
class TextColumn {
  public:
    void push_back(std::string_view text) {
        if (ends_.size() == 0) ends_.push_back(0);
        for (const char c : text) letters_.push_back(c);
        ends_.push_back(static_cast<std::uint32_t>(letters_.size()));
    }

    std::size_t size() const { return ends_.size() == 0 ? 0 : ends_.size() - 1; }
    std::string_view operator[](std::size_t at) const {
        return {letters_.values().data() + ends_[at], ends_[at + 1] - ends_[at]};
    }
    // Of sorted texts the first that is not before this one.
    std::size_t lower_bound(std::string_view text) const {
        const auto places = std::views::iota(std::size_t{0}, size());
        const auto found =
            std::ranges::lower_bound(places, text, {}, [&](std::size_t at) { return (*this)[at]; });
        return static_cast<std::size_t>(found - places.begin());
    }

    bool is_consistent() const {
        if (ends_.size() == 0) return letters_.size() == 0;
        return std::ranges::is_sorted(ends_) && ends_[0] == 0 && ends_[size()] == letters_.size();
    }
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("texts: ends", self.ends_);
        parts("texts: letters", self.letters_);
    }

  private:
    Column<std::uint32_t> ends_;  // 0, and where each ends
    Column<char> letters_;
};

}  // namespace emplettes::geo
