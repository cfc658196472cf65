#pragma once
#include <string>

#include "base/clock.h"

namespace emplettes::site {

// One appointment of an iCalendar file (RFC 5545).
struct CalendarEntry {
    std::string uid;  // the same for every version of this appointment
    Instant made_at;
    Instant begins_at;
    Instant ends_at;
    std::string summary;
    std::string location;
    std::string description;
    std::string url;
};

// The whole file: CRLF lines folded at 75 octets, text escaped.
std::string to_ics(const CalendarEntry& entry);

}  // namespace emplettes::site
