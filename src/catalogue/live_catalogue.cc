#include "catalogue/live_catalogue.h"

namespace emplettes::catalogue {
namespace {

// For each of the lists of a whole territory; a request's statements get far less.
constexpr std::chrono::minutes kLoadTimeoutMax{5};

std::int64_t minute_of(Instant instant) { return to_unix(instant) / 60; }

void publish_open(const Snapshot& snapshot, const OpeningTable& opening, Instant now) {
    for (std::size_t i = 0; i < snapshot.shops().size(); ++i)
        snapshot.index().set_open(snapshot.shops()[i].shop.id, opening.at(i, now).is_open());
}

}  // namespace

LiveCatalogue::LiveCatalogue(Territory territory, const Trades& trades,
                             const law::Holidays& holidays, store::Database& database,
                             const Clock& clock)
    : territory_(std::move(territory)),
      trades_(trades),
      holidays_(holidays),
      database_(database),
      clock_(clock) {
    reload();
    reload_merchandising();
}

std::shared_ptr<const OpeningTable> LiveCatalogue::make_opening(const Snapshot& snapshot,
                                                                Instant now) const {
    const auto today = std::chrono::floor<std::chrono::days>(territory_.zone.to_local(now));
    const auto calendar =
        holiday_calendar(holidays_, territory_.holiday_region, territory_.school_zone, today);
    return OpeningTable::build(snapshot.shops(), territory_.zone, calendar, today);
}

void LiveCatalogue::reload() {
    const std::lock_guard lock(refreshing_);
    auto rows = database_.read([&](store::Tx& tx) {
        tx.allow(kLoadTimeoutMax);
        return Snapshot::Rows{.shops = load_shops(tx, territory_.id),
                              .products = load_products(tx, territory_.id),
                              .offers = load_offers(tx, territory_.id),
                              .streets = load_streets(tx, territory_.id)};
    });
    auto snapshot = Snapshot::build(std::move(rows), trades_);
    const Instant now = clock_.now();
    auto opening = make_opening(*snapshot, now);
    publish_open(*snapshot, *opening, now);
    current_.store(std::make_shared<const Pair>(Pair{std::move(snapshot), std::move(opening)}));
    fresh_minute_.store(minute_of(now));
}

void LiveCatalogue::reload_merchandising() {
    merchandising_.store(std::make_shared<const Merchandising>(
        database_.read([&](store::Tx& tx) { return load_choices(tx, territory_.id); })));
}

void LiveCatalogue::bring_to(Instant now) {
    const std::unique_lock lock(refreshing_, std::try_to_lock);
    if (!lock.owns_lock() || fresh_minute_.load() == minute_of(now)) return;
    const auto pair = current_.load();
    const auto today = std::chrono::floor<std::chrono::days>(territory_.zone.to_local(now));
    auto opening = pair->opening;
    if (opening->day() != today) {
        opening = make_opening(*pair->snapshot, now);
        current_.store(std::make_shared<const Pair>(Pair{pair->snapshot, opening}));
    }
    publish_open(*pair->snapshot, *opening, now);
    fresh_minute_.store(minute_of(now));
}

LiveCatalogue::View LiveCatalogue::view() {
    const Instant now = clock_.now();
    if (fresh_minute_.load(std::memory_order_acquire) != minute_of(now)) bring_to(now);
    const auto pair = current_.load();
    return {.snapshot = pair->snapshot,
            .opening = pair->opening,
            .merchandising = merchandising_.load(),
            .now = now};
}

// Several threads may find it stale and read at once: rarely, and each gets a good one.
std::shared_ptr<const Wanted> LiveCatalogue::wanted() {
    const Instant now = clock_.now();
    auto last = wanted_.load();
    if (last && now - last->at < kWantedFresh) return last;
    const auto snapshot = current_.load()->snapshot;
    auto fresh = std::make_shared<const Wanted>(database_.read(
        [&](store::Tx& tx) { return load_wanted(tx, territory_, snapshot->index(), now); }));
    wanted_.store(fresh);
    return fresh;
}

void LiveCatalogue::set_stock(OfferId offer, const Stock& stock) {
    current_.load()->snapshot->index().set_stock(offer, static_cast<std::int32_t>(stock.quantity),
                                                 stock.confirmed_at, stock.source);
}

}  // namespace emplettes::catalogue
