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
//
// Read as the specification says, and beyond it where only one reading is possible ("mo-fr
// 9h-18h"). Choices where it leaves room or cannot be followed here:
// - Hours past midnight belong to the day they begin on, and are off when it is. A rule for the
// next
//   day does not cut them, unless it closes stated hours: "Fr 22:00-04:00; Sa off" is open until
//   Saturday, 04:00.
// - "18:00+" is unknown from 18:00 until a guessed end: midnight, ten hours later from 17:00 on,
//   eight hours later from 22:00 on. "12:00-18:00+" is open until 18:00, then unknown.
// - Sunrise, sunset, dawn and dusk are taken as at an equinox and the span is unknown, not open.
// - Points in time ("Mo 10:00", "09:00-17:00/01:30") are not opening hours: not readable.
class OpeningHours {
  public:
    // What cannot be read is not guessed: `readable()` is false, `text()` is kept for people.
    static OpeningHours parse(std::string_view text);

    bool readable() const;
    const std::string& text() const;
    const std::string& error() const;  // where and why reading stopped; empty when readable

    // Everything not closed from `from` to `until`, in order, merged, cut to that span, and to the
    // years 1900 to 2199. Empty when unreadable: ask readable() first.
    std::vector<OpenInterval> intervals(LocalTime from, LocalTime until,
                                        const HolidayCalendar& holidays) const;

  private:
    std::string text_;
    std::string error_;
    std::shared_ptr<const ParsedRules> rules_;
};

}  // namespace emplettes::geo
