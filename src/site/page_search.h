#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "search/query.h"
#include "site/search_request.h"
#include "site/visit.h"

namespace emplettes::site {

// A search as the page's links vary it: each link is the whole search with one thing changed.
struct Search {
    search::Query query;
    Parameters parameters;           // as the visitor gave them, without where and paging
    std::optional<Instant> open_at;  // what query.is_open means
    bool is_moment_refused = false;  // open_at cannot be used any more: left out

    Parameters with(std::string_view name, const std::string& value) const;  // "": without
    // Without one of several values, whatever its accents and capitals.
    Parameters without(std::string_view name, std::string_view value) const;
    Parameters also_with(std::string_view name, const std::string& value) const;
};

// What the visitor asks for. A moment that has passed meanwhile, as in a link that somebody kept,
// and a category that is not in the tree are left out rather than refused.
Result<Search, FieldProblem> find_search(const Visit& visit);

}  // namespace emplettes::site
