#include "catalogue/feeds/cell_words.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace emplettes::catalogue {
namespace {

template <typename Value>
struct WordOf {
    std::string_view word;  // plain
    Value value;
};

constexpr std::array<WordOf<Condition>, 20> kConditions{
    {{"new", Condition::new_},
     {"neuf", Condition::new_},
     {"neufs", Condition::new_},
     {"neuve", Condition::new_},
     {"nouveau", Condition::new_},
     {"n", Condition::new_},
     {"newcondition", Condition::new_},
     {"used", Condition::used},
     {"usedcondition", Condition::used},
     {"secondhand", Condition::used},
     {"occasion", Condition::used},
     {"doccasion", Condition::used},
     {"usage", Condition::used},
     {"o", Condition::used},
     {"commeneuf", Condition::used},
     {"tresbonetat", Condition::used},
     {"bonetat", Condition::used},
     {"refurbished", Condition::refurbished},
     {"refurbishedcondition", Condition::refurbished},
     {"reconditionne", Condition::refurbished}}};

constexpr std::array<WordOf<Availability>, 45> kAvailabilities{
    {{"instock", Availability::in_stock},
     {"limitedavailability", Availability::in_stock},
     {"limitedstock", Availability::in_stock},
     {"instoreonly", Availability::in_stock},
     {"available", Availability::in_stock},
     {"enstock", Availability::in_stock},
     {"disponible", Availability::in_stock},
     {"dispo", Availability::in_stock},
     {"enrayon", Availability::in_stock},
     {"enmagasin", Availability::in_stock},
     {"stock", Availability::in_stock},
     {"stocklimite", Availability::in_stock},
     {"oui", Availability::in_stock},
     {"yes", Availability::in_stock},
     {"y", Availability::in_stock},
     {"o", Availability::in_stock},
     {"true", Availability::in_stock},
     {"vrai", Availability::in_stock},
     {"1", Availability::in_stock},
     {"x", Availability::in_stock},
     {"preorder", Availability::on_order},
     {"backorder", Availability::on_order},
     {"presale", Availability::on_order},
     {"precommande", Availability::on_order},
     {"apparaitre", Availability::on_order},
     {"aparaitre", Availability::on_order},
     {"surcommande", Availability::on_order},
     {"commande", Availability::on_order},
     {"ondisplaytoorder", Availability::on_order},
     {"notify", Availability::on_order},
     {"outofstock", Availability::out_of_stock},
     {"soldout", Availability::out_of_stock},
     {"unavailable", Availability::out_of_stock},
     {"horsstock", Availability::out_of_stock},
     {"rupture", Availability::out_of_stock},
     {"enrupture", Availability::out_of_stock},
     {"rupturedestock", Availability::out_of_stock},
     {"epuise", Availability::out_of_stock},
     {"indisponible", Availability::out_of_stock},
     {"non", Availability::out_of_stock},
     {"no", Availability::out_of_stock},
     {"false", Availability::out_of_stock},
     {"faux", Availability::out_of_stock},
     {"0", Availability::out_of_stock},
     {"discontinued", Availability::discontinued}}};

// rules.md B14, from alire.asso.fr and bdl.centprod.com: 1 available, 2 not yet published,
// 3 reprinting, 4 not for now, 5 no longer distributed by us, 6 stopped for good, 7 missing without
// a date, 8 to appear again, 9 abandoned.
constexpr std::array<Availability, 9> kDilicomCodes{
    Availability::on_order,     Availability::on_order,     Availability::out_of_stock,
    Availability::out_of_stock, Availability::discontinued, Availability::discontinued,
    Availability::out_of_stock, Availability::out_of_stock, Availability::discontinued};

constexpr std::array<WordOf<std::string_view>, 34> kLanguages{
    {{"fr", "fr"},       {"fre", "fr"},     {"fra", "fr"}, {"francais", "fr"},
     {"french", "fr"},   {"en", "en"},      {"eng", "en"}, {"anglais", "en"},
     {"english", "en"},  {"de", "de"},      {"ger", "de"}, {"deu", "de"},
     {"allemand", "de"}, {"german", "de"},  {"es", "es"},  {"spa", "es"},
     {"espagnol", "es"}, {"spanish", "es"}, {"it", "it"},  {"ita", "it"},
     {"italien", "it"},  {"italian", "it"}, {"nl", "nl"},  {"dut", "nl"},
     {"nld", "nl"},      {"pt", "pt"},      {"por", "pt"}, {"br", "br"},
     {"bre", "br"},      {"breton", "br"},  {"oci", "oc"}, {"cat", "ca"},
     {"baq", "eu"},      {"cos", "co"}}};

constexpr std::array<std::string_view, 8> kNoNumberWords{"-",   "--",    "0",    "na",
                                                         "n/a", "aucun", "none", "sans"};

std::string letters_and_digits(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        const bool is_upper = c >= 'A' && c <= 'Z';
        if (is_upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            plain += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return plain;
}

template <typename Value, std::size_t size>
std::optional<Value> value_of(const std::array<WordOf<Value>, size>& words, std::string_view text) {
    const std::string plain = plain_word(text);
    for (const auto& [word, value] : words)
        if (word == plain) return value;
    return std::nullopt;
}

// Without what spreadsheets put around a number to keep it: ="...", '...
std::string_view without_guards(std::string_view text) {
    text = trim(text);
    if (text.starts_with("=\"") && text.ends_with('"') && text.size() >= 3)
        text = text.substr(2, text.size() - 3);
    while (text.starts_with('\'') || text.starts_with("`")) text.remove_prefix(1);
    for (const std::string_view word : {"ISBN-13", "ISBN-10", "ISBN", "EAN13", "EAN"})
        if (starts_with_ignoring_case(text, word)) {
            text.remove_prefix(word.size());
            break;
        }
    while (text.starts_with(':') || text.starts_with(' ')) text.remove_prefix(1);
    if (text.ends_with(".0")) text.remove_suffix(2);
    return trim(text);
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// 9,78207E+12 and 9.78207036002E+12: whether its digits are all there or not, nobody knows.
bool is_scientific(std::string_view text) {
    const auto at = text.find_first_of("eE");
    if (at == std::string_view::npos || at == 0) return false;
    std::string_view power = text.substr(at + 1);
    if (power.starts_with('+')) power.remove_prefix(1);
    const bool is_number =
        text.substr(0, at).find_first_not_of("0123456789.,") == std::string_view::npos;
    return is_number && all_digits(power);
}

std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t count) {
    if (text.size() < at + count || !all_digits(text.substr(at, count))) return std::nullopt;
    return static_cast<int>(*parse_int(text.substr(at, count)));
}

std::optional<LocalDay> make_day(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok() || year < 1970 || year > 2199) return std::nullopt;
    return LocalDay{date};
}

struct DayPlaces {
    std::size_t year;
    std::size_t month;
    std::size_t day;
    std::size_t length;
};
constexpr DayPlaces kIsoDay{0, 5, 8, 10};
constexpr DayPlaces kFrenchDay{6, 3, 0, 10};
constexpr DayPlaces kShortDay{0, 4, 6, 8};

// The day at the beginning of `text`; what follows is left in `rest`.
std::optional<LocalDay> cut_day(std::string_view text, std::string_view& rest) {
    const bool is_long = text.size() >= 10;
    const bool is_iso = is_long && (text[4] == '-' || text[4] == '/') && text[7] == text[4];
    const bool is_french =
        is_long && text[2] == text[5] && (text[2] == '/' || text[2] == '.' || text[2] == '-');
    const DayPlaces& at = is_iso ? kIsoDay : is_french ? kFrenchDay : kShortDay;
    const auto year = digits_at(text, at.year, 4);
    const auto month = digits_at(text, at.month, 2);
    const auto day = digits_at(text, at.day, 2);
    if (!year || !month || !day) return std::nullopt;
    rest = text.substr(at.length);
    return make_day(*year, *month, *day);
}

// "T14:05:00", " 14:05", "T1405".
std::optional<std::chrono::seconds> cut_time(std::string_view& text) {
    while (text.starts_with(' ') || text.starts_with('T')) text.remove_prefix(1);
    const auto hour = digits_at(text, 0, 2);
    if (!hour) return std::nullopt;
    const bool has_colon = text.size() > 2 && (text[2] == ':' || text[2] == 'h');
    const std::size_t step = has_colon ? 3 : 2;
    const auto minute = digits_at(text, step, 2);
    if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
    text.remove_prefix(step + 2);
    int second = 0;
    const auto seconds_at = digits_at(text, has_colon ? 1 : 0, 2);
    if (seconds_at && (!has_colon || text[0] == ':')) {
        second = std::min(*seconds_at, 59);
        text.remove_prefix(has_colon ? 3 : 2);
    }
    if (text.starts_with('.'))
        text.remove_prefix(std::min(text.find_first_not_of("0123456789", 1), text.size()));
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{second};
}

// "Z", "+01:00", "-0500".
std::optional<std::chrono::minutes> read_offset(std::string_view text) {
    if (text == "Z") return std::chrono::minutes{0};
    if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const auto hours = digits_at(text, 1, 2);
    const auto minutes = digits_at(text, text[3] == ':' ? 4 : 3, 2);
    if (!hours || !minutes || text.size() > 6) return std::nullopt;
    const std::chrono::minutes offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return text[0] == '-' ? -offset : offset;
}

}  // namespace

std::string plain_word(std::string_view text) {
    const bool is_ascii = std::all_of(text.begin(), text.end(),
                                      [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    return is_ascii ? letters_and_digits(text) : letters_and_digits(fold(text));
}

GtinReading read_gtin(std::string_view text) {
    text = without_guards(text);
    const std::string lower = to_lower_ascii(text);
    if (text.empty() ||
        std::find(kNoNumberWords.begin(), kNoNumberWords.end(), lower) != kNoNumberWords.end())
        return NoNumber{};
    if (is_scientific(text)) return RowFault::damaged_number;
    std::string code(text);
    // A UPC (12 digits) that a spreadsheet took for a number: its check digit counts from the
    // right, zeros before it change nothing.
    if (code.size() == 11 && all_digits(code)) code.insert(0, 1, '0');
    const auto gtin = parse_gtin(code);
    if (gtin) {
        const bool is_eight = gtin->text().size() == 8;
        const char first = gtin->text().front();
        // GS1 General Specifications §1.4.3: GTIN-8 prefixes 0 and 2 are for use within a company.
        if (gtin->digits == 0) return NoNumber{};
        if (is_eight && (first == '0' || first == '2')) return InShopCode{gtin->text()};
        return *gtin;
    }
    switch (gtin.error()) {
        case GtinError::empty: return NoNumber{};
        case GtinError::in_shop_code: return InShopCode{code};
        case GtinError::wrong_check_digit: return RowFault::wrong_check_digit;
        case GtinError::not_digits:
        case GtinError::wrong_length: return RowFault::not_a_gtin;
    }
    return NoNumber{};
}

Result<std::int64_t, RowFault> read_quantity(std::string_view text) {
    std::string digits;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_space = text.substr(at).starts_with("\u202F") ||
                              text.substr(at).starts_with("\u00A0") || text[at] == ' ';
        if (!is_space)
            digits += text[at];
        else
            at += text[at] == ' ' ? 0 : text.substr(at).starts_with("\u202F") ? 2 : 1;
    }
    const auto mark = digits.find_first_of(".,");
    if (mark != std::string::npos) {
        const std::string behind = digits.substr(mark + 1);
        const bool is_zero = behind.find_first_not_of('0') == std::string::npos;
        const bool is_group = behind.size() == 3 && all_digits(behind) && mark >= 1 &&
                              digits.front() != '0' && !is_zero;
        if (is_group)
            digits.erase(mark, 1);
        else if (is_zero)
            digits.resize(mark);
        else
            return RowFault::not_a_quantity;
    }
    const auto quantity = parse_int(digits);
    if (!quantity || *quantity > kShelfQuantityMax) return RowFault::not_a_quantity;
    if (*quantity < 0) return RowFault::below_zero;
    return *quantity;
}

std::optional<Condition> read_condition(std::string_view text) {
    return value_of(kConditions, text);
}

std::optional<Availability> read_availability(std::string_view text) {
    // "https://schema.org/InStock"
    if (const auto slash = text.rfind('/'); slash != std::string_view::npos)
        text.remove_prefix(slash + 1);
    return value_of(kAvailabilities, text);
}

std::optional<Availability> read_book_availability(std::string_view text) {
    text = trim(text);
    if (text.size() == 2 && text[0] == '0') text.remove_prefix(1);
    if (text.size() != 1 || text[0] < '1' || text[0] > '9') return read_availability(text);
    return kDilicomCodes[static_cast<std::size_t>(text[0] - '1')];
}

std::optional<Instant> read_moment(std::string_view text, const Zone& zone) {
    text = trim(text);
    if (text.size() == 10 && all_digits(text)) return instant_from_unix(*parse_int(text));
    std::string_view rest;
    const auto day = cut_day(text, rest);
    if (!day) return std::nullopt;
    const LocalTime midnight{*day};
    if (rest.empty()) return zone.to_instant(midnight);
    const auto time = cut_time(rest);
    if (!time) return std::nullopt;
    rest = trim(rest);
    if (rest.empty()) return zone.to_instant(midnight + *time);
    const auto offset = read_offset(rest);
    if (!offset) return std::nullopt;
    return Instant{midnight.time_since_epoch() + *time - *offset};
}

std::optional<LocalDay> read_day(std::string_view text) {
    std::string_view rest;
    return cut_day(trim(text), rest);
}

std::string read_language(std::string_view text) {
    const auto end = text.find_first_of("-_");
    const auto language = value_of(kLanguages, text.substr(0, end));
    return std::string(language.value_or(""));
}

}  // namespace emplettes::catalogue
