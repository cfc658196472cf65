#pragma once
#include <string_view>

#include "planner/readers/read_error.h"

namespace emplettes::planner {

// Li and Lim's pickups and deliveries: `vehicles capacity speed`, then
// `id x y demand ready due service pickup delivery`.
Read<Problem> read_li_lim(std::string_view text);
// Solomon's, and Gehring and Homberger's: a name, VEHICLE, CUSTOMER, then
// `id x y demand ready due service`.
Read<Problem> read_solomon(std::string_view text);
// Sartori and Buriol's: `KEY: value`, NODES, EDGES with travel times, EOF.
Read<Problem> read_sartori_buriol(std::string_view text);

}  // namespace emplettes::planner
