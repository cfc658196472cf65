#pragma once
#include <atomic>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>

#include "base/published.h"
#include "catalogue/followed_snapshot.h"
#include "catalogue/fresh_wanted.h"
#include "catalogue/merchandising.h"
#include "catalogue/opening_table.h"
#include "catalogue/questions.h"
#include "catalogue/shop_views.h"
#include "catalogue/shop_ways.h"
#include "catalogue/territory.h"
#include "store/database.h"

namespace emplettes::law {
class Holidays;
}

namespace emplettes::catalogue {

class Pictures;

// Where a catalogue comes from. References must outlive it.
struct CatalogueSource {
    const Trades& trades;
    const law::Holidays& holidays;
    store::Database& database;
    const Clock& clock;
    std::filesystem::path image;   // of the search index, to start from and to keep; may be empty
    std::filesystem::path ground;  // streets, addresses, tiles: a folder; may be empty
};

// One territory's catalogue as the server holds it: the published snapshot, who is open, what the
// operator pins, how all follow the database; and what is asked. Following the news is for one
// thread, the rest for all.
class LiveCatalogue {
  public:
    // Starts from the image if there is a sound one of this database, and reads up the news since;
    // else builds the index from the database and keeps its image. Throws what the database throws.
    LiveCatalogue(Territory territory, CatalogueSource source);

    // What a request reads, consistent for as long as it is held.
    struct View {
        std::shared_ptr<const Snapshot> snapshot;
        std::shared_ptr<const OpeningTable> opening;
        std::shared_ptr<const ShopWays> ways;
        std::shared_ptr<const Merchandising> merchandising;
        std::shared_ptr<const Pictures> pictures;
        Instant now;
        StockLines stock_lines;

        StockTrust trust(const Stock& stock) const { return stock_lines.trust(stock); }
        OpenNow open_now(ShopId shop) const { return opening->at(snapshot->number_of(shop), now); }
        const geo::Ground& ground() const { return *ways->ground(); }
    };
    // Brings "open now" to the present minute first, and who is in doubt to the present hour,
    // unless another thread is doing just that or publishing: then both may be as old as the last
    // view, the searches' columns even while that thread goes through the shops.
    View view();

    // Up to where in the news views show everything; what was heard comes with catch_up().
    store::OutboxPlace place() const { return followed_->place(); }
    // News in the order of commits, after place(). Stocks and prices are in the next view, words to
    // forget are gone.
    void hear(const store::OutboxEntry& entry);
    // Publishes what else was heard: changed products at once; what needs another index, or much at
    // once, later, by a thread that builds it aside. Hides what nobody confirms. To be called after
    // some news, and every now and then. Throws what the database throws; then views stay as they
    // are.
    void catch_up();
    // Waits for what is being built, and publishes it.
    void await_rebuild();
    // Reads everything anew, place() included: what was heard is not what the database says now.
    // Throws what the database throws; then views stay as they are.
    void start_over();
    // Reads anew what the operator pins and hides, alone.
    void reload_merchandising();
    // Reads anew the photographs, alone.
    void reload_pictures();
    // Reads what was imported of the ground meanwhile; any thread, one at a time.
    void renew_ground();

    // What is asked here and not yet written down.
    QuestionBook& questions() { return questions_; }
    // How often shops are looked at, not yet written down.
    ViewBook& views() { return views_; }
    // What hours say in this territory, with its holidays, from `from` until `until`: for hours
    // that are not in the snapshot, or longer ago or ahead than its table.
    std::vector<OpenSpan> spans_of(const geo::OpeningHours& hours, Instant from,
                                   Instant until) const;
    // What was asked and written down, at most kWantedFresh ago (fresh_wanted.h). Reads the
    // database, or throws, when the last one is older.
    std::shared_ptr<const Wanted> wanted();

    const Territory& territory() const { return territory_; }

  private:
    // A snapshot and what belongs to it, swapped together.
    struct Current {
        std::shared_ptr<const Snapshot> snapshot;
        std::shared_ptr<const OpeningTable> opening;
        std::shared_ptr<const ShopWays> ways;
    };
    using Followed = std::unique_ptr<FollowedSnapshot>;

    // A new one, and the place in the news that its image has.
    struct Rebuilt {
        Followed followed;
        store::OutboxPlace built;
    };

    Followed load() const;
    Followed build() const;
    Rebuilt rebuild() const;
    void read_news(FollowedSnapshot& followed, store::OutboxPlace until) const;
    void publish(const FollowedSnapshot& followed);
    bool is_worth_a_rebuild() const;
    void take_over(Rebuilt rebuilt);

    std::shared_ptr<const ShopWays> ways_to(const Snapshot& snapshot, const Current* before) const;
    StockLines stock_lines_now() const;
    void age_followed();
    std::shared_ptr<const OpeningTable> make_opening(const Snapshot& snapshot, Instant now) const;
    void bring_to(Instant now);

    const Territory territory_;
    const CatalogueSource source_;
    Published<Current> current_;
    Published<Merchandising> merchandising_;
    Published<Pictures> pictures_;
    QuestionBook questions_;
    ViewBook views_;
    FreshWanted wanted_;
    std::mutex refreshing_;                      // one thread refreshes, the others go on
    geo::FollowedGround ground_;                 // of renew_ground() alone
    std::atomic<std::int64_t> fresh_minute_{0};  // unix minutes up to which "open" is known
    std::int64_t doubtful_hour_ = 0;  // unix hours up to which the index doubts; under refreshing_
    std::int64_t hidden_hour_ = 0;    // up to which the old is hidden; of the thread that follows
    Followed followed_;
    store::OutboxPlace built_place_;
    Instant built_at_;
    std::future<Rebuilt> rebuild_;  // the last member: it ends before the others do
};

}  // namespace emplettes::catalogue
