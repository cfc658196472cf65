#pragma once
#include <memory>
#include <optional>

#include "catalogue/live_catalogue.h"
#include "geo/point.h"
#include "search/query.h"

namespace emplettes::site {

// So far a neighbour would go: "10 minutes by bike".
struct TravelLimit {
    geo::Profile profile = geo::Profile::foot;
    int minutes = 0;

    bool operator==(const TravelLimit&) const = default;
};

// The ways from where the neighbour stands, as one visit asks for them: looked for once, when
// somebody asks. Where no streets are known the straight line stands in. For one thread.
class WaysHere {
  public:
    WaysHere(const catalogue::ShopWays& ways, geo::Point from) : ways_(ways), from_(from) {}

    // For Query::walked_m; null: the straight line.
    std::shared_ptr<const search::WalkedMetres> walked_m() const;
    double metres_to(const catalogue::Shop& shop) const;
    // Whole minutes to walk, at least one, for metres that this class or a search with walked_m()
    // said.
    int walk_minutes(double metres) const;
    // By another means; nothing when that is not known, or too long to be looked for.
    std::optional<int> minutes_to(ShopId shop, geo::Profile profile) const;

    // Makes a search one for what is reached within the limit, instead of its radius.
    void limit(search::Query& query, const TravelLimit& limit) const;

  private:
    const catalogue::ShopWays::Travel* travel(geo::Profile profile) const;  // may be null

    const catalogue::ShopWays& ways_;
    const geo::Point from_;
    using Travel = std::shared_ptr<const catalogue::ShopWays::Travel>;
    mutable std::array<std::optional<Travel>, geo::kProfileCount> travels_;
};

}  // namespace emplettes::site
