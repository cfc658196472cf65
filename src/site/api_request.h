#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "site/visit.h"

namespace emplettes::site {

// What every address for programs refuses: parameters that it does not know (a typing mistake), a
// language that the territory does not have, a place that cannot be found.
std::optional<web::Response> refusal(const Visit& visit, std::span<const std::string_view> known);

}  // namespace emplettes::site
