#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalogue/snapshot.h"
#include "catalogue/stock_age.h"
#include "store/database.h"
#include "store/outbox.h"

namespace emplettes::catalogue {

// Changed products that one more segment of the index is made of.
inline constexpr std::size_t kHeardMax = 50'000;

// Offers that are not shown, since nobody has confirmed them for too long, and their products.
using HiddenOffers = std::unordered_map<OfferId, ProductId>;

// Takes them out of the list and remembers them.
void take_hidden(std::vector<Offer>& offers, const StockLines& lines, HiddenOffers& hidden);

// A snapshot that follows the news of its territory. For one thread at a time; the snapshots it
// gives out are for all.
class FollowedSnapshot {
  public:
    // `snapshot` shows everything up to `place`, and perhaps some of what was told later.
    FollowedSnapshot(std::shared_ptr<const Snapshot> snapshot, store::OutboxPlace place,
                     HiddenOffers hidden)
        : snapshot_(std::move(snapshot)), place_(place), hidden_(std::move(hidden)) {}

    const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }
    store::OutboxPlace place() const { return place_; }
    // Something changed that this snapshot cannot follow, or so much that a new one costs less
    // (kHeardMax).
    bool needs_rebuild() const { return needs_rebuild_; }

    // News in the order of commits. Stocks and prices are seen by the next query; for texts, new
    // offers and shops, fetch() and apply() when some news have been heard. Throws when the news
    // cannot be read; then it is as if they had not been told.
    void hear(const store::OutboxEntry& entry);
    // Hides what by now nobody has confirmed for too long, with the next fetch() and apply(). Goes
    // through all offers.
    void age(const StockLines& lines);
    // Reads from the database what was heard of.
    void fetch(store::Database& database, TerritoryId territory, const StockLines& lines);
    // Makes the next snapshot of what was fetched.
    void apply();

  private:
    struct ToldStock {
        std::int32_t stock = 0;
        std::string source;
        std::int64_t confirmed_at = 0;
        std::int64_t price_cents = 0;
    };

    void hear_of(ProductId product);
    void hear_stock(const store::OutboxNews& news);
    void hear_shelf(const store::OutboxNews& news);
    void set_stock(OfferId offer, const ToldStock& told);
    void hear_catalogue(const store::OutboxNews& news);

    std::shared_ptr<const Snapshot> snapshot_;
    store::OutboxPlace place_;
    HiddenOffers hidden_;
    bool needs_rebuild_ = false;
    std::set<ProductId> heard_of_;
    bool has_heard_of_shops_ = false;
    Snapshot::ChangedProducts products_;
    std::vector<Shop> shops_;
    std::vector<Street> streets_;
    bool has_shops_ = false;
};

}  // namespace emplettes::catalogue
