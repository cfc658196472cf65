#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::notices {

// Addresses whose mails come back.

// One mail may come back by mistake: from the second on nothing is sent there for a while.
inline constexpr std::int64_t kBouncesMin = 2;
inline constexpr std::chrono::days kLeftAlone{7};
inline constexpr std::chrono::days kBouncesKept{90};

struct Unreachable {
    std::string address;
    std::int64_t bounces = 0;
    Instant last_bounced_at;
    std::string last_words;  // of the other side

    bool operator==(const Unreachable&) const = default;
};

void add_bounce(store::Tx& tx, TerritoryId territory, std::string_view address,
                std::string_view words, Instant now);
// None while mails arrive there, as far as anybody knows.
std::optional<Unreachable> find_unreachable(store::Tx& tx, TerritoryId territory,
                                            std::string_view address, Instant now);
// Whoever says so reads the mails of the address again.
void forget_bounces(store::Tx& tx, TerritoryId territory, std::string_view address);
std::int64_t purge_bounces(store::Tx& tx, TerritoryId territory, Instant now);

}  // namespace emplettes::notices
