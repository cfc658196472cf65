#pragma once
#include <string>
#include <vector>

#include "geo/opening_hours_rules.h"

namespace emplettes::geo {

// Part of a day: minutes after its midnight, up to 48 hours.
struct Stretch {
    int begin = 0;
    int end = 0;
    OpenState state = OpenState::open;
    bool has_hours = true;                 // the rule states hours, it is not about the whole day
    const std::string* comment = nullptr;  // of the rule, never null in a Timeline
};

// What rules say of one day and the night after it: stretches in order that do not overlap; where
// there is none nobody said anything. Comments belong to the rules.
class Timeline {
  public:
    // Takes the place of what is there.
    void paint(const Stretch& stretch);
    // Only where nothing or `closed` is there.
    void fill(const Stretch& stretch);

    const std::vector<Stretch>& stretches() const { return stretches_; }

  private:
    std::vector<Stretch> stretches_;
};

// What the rules say of what begins on that day.
Timeline timeline_of(const ParsedRules& rules, LocalDay day, const HolidayCalendar& holidays);

// Cuts out of the night after a day what the next day closes at stated hours ("Sa 01:00-02:00
// off"). "Sa off" says nothing about the night that began on Friday.
void close_night(Timeline& day, const Timeline& next_day);

// What is open or unknown between midnight and midnight: the day's own and the night before. Open
// goes before unknown, the day's own before the night's.
Timeline join_night(const Timeline& previous_day, const Timeline& day);

}  // namespace emplettes::geo
