#pragma once
#include "site/counter.h"
#include "site/visit.h"

namespace emplettes::site {

// For the device at a counter (counter.h), which may have been away from the network for hours.
// What changes something wants the token of touches_api in the header X-CSRF-Token.

inline constexpr std::size_t kTouchesAtOnceMax = 100;

// GET: who is at the counter, the token, and the last touches.
web::Response touches_api(Visit& visit);
// POST: a batch of touches in the order in which they were made; each is answered by itself, the
// same one twice as once.
web::Response add_touches_api(Visit& visit);
// DELETE: takes one back.
web::Response undo_touch_api(Visit& visit);
// GET: what is known of a code.
web::Response scanned_api(Visit& visit);

}  // namespace emplettes::site
