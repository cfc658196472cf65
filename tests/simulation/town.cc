#include "simulation/town.h"

#include <algorithm>

#include "base/json.h"
#include "orders/answer_time.h"
#include "orders/change.h"
#include "orders/closed_by_surprise.h"
#include "orders/hold.h"
#include "orders/passing_on.h"
#include "orders/step.h"
#include "store/idempotency.h"
#include "store/migrations.h"

namespace emplettes::simulation {
namespace {

using namespace std::chrono_literals;
using orders::Reservation;
using orders::Status;
using orders::Step;

constexpr TerritoryId kTerritory{1};
// 20 October 2026: every fifty days later begins another town, and a thousand days have three times
// both nights when the clocks change, and a 29 February.
constexpr Instant kFirstDay = instant_from_unix(1'792'447'200);
constexpr int kShops = 6;
constexpr int kProducts = 5;
constexpr int kOffersOfShop = 3;
constexpr std::int64_t kAtOnce = 100;

std::int64_t number(std::int64_t a, std::int64_t b) { return a * 100 + b; }

catalogue::Product product(int i) {
    return {.id = ProductId{i + 1},
            .key = "town:" + std::to_string(i),
            .gtin = std::nullopt,
            .title = "Chose " + std::to_string(i),
            .maker = "",
            .category = "tea",
            .description = "",
            .language = "fr",
            .source = "test",
            .updated_at = kFirstDay};
}

catalogue::Shop shop(int i) {
    const std::string name = std::to_string(i);
    return {.id = ShopId{i + 1},
            .slug = "shop-" + name,
            .name = "Boutique " + name,
            .kind = "books",
            .is_maker = false,
            .position = {.lat = 48.87 + 0.001 * i, .lon = 2.34},
            .housenumber = "",
            .street = "",
            .postcode = "",
            .city = "",
            .phone = "",
            .website = "",
            .email = "shop" + name + "@example.org",
            .opening_hours = "",
            .source = "test",
            .source_ref = name,
            .is_listed = true,
            .secret = "secret-" + name,
            .hold_open_days = 1,
            .updated_at = kFirstDay};
}

}  // namespace

Town::Town(const TownPlan& plan)
    : plan_(plan),
      zone_(Zone::find("Europe/Paris").value()),
      clock_(kFirstDay + std::chrono::days(plan.days) * static_cast<std::int64_t>(plan.seed % 20)),
      ids_(clock_, 1),
      random_(plan.seed),
      line_(plan.folder, plan.weather, random_) {
    store::migrate(line_.database(), embedded_migrations(), clock_);
    settle();
}

void Town::settle() {
    line_.database().write([&](store::Tx& tx) {
        for (int i = 0; i < kProducts; ++i) catalogue::save_product(tx, kTerritory, product(i));
        for (int i = 0; i < kShops; ++i) {
            Trader trader{.shop = shop(i),
                          .temper = static_cast<Temper>(random_.below(3)),
                          .closed_weekday = static_cast<unsigned>(random_.below(7)),
                          .offers = {},
                          .closure = std::nullopt};
            catalogue::save_shop(tx, kTerritory, trader.shop);
            for (int j = 0; j < kOffersOfShop; ++j) {
                const auto stock = static_cast<std::int64_t>(random_.below(5));
                const OfferId id{number(i + 1, j)};
                catalogue::save_offer(tx, kTerritory,
                                      {.id = id,
                                       .shop = trader.shop.id,
                                       .product = ProductId{(i + j) % kProducts + 1},
                                       .condition = catalogue::Condition::new_,
                                       .price = Money{1000},
                                       .stock = {.quantity = stock,
                                                 .source = catalogue::StockSource::demo,
                                                 .confirmed_at = clock_.now()}});
                trader.offers.push_back(id);
                ledger_.came_in(id, stock);
            }
            traders_.push_back(std::move(trader));
        }
    });
}

TownFigures Town::live() {
    for (int day = 0; day < plan_.days; ++day) {
        try {
            live_day(day);
        } catch (const Violation& violation) {
            throw Violation("seed " + std::to_string(plan_.seed) + ", day " + std::to_string(day) +
                            ", " + std::to_string(to_unix(clock_.now())) + ": " + violation.what());
        }
    }
    figures_.crashes = line_.crashes();
    figures_.unknown = line_.unknown();
    return figures_;
}

void Town::live_day(int day) {
    line_.day_begins();
    const auto local = std::chrono::floor<std::chrono::days>(zone_.to_local(clock_.now())) +
                       std::chrono::days{day == 0 ? 0 : 1};
    for (const auto hour : {9h, 11h, 14h, 16h, 18h, 20h}) {
        clock_.set(std::max(clock_.now(), zone_.to_instant(local + hour)));
        if (happens(3)) clock_.advance(happens(50) ? 1h : -1h);
        live_hour();
    }
    get_goods();
    close_or_open();
    compare();
}

void Town::live_hour() {
    for (auto wishes = random_.below(4); wishes > 0; --wishes) ask();
    ask_again();
    if (happens(50)) change_minds();
    answer();
    work();
}

// The server's jobs, each a transaction; what one misses because it dies the next one finds.
void Town::work() {
    const Instant now = clock_.now();
    const orders::ReserveContext reserve = context();
    (void)line_.send(
        [&](store::Tx& tx) { return orders::expire_overdue(tx, kTerritory, ids_, now, kAtOnce); });
    (void)line_.send([&](store::Tx& tx) {
        return orders::remind_unanswered(tx, kTerritory, ids_, now, kAtOnce);
    });
    (void)line_.send([&](store::Tx& tx) {
        return orders::pass_on_unanswered(tx, {.reserve = reserve, .place_of = place_of()},
                                          kAtOnce);
    });
    if (line_.crashes() > crashes_compared_) compare();
}

void Town::ask() {
    Wish wish{.key = "wish-" + std::to_string(++wish_number_), .lines = {}, .contact = {}};
    wish.contact = "neighbour" + std::to_string(random_.below(20)) + "@example.org";
    for (auto lines = 1 + random_.below(happens(25) ? 3 : 1); lines > 0; --lines) {
        const Trader& at = traders_[random_.below(traders_.size())];
        const OfferId offer = at.offers[random_.below(at.offers.size())];
        if (std::ranges::find(wish.lines, offer, &orders::RoundLine::offer) == wish.lines.end())
            wish.lines.push_back(
                {.offer = offer, .quantity = 1 + static_cast<std::int64_t>(random_.below(2))});
    }
    ++figures_.wishes;
    if (!try_wish(wish)) waiting_.push_back(std::move(wish));
}

// Whoever heard nothing sends the same again.
void Town::ask_again() {
    for (Wish& wish : waiting_)
        if (plan_.forgets_keys) wish.key += "'";
    std::erase_if(waiting_, [&](const Wish& wish) { return try_wish(wish); });
}

// False when nobody knows what became of it.
bool Town::try_wish(const Wish& wish) {
    const auto outcome = line_.send([&](store::Tx& tx) { return keep_once(tx, wish); });
    if (!outcome) return false;
    if (!outcome->is_kept) return true;
    ++figures_.kept;
    ledger_.told_kept(wish.key, outcome->codes);
    return true;
}

// As the site does it: the key, the effect and the answer in one transaction. Of a wish that is not
// kept nothing may stay.
Town::Outcome Town::keep_once(store::Tx& tx, const Wish& wish) {
    const store::KeyedRequest keyed{
        .territory = kTerritory, .key = wish.key, .content = wish.contact};
    const auto before = store::find_answer(tx, keyed);
    if (const auto* stored = std::get_if<store::StoredAnswer>(&before)) {
        Outcome outcome{.is_kept = true, .codes = {}};
        for (const auto& code : parse_json(stored->body)) outcome.codes.push_back(code);
        return outcome;
    }
    for (const orders::RoundLine& line : wish.lines) {
        const auto offer = catalogue::find_offer(tx, kTerritory, line.offer);
        if (!offer || offer->stock.quantity < line.quantity) return {};
    }
    const std::string person = wish.key.substr(0, wish.key.find('\''));
    const auto kept = orders::reserve_round(
        tx, {.lines = wish.lines, .person_name = person, .contact = wish.contact, .language = "fr"},
        context());
    if (!kept) throw Violation("kept: what is on the shelf cannot be kept");
    Outcome outcome{.is_kept = true, .codes = {}};
    Json codes = Json::array();
    for (const Reservation& reservation : *kept) {
        outcome.codes.push_back(reservation.code);
        codes.push_back(reservation.code);
    }
    store::record_answer(tx, keyed, {.status = 201, .body = codes.dump()}, clock_.now());
    return outcome;
}

std::string Town::any_code() {
    const auto& codes = ledger_.codes();
    if (codes.empty()) return "NOTHING000";
    const std::size_t recent = std::min<std::size_t>(codes.size(), 40);
    return codes[codes.size() - 1 - random_.below(recent)];
}

template <typename F>
void Town::step(const std::string& code, bool may_undo, F&& f) {
    ledger_.forget_end(code);
    const auto done = line_.send(std::forward<F>(f));
    if (!done || !*done || may_undo) return;
    const Reservation& reservation = **done;
    const bool has_ended = !orders::keeps_stock(reservation.status);
    if (has_ended && reservation.code == code) ledger_.told_end(code, reservation.status);
}

void Town::change_minds() {
    const std::string code = any_code();
    const orders::ChangeContext change{.territory = kTerritory, .now = clock_.now(), .ids = ids_};
    const orders::ReserveContext reserve = context();
    switch (random_.below(6)) {
        case 0:
            return step(code, false, [&](store::Tx& tx) {
                return orders::take_step(tx, kTerritory, {.code = code, .step = Step::cancel}, ids_,
                                         clock_.now());
            });
        case 1:
            return step(code, false, [&](store::Tx& tx) {
                return orders::extend(
                    tx, code, [](const auto&, Instant end) { return end + 24h; }, change);
            });
        case 2:
            return step(code, false, [&](store::Tx& tx) {
                return orders::change_quantity(tx, {.code = code, .quantity = 1}, change);
            });
        case 3:
            return step(code, false, [&](store::Tx& tx) {
                return orders::name_collector(tx, {.code = code, .name = "Bob"}, change);
            });
        case 4:
            return step(code, false, [&](store::Tx& tx) {
                return orders::set_only_here(tx, kTerritory, code, happens(50), clock_.now());
            });
        default:
            return step(code, false, [&](store::Tx& tx) {
                return orders::pass_on(tx, code, {.reserve = reserve, .place_of = place_of()});
            });
    }
}

void Town::answer() {
    for (const Trader& trader : traders_) {
        if (trader.temper == Temper::silent || (trader.temper == Temper::moody && happens(50)))
            continue;
        const auto open = line_.database().read([&](store::Tx& tx) {
            return orders::load_reservations_of_shop(tx, kTerritory, trader.shop.id, 5);
        });
        for (const Reservation& reservation : open)
            if (happens(60)) answer_one(reservation);
    }
}

void Town::answer_one(const Reservation& reservation) {
    orders::StepRequest request{.code = reservation.code};
    switch (reservation.status) {
        case Status::requested: request.step = happens(85) ? Step::accept : Step::decline; break;
        case Status::held: request.step = happens(50) ? Step::make_ready : Step::collect; break;
        case Status::ready:
            request.step = Step::collect;
            request.collected = happens(20)
                                    ? 1 + static_cast<std::int64_t>(random_.below(
                                              static_cast<std::uint64_t>(reservation.quantity)))
                                    : 0;
            break;
        case Status::collected:
        case Status::declined:
        case Status::expired:
        case Status::cancelled:
            if (!happens(5)) return;
            request.step = Step::undo;
    }
    // Not "sold out", which takes what stands there off the shelf.
    if (request.step == Step::decline) request.reason = orders::DeclineReason::other;
    step(reservation.code, request.step == Step::undo, [&](store::Tx& tx) {
        return orders::take_step(tx, kTerritory, request, ids_, clock_.now());
    });
}

// Holidays that nobody knew of this morning.
void Town::close_or_open() {
    for (Trader& trader : traders_) {
        if (trader.closure) {
            if (*trader.closure->until <= clock_.now()) trader.closure.reset();
            continue;
        }
        if (!happens(3)) continue;
        trader.closure =
            catalogue::Closure{.from = clock_.now(),
                               .until = clock_.now() + std::chrono::days(1 + random_.below(10)),
                               .reason = "congé"};
        line_.database().write([&](store::Tx& tx) {
            return orders::rearrange_for_closure(
                tx, trader.shop.id,
                {.territory = kTerritory,
                 .now = clock_.now(),
                 .times = [&](const auto& shop) { return times(shop); },
                 .opens_before =
                     [&](const auto&, Instant end) {
                         const auto hours = spans(trader, clock_.now());
                         return !hours.empty() && hours.front().opens_at < end;
                     },
                 .ids = ids_});
        });
    }
}

// Who counts a shelf counts what is put aside, too.
std::int64_t Town::kept_of(store::Tx& tx, const Trader& trader, OfferId offer) const {
    std::int64_t kept = 0;
    for (const Reservation& reservation :
         orders::load_reservations_of_shop(tx, kTerritory, trader.shop.id, kAtOnce))
        if (reservation.offer == offer && orders::keeps_stock(reservation.status))
            kept += reservation.quantity;
    return kept;
}

void Town::get_goods() {
    for (const Trader& trader : traders_) {
        if (!happens(40)) continue;
        const OfferId id = trader.offers[random_.below(trader.offers.size())];
        const auto count = static_cast<std::int64_t>(1 + random_.below(4));
        line_.database().write([&](store::Tx& tx) {
            auto offer = catalogue::find_offer(tx, kTerritory, id).value();
            offer.stock = {.quantity = offer.stock.quantity + kept_of(tx, trader, id) + count,
                           .source = catalogue::StockSource::demo,
                           .confirmed_at = clock_.now()};
            catalogue::save_offer(tx, kTerritory, offer);
        });
        ledger_.came_in(id, count);
    }
}

// The server's jobs in fair weather first: then nothing may be open after its time.
void Town::compare() {
    crashes_compared_ = line_.crashes();
    Ledger::Scene scene{
        .territory = kTerritory, .shops = {}, .now = clock_.now(), .has_worked = true};
    for (const Trader& trader : traders_) scene.shops.push_back(trader.shop.id);
    const orders::ReserveContext reserve = context();
    line_.database().write([&](store::Tx& tx) {
        orders::expire_overdue(tx, kTerritory, ids_, scene.now, kAtOnce);
        orders::pass_on_unanswered(tx, {.reserve = reserve, .place_of = place_of()}, kAtOnce);
    });
    ledger_.compare(line_.database(), scene);
}

orders::ReserveContext Town::context() {
    return {.territory = kTerritory,
            .now = clock_.now(),
            .times = [this](const catalogue::Shop& shop) { return times(shop); },
            .stock_lines = catalogue::stock_lines({}, clock_.now()),
            .limits = {},
            .ids = ids_,
            .random = random_};
}

const Town::Trader& Town::trader(ShopId shop) const {
    return traders_[static_cast<std::size_t>(shop.value - 1)];
}

std::vector<catalogue::OpenSpan> Town::spans(const Trader& trader, Instant from) const {
    std::vector<catalogue::OpenSpan> spans;
    auto day = std::chrono::floor<std::chrono::days>(zone_.to_local(from));
    for (int i = 0; i < 16; ++i, day += std::chrono::days{1}) {
        if (std::chrono::weekday(day).c_encoding() == trader.closed_weekday) continue;
        for (const auto& [opens, closes] : {std::pair{9h, 12h}, std::pair{14h, 19h}})
            spans.push_back({.opens_at = zone_.to_instant(day + opens),
                             .closes_at = zone_.to_instant(day + closes),
                             .comment = {}});
    }
    if (trader.closure) spans = catalogue::without(spans, *trader.closure);
    std::erase_if(spans, [&](const auto& span) { return span.closes_at <= from; });
    return spans;
}

orders::ShopTimes Town::times(const catalogue::Shop& shop) const {
    const Instant now = clock_.now();
    const auto hours = spans(trader(shop.id), now);
    const Instant end = orders::held_until(now, hours, shop.hold_open_days, zone_);
    const auto later = [&](std::chrono::minutes opening) {
        return std::min(end, orders::opening_time_later(now, opening, hours).value_or(end));
    };
    return {.held_until = end, .remind_at = later(15min), .answer_by = later(30min)};
}

orders::FindPlace Town::place_of() {
    return [this](ShopId id) -> std::optional<orders::ShopPlace> {
        const auto hours = spans(trader(id), clock_.now());
        if (hours.empty()) return std::nullopt;
        return orders::ShopPlace{.position = trader(id).shop.position,
                                 .is_open = hours.front().opens_at <= clock_.now(),
                                 .opens_at = hours.front().opens_at};
    };
}

}  // namespace emplettes::simulation
