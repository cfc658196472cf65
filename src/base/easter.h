#pragma once
#include "base/zone.h"

namespace emplettes {

// Easter Sunday of the Western churches, in the Gregorian calendar; `year` from 1583 on.
LocalDay easter_sunday(int year);

}  // namespace emplettes
