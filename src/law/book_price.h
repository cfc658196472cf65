#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/zone.h"

namespace emplettes::law {

class Record;

// What a new book may be sold for, both included.
struct BookPriceBand {
    Money floor;
    Money ceiling;

    bool holds(Money price) const { return floor <= price && price <= ceiling; }
    bool operator==(const BookPriceBand&) const = default;
};

// Over the counter or collected in a shop, where a small discount is allowed; or sent, where
// none is.
enum class BookSale : std::uint8_t { in_shop, shipped };

// Where goods end that leave their shop. Only the counter of a shop that really sells books counts
// as collecting there (médiateur du livre, 12 February and 27 May 2025): a locker never does.
enum class ParcelEnd : std::uint8_t { door, locker, counter, counter_of_bookshop };

// One line of what is delivered. Each seller is a retailer of its own, each parcel counts alone.
struct DeliveredLine {
    std::int64_t seller = 0;
    int parcel = 0;
    bool is_new_book = false;
    Money value;  // tax included, price times quantity
};
// What delivering one parcel of one seller costs the neighbour at least, vouchers deducted.
struct ParcelFee {
    std::int64_t seller = 0;
    int parcel = 0;
    Money fee_min;

    bool operator==(const ParcelFee&) const = default;
};

// What is known of a title that a shop would like to clear.
struct OldStock {
    std::optional<LocalDay> published;
    std::optional<LocalDay> last_supplied;
    bool is_sellers_own_edition = false;  // publishers do not clear their own titles
};

struct TaxedPrice {
    Money without_tax;
    Money tax;

    bool operator==(const TaxedPrice&) const = default;
};

// The law of the price of books where one holds, computed from dated records. It is about new
// books; used ones are free. Immutable, shared by threads. Amounts are in the currency of the law.
class BookPriceLaw {
  public:
    // From rules/book-price.csv, built into the program, for a territory written as ISO 3166 does;
    // what holds for "FR" holds for "FR-57" too, unless that has a record of its own. None where no
    // record holds.
    static std::optional<BookPriceLaw> built_in(std::string_view territory);
    // `csv`: id,valid_from,valid_to,value,unit,territory,rule,source
    //   value is a number with a point in the rule's unit (percent, EUR, months) or "unknown"; the
    //   days are YYYY-MM-DD, both included, valid_to empty when without end. Throws
    //   std::runtime_error that names line and column of what is wrong.
    static std::optional<BookPriceLaw> from_records(std::string_view csv,
                                                    std::string_view territory);

    // None on days before the law. The floor is rounded up to the cent.
    std::optional<BookPriceBand> band(Money publisher_price, LocalDay day,
                                      BookSale sale = BookSale::in_shop) const;
    // The text to cite: "loi 81-766 du 10 août 1981, article 1".
    std::string_view article(LocalDay day) const;
    // What may be given with a book that is sold at `price`: points, gifts, free copies are
    // discount too (cour d'appel de Paris, 10 May 2000). None on days before the law.
    std::optional<Money> gift_max(Money publisher_price, Money price, LocalDay day) const;

    // A fee for each parcel that holds new books and has a least fee, by seller and parcel. Only
    // new books count to the threshold.
    std::vector<ParcelFee> delivery_fees_min(const std::vector<DeliveredLine>& lines, ParcelEnd end,
                                             LocalDay day) const;

    // Whether a title may be sold for less than the floor. Never without both days.
    bool may_clear(const OldStock& stock, LocalDay day) const;

    // In hundredths of a percent: 550. None where the records do not know.
    std::optional<int> vat_rate(LocalDay day) const;
    // Rounded half up, once: the two add up to the price.
    std::optional<TaxedPrice> without_vat(Money price, LocalDay day) const;

  private:
    enum class Rule : std::uint8_t {
        discount_in_shop_max,
        discount_shipped_max,
        delivery_fee_threshold,
        delivery_fee_below_min,
        delivery_fee_from_min,
        old_stock_published_min,
        old_stock_supplied_min,
        vat,
    };
    static constexpr int kRules = 8;
    struct LegalValue {
        Rule rule = Rule::vat;
        std::string territory;
        LocalDay from;
        LocalDay until;
        std::optional<std::int64_t> hundredths;  // of the unit; none: unknown
        std::string source;
    };
    struct RuleWords;
    static const RuleWords& words(Rule rule);
    static LegalValue read(Record& record);

    const LegalValue* find(Rule rule, LocalDay day) const;
    std::optional<std::int64_t> hundredths(Rule rule, LocalDay day) const;
    Money fee_min(Money new_books, LocalDay day) const;

    std::vector<LegalValue> values_;  // those of the territory, the most specific first
};

}  // namespace emplettes::law
