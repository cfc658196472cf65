#pragma once
#include "catalogue/territory.h"
#include "site/context.h"

namespace emplettes {

// What the people of a territory's shops are told without having asked: of stock that is to be
// checked, once a week; of a feed that waits for their word, once a day at most.
void remind_shops_of_stock(const site::Context& context, const catalogue::Territory& territory);
void tell_shops_of_held_feeds(const site::Context& context, TerritoryId territory);

}  // namespace emplettes
