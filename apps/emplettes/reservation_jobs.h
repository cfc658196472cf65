#pragma once
#include <cstdint>

#include "site/context.h"

namespace emplettes {

// What becomes of reservations without anybody's doing, some of one territory at a time. Each
// returns how many it dealt with, 0 when nothing is left to do for now.
using ReservationJob = std::int64_t (*)(const site::Context&, catalogue::LiveCatalogue&);

std::int64_t remind_shops_of_requests(const site::Context& context, catalogue::LiveCatalogue& live);
std::int64_t pass_requests_on(const site::Context& context, catalogue::LiveCatalogue& live);
std::int64_t expire_reservations(const site::Context& context, catalogue::LiveCatalogue& live);

}  // namespace emplettes
