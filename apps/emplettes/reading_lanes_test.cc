#include "emplettes/reading_lanes.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <system_error>

namespace emplettes {
namespace {

constexpr std::size_t kNoRoomForThat = std::size_t{1} << 46;

// While it lives, the system refuses every new thread.
class NoThreads {
  public:
    NoThreads() {
        pthread_getattr_default_np(&usual_);
        pthread_attr_t attributes;
        pthread_getattr_default_np(&attributes);
        pthread_attr_setstacksize(&attributes, kNoRoomForThat);
        pthread_setattr_default_np(&attributes);
        pthread_attr_destroy(&attributes);
    }
    ~NoThreads() {
        pthread_setattr_default_np(&usual_);
        pthread_attr_destroy(&usual_);
    }
    NoThreads(const NoThreads&) = delete;
    NoThreads& operator=(const NoThreads&) = delete;

  private:
    pthread_attr_t usual_;
};

TEST(ReadingLanes, AThreadThatCannotBeMadeLeavesItsLaneFree) {
    const ManualClock clock(instant_from_unix(1'792'058'400));
    ReadingLanes lanes(clock);
    const catalogue::FeedLanes::Feed feed{
        .territory = TerritoryId{1}, .shop = ShopId{1}, .host = "tea.example:443"};
    {
        const NoThreads none;
        EXPECT_THROW(lanes.begin(feed, [] {}), std::system_error);
    }
    EXPECT_TRUE(lanes.has_room_for(feed));
    bool was_read = false;
    lanes.begin(feed, [&] { was_read = true; });
    lanes.finish();
    EXPECT_TRUE(was_read);
}

}  // namespace
}  // namespace emplettes
