#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/random.h"
#include "catalogue/kind.h"
#include "emplettes/data_folder.h"
#include "store/database.h"

namespace emplettes {

// The seed of everything that is made up, so that every demo is the same town.
inline constexpr std::uint64_t kDemoSeed = 20'201'117;

struct DemoReport {
    std::int64_t shops = 0;
    std::int64_t streets = 0;
    std::int64_t products = 0;
    std::int64_t offers = 0;
    std::string operator_email;
};

struct DemoDatabases {
    store::Database& main;
    store::Database& signers;  // of pledges
};

// Makes the demo territory in a data folder from the files built into the program: real shops,
// real books and foods, hand-written goods; prices and stocks made up; accounts for its two
// operators, and a pledge that can be signed. Repeating it changes nothing but the made-up stock,
// which is fresh again.
DemoReport make_demo(const DataFolder& folder, const DemoDatabases& databases, const Clock& clock);

}  // namespace emplettes
