#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "base/money.h"
#include "base/zone.h"

namespace emplettes::catalogue {

// A book's price as its publisher sets it, tax included, on the days from `from` until `until`,
// both included; without either it is open.
struct PublisherPrice {
    Money price;
    std::optional<LocalDay> from;
    std::optional<LocalDay> until;

    bool operator==(const PublisherPrice&) const = default;
};

inline constexpr std::size_t kPublisherPricesMax = 50;  // periods of one book

// One period after the other, none twice, in order: on a day the price that began last counts, of
// those the one that ends first, of those the later in the list. What ends before it begins is
// left out, and so is what comes after the first kPublisherPricesMax of the list.
std::vector<PublisherPrice> publisher_price_periods(std::vector<PublisherPrice> told);

// The one that counts on a day; none: nothing is told of it.
std::optional<Money> price_on(const std::vector<PublisherPrice>& told, LocalDay day);

}  // namespace emplettes::catalogue
