#include "base/money.h"

#include "base/check.h"

namespace emplettes {

std::vector<Money> split(Money amount, std::size_t parts) {
    check(parts > 0 && amount.cents >= 0);
    const auto count = static_cast<std::int64_t>(parts);
    std::vector<Money> shares(parts, Money{amount.cents / count});
    for (std::int64_t i = 0; i < amount.cents % count; ++i)
        shares[static_cast<std::size_t>(i)].cents += 1;
    return shares;
}

}  // namespace emplettes
