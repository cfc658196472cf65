#pragma once
#include <vector>

#include "geo/addresses/address_row.h"

namespace emplettes::geo {

// Gives rows without a postcode or town that of the nearest row of the same street that has one, if
// it is within 1 km and contradicts nothing: OpenStreetMap often says them for some houses of a
// street only. Then they are houses of one street, not of two with one name. Where every row that
// says a town says the same one, the others are in it as well. Postcodes of Paris, Lyon and
// Marseille name their city.
void complete_addresses(std::vector<AddressRow>& rows);

}  // namespace emplettes::geo
