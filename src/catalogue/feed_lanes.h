#pragma once
#include <chrono>
#include <cstddef>
#include <set>
#include <string>
#include <utility>

#include "base/id.h"

namespace emplettes::catalogue {

inline constexpr std::size_t kFeedLanes = 8;      // feeds that are read at once
inline constexpr std::size_t kSlowFeedLanes = 4;  // of them, whose host was slow the last time
inline constexpr std::chrono::seconds kSlowFeed{30};

// Which of the feeds that are due may be read now. Of one host and of one shop there is one in the
// lanes at a time, and those that were slow the last time never fill all of them: a server that
// drips delays itself and the shop that named it, nobody else. What it knows of hosts is gone with
// it. For one thread at a time.
class FeedLanes {
  public:
    struct Feed {
        TerritoryId territory;
        ShopId shop;
        std::string host;  // with its port
    };

    // Without room its turn comes when somebody leaves.
    bool has_room_for(const Feed& feed) const;
    void enter(const Feed& feed);
    void leave(const Feed& feed, std::chrono::seconds took);

  private:
    using Shop = std::pair<TerritoryId, ShopId>;

    std::set<std::string> hosts_;  // in the lanes
    std::set<Shop> shops_;
    std::set<std::string> slow_hosts_;  // the last time, in the lanes or not
};

}  // namespace emplettes::catalogue
