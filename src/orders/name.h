#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace emplettes::orders {

// Names that people give at a counter.
inline constexpr std::size_t kNameLengthMax = 80;  // code points

enum class NameFault {
    missing,
    too_long,
    not_valid,  // not UTF-8, or with control characters
};
std::optional<NameFault> find_fault_of_name(std::string_view name);

}  // namespace emplettes::orders
