#pragma once
#include <gtest/gtest.h>

#include "store/test_place.h"

namespace emplettes::store {

inline constexpr TerritoryId kHere{75009};
inline constexpr TerritoryId kElsewhere{69001};
inline constexpr Instant kNow = instant_from_unix(1'790'000'000);

// What must hold on SQLite and on PostgreSQL alike: each case runs on both, on a database of its
// own.
class Contract : public testing::TestWithParam<Dialect> {
  protected:
    const TestPlace place_{GetParam()};
    const std::unique_ptr<Database> db_ = place_.open();
};

inline std::string name_of_dialect(const testing::TestParamInfo<Dialect>& info) {
    return info.param == Dialect::sqlite ? "sqlite" : "postgresql";
}

inline auto both_databases() { return testing::Values(Dialect::sqlite, Dialect::postgresql); }

}  // namespace emplettes::store
