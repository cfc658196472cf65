#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "campaign/sign_link.h"
#include "store/tx.h"

namespace emplettes::campaign {

using BatchId = Id<struct BatchTag>;

// How many signed. Every change is an entry of a ledger that never changes and, in the same
// transaction, of the rows that are read: exact at every moment, and read without counting.
struct Count {
    std::int64_t confirmed = 0;  // whoever clicked, ever
    std::int64_t withdrawn = 0;
    std::int64_t refused = 0;  // taken out in batches, and not put back
    std::int64_t paper = 0;    // on sheets: told beside it, never among it

    std::int64_t counted() const { return confirmed - withdrawn - refused; }
    bool operator==(const Count&) const = default;
};

enum class Change { confirmed, withdrawn, refused, restored };
std::string_view to_string(Change change);

struct CountEntry {
    Change change = Change::confirmed;
    std::int64_t signatures = 1;
    BatchId batch = {};  // of what was refused or restored together
};
// In the transaction of the signatures it tells about.
struct CountContext {
    TerritoryId territory;
    PledgeId pledge;
    IdSource& ids;
    Instant now;
};
void enter_count(store::Tx& tx, const CountContext& context, const CountEntry& entry);

Count load_count(store::Tx& tx, TerritoryId territory, PledgeId pledge);

// One day (UTC) of the ledger.
struct CountedDay {
    std::int64_t day = 0;  // day.h
    std::int64_t confirmed = 0;
    std::int64_t withdrawn = 0;
    std::int64_t refused = 0;
    std::int64_t restored = 0;

    bool operator==(const CountedDay&) const = default;
};
// Those on which something happened, oldest first.
std::vector<CountedDay> load_counted_days(store::Tx& tx, TerritoryId territory, PledgeId pledge);

// Signatures on paper, with the file that proves them.
struct PaperSheet {
    std::int64_t signatures = 0;
    std::string proof;
    std::string added_by;
};
void add_paper(store::Tx& tx, const CountContext& context, const PaperSheet& sheet);

}  // namespace emplettes::campaign
