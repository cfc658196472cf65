#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::orders {

// What one contact may have kept at a time, so that nobody empties the shelves of a town: a few
// without further ado, more once the contact has proven that it is somebody's (contact_proof.h).
struct ContactRule {
    std::int64_t open_max = 30;  // whoever it is
    std::int64_t open_unproven_max = 6;
    std::int64_t burst_unproven_max = 6;     // within `burst`
    std::int64_t no_shows_unproven_max = 1;  // within `remembered`
    std::chrono::minutes burst{10};
    std::chrono::days remembered{30};
};

struct ContactHistory {
    std::int64_t open = 0;
    // Made within rule.burst, whatever became of them; one that went on to another shop is one.
    std::int64_t burst = 0;
    std::int64_t no_shows = 0;  // kept for somebody who did not come

    bool operator==(const ContactHistory&) const = default;
};

enum class ContactVerdict { fine, must_prove, too_many_open };
// Whether one that has not proven anything may have so many more at once.
ContactVerdict judge(const ContactHistory& history, const ContactRule& rule, std::int64_t more = 1);
// The same for a contact that may have proven that it is somebody's.
ContactVerdict judge_contact(store::Tx& tx, TerritoryId territory, std::string_view contact,
                             std::int64_t more, Instant now);

ContactHistory load_contact_history(store::Tx& tx, TerritoryId territory, std::string_view contact,
                                    const ContactRule& rule, Instant now);

// As contacts are compared: "Zoe@Example.ORG" is "zoe@example.org", "+33 1 42" is "0033 142".
std::string contact_key(std::string_view contact);

}  // namespace emplettes::orders
