#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "geo/opening_hours_rules.h"

namespace emplettes::geo {

inline constexpr std::size_t kOpeningHoursBytesMax = 2'000;  // OpenStreetMap keeps 255 characters
inline constexpr std::size_t kRulesMax = 100;

// The rules of a text, or where and why reading stopped. Work is bounded by kOpeningHoursBytesMax.
Result<ParsedRules, std::string> parse_rules(std::string_view text);

}  // namespace emplettes::geo
