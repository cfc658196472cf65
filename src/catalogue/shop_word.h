#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "catalogue/closure.h"
#include "catalogue/shop.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// What a shop's keeper says of it: goes before the map's word, and the map's next import leaves it
// alone. What is empty leaves the map's.
struct ShopWord {
    std::string name;
    std::string opening_hours;  // in OpenStreetMap's language (geo/opening_hours.h)
    std::string phone;
    std::string website;  // with http:// or https://
    std::string email;
    std::string about;  // for neighbours: plain text, a few lines
    std::optional<Closure> closure;

    bool operator==(const ShopWord&) const = default;
};

inline constexpr std::size_t kShopNameMax = 100;  // all in code points
inline constexpr std::size_t kShopContactMax = 120;
inline constexpr std::size_t kShopWebsiteMax = 200;
inline constexpr std::size_t kShopAboutMax = 600;
inline constexpr std::size_t kClosureReasonMax = 120;
// A closure that ends later than this is a mistake of the year.
inline constexpr std::chrono::days kClosureMax{366};
// How long the last change can be taken back.
inline constexpr std::chrono::minutes kWordUndoFor{30};

enum class WordFault {
    text_not_valid,  // not UTF-8, or with control characters
    too_long,
    hours_not_readable,
    website_not_valid,
    ends_before_it_begins,
    closed_too_long,
};
// The first thing that is wrong. Phone and mail are checked by whoever knows what they are for.
std::optional<WordFault> find_fault(const ShopWord& word);

// What a form about the shop has: with what it was shown, and as it came back.
struct ShopFacts {
    std::string name;
    std::string phone;
    std::string website;
    std::string email;
};
struct FactsForm {
    ShopFacts shown;
    ShopFacts typed;
};
// The word with what somebody has changed in the form, and with that alone: what they left as it
// was stays the map's where it was the map's, whatever the map says by now. What is made empty, or
// what the map says, is the map's again.
ShopWord with_changes(ShopWord word, const Shop& mapped, const FactsForm& form);

// What was said; all empty when nothing was.
ShopWord load_shop_word(store::Tx& tx, TerritoryId territory, ShopId shop);

// Says something else; what was said before can be had back. Writes the news when it changes
// anything.
Result<Done, WordFault> save_shop_word(store::Tx& tx, TerritoryId territory, ShopId shop,
                                       const ShopWord& word, Instant now);

// Whether the last change can still be taken back.
bool can_undo_word(store::Tx& tx, TerritoryId territory, ShopId shop, Instant now);
// Takes it back, once. False, with nothing written, when it cannot be any more. Writes the news.
bool undo_shop_word(store::Tx& tx, TerritoryId territory, ShopId shop, Instant now);

}  // namespace emplettes::catalogue
