#pragma once
#include <vector>

#include "geo/addresses/address_row.h"

namespace emplettes::geo {

// Gives rows without a postcode or town those of the nearest row of the same street that has both,
// if one is within 1 km: OpenStreetMap often says them for some houses of a street only. Then they
// are houses of one street, not of two with one name. Where every row that says a town says the
// same one, the others are in it as well.
void complete_addresses(std::vector<AddressRow>& rows);

}  // namespace emplettes::geo
