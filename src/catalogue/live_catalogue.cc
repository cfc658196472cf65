#include "catalogue/live_catalogue.h"

#include "base/json.h"
#include "base/log.h"
#include "catalogue/catalogue_image.h"
#include "catalogue/named_shops.h"
#include "catalogue/news.h"
#include "catalogue/picture.h"

namespace emplettes::catalogue {
namespace {

// For each of the lists of a whole territory; a request's statements get far less.
constexpr std::chrono::minutes kLoadTimeoutMax{5};
constexpr int kNewsPerRead = 500;
constexpr std::chrono::days kImageRenewedAfter{1};

std::int64_t minute_of(Instant instant) { return to_unix(instant) / 60; }

void publish_open(const Snapshot& snapshot, const OpeningTable& opening, Instant now) {
    for (std::size_t i = 0; i < snapshot.shops().size(); ++i)
        snapshot.index().set_open(snapshot.shops()[i].shop.id, opening.at(i, now).is_open());
}

// A job boundary: a server works as well without.
void keep_image(const search::Index& index, const std::filesystem::path& file,
                const std::string& state) {
    try {
        index.save(file, state);
    } catch (const std::runtime_error& failure) {
        log_warning(std::string("the next start will take longer: ") + failure.what());
    }
}

}  // namespace

LiveCatalogue::LiveCatalogue(Territory territory, CatalogueSource source)
    : territory_(std::move(territory)),
      source_(std::move(source)),
      ground_(source_.ground),
      followed_(load()) {
    built_place_ = followed_->place();
    built_at_ = source_.clock.now();
    const auto newest = source_.database.read(
        [&](store::Tx& tx) { return store::newest_place(tx, territory_.id); });
    read_news(*followed_, newest);
    if (followed_->needs_rebuild()) {
        followed_ = build();
    } else {
        age_followed();
        followed_->fetch(source_.database, territory_.id, stock_lines_now());
        followed_->apply();
    }
    publish(*followed_);
    reload_merchandising();
    reload_pictures();
}

StockLines LiveCatalogue::stock_lines_now() const {
    return stock_lines(territory_.stock, source_.clock.now());
}

// Once an hour.
void LiveCatalogue::age_followed() {
    const std::int64_t hour = hour_of(source_.clock.now());
    if (hidden_hour_ == hour) return;
    followed_->age(stock_lines_now());
    hidden_hour_ = hour;
}

std::shared_ptr<const OpeningTable> LiveCatalogue::make_opening(const Snapshot& snapshot,
                                                                Instant now) const {
    const auto today = std::chrono::floor<std::chrono::days>(territory_.zone.to_local(now));
    const auto calendar = holiday_calendar(source_.holidays, territory_.holiday_region,
                                           territory_.school_zone, today);
    return OpeningTable::build(snapshot.shops(), territory_.zone, calendar, today);
}

std::vector<OpenSpan> LiveCatalogue::spans_of(const geo::OpeningHours& hours, Instant from,
                                              Instant until) const {
    const auto day = std::chrono::floor<std::chrono::days>(territory_.zone.to_local(from));
    const auto calendar =
        holiday_calendar(source_.holidays, territory_.holiday_region, territory_.school_zone, day);
    return open_spans(hours, territory_.zone, calendar, from, until);
}

LiveCatalogue::Followed LiveCatalogue::load() const {
    if (source_.image.empty()) return build();
    HiddenOffers hidden;
    auto [image, rows] = source_.database.read([&](store::Tx& tx) {
        tx.allow(kLoadTimeoutMax);
        hidden.clear();
        Snapshot::Rows read{.shops = load_shops(tx, territory_.id),
                            .districts = territory_.districts};
        auto found = load_image(
            tx,
            {.territory = territory_.id,
             .fingerprint = fingerprint(read.shops, source_.trades, *territory_.districts),
             .now = source_.clock.now()},
            source_.image);
        if (found) {
            read.products = load_products(tx, territory_.id);
            read.streets = load_streets(tx, territory_.id);
            for (const auto& [offer, product] :
                 load_offers_confirmed_before(tx, territory_.id, stock_lines_now().hidden))
                hidden.emplace(offer, product);
        }
        return std::pair(std::move(found), std::move(read));
    });
    if (!image) return build();
    return std::make_unique<FollowedSnapshot>(
        Snapshot::build(std::move(rows), source_.trades, image->index), image->place,
        std::move(hidden));
}

// From the database, with all that it shows now; and its image.
LiveCatalogue::Followed LiveCatalogue::build() const {
    ImageOf of{.territory = territory_.id, .now = source_.clock.now()};
    std::string state;
    auto rows = source_.database.read([&](store::Tx& tx) {
        tx.allow(kLoadTimeoutMax);
        of.place = store::newest_place(tx, territory_.id);
        Snapshot::Rows read{.shops = load_shops(tx, territory_.id),
                            .products = load_products(tx, territory_.id),
                            .offers = load_offers(tx, territory_.id),
                            .streets = load_streets(tx, territory_.id),
                            .districts = territory_.districts};
        of.fingerprint = fingerprint(read.shops, source_.trades, *territory_.districts);
        state = image_state(tx, of);
        return read;
    });
    HiddenOffers hidden;
    take_hidden(rows.offers, stock_lines_now(), hidden);
    auto snapshot = Snapshot::build(std::move(rows), source_.trades);
    if (!source_.image.empty() && !state.empty())
        keep_image(snapshot->index(), source_.image, state);
    return std::make_unique<FollowedSnapshot>(std::move(snapshot), of.place, std::move(hidden));
}

// Some at a time, however many there are; what they say is made into a snapshot once, by the
// caller.
void LiveCatalogue::read_news(FollowedSnapshot& followed, store::OutboxPlace until) const {
    while (followed.place() < until) {
        const auto entries = source_.database.read([&](store::Tx& tx) {
            return store::read_news_after(tx, territory_.id, followed.place(), kNewsPerRead);
        });
        for (const store::OutboxEntry& entry : entries) {
            try {
                followed.hear(entry);
            } catch (const std::exception& failure) {
                // A job boundary: one entry that cannot be read does not stop those after it.
                log_error("news " + entry.news.topic + " left out: " + failure.what());
            }
        }
        if (entries.empty()) return;  // purged
    }
}

void LiveCatalogue::hear(const store::OutboxEntry& entry) {
    followed_->hear(entry);
    if (entry.news.topic != kForgottenTopic) return;
    const std::string mark = parse_json(entry.news.payload_json).at("words");
    questions_.forget(mark);
    wanted_.forget(mark);
}

void LiveCatalogue::publish(const FollowedSnapshot& followed) {
    const Instant now = source_.clock.now();
    const auto before = current_.load();
    const auto& snapshot = followed.snapshot();
    const bool has_same_shops = before && &before->snapshot->shops() == &snapshot->shops();
    auto opening = has_same_shops ? before->opening : make_opening(*snapshot, now);
    if (!has_same_shops) {
        publish_open(*snapshot, *opening, now);
        snapshot->index().set_doubtful_before(stock_lines(territory_.stock, now).doubtful);
        doubtful_hour_ = hour_of(now);
    }
    current_.store(std::make_shared<const Current>(
        Current{snapshot, std::move(opening), ways_to(*snapshot, before.get())}));
    if (!has_same_shops) fresh_minute_.store(minute_of(now));
}

// Those there are already, when they lead over the same ground to the same places.
std::shared_ptr<const ShopWays> LiveCatalogue::ways_to(const Snapshot& snapshot,
                                                       const Current* before) const {
    if (before == nullptr) return ShopWays::build(snapshot, ground_.ground());
    return before->ways->fit(snapshot) ? before->ways
                                       : ShopWays::build(snapshot, before->ways->ground());
}

// Built aside; should shops have come or gone meanwhile, once more, and then they wait.
void LiveCatalogue::renew_ground() {
    if (!ground_.look()) return;
    auto ways = ShopWays::build(*current_.load()->snapshot, ground_.ground());
    const std::lock_guard lock(refreshing_);
    const auto current = current_.load();
    if (!ways->fit(*current->snapshot))
        ways = ShopWays::build(*current->snapshot, ground_.ground());
    current_.store(std::make_shared<const Current>(
        Current{current->snapshot, current->opening, std::move(ways)}));
}

void LiveCatalogue::catch_up() {
    age_followed();
    followed_->fetch(source_.database, territory_.id, stock_lines_now());
    {
        const std::lock_guard lock(refreshing_);
        followed_->apply();
        if (followed_->snapshot() != current_.load()->snapshot) publish(*followed_);
    }
    if (rebuild_.valid() && rebuild_.wait_for(std::chrono::seconds{0}) == std::future_status::ready)
        take_over(rebuild_.get());
    if (rebuild_.valid() || !is_worth_a_rebuild()) return;
    rebuild_ = std::async(std::launch::async, [this] { return rebuild(); });
}

// An image that the news have left far behind is made anew while they are still there.
bool LiveCatalogue::is_worth_a_rebuild() const {
    const bool is_old = !source_.image.empty() && followed_->place() != built_place_ &&
                        source_.clock.now() - built_at_ > kImageRenewedAfter;
    return is_old || followed_->needs_rebuild() ||
           followed_->snapshot()->index().is_worth_a_merge();
}

// With what was told while it was built, so that those who follow wait for the rest alone.
LiveCatalogue::Rebuilt LiveCatalogue::rebuild() const {
    Rebuilt rebuilt{.followed = build(), .built = {}};
    FollowedSnapshot& followed = *rebuilt.followed;
    rebuilt.built = followed.place();
    read_news(followed, source_.database.read(
                            [&](store::Tx& tx) { return store::newest_place(tx, territory_.id); }));
    followed.fetch(source_.database, territory_.id, stock_lines_now());
    followed.apply();
    return rebuilt;
}

void LiveCatalogue::take_over(Rebuilt rebuilt) {
    built_place_ = rebuilt.built;
    built_at_ = source_.clock.now();
    hidden_hour_ = 0;
    FollowedSnapshot& followed = *rebuilt.followed;
    read_news(followed, followed_->place());
    followed.fetch(source_.database, territory_.id, stock_lines_now());
    followed.apply();
    const std::lock_guard lock(refreshing_);
    followed_ = std::move(rebuilt.followed);
    publish(*followed_);
}

void LiveCatalogue::await_rebuild() {
    while (rebuild_.valid()) {
        rebuild_.wait();
        catch_up();
    }
}

void LiveCatalogue::start_over() {
    Followed followed = build();
    if (rebuild_.valid()) rebuild_.wait();
    rebuild_ = {};  // of the same database, but perhaps too early
    built_place_ = followed->place();
    built_at_ = source_.clock.now();
    hidden_hour_ = 0;
    {
        const std::lock_guard lock(refreshing_);
        followed_ = std::move(followed);
        publish(*followed_);
    }
    reload_merchandising();
    reload_pictures();
}

void LiveCatalogue::reload_merchandising() {
    merchandising_.store(std::make_shared<const Merchandising>(
        source_.database.read([&](store::Tx& tx) { return load_choices(tx, territory_.id); })));
}

void LiveCatalogue::reload_pictures() {
    pictures_.store(std::make_shared<const Pictures>(
        source_.database.read([&](store::Tx& tx) { return load_pictures(tx, territory_.id); })));
}

void LiveCatalogue::bring_to(Instant now) {
    const std::unique_lock lock(refreshing_, std::try_to_lock);
    if (!lock.owns_lock() || fresh_minute_.load() == minute_of(now)) return;
    const auto current = current_.load();
    const auto today = std::chrono::floor<std::chrono::days>(territory_.zone.to_local(now));
    auto opening = current->opening;
    if (opening->day() != today) {
        opening = make_opening(*current->snapshot, now);
        current_.store(
            std::make_shared<const Current>(Current{current->snapshot, opening, current->ways}));
    }
    publish_open(*current->snapshot, *opening, now);
    if (doubtful_hour_ != hour_of(now)) {
        current->snapshot->index().set_doubtful_before(stock_lines(territory_.stock, now).doubtful);
        doubtful_hour_ = hour_of(now);
    }
    fresh_minute_.store(minute_of(now));
}

LiveCatalogue::View LiveCatalogue::view() {
    const Instant now = source_.clock.now();
    if (fresh_minute_.load(std::memory_order_acquire) != minute_of(now)) bring_to(now);
    const auto current = current_.load();
    return {.snapshot = current->snapshot,
            .opening = current->opening,
            .ways = current->ways,
            .merchandising = merchandising_.load(),
            .pictures = pictures_.load(),
            .now = now,
            .stock_lines = stock_lines(territory_.stock, now)};
}

std::shared_ptr<const Wanted> LiveCatalogue::wanted() {
    const Instant now = source_.clock.now();
    return wanted_.get(now, [&] {
        const LocalDay today = day_of(territory_, now);
        QuestionRows rows = source_.database.read(
            [&](store::Tx& tx) { return load_last_periods(tx, territory_.id, today); });
        drop_marked(rows, questions_.forgotten());
        const auto current = current_.load();
        const auto choices = merchandising_.load();
        Wanted wanted = make_wanted(rows, today,
                                    {.index = current->snapshot->index(),
                                     .territory = territory_,
                                     .choices = *choices,
                                     .shops_named = [&](std::string_view text) {
                                         return static_cast<std::int64_t>(
                                             find_named_shops(*current->snapshot, text).size());
                                     }});
        wanted.at = now;
        return wanted;
    });
}

}  // namespace emplettes::catalogue
