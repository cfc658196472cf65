#pragma once
#include <optional>
#include <type_traits>

#include "site/visit.h"
#include "store/fault.h"

namespace emplettes::site {

// Whether the database confirms nothing for now: what is in memory can be read, nothing be changed.
inline bool is_read_only(const Context& context) { return !context.database.state().writes; }

// Reads what a page that lives from memory adds to it; none while the database does not answer, and
// the page goes without.
template <typename F>
auto read_if_there(const Visit& visit, F&& f)
    -> std::optional<std::invoke_result_t<F, store::Tx&>> {
    try {
        return visit.context.database.read(f);
    } catch (const store::Unavailable&) {
        return std::nullopt;
    }
}

}  // namespace emplettes::site
