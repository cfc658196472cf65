#include "orders/name.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes::orders {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

std::optional<NameFault> find_fault_of_name(std::string_view name) {
    if (trim(name).empty()) return NameFault::missing;
    if (!is_valid_utf8(name) || std::any_of(name.begin(), name.end(), is_control))
        return NameFault::not_valid;
    if (utf8_length(name) > kNameLengthMax) return NameFault::too_long;
    return std::nullopt;
}

}  // namespace emplettes::orders
