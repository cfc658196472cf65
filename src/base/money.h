#pragma once
#include <compare>
#include <cstdint>
#include <vector>

namespace emplettes {

// An amount in cents of the territory's currency. No floating point comes near it.
struct Money {
    std::int64_t cents = 0;

    auto operator<=>(const Money&) const = default;
    Money operator+(Money other) const { return {cents + other.cents}; }
    Money operator-(Money other) const { return {cents - other.cents}; }
    Money operator*(std::int64_t times) const { return {cents * times}; }
};

// Cuts `amount` (>= 0) into `parts` (>= 1) shares that differ by one cent at most and always add
// up to it; the larger shares come first.
std::vector<Money> split(Money amount, std::size_t parts);

}  // namespace emplettes
