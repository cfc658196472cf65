#pragma once
#include "geo/opening_hours_rules.h"

namespace emplettes::geo {

// Whether years, dates, weeks, weekdays and holidays of the rule choose that day.
bool chooses(const Rule& rule, LocalDay day, const HolidayCalendar& holidays);

}  // namespace emplettes::geo
