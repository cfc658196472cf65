#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::campaign {

// The log of what operators do with pledges. Each entry carries the hash of itself and of the one
// before: who changes one, or leaves one out, must change all that follow, and whoever has written
// down the last hash sees it.
struct Deed {
    std::int64_t number = 0;  // 1, 2, 3 … without a gap
    Instant done_at;
    std::string done_by;  // an operator's address, or a program of ours
    std::string act;      // "propose_publish", "refuse" …
    std::string pledge_slug;
    std::string details;  // what else tells it apart, for people
    std::string sha256;

    bool operator==(const Deed&) const = default;
};

// In the transaction of the deed. Number and hash are given here.
void note_deed(store::Tx& tx, TerritoryId territory, const Deed& deed);

// The latest first.
std::vector<Deed> load_deeds(store::Tx& tx, TerritoryId territory, std::string_view pledge_slug,
                             std::int64_t limit);

// Where the chain is broken, a sentence each, the first few.
std::vector<std::string> find_broken_deeds(store::Tx& tx, TerritoryId territory);

}  // namespace emplettes::campaign
