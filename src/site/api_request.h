#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "site/visit.h"

namespace emplettes::site {

// What every address for programs refuses: parameters that it does not know (a typing mistake), a
// language that the territory does not have, a place that cannot be found.
std::optional<web::Response> refusal(const Visit& visit, std::span<const std::string_view> known);

// The header Idempotency-Key, which every write that keeps something must have.
Result<std::string_view, web::Response> read_idempotency_key(const Visit& visit);
// An id as a number, or as digits in a text, for languages that lose large numbers.
std::optional<std::int64_t> whole_number(const Json& value);
// Never kept by a cache.
web::Response json_answer(int status, std::string json);

}  // namespace emplettes::site
