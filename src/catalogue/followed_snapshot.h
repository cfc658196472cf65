#pragma once
#include <memory>
#include <set>
#include <vector>

#include "catalogue/snapshot.h"
#include "store/database.h"
#include "store/outbox.h"

namespace emplettes::catalogue {

// Changed products that one more segment of the index is made of.
inline constexpr std::size_t kHeardMax = 50'000;

// A snapshot that follows the news of its territory. For one thread at a time; the snapshots it
// gives out are for all.
class FollowedSnapshot {
  public:
    // `snapshot` shows everything up to `place`, and perhaps some of what was told later.
    FollowedSnapshot(std::shared_ptr<const Snapshot> snapshot, store::OutboxPlace place)
        : snapshot_(std::move(snapshot)), place_(place) {}

    const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }
    store::OutboxPlace place() const { return place_; }
    // Something changed that this snapshot cannot follow, or so much that a new one costs less
    // (kHeardMax).
    bool needs_rebuild() const { return needs_rebuild_; }

    // News in the order of commits. Stocks and prices are seen by the next query; for texts, new
    // offers and shops, fetch() and apply() when some news have been heard. Throws when the news
    // cannot be read; then it is as if they had not been told.
    void hear(const store::OutboxEntry& entry);
    // Reads from the database what was heard of.
    void fetch(store::Database& database, TerritoryId territory);
    // Makes the next snapshot of what was fetched.
    void apply();

  private:
    void hear_stock(const store::OutboxNews& news);
    void hear_catalogue(const store::OutboxNews& news);

    std::shared_ptr<const Snapshot> snapshot_;
    store::OutboxPlace place_;
    bool needs_rebuild_ = false;
    std::set<ProductId> heard_of_;
    bool has_heard_of_shops_ = false;
    Snapshot::ChangedProducts products_;
    std::vector<Shop> shops_;
    std::vector<Street> streets_;
    bool has_shops_ = false;
};

}  // namespace emplettes::catalogue
