#include "law/book_price.h"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>
#include <utility>

#include "base/text.h"
#include "law/records.h"

namespace emplettes::law {
namespace {

constexpr std::string_view kBookTable = "book-price.csv";
constexpr std::string_view kUnknown = "unknown";
constexpr LocalDay kWithoutEnd{std::chrono::year{9999} / 12 / 31};
constexpr std::int64_t kValueMax = 100'000;
constexpr std::int64_t kWhole = 10'000;  // hundredths of a percent

// Hundredths of its unit.
std::optional<std::int64_t> parse_hundredths(std::string_view text) {
    if (text.find_first_not_of(".0123456789") != std::string_view::npos) return std::nullopt;
    const auto point = text.find('.');
    const auto whole = parse_int(text.substr(0, point));
    if (!whole || *whole > kValueMax) return std::nullopt;
    if (point == std::string_view::npos) return *whole * 100;
    const std::string_view decimals = text.substr(point + 1);
    const auto part = parse_int(decimals);
    if (!part || decimals.size() > 2) return std::nullopt;
    return *whole * 100 + (decimals.size() == 1 ? *part * 10 : *part);
}

// The same day of the month so many months later; its last day where it is shorter.
LocalDay months_after(LocalDay day, std::int64_t months) {
    const auto date = std::chrono::year_month_day{day} + std::chrono::months{months};
    if (date.ok()) return LocalDay{date};
    return LocalDay{date.year() / date.month() / std::chrono::last};
}

bool have_passed(std::int64_t months, std::optional<LocalDay> since, LocalDay day) {
    return since && months_after(*since, months) < day;
}

}  // namespace

struct BookPriceLaw::RuleWords {
    std::string_view name;
    std::string_view unit;
};

const BookPriceLaw::RuleWords& BookPriceLaw::words(Rule rule) {
    static constexpr std::array<RuleWords, kRules> kWords{{
        {"discount_in_shop_max", "percent"},
        {"discount_shipped_max", "percent"},
        {"delivery_fee_threshold", "EUR"},
        {"delivery_fee_below_min", "EUR"},
        {"delivery_fee_from_min", "EUR"},
        {"old_stock_published_min", "months"},
        {"old_stock_supplied_min", "months"},
        {"vat", "percent"},
    }};
    return kWords.at(static_cast<std::size_t>(rule));
}

std::optional<BookPriceLaw> BookPriceLaw::built_in(std::string_view territory) {
    return from_records(built_in_records(kBookTable), territory);
}

BookPriceLaw::LegalValue BookPriceLaw::read(Record& record) {
    record.read_text();  // the id, for people
    LegalValue value{.from = record.read_day()};
    value.until = record.read_day_or(kWithoutEnd);
    if (value.until < value.from) record.refuse("must not be before valid_from");
    const std::string number = record.read_text();
    value.hundredths = parse_hundredths(number);
    if (!value.hundredths && number != kUnknown)
        record.refuse("must be a number such as 3.00, or unknown");
    const std::string unit = record.read_text();
    value.territory = record.read_text();
    const std::string name = record.read_text();
    if (unit == "percent" && value.hundredths && *value.hundredths > kWhole)
        record.refuse("cannot be more than 100 percent");
    int place = 0;
    while (place < kRules && words(static_cast<Rule>(place)).name != name) ++place;
    if (place == kRules) record.refuse("is no rule that is known");
    value.rule = static_cast<Rule>(place);
    const std::string_view told_in = words(value.rule).unit;
    if (told_in != unit) record.refuse("is told in " + std::string(told_in));
    value.source = record.read_text();
    return value;
}

std::optional<BookPriceLaw> BookPriceLaw::from_records(std::string_view csv,
                                                       std::string_view territory) {
    const std::vector<std::string> columns = {"id",   "valid_from", "valid_to", "value",
                                              "unit", "territory",  "rule",     "source"};
    BookPriceLaw law;
    for (Record& record : read_records(kBookTable, csv, columns)) {
        LegalValue value = read(record);
        if (holds_for(value.territory, territory)) law.values_.push_back(std::move(value));
    }
    if (law.values_.empty()) return std::nullopt;
    std::ranges::stable_sort(law.values_, [](const LegalValue& a, const LegalValue& b) {
        return a.territory.size() > b.territory.size();
    });
    return law;
}

const BookPriceLaw::LegalValue* BookPriceLaw::find(Rule rule, LocalDay day) const {
    const auto found = std::ranges::find_if(values_, [&](const LegalValue& value) {
        return value.rule == rule && value.from <= day && day <= value.until;
    });
    return found == values_.end() ? nullptr : &*found;
}

std::optional<std::int64_t> BookPriceLaw::hundredths(Rule rule, LocalDay day) const {
    const LegalValue* value = find(rule, day);
    return value ? value->hundredths : std::nullopt;
}

std::optional<BookPriceBand> BookPriceLaw::band(Money publisher_price, LocalDay day,
                                                BookSale sale) const {
    const auto discount = hundredths(
        sale == BookSale::in_shop ? Rule::discount_in_shop_max : Rule::discount_shipped_max, day);
    if (!discount) return std::nullopt;
    const std::int64_t least = publisher_price.cents * (kWhole - *discount);
    return BookPriceBand{.floor = Money{(least + kWhole - 1) / kWhole}, .ceiling = publisher_price};
}

std::string_view BookPriceLaw::article(LocalDay day) const {
    const LegalValue* value = find(Rule::discount_in_shop_max, day);
    return value ? std::string_view(value->source) : std::string_view();
}

std::optional<Money> BookPriceLaw::gift_max(Money publisher_price, Money price,
                                            LocalDay day) const {
    const auto allowed = band(publisher_price, day);
    if (!allowed) return std::nullopt;
    return std::max(Money{0}, price - allowed->floor);
}

Money BookPriceLaw::fee_min(Money new_books, LocalDay day) const {
    const Money threshold{hundredths(Rule::delivery_fee_threshold, day).value_or(0)};
    const Rule rule =
        new_books < threshold ? Rule::delivery_fee_below_min : Rule::delivery_fee_from_min;
    return Money{hundredths(rule, day).value_or(0)};
}

std::vector<ParcelFee> BookPriceLaw::delivery_fees_min(const std::vector<DeliveredLine>& lines,
                                                       ParcelEnd end, LocalDay day) const {
    if (end == ParcelEnd::counter_of_bookshop) return {};
    std::map<std::pair<std::int64_t, int>, Money> new_books;
    for (const DeliveredLine& line : lines) {
        if (!line.is_new_book) continue;
        Money& value = new_books[{line.seller, line.parcel}];
        value = value + line.value;
    }
    std::vector<ParcelFee> fees;
    for (const auto& [parcel, value] : new_books) {
        const Money fee = fee_min(value, day);
        if (fee > Money{0})
            fees.push_back({.seller = parcel.first, .parcel = parcel.second, .fee_min = fee});
    }
    return fees;
}

bool BookPriceLaw::may_clear(const OldStock& stock, LocalDay day) const {
    const auto published = hundredths(Rule::old_stock_published_min, day);
    const auto supplied = hundredths(Rule::old_stock_supplied_min, day);
    return published && supplied && !stock.is_sellers_own_edition &&
           have_passed(*published / 100, stock.published, day) &&
           have_passed(*supplied / 100, stock.last_supplied, day);
}

std::optional<int> BookPriceLaw::vat_rate(LocalDay day) const {
    const auto rate = hundredths(Rule::vat, day);
    if (!rate) return std::nullopt;
    return static_cast<int>(*rate);
}

std::optional<TaxedPrice> BookPriceLaw::without_vat(Money price, LocalDay day) const {
    const auto rate = vat_rate(day);
    if (!rate) return std::nullopt;
    const std::int64_t divisor = kWhole + *rate;
    const Money without{(2 * price.cents * kWhole + divisor) / (2 * divisor)};
    return TaxedPrice{.without_tax = without, .tax = price - without};
}

}  // namespace emplettes::law
