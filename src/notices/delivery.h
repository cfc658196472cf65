#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "notices/eml_folder.h"
#include "notices/mail.h"
#include "notices/notice.h"
#include "store/database.h"

namespace emplettes::notices {

// Makes the mail of a notice in its reader's language. May throw: that notice is tried again later.
using Compose = std::function<Mail(const Notice&)>;

inline constexpr std::int64_t kDeliveryBatchMax = 100;

struct Delivery {
    int sent = 0;
    std::vector<std::string> problems;  // one line for each notice that could not be sent

    bool operator==(const Delivery&) const = default;
};

// The job: sends what waits and is due, at most kDeliveryBatchMax. At least once: a crash between
// sending and noting it down sends the same mail under the same name again. One notice that fails
// stops no other. Throws store::Unavailable when the database cannot be asked or told, and
// std::system_error when the folder cannot be made durable: then all are sent again.
Delivery deliver_waiting(store::Database& database, TerritoryId territory, const Clock& clock,
                         const EmlFolder& folder, const Compose& compose);

}  // namespace emplettes::notices
