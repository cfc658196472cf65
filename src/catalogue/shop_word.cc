#include "catalogue/shop_word.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "catalogue/news.h"
#include "geo/opening_hours.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kHoursTextMax = 2'000;  // what OpeningHours::parse reads

constexpr std::string_view kSelectWord = R"sql(
    SELECT name, opening_hours, phone, website, email, about, closed_from, closed_until,
        closed_reason, before, updated_at
    FROM shop_word
    WHERE territory_id = :territory_id AND shop_id = :shop_id
)sql";

constexpr std::string_view kSaveWord = R"sql(
    INSERT INTO shop_word (territory_id, shop_id, name, opening_hours, closed_from, closed_until,
        closed_reason, phone, website, email, about, before, updated_at)
    VALUES (:territory_id, :shop_id, :name, :opening_hours, :closed_from, :closed_until,
        :closed_reason, :phone, :website, :email, :about, :before, :updated_at)
    ON CONFLICT (territory_id, shop_id) DO UPDATE SET name = excluded.name,
        opening_hours = excluded.opening_hours, closed_from = excluded.closed_from,
        closed_until = excluded.closed_until, closed_reason = excluded.closed_reason,
        phone = excluded.phone, website = excluded.website, email = excluded.email,
        about = excluded.about, before = excluded.before, updated_at = excluded.updated_at
)sql";

struct StoredWord {
    ShopWord word;
    std::string before;
    Instant updated_at;
};

std::int64_t from_of(const std::optional<Closure>& closure) {
    return closure ? to_unix(closure->from) : 0;
}
std::int64_t until_of(const std::optional<Closure>& closure) {
    return closure && closure->until ? to_unix(*closure->until) : 0;
}

std::string word_to_json(const ShopWord& word) {
    const Json json = {{"name", word.name},
                       {"opening_hours", word.opening_hours},
                       {"phone", word.phone},
                       {"website", word.website},
                       {"email", word.email},
                       {"about", word.about},
                       {"closed_from", from_of(word.closure)},
                       {"closed_until", until_of(word.closure)},
                       {"closed_reason", word.closure ? word.closure->reason : std::string()}};
    return json.dump();
}

ShopWord word_from_json(std::string_view text) {
    const Json json = parse_json(text);
    const auto of = [&](const char* key) { return json.at(key).get<std::string>(); };
    return {.name = of("name"),
            .opening_hours = of("opening_hours"),
            .phone = of("phone"),
            .website = of("website"),
            .email = of("email"),
            .about = of("about"),
            .closure = closure_of({.from = json.at("closed_from").get<std::int64_t>(),
                                   .until = json.at("closed_until").get<std::int64_t>(),
                                   .reason = of("closed_reason")})};
}

std::optional<StoredWord> find_stored(store::Tx& tx, TerritoryId territory, ShopId shop) {
    using Text = std::string;
    std::optional<StoredWord> found;
    tx.each<Text, Text, Text, Text, Text, Text, std::int64_t, std::int64_t, Text, Text, Instant>(
        kSelectWord, {{"territory_id", territory}, {"shop_id", shop}},
        [&](Text name, Text hours, Text phone, Text website, Text email, Text about,
            std::int64_t closed_from, std::int64_t closed_until, Text reason, Text before,
            Instant updated_at) {
            found = StoredWord{.word = {.name = std::move(name),
                                        .opening_hours = std::move(hours),
                                        .phone = std::move(phone),
                                        .website = std::move(website),
                                        .email = std::move(email),
                                        .about = std::move(about),
                                        .closure = closure_of({.from = closed_from,
                                                               .until = closed_until,
                                                               .reason = std::move(reason)})},
                               .before = std::move(before),
                               .updated_at = updated_at};
        });
    return found;
}

void write_word(store::Tx& tx, TerritoryId territory, ShopId shop, const StoredWord& stored) {
    const ShopWord& word = stored.word;
    tx.run(kSaveWord, {{"territory_id", territory},
                       {"shop_id", shop},
                       {"name", word.name},
                       {"opening_hours", word.opening_hours},
                       {"closed_from", from_of(word.closure)},
                       {"closed_until", until_of(word.closure)},
                       {"closed_reason", word.closure ? word.closure->reason : std::string()},
                       {"phone", word.phone},
                       {"website", word.website},
                       {"email", word.email},
                       {"about", word.about},
                       {"before", stored.before},
                       {"updated_at", stored.updated_at}});
    append_shop_news(tx, territory, stored.updated_at);
}

bool can_undo_stored(const std::optional<StoredWord>& stored, Instant now) {
    return stored && !stored->before.empty() && now - stored->updated_at <= kWordUndoFor;
}

struct Measured {
    std::string_view text;
    std::size_t length_max = 0;
    bool has_lines = false;
};

std::optional<WordFault> find_text_fault(const Measured& measured) {
    const auto is_control = [&](char c) {
        const bool is_line = measured.has_lines && (c == '\n' || c == '\r');
        return !is_line && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F);
    };
    if (!is_valid_utf8(measured.text) || std::ranges::any_of(measured.text, is_control))
        return WordFault::text_not_valid;
    if (utf8_length(measured.text) > measured.length_max) return WordFault::too_long;
    return std::nullopt;
}

std::optional<WordFault> find_closure_fault(const Closure& closure) {
    if (const auto fault =
            find_text_fault({.text = closure.reason, .length_max = kClosureReasonMax}))
        return fault;
    if (!closure.until) return std::nullopt;
    if (*closure.until <= closure.from) return WordFault::ends_before_it_begins;
    if (*closure.until - closure.from > kClosureMax) return WordFault::closed_too_long;
    return std::nullopt;
}

bool is_web_address(std::string_view text) {
    return starts_with_ignoring_case(text, "http://") ||
           starts_with_ignoring_case(text, "https://");
}

}  // namespace

std::optional<WordFault> find_fault(const ShopWord& word) {
    const Measured texts[] = {{.text = word.name, .length_max = kShopNameMax},
                              {.text = word.opening_hours, .length_max = kHoursTextMax},
                              {.text = word.phone, .length_max = kShopContactMax},
                              {.text = word.website, .length_max = kShopWebsiteMax},
                              {.text = word.email, .length_max = kShopContactMax},
                              {.text = word.about, .length_max = kShopAboutMax, .has_lines = true}};
    for (const Measured& text : texts)
        if (const auto fault = find_text_fault(text)) return fault;
    if (!word.opening_hours.empty() && !geo::OpeningHours::parse(word.opening_hours).readable())
        return WordFault::hours_not_readable;
    if (!word.website.empty() && !is_web_address(word.website)) return WordFault::website_not_valid;
    return word.closure ? find_closure_fault(*word.closure) : std::nullopt;
}

ShopWord with_changes(ShopWord word, const Shop& mapped, const FactsForm& form) {
    const auto change = [](std::string& said, const std::string& map, const std::string& shown,
                           const std::string& typed) {
        if (typed != shown) said = typed == map ? std::string() : typed;
    };
    const auto& [shown, typed] = form;
    change(word.name, mapped.name, shown.name, typed.name);
    change(word.phone, mapped.phone, shown.phone, typed.phone);
    change(word.website, mapped.website, shown.website, typed.website);
    change(word.email, mapped.email, shown.email, typed.email);
    return word;
}

ShopWord load_shop_word(store::Tx& tx, TerritoryId territory, ShopId shop) {
    auto stored = find_stored(tx, territory, shop);
    return stored ? std::move(stored->word) : ShopWord();
}

Result<Done, WordFault> save_shop_word(store::Tx& tx, TerritoryId territory, ShopId shop,
                                       const ShopWord& word, Instant now) {
    if (const auto fault = find_fault(word)) return *fault;
    const ShopWord before = load_shop_word(tx, territory, shop);
    if (before == word) return Done{};
    write_word(tx, territory, shop,
               {.word = word, .before = word_to_json(before), .updated_at = now});
    return Done{};
}

bool can_undo_word(store::Tx& tx, TerritoryId territory, ShopId shop, Instant now) {
    return can_undo_stored(find_stored(tx, territory, shop), now);
}

bool undo_shop_word(store::Tx& tx, TerritoryId territory, ShopId shop, Instant now) {
    const auto stored = find_stored(tx, territory, shop);
    if (!can_undo_stored(stored, now)) return false;
    write_word(tx, territory, shop,
               {.word = word_from_json(stored->before), .before = {}, .updated_at = now});
    return true;
}

}  // namespace emplettes::catalogue
