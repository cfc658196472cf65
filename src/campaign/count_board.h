#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "campaign/count.h"
#include "campaign/pledge.h"
#include "campaign/refusal.h"
#include "campaign/signature.h"
#include "store/database.h"

namespace emplettes::campaign {

// All that everybody may see of a pledge.
struct PledgeShown {
    Pledge pledge;
    Count count;
    std::vector<RefusedFor> refused;  // the most first; their sum is count.refused
    std::vector<PublicSignature> named;
    Instant read_at;
};

// What is shown of published pledges, in memory: however many look, the database is asked once a
// second and by one. Thread-safe.
class CountBoard {
  public:
    CountBoard() : mutex_(std::make_unique<std::mutex>()) {}

    using Shown = std::shared_ptr<const PledgeShown>;
    // Null: not published, or not read yet.
    Shown find(TerritoryId territory, std::string_view slug) const;
    // The latest published first.
    std::vector<Shown> all(TerritoryId territory) const;

    // The job: reads what there is. Returns those whose count is another one.
    std::vector<Shown> read(store::Database& database, TerritoryId territory, Instant now);

  private:
    std::unique_ptr<std::mutex> mutex_;
    std::map<TerritoryId, std::vector<Shown>> shown_;
};

// Of the database itself.
PledgeShown load_shown(store::Tx& tx, TerritoryId territory, const Pledge& pledge, Instant now);

}  // namespace emplettes::campaign
