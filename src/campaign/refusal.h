#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "campaign/count.h"
#include "campaign/network_trace.h"
#include "campaign/signer_key.h"
#include "store/tx.h"

namespace emplettes::campaign {

inline constexpr std::size_t kRefusalReasonMax = 200;  // characters

// Which confirmed signatures are meant: all that is said must hold. Everything empty means nobody.
struct RefusalQuery {
    std::vector<NetworkTrace> networks;  // one of these
    std::string name;         // "jeff*": letters as they are but for capitals, * for any others
    std::string mail_domain;  // "example.org"
    bool in_alarm = false;    // only those that came while the alarm was on
    Instant from = {};        // confirmed since then
    Instant until = {};       // and before; 0: whenever

    bool is_empty() const {
        return networks.empty() && name.empty() && mail_domain.empty() && !in_alarm;
    }
    bool operator==(const RefusalQuery&) const = default;
};
// For the record, as JSON; and from it.
std::string to_text(const RefusalQuery& query);
std::optional<RefusalQuery> parse_refusal_query(std::string_view text);

// The traces of one network in the days that are remembered.
std::vector<NetworkTrace> load_traces(store::Tx& tx, TerritoryId territory, const SignerKey& key,
                                      std::string_view network);
// From where most confirmed signatures came, by day, the most first.
struct BusyNetwork {
    NetworkTrace trace;
    std::int64_t signatures = 0;
};
std::vector<BusyNetwork> load_busy_networks(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                                            std::int64_t limit);

// What a query would take out, to be looked at before it does.
struct RefusalPreview {
    std::int64_t signatures = 0;
    std::vector<std::string> names;  // some of them, the latest

    bool operator==(const RefusalPreview&) const = default;
};
RefusalPreview preview_refusal(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                               const RefusalQuery& query);

struct Refusal {
    BatchId id;
    std::string query;  // to_text
    std::string reason;
    std::string refused_by;
    std::int64_t signatures = 0;  // that are still there
    Instant made_at;
    std::string undone_by;
    Instant undone_at;  // 0: it holds
};
enum class RefusalError { query_empty, reason_missing, reason_too_long, nobody_meant };

struct RefusalRequest {
    RefusalQuery query;
    std::string reason;  // shown to everybody
    std::string by;
};
// Takes all of them out of the count, together; returns how many.
Result<std::int64_t, RefusalError> refuse_signatures(store::Tx& tx, const CountContext& context,
                                                     const RefusalRequest& request);
// Puts back what is still there of a batch: the number is what it would be without it. Whether it
// held.
bool undo_refusal(store::Tx& tx, const CountContext& context, BatchId batch, std::string_view by);
// One of a batch is withdrawn by who signed: it is counted as such, and no longer as refused.
void take_out_of_batch(store::Tx& tx, const CountContext& context, BatchId batch);

// Newest first.
std::vector<Refusal> load_refusals(store::Tx& tx, TerritoryId territory, PledgeId pledge);

// Signatures that are refused for one reason.
struct RefusedFor {
    std::string reason;
    std::int64_t signatures = 0;

    bool operator==(const RefusedFor&) const = default;
};
// Of all batches that stand, the most first: their sum is what is refused.
std::vector<RefusedFor> load_refused_for(store::Tx& tx, TerritoryId territory, PledgeId pledge);

}  // namespace emplettes::campaign
