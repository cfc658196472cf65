#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/random.h"
#include "campaign/signer_key.h"
#include "store/tx.h"

namespace emplettes::campaign {

// From which network a signature came, so that a flood can be taken out of the count afterwards:
// kept as a hash with a salt of the day, which after 90 days is forgotten with it.
inline constexpr std::chrono::days kTracesKept{90};

struct NetworkTrace {
    std::string hash;
    std::int64_t day = 0;

    bool operator==(const NetworkTrace&) const = default;
};

// `network` as web::network_of says it. The day's salt is drawn by whoever comes first.
struct TraceContext {
    TerritoryId territory;
    const SignerKey& key;
    Random& random;
};
NetworkTrace trace_network(store::Tx& tx, const TraceContext& context, std::string_view network,
                           Instant now);
// Of a day whose salt is known.
NetworkTrace trace_of(const SignerKey& key, std::string_view salt, std::string_view network,
                      std::int64_t day);

// Forgets salts and traces of the days before; at most 1,000 rows a call. Returns how many.
std::int64_t purge_traces(store::Tx& tx, TerritoryId territory, Instant now);

}  // namespace emplettes::campaign
