#pragma once
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/zone.h"
#include "catalogue/hours.h"

namespace emplettes::site {

// When a shop is open on one date, as an OpeningHoursSpecification of schema.org says it.
struct DatedHours {
    std::string date;    // "2026-11-24"
    std::string opens;   // "09:30"
    std::string closes;  // "23:59" when it stays open over midnight

    bool operator==(const DatedHours&) const = default;
};

// The certain ones of the spans, in their order, cut at every midnight: seven whole days from the
// local day of `now` on. Exact, public holidays included.
std::vector<DatedHours> dated_hours(const std::vector<catalogue::OpenSpan>& spans, const Zone& zone,
                                    Instant now);

}  // namespace emplettes::site
