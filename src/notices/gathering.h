#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "notices/notice.h"

namespace emplettes::notices {

// No flood: of the notices that may wait, somebody gets at most `mails_max` mails of their own
// within `window`; what comes beyond that waits until the window is over, and then they are one
// mail that lists them.
struct GatherRules {
    std::int64_t mails_max = 5;
    std::chrono::seconds window = std::chrono::minutes{5};
};
inline constexpr std::size_t kGatheredMax = 50;  // in one mail

// What somebody was sent within the last window, as far as it may wait.
struct RecentlySent {
    std::int64_t notices = 0;
    Instant last;
};
using RecentlySentTo = std::map<std::string, RecentlySent>;

// What to do with notices that are due: each is in exactly one of these.
struct GatherPlan {
    std::vector<std::vector<Notice>> mails;  // one: its own; more: one mail that lists them
    struct Held {
        Notice notice;
        Instant until;
    };
    std::vector<Held> held;
};

// `due`, in the order in which they are to leave; those that were gathered before stay together.
// Nothing that is urgent waits, and nothing else longer than `window` after `now`.
GatherPlan gather(std::vector<Notice> due, const RecentlySentTo& recently, const GatherRules& rules,
                  Instant now);

}  // namespace emplettes::notices
