#include "catalogue/shelf/lawful_price.h"

#include "catalogue/book_price.h"
#include "catalogue/told_prices.h"

namespace emplettes::catalogue {
namespace {

std::optional<RowFault> row_fault(std::optional<BookPriceFault> fault) {
    if (!fault) return std::nullopt;
    switch (*fault) {
        case BookPriceFault::too_low: return RowFault::price_too_low;
        case BookPriceFault::too_high: return RowFault::price_too_high;
    }
    return std::nullopt;
}

// Finds for some of the rows, all at once, what binds them.
class BindingPrices {
  public:
    explicit BindingPrices(ShopId told_to) : told_to_(told_to) {}

    void ask_for(std::size_t row, ProductId product) {
        if (product.value == 0) return;
        rows_.push_back(row);
        products_.push_back(product);
    }
    void find(store::Tx& tx, const ShelfTarget& target, LocalDay day,
              std::vector<std::optional<Money>>& prices) const {
        const auto found = find_publisher_prices(tx, {target.territory, told_to_}, products_, day);
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (found[i]) prices[rows_[i]] = found[i];
    }

  private:
    ShopId told_to_;
    std::vector<std::size_t> rows_;
    std::vector<ProductId> products_;
};

}  // namespace

bool is_bound_by_law(const ShelfTarget& target, const ShelfRow& row) {
    const bool is_law = target.law != nullptr && target.law->book_price_law;
    return is_law && row.condition == Condition::new_ && row.price && row.gtin &&
           row.gtin->is_book();
}

PriceFaults refuse_prices(store::Tx& tx, const ShelfTarget& target,
                          std::span<const PricedRow> rows) {
    PriceFaults faults(rows.size());
    if (target.law == nullptr || !target.law->book_price_law) return faults;
    const LocalDay day = day_of(*target.law, target.now);
    std::vector<std::optional<Money>> binding(rows.size());
    BindingPrices of_trade({});
    BindingPrices of_both(target.shop);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ShelfRow& row = rows[i].row;
        if (!is_bound_by_law(target, row)) continue;
        const auto own = publisher_price_periods(row.publisher_prices);
        binding[i] = price_on(own, day);
        (own.empty() ? of_both : of_trade).ask_for(i, rows[i].product);
    }
    of_trade.find(tx, target, day, binding);
    of_both.find(tx, target, day, binding);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!binding[i]) continue;
        const auto lawful = book_price(*target.law, *binding[i], day);
        if (lawful) faults[i] = row_fault(fault_of(*lawful, *rows[i].row.price));
    }
    return faults;
}

}  // namespace emplettes::catalogue
