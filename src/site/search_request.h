#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "base/result.h"
#include "catalogue/live_catalogue.h"
#include "catalogue/territory.h"
#include "search/index.h"
#include "site/ways_here.h"
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

// How often a parameter with several values may be given.
inline constexpr std::size_t kValuesMax = 20;
// How far ahead a moment that is asked for may lie.
inline constexpr std::chrono::days kAheadMax{7};

// Reads q, radius_m, open_now, open_at, in_stock, maker, sort, makers_first, limit, offset and
// offers, and the facets' values: category, price, brand, district and condition, several of each.
// `from` and `shop` of what the engine is asked are the caller's. The same parameters serve the
// page and the API. With open_at, "open" means open then.
Result<search::Query, FieldProblem> read_search(const web::Fields& fields,
                                                const catalogue::Territory& territory,
                                                const catalogue::LiveCatalogue::View& view);

// The same of an address that somebody kept: a moment that cannot be used any more is left out.
Result<search::Query, FieldProblem> read_kept_search(const web::Fields& fields,
                                                     const catalogue::Territory& territory,
                                                     const catalogue::LiveCatalogue::View& view);

// The moment that a parameter says, in the territory's local time ("2026-12-06T10:00"); from this
// minute to kAheadMax ahead. Nothing when it is not there.
Result<std::optional<Instant>, FieldProblem> read_moment(const web::Fields& fields,
                                                         const std::string& name, const Zone& zone,
                                                         Instant now);

// How far the neighbour would go, as `within` says it: "foot-10", "bike-15". Nothing when it is not
// there.
Result<std::optional<TravelLimit>, FieldProblem> read_within(const web::Fields& fields);

// "1000-2500" in cents; an open end is "10000-".
std::optional<search::PriceRange> parse_price_range(std::string_view text);

}  // namespace emplettes::site
