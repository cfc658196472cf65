#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.h"

namespace emplettes::geo {

// Days on which a place of the Earth does not work as usual. Sorted. Computed by law, passed in.
struct HolidayCalendar {
    std::vector<LocalDay> public_holidays;
    struct Range {
        LocalDay first;
        LocalDay last;  // inclusive
    };
    std::vector<Range> school_holidays;
};

enum class OpenState { open, closed, unknown };

// From `begin` until `end` (exclusive), local wall-clock time.
struct OpenInterval {
    LocalTime begin;
    LocalTime end;
    OpenState state = OpenState::open;  // open or unknown, never closed
    std::string comment;                // "by appointment"; empty when none

    bool operator==(const OpenInterval&) const = default;
};

struct ParsedRules;

// Opening hours in OpenStreetMap's language (opening_hours specification 0.7.4,
// https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification). Immutable, cheap to copy,
// shared by threads.
class OpeningHours {
  public:
    // What cannot be read is not guessed: `readable()` is false, `text()` is kept for people.
    static OpeningHours parse(std::string_view text);

    bool readable() const;
    const std::string& text() const;
    const std::string& error() const;  // where and why reading stopped; empty when readable

    // Everything not closed from `from` to `until`, in order, merged, cut to that span.
    // Empty when unreadable: ask readable() first.
    std::vector<OpenInterval> intervals(LocalTime from, LocalTime until,
                                        const HolidayCalendar& holidays) const;

  private:
    std::string text_;
    std::string error_;
    std::shared_ptr<const ParsedRules> rules_;
};

}  // namespace emplettes::geo
