#pragma once
#include "site/visit.h"

namespace emplettes::site {

// GET /{lang}/rounds/{code}: what several shops keep for one walk, a slip for all of them.
web::Response round_page(Visit& visit);
// POST /{lang}/rounds/{code}/cancel: everything that is still kept.
web::Response cancel_round(Visit& visit);
// GET /{lang}/rounds/{code}/{slip}/calendar.ics: the stop where this slip is collected, at the time
// that the walk comes by.
web::Response round_stop_calendar(Visit& visit);

}  // namespace emplettes::site
