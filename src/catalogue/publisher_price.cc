#include "catalogue/publisher_price.h"

#include <algorithm>
#include <set>

namespace emplettes::catalogue {
namespace {

constexpr LocalDay kAlways{};  // what is open begins here
constexpr LocalDay kForEver = LocalDay::max();

LocalDay begin_of(const PublisherPrice& price) {
    return std::max(kAlways, price.from.value_or(kAlways));
}

LocalDay last_of(const PublisherPrice& price) { return price.until.value_or(kForEver); }

bool is_over_before_it_begins(const PublisherPrice& price) {
    return last_of(price) < begin_of(price) || last_of(price) == kAlways;
}

const PublisherPrice* find_on(const std::vector<PublisherPrice>& told, LocalDay day) {
    const PublisherPrice* best = nullptr;
    for (const PublisherPrice& price : told) {
        if (day < begin_of(price) || last_of(price) < day) continue;
        const bool is_better =
            !best || begin_of(price) > begin_of(*best) ||
            (begin_of(price) == begin_of(*best) && last_of(price) <= last_of(*best));
        if (is_better) best = &price;
    }
    return best;
}

}  // namespace

std::vector<PublisherPrice> publisher_price_periods(std::vector<PublisherPrice> told) {
    if (told.size() > kPublisherPricesMax) told.resize(kPublisherPricesMax);
    std::erase_if(told, is_over_before_it_begins);
    std::set<LocalDay> changes;  // days on which another price may begin to count
    for (const PublisherPrice& price : told) {
        changes.insert(begin_of(price));
        if (price.until) changes.insert(*price.until + std::chrono::days{1});
    }
    std::vector<PublisherPrice> periods;
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        const PublisherPrice* price = find_on(told, *change);
        if (!price) continue;
        const auto next = std::next(change);
        const auto until =
            next == changes.end() ? std::nullopt : std::optional(*next - std::chrono::days{1});
        const bool goes_on = !periods.empty() && periods.back().price == price->price &&
                             periods.back().until == *change - std::chrono::days{1};
        if (goes_on)
            periods.back().until = until;
        else
            periods.push_back({.price = price->price,
                               .from = *change == kAlways ? std::nullopt : std::optional(*change),
                               .until = until});
    }
    // Its last day stands for "open" where it is kept (told_prices.cc).
    std::erase_if(periods, is_over_before_it_begins);
    return periods;
}

std::optional<Money> price_on(const std::vector<PublisherPrice>& told, LocalDay day) {
    const PublisherPrice* price = find_on(told, day);
    return price == nullptr ? std::nullopt : std::optional(price->price);
}

}  // namespace emplettes::catalogue
