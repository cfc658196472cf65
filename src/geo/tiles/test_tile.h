#pragma once
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo/tiles/mercator.h"

namespace emplettes::geo {

// One feature of a tile as a reader of the format sees it. For tests: read with nothing that
// writes tiles or draws them.
struct TestFeature {
    std::map<std::string, std::string> attributes;  // numbers in decimals
    int type = 0;                                   // 1 points, 2 lines, 3 areas
    std::vector<std::vector<PlanePoint>> parts;     // rings without their first point again
};
using TestTile = std::map<std::string, std::vector<TestFeature>>;  // by layer

// Of gzip bytes. Throws std::runtime_error at the first thing that the format does not allow.
TestTile read_test_tile(std::span<const std::byte> gzip_bytes);

}  // namespace emplettes::geo
