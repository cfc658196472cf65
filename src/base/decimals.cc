#include "base/decimals.h"

#include "base/text.h"

namespace emplettes {

std::string in_decimals(Money amount) {
    const bool is_debt = amount.cents < 0;
    const std::int64_t units = amount.cents / 100;
    const std::int64_t cents = amount.cents % 100;
    return (is_debt ? "-" : "") + std::to_string(is_debt ? -units : units) + "." +
           two_digits(is_debt ? -cents : cents);
}

}  // namespace emplettes
