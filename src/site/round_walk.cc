#include "site/round_walk.h"

#include <algorithm>
#include <numeric>

#include "catalogue/closure.h"
#include "site/contact_links.h"
#include "site/offer_view.h"
#include "site/search_request.h"

namespace emplettes::site {
namespace {

using orders::RoundCall;
using std::chrono::seconds;

constexpr std::string_view kDeparture = "leave";

bool is_start_known(const Visit& visit) { return visit.where.kind != Where::Kind::centre; }

// Where nobody knows the hours of a shop one goes when most are open, from Monday to Saturday.
constexpr std::chrono::hours kUsuallyOpens{10};
constexpr std::chrono::hours kUsuallyCloses{19};

std::vector<catalogue::OpenSpan> usual_spans(const Visit& visit) {
    const Zone& zone = visit.territory().zone;
    std::vector<catalogue::OpenSpan> spans;
    auto day = std::chrono::floor<std::chrono::days>(zone.to_local(visit.view.now));
    for (const auto end = day + kAheadMax; day <= end; day += std::chrono::days{1})
        if (std::chrono::weekday(day) != std::chrono::Sunday)
            spans.push_back({.opens_at = zone.to_instant(day + kUsuallyOpens),
                             .closes_at = zone.to_instant(day + kUsuallyCloses),
                             .is_certain = false,
                             .comment = {}});
    return spans;
}

std::vector<catalogue::OpenSpan> spans_of(const Visit& visit, ShopId shop) {
    const auto* listed = visit.snapshot().find_shop(shop);
    if (listed != nullptr) {
        const std::size_t number = visit.snapshot().number_of(shop);
        if (visit.view.opening->has_hours(number)) return visit.view.opening->spans(number);
        if (const auto& closure = listed->shop.closure)
            return catalogue::without(usual_spans(visit), *closure);
    }
    return usual_spans(visit);
}

orders::WalkTimes walks_between(const Visit& visit, const std::vector<RoundShop>& shops,
                                std::size_t count) {
    std::vector<geo::Point> places;
    for (std::size_t i = 0; i < count; ++i) places.push_back(shops[i].shop.position);
    places.push_back(visit.where.from);
    auto walks = orders::walk_times(visit.view.ground().router(geo::Profile::foot), places);
    if (is_start_known(visit)) return walks;
    for (std::size_t i = 0; i < count; ++i) walks.at(i, count) = walks.at(count, i) = seconds{0};
    return walks;
}

// Whole minutes; at least one to what is not at the same place.
int minutes_of(seconds time) {
    return static_cast<int>(std::chrono::ceil<std::chrono::minutes>(time).count());
}

std::string closes_text(const Visit& visit, const RoundWalk& walk, const RoundCall& call) {
    const RoundShop& shop = walk.shops[call.stop];
    for (const catalogue::OpenSpan& span : spans_of(visit, shop.shop.id))
        if (span.opens_at <= call.enters_at && call.leaves_at <= span.closes_at)
            return span.is_certain
                       ? visit.say.text("round.open_until", {visit.say.time(span.closes_at)})
                       : visit.say.text("round.hours_unknown");
    return {};
}

web::View stop_view(const Visit& visit, const RoundWalk& walk, const RoundCall& call) {
    const catalogue::Shop& shop = walk.shops[call.stop].shop;
    web::View view;
    view.set("time", visit.say.time(call.enters_at));
    view.set("walk",
             call.walk == seconds{0} ? std::string() : visit.say.walk(minutes_of(call.walk)));
    view.set("shop", shop.name);
    view.set("shop_url", visit.links.shop(shop.slug));
    view.set("address", address_whole(shop));
    view.set("geo_url", geo_url(shop));
    view.set("open_text", closes_text(visit, walk, call));
    const seconds wait = call.enters_at - call.arrives_at;
    view.set("wait_text", wait < std::chrono::minutes{1}
                              ? std::string()
                              : visit.say.text("round.wait", {std::to_string(minutes_of(wait))}));
    return view;
}

// When one could come there, for a walk of its own.
std::string when_open(const Visit& visit, const RoundShop& shop) {
    for (const catalogue::OpenSpan& span : spans_of(visit, shop.shop.id))
        if (std::min(span.closes_at, shop.until) - orders::kAtShop > visit.view.now)
            return visit.say.text("round.left_out_open",
                                  {visit.say.moment(std::max(span.opens_at, visit.view.now)),
                                   visit.say.time(span.closes_at)});
    return visit.say.text("round.left_out_closed", {visit.say.until(shop.until)});
}

web::View left_out_view(const Visit& visit, const RoundShop& shop) {
    web::View view;
    view.set("shop", shop.shop.name);
    view.set("shop_url", visit.links.shop(shop.shop.slug));
    view.set("when_text", when_open(visit, shop));
    return view;
}

void set_start_form(web::View& view, const Visit& visit, const std::string& action) {
    const auto asked = read_moment(visit.request.query, std::string(kDeparture),
                                   visit.territory().zone, visit.view.now);
    view.set("start_action", action);
    view.set("start_near", visit.where.near);
    view.set("start_fault", visit.where.is_unclear || visit.where.is_position_outside
                                ? visit.say.text("round.start_unclear")
                                : std::string());
    view.set("leave", asked && *asked ? visit.say.moment_typed(**asked) : std::string());
    view.set("leave_min", visit.say.moment_typed(visit.view.now));
    view.set("leave_max", visit.say.moment_typed(visit.view.now + kAheadMax));
    view.set("leave_fault", asked ? std::string() : visit.say.text("round.leave_refused"));
}

}  // namespace

std::vector<RoundShop> shops_of_round(const Visit& visit,
                                      const std::vector<orders::Reservation>& round) {
    std::vector<RoundShop> shops;
    visit.context.database.read([&](store::Tx& tx) {
        for (const orders::Reservation& reservation : round) {
            if (!orders::keeps_stock(reservation.status)) continue;
            const auto known = std::ranges::find_if(
                shops, [&](const RoundShop& one) { return one.shop.id == reservation.shop; });
            if (known != shops.end()) {
                known->until = std::min(known->until, reservation.held_until);
                continue;
            }
            auto shop = catalogue::find_shop(tx, visit.territory().id, reservation.shop);
            if (shop) shops.push_back({.shop = *std::move(shop), .until = reservation.held_until});
        }
    });
    return shops;
}

RoundWalk plan_walk(const Visit& visit, std::vector<RoundShop> shops,
                    std::optional<Instant> earliest) {
    const std::size_t planned = std::min(shops.size(), orders::kRoundStopsMax);
    orders::RoundWish wish{.earliest = earliest.value_or(visit.view.now),
                           .stops = {},
                           .walks = walks_between(visit, shops, planned)};
    for (std::size_t i = 0; i < planned; ++i)
        wish.stops.push_back({.open = spans_of(visit, shops[i].shop.id), .until = shops[i].until});
    RoundWalk walk{.shops = std::move(shops), .plan = orders::plan_round(wish)};
    for (std::size_t i = planned; i < walk.shops.size(); ++i) walk.plan.left_out.push_back(i);
    return walk;
}

void set_walk(web::View& view, const Visit& visit, const RoundWalk& walk,
              const std::string& action) {
    const Say& say = visit.say;
    const orders::CollectionRound& plan = walk.plan;
    std::vector<web::View> stops;
    stops.reserve(plan.calls.size());
    for (const RoundCall& call : plan.calls) stops.push_back(stop_view(visit, walk, call));
    view.set("has_walk", !plan.calls.empty());
    std::string text;
    if (!plan.calls.empty() && is_start_known(visit))
        text = say.text("round.loop", {say.moment(plan.leaves_at), visit.near_text(),
                                       say.time(plan.back_at), say.walk(minutes_of(plan.walking))});
    else if (!plan.calls.empty())
        text = say.text("round.way", {say.moment(plan.calls.front().enters_at),
                                      say.time(plan.back_at), say.walk(minutes_of(plan.walking))});
    view.set("walk_text", text);
    view.set("stops", std::move(stops));
    std::vector<web::View> left_out;
    left_out.reserve(plan.left_out.size());
    for (const std::size_t shop : plan.left_out)
        left_out.push_back(left_out_view(visit, walk.shops[shop]));
    view.set("has_left_out", !left_out.empty());
    view.set("left_out_title",
             say.plural("round.left_out", static_cast<std::int64_t>(left_out.size())));
    view.set("left_out", std::move(left_out));
    set_start_form(view, visit, action);
}

std::optional<Instant> asked_departure(const Visit& visit) {
    const auto asked = read_moment(visit.request.query, std::string(kDeparture),
                                   visit.territory().zone, visit.view.now);
    return asked ? *asked : std::nullopt;
}

}  // namespace emplettes::site
