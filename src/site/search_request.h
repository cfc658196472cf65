#pragma once
#include <string>

#include "base/result.h"
#include "catalogue/territory.h"
#include "search/index.h"
#include "web/http.h"

namespace emplettes::site {

// A parameter that cannot be used, for people and programs.
struct FieldProblem {
    std::string field;
    std::string detail;  // what it must be, with its limit
};

inline constexpr std::size_t kQueryLengthMax = 120;
inline constexpr std::size_t kLimitMax = 50;
inline constexpr std::size_t kOffsetMax = 1000;
inline constexpr std::size_t kOffersPerHitMax = 20;

// Reads q, radius_m, open_now, in_stock, maker, category, price (a facet's value), sort, limit,
// offset and offers into what the engine asks for; `from` and `shop` are the caller's. The same
// parameters serve the page and the API.
Result<search::Query, FieldProblem> read_search(const web::Fields& fields,
                                                const catalogue::Territory& territory);

}  // namespace emplettes::site
