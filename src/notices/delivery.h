#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "notices/gathering.h"
#include "notices/mail.h"
#include "notices/mailer.h"
#include "notices/notice.h"
#include "notices/relay_watch.h"
#include "notices/return_path.h"
#include "store/database.h"

namespace emplettes::notices {

// Makes what is sent of notices, in their reader's language. May throw: that notice is tried again
// later.
struct Composer {
    std::function<Mail(const Notice&)> mail;
    std::function<Mail(const std::vector<Notice>&)> list;  // several to one reader
    std::function<std::string(const Notice&)> text;        // for a telephone
};

inline constexpr std::int64_t kDeliveryBatchMax = 100;

struct Delivery {
    int sent = 0;                       // notices
    int held = 0;                       // that wait to be gathered
    std::vector<std::string> problems;  // one line for each mail that could not be sent

    bool operator==(const Delivery&) const = default;
};

struct DeliveryParts {
    store::Database& database;
    const Clock& clock;
    Mailer& mailer;
    TextSender* texts = nullptr;  // null: nobody is told by telephone
    RelayWatch& relay;
    const ReturnPaths& return_paths;
    const Composer& compose;
    GatherRules rules = {};
    // Then the rest of a batch is left as it is, for the next run.
    std::function<bool()> is_stopping = [] { return false; };
};

// The job: sends what waits and is due, at most kDeliveryBatchMax. At least once: a crash between
// sending and noting it down, and an answer that got lost, send the same mail under the same name
// and Message-ID again. One notice that fails stops no other; a relay that is down stops all mails
// for a while, and no attempt is counted against them. Throws store::Unavailable when the database
// cannot be asked or told, and what end_batch() throws: then all are sent again.
Delivery deliver_waiting(const DeliveryParts& parts, TerritoryId territory);

}  // namespace emplettes::notices
