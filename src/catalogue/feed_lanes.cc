#include "catalogue/feed_lanes.h"

#include <algorithm>

#include "base/check.h"

namespace emplettes::catalogue {

bool FeedLanes::has_room_for(const Feed& feed) const {
    if (hosts_.size() >= kFeedLanes || hosts_.contains(feed.host)) return false;
    if (shops_.contains({feed.territory, feed.shop})) return false;
    const auto is_slow = [&](const std::string& host) { return slow_hosts_.contains(host); };
    const auto slow = static_cast<std::size_t>(std::ranges::count_if(hosts_, is_slow));
    return !is_slow(feed.host) || slow < kSlowFeedLanes;
}

void FeedLanes::enter(const Feed& feed) {
    check(has_room_for(feed));
    hosts_.insert(feed.host);
    shops_.insert({feed.territory, feed.shop});
}

void FeedLanes::leave(const Feed& feed, std::chrono::seconds took) {
    check(hosts_.erase(feed.host) == 1);
    check(shops_.erase({feed.territory, feed.shop}) == 1);
    if (took >= kSlowFeed)
        slow_hosts_.insert(feed.host);
    else
        slow_hosts_.erase(feed.host);
}

}  // namespace emplettes::catalogue
