#pragma once
#include <atomic>
#include <memory>
#include <mutex>

#include "base/clock.h"
#include "base/published.h"
#include "catalogue/merchandising.h"
#include "catalogue/opening_table.h"
#include "catalogue/questions.h"
#include "catalogue/snapshot.h"
#include "catalogue/territory.h"
#include "catalogue/wanted.h"
#include "law/holidays.h"
#include "store/database.h"

namespace emplettes::catalogue {

inline constexpr std::chrono::minutes kWantedFresh{10};

// One territory's catalogue as the server holds it: the published snapshot, who is open, what the
// operator pins, how all follow the database; and what is asked. Thread-safe.
class LiveCatalogue {
  public:
    // References must outlive it. Loads at once; throws what the database throws.
    LiveCatalogue(Territory territory, const Trades& trades, const law::Holidays& holidays,
                  store::Database& database, const Clock& clock);

    // What a request reads, consistent for as long as it is held.
    struct View {
        std::shared_ptr<const Snapshot> snapshot;
        std::shared_ptr<const OpeningTable> opening;
        std::shared_ptr<const Merchandising> merchandising;
        Instant now;

        OpenNow open_now(ShopId shop) const { return opening->at(snapshot->number_of(shop), now); }
    };
    // Brings "open now" to the present minute first, unless another thread is doing just that or
    // reloading: then "open now" may be as old as the last view, the searches' columns even while
    // that thread goes through the shops. Products and offers are those of the last reload().
    View view();

    // Builds a new snapshot from the database, aside, and publishes it. Throws what the database
    // throws; then the old one stays.
    void reload();
    // The same for what the operator pins and hides alone.
    void reload_merchandising();
    // A change of stock that has been committed: seen by the next query.
    void set_stock(OfferId offer, const Stock& stock);

    // What is asked here and not yet written down.
    QuestionBook& questions() { return questions_; }
    // What was asked and written down, at most kWantedFresh ago. Reads the database, or throws,
    // when the last one is older.
    std::shared_ptr<const Wanted> wanted();

    const Territory& territory() const { return territory_; }

  private:
    // A snapshot and the opening table that belongs to it, swapped together.
    struct Pair {
        std::shared_ptr<const Snapshot> snapshot;
        std::shared_ptr<const OpeningTable> opening;
    };
    std::shared_ptr<const OpeningTable> make_opening(const Snapshot& snapshot, Instant now) const;
    void bring_to(Instant now);

    const Territory territory_;
    const Trades& trades_;
    const law::Holidays& holidays_;
    store::Database& database_;
    const Clock& clock_;
    Published<Pair> current_;
    Published<Merchandising> merchandising_;
    QuestionBook questions_;
    Published<Wanted> wanted_;
    std::mutex refreshing_;                      // one thread refreshes, the others go on
    std::atomic<std::int64_t> fresh_minute_{0};  // unix minutes up to which "open" is known
};

}  // namespace emplettes::catalogue
