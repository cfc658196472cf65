#pragma once
#include <cstdint>
#include <vector>

#include "search/columns.h"
#include "search/documents.h"

namespace emplettes::search {

// What an offer has; filters ask for some of it. A set of bits.
using Traits = std::uint8_t;
inline constexpr Traits kOpenNow = 1;
inline constexpr Traits kMaker = 2;
inline constexpr Traits kInStock = 4;

// The shops that a query looks at, with what is the same for all their offers. Memory is kept from
// query to query.
class Reach {
  public:
    void set_disc(const Documents& documents, const Columns& columns, geo::Point from,
                  double radius_m);
    void set_shop(const Documents& documents, const Columns& columns, geo::Point from,
                  std::uint32_t shop);
    void set_nothing();
    void set_everywhere();  // every district, no shop: for texts alone

    bool has(std::uint32_t shop) const { return (shops_[shop / 64] >> (shop % 64) & 1U) != 0; }
    Tiles tiles() const { return tiles_; }

    // Only of shops that are within reach.
    float distance_m(std::uint32_t shop) const { return facts_[shop].distance_m; }
    float distance_factor(std::uint32_t shop) const { return facts_[shop].distance_factor; }
    Traits traits(std::uint32_t shop) const { return facts_[shop].traits; }

  private:
    struct Facts {
        float distance_m;
        float distance_factor;
        Traits traits;
    };
    void clear(std::size_t shop_count);
    void add(const Documents& documents, const Columns& columns, std::uint32_t shop,
             float distance_m);

    std::vector<std::uint64_t> shops_;
    std::vector<Facts> facts_;
    Tiles tiles_ = 0;
    std::vector<NumberRange> ranges_;
};

// Metres from a place to a shop; infinite when either has no position.
float distance_to(const Documents& documents, const LocalPlane::From& from, std::uint32_t shop);
float distance_factor(float distance_m);
double availability(std::int32_t stock, bool is_open);

}  // namespace emplettes::search
