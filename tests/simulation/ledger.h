#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/id.h"
#include "orders/reservation.h"
#include "store/database.h"

namespace emplettes::simulation {

struct Violation : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// What people were told, and what therefore must be so. Compared with the database it says what is
// broken:
//   goods    of each offer: on the shelf + kept + collected = all that ever came in
//   kept     each code that somebody was told is there, with an end where an end was told
//   once     a wish is kept once, however often it was sent
//   over     nothing is open after its time once the server has worked
//   chain    a request that went on stands at another shop for the same thing, and names where from
//   told     each is told of by a notice to the neighbour and by one to the shop; none has a twin
class Ledger {
  public:
    void came_in(OfferId offer, std::int64_t count) { goods_[offer] += count; }
    void told_kept(const std::string& wish, const std::vector<std::string>& codes);
    void told_end(const std::string& code, orders::Status end) { ends_[code] = end; }
    // Somebody tried to take it back: either is right.
    void forget_end(const std::string& code) { ends_.erase(code); }

    const std::vector<std::string>& codes() const { return codes_; }

    struct Scene {
        TerritoryId territory;
        std::vector<ShopId> shops;
        Instant now;
        bool has_worked = false;  // the server has, just now
    };
    // Throws Violation.
    void compare(store::Database& database, const Scene& scene) const;

  private:
    std::map<OfferId, std::int64_t> goods_;
    std::map<std::string, std::vector<std::string>> wishes_;
    std::vector<std::string> codes_;
    std::map<std::string, orders::Status> ends_;
};

}  // namespace emplettes::simulation
