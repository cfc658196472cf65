#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "catalogue/merchandising.h"
#include "catalogue/questions.h"
#include "catalogue/territory.h"
#include "search/index.h"

namespace emplettes::catalogue {

// Words are made public once so many networks asked them on one day: what only one person would
// ask, however often, stays unread (k-anonymity).
inline constexpr std::int64_t kPublicNetworksMin = 3;
inline constexpr std::chrono::days kWantedPeriod{30};
inline constexpr std::size_t kWantedMax = 50;  // lines in each list

enum class Trend : std::uint8_t { appeared, rising, steady, falling };
std::string_view to_string(Trend trend);
// Of two periods of the same length. A change by less than a quarter is none.
Trend trend_of(std::int64_t before, std::int64_t now);

// One question, however it was written.
struct LookedFor {
    std::string text;               // as most people wrote it
    std::int64_t asked = 0;         // in the last kWantedPeriod, today included; by networks
    std::int64_t asked_before = 0;  // in the one before
    std::int64_t found_none = 0;
    std::int64_t opened = 0;    // products opened from its results
    std::int64_t products = 0;  // that have all its words today, in the widest circle
    std::int64_t shops = 0;     // that are called so or have this trade, when no product has them

    Trend trend() const { return trend_of(asked_before, asked); }
    bool operator==(const LookedFor&) const = default;
};

// Puts the spellings of each question together and leaves out what is not public. Most asked
// first. `rows`: the last two periods.
std::vector<LookedFor> looked_for(const QuestionRows& rows, LocalDay today);

// What is there to be found, and what the operator makes of it.
struct Findable {
    const search::Index& index;
    const Territory& territory;
    const Merchandising& choices;
    // How many shops the words name (named_shops.h).
    std::function<std::int64_t(std::string_view text)> shops_named;
};

// How many products of an answer to these words have all of them, pinned ones included: exact up to
// the hits that are shown. A typo is taken for one only when all words are long: "trotinette" is no
// other word, but a moon ("lune") is no sledge ("luge").
std::int64_t products_with_all_words(const search::Answer& answer, std::string_view text);
// The same everywhere in the territory.
std::int64_t products_with(const Findable& findable, std::string_view text);

struct Wanted {
    std::vector<LookedFor> missing;     // mostly found nothing, and nobody has or is it today
    std::vector<LookedFor> most_asked;  // with those
    std::int64_t asked = 0;             // in the period, public or not
    Instant at;
};
Wanted make_wanted(const QuestionRows& rows, LocalDay today, const Findable& findable);
// The rows that make_wanted looks at.
QuestionRows load_last_periods(store::Tx& tx, TerritoryId territory, LocalDay today);

}  // namespace emplettes::catalogue
