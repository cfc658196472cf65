#pragma once
#include <optional>

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

}  // namespace emplettes::catalogue
