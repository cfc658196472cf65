#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "catalogue/hours.h"

namespace emplettes::catalogue {

// A time in which a shop is closed whatever its hours say: holidays, an illness, works.
struct Closure {
    Instant from;
    std::optional<Instant> until;  // when it opens again; none: when the keeper says so
    std::string reason;            // for people; may be empty

    bool covers(Instant moment) const {
        return moment >= from && (!until.has_value() || moment < *until);
    }
    bool operator==(const Closure&) const = default;
};

// A closure as it is stored: unix seconds; from 0: none, until 0: without end.
struct ClosureColumns {
    std::int64_t from = 0;
    std::int64_t until = 0;
    std::string reason;
};
std::optional<Closure> closure_of(const ClosureColumns& columns);

// What is left of the spans, in order.
std::vector<OpenSpan> without(const std::vector<OpenSpan>& spans, const Closure& closure);

}  // namespace emplettes::catalogue
