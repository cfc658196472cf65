#include <algorithm>
#include <tuple>

#include "search/oracle.h"

namespace emplettes::search {

// Of ten hits in a row at most three have the same shop first, if another shop's product follows
// near by with as many words and typos and half the score.
void Oracle::spread_shops(const Query& query, std::vector<Found>& all) const {
    const auto score = [](const Found& found) {
        return found.text.score * found.text.exactness * found.weight;
    };
    const auto kind = [&](const Found& found) {
        return std::tuple(found.pins_before, found.text.words, found.text.typos,
                          is_from_maker(query, found.offers[0]));
    };
    for (std::size_t place = 0; place < all.size(); ++place) {
        std::size_t chosen = place;
        for (std::size_t i = place; i < std::min(all.size(), place + 201); ++i) {
            const bool is_close =
                kind(all[i]) == kind(all[place]) && score(all[i]) * 2 >= score(all[place]);
            int same_shop = 0;
            for (std::size_t before = place < 9 ? 0 : place - 9; before < place; ++before)
                same_shop += all[before].offers[0].shop == all[i].offers[0].shop ? 1 : 0;
            if (!is_close || same_shop >= 3) continue;
            chosen = i;
            break;
        }
        all[chosen].is_early = chosen != place;
        std::rotate(all.begin() + static_cast<std::ptrdiff_t>(place),
                    all.begin() + static_cast<std::ptrdiff_t>(chosen),
                    all.begin() + static_cast<std::ptrdiff_t>(chosen) + 1);
    }
}

}  // namespace emplettes::search
