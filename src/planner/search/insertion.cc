#include "planner/search/insertion.h"

#include <algorithm>

namespace emplettes::planner {
namespace {

// Of a long route only so many places for the pickup are walked from, those of the least detour.
constexpr int kShortRoute = 24;
constexpr std::ptrdiff_t kPickupPlaces = 12;
constexpr std::size_t kGroupStarts = 3;  // pickups tried as the one placed with the delivery

bool has_room(const Load& room, const Load& load, std::size_t dimensions) {
    for (std::size_t d = 0; d < dimensions; ++d)
        if (room[d] < load[d]) return false;
    return true;
}

Time aboard_limit(const Errand& errand) {
    return errand.aboard_max > 0 ? errand.aboard_max : kTimeMax;
}

Segment segment_of(const Stop& stop, Time start) {
    const Window window = stop.window_at(start);
    return {.span = stop.service, .earliest = window.open, .latest = window.close};
}

}  // namespace

// A pair on its way into a route.
struct InsertionFinder::Pair {
    const Route& route;
    const Stop& pickup;
    const Stop& delivery;
    const Time* to_pickup;  // rows of the travel table, by place
    const Time* from_pickup;
    const Time* to_delivery;
    const Time* from_delivery;
    EnergyWeights weights;
    Time service;     // of both
    Time aboard_max;  // from the pickup's end to the delivery

    // No less can come of so much more travel: what the route waits already may pay for it.
    template <bool kPaid>
    Energy bound(Energy detour) const {
        if constexpr (!kPaid) return weights.travel * detour;
        return weights.travel * detour +
               weights.paid * std::max<Energy>(detour + service - route.idle(), 0);
    }
};

Insertion InsertionFinder::find(const Route& route, int order) {
    const Errand& errand = instance_->errand(order);
    if (errand.stops.size() == 1) return find_single(route, errand.stops[0], route.size());
    if (errand.stops.size() > 2) return find_group(route, errand);
    const Stop& pickup = instance_->stop(errand.stops[0]);
    const Stop& delivery = instance_->stop(errand.stops[1]);
    return instance_->pays_span() ? find_pair<true>(route, pickup, delivery)
                                  : find_pair<false>(route, pickup, delivery);
}

void InsertionFinder::apply(Route& route, int order, const Insertion& insertion) {
    const auto& stops = instance_->errand(order).stops;
    if (stops.size() == 1) {
        route.insert(stops[0], insertion.gap);
    } else if (stops.size() == 2) {
        route.insert_pair(stops[0], insertion.gap, stops[1], insertion.delivery_gap);
    } else if (find_group(route, instance_->errand(order)).is_possible()) {
        route.assign(group_);
    }
}

// Deltas are told against the way from start to end, which an idle shift does not go.
Energy InsertionFinder::opening_cost(const Route& route) const {
    if (!route.is_empty() || instance_->bike(route.shift()).has_begun) return 0;
    const EnergyWeights& weights = instance_->weights();
    const Energy idle = weights.opened + weights.travel * route.travel();
    return instance_->pays_span() ? idle + instance_->span_cost(route.span()) : idle;
}

void InsertionFinder::scan(const Route& route, const Stop& stop, Detours& detours) const {
    const TravelTable& travel = instance_->travel(instance_->bike(route.shift()));
    const Time* to = travel.row_to(stop.place);
    const Time* from = travel.row_from(stop.place);
    const auto gaps = static_cast<std::size_t>(route.size()) + 1;
    detours.at.assign(gaps, kImpossible);
    for (int gap = 0; gap <= route.size(); ++gap) {
        const RoutePoint& before = route.point(gap);
        if (before.ready > stop.close) break;
        const RoutePoint& behind = route.point(gap + 1);
        const Time start = stop.start_from(before.ready + to[before.place]);
        if (start >= kNoWay || start + stop.service + from[behind.place] > behind.latest) continue;
        detours.at[static_cast<std::size_t>(gap)] =
            Energy{to[before.place]} + from[behind.place] - before.leg;
    }
    detours.least_from.resize(gaps + 1);
    detours.least_from[gaps] = kImpossible;
    for (std::size_t gap = gaps; gap > 0; --gap)
        detours.least_from[gap - 1] = std::min(detours.least_from[gap], detours.at[gap - 1]);
}

void InsertionFinder::note_fits(const Route& route, const Load& load) {
    fits_.resize(static_cast<std::size_t>(route.size()) + 1);
    for (int at = 0; at <= route.size(); ++at)
        fits_[static_cast<std::size_t>(at)] =
            has_room(route.room(at), load, instance_->dimensions()) ? 1 : 0;
}

Energy InsertionFinder::pickup_detour_max(const Route& route) {
    if (route.size() <= kShortRoute) return kImpossible;
    sorted_ = pickup_.at;
    std::nth_element(sorted_.begin(), sorted_.begin() + kPickupPlaces, sorted_.end());
    return sorted_[kPickupPlaces];
}

bool InsertionFinder::fits_single(const Route& route, const Stop& stop, int gap) const {
    const Errand& errand = instance_->errand(stop.order);
    const std::size_t dimensions = instance_->dimensions();
    // What was picked up before weighs until it leaves: the stops before may need it gone.
    if (errand.bound_to >= 0) {
        Load later = route.room_from(gap);
        for (std::size_t d = 0; d < dimensions; ++d) later[d] += stop.leaves[d];
        return has_room(route.room_until(gap), stop.takes, dimensions) &&
               has_room(later, stop.takes, dimensions);
    }
    // What is handed over was aboard from the start; what is taken stays to the end.
    if (errand.is_aboard_at_start && !has_room(route.room_until(gap), stop.leaves, dimensions))
        return false;
    return has_room(route.room_from(gap), stop.takes, dimensions);
}

Insertion InsertionFinder::find_single(const Route& route, int number, int gap_max) {
    const Stop& stop = instance_->stop(number);
    scan(route, stop, delivery_);
    const TravelTable& travel = instance_->travel(instance_->bike(route.shift()));
    Insertion best;
    for (int gap = 0; gap <= gap_max; ++gap) {
        const Energy detour = delivery_.at[static_cast<std::size_t>(gap)];
        if (detour >= kImpossible || !fits_single(route, stop, gap)) continue;
        Energy delta = instance_->weights().travel * detour;
        if (instance_->pays_span() && delta < best.delta) {
            const RoutePoint& before = route.point(gap);
            const Time leg = travel.time(before.place, stop.place);
            const Segment with = joined(route.until(gap), leg,
                                        segment_of(stop, stop.start_from(before.ready + leg)));
            const RoutePoint& behind = route.point(gap + 1);
            const Segment whole =
                joined(with, travel.time(stop.place, behind.place), route.from(gap + 1));
            delta += instance_->span_cost(whole.span) - instance_->span_cost(route.span());
        }
        if (delta < best.delta) best = {.delta = delta, .gap = gap, .delivery_gap = gap};
    }
    if (best.is_possible()) best.delta += opening_cost(route);
    return best;
}

template <bool kPaid>
Insertion InsertionFinder::find_pair(const Route& route, const Stop& pickup, const Stop& delivery) {
    scan(route, pickup, pickup_);
    scan(route, delivery, delivery_);
    note_fits(route, pickup.takes);
    const TravelTable& travel = instance_->travel(instance_->bike(route.shift()));
    const Pair pair{.route = route,
                    .pickup = pickup,
                    .delivery = delivery,
                    .to_pickup = travel.row_to(pickup.place),
                    .from_pickup = travel.row_from(pickup.place),
                    .to_delivery = travel.row_to(delivery.place),
                    .from_delivery = travel.row_from(delivery.place),
                    .weights = instance_->weights(),
                    .service = pickup.service + delivery.service,
                    .aboard_max = aboard_limit(instance_->errand(pickup.order))};
    const bool is_bound = instance_->errand(pickup.order).bound_to >= 0;
    const Energy detour_max = pickup_detour_max(route);
    Insertion best;
    for (int gap = 0; gap <= route.size(); ++gap) {
        if (route.point(gap).ready > pickup.close) break;
        if (is_bound && !has_room(route.room_until(gap), Load{}, instance_->dimensions())) break;
        if (fits_[static_cast<std::size_t>(gap)] == 0) continue;
        try_adjacent<kPaid>(pair, gap, best);
        if (pickup_.at[static_cast<std::size_t>(gap)] <= detour_max) walk<kPaid>(pair, gap, best);
    }
    if (best.is_possible()) best.delta += opening_cost(route);
    return best;
}

// The delivery right after the pickup.
template <bool kPaid>
void InsertionFinder::try_adjacent(const Pair& pair, int gap, Insertion& best) const {
    const RoutePoint& before = pair.route.point(gap);
    const RoutePoint& behind = pair.route.point(gap + 1);
    const Time between = pair.from_pickup[pair.delivery.place];
    const Time to = pair.to_pickup[before.place];
    const Time from = pair.from_delivery[behind.place];
    const Energy detour = Energy{to} + between + from - before.leg;
    if (between > pair.aboard_max) return;
    if (pair.bound<kPaid>(detour) >= best.delta) return;
    Energy delta = pair.weights.travel * detour;
    const Time start = pair.pickup.start_from(before.ready + to);
    if (start >= kNoWay) return;
    const Time handed = pair.delivery.start_from(start + pair.pickup.service + between);
    if (handed >= kNoWay || handed + pair.delivery.service + from > behind.latest) return;
    if constexpr (kPaid) {
        const Segment taken = joined(pair.route.until(gap), to, segment_of(pair.pickup, start));
        const Segment given = joined(taken, between, segment_of(pair.delivery, handed));
        const Segment whole = joined(given, from, pair.route.from(gap + 1));
        delta += instance_->span_cost(whole.span) - instance_->span_cost(pair.route.span());
    }
    if (delta < best.delta) best = {.delta = delta, .gap = gap, .delivery_gap = gap};
}

// The pickup behind `gap`, then along the route, trying the delivery behind each position until
// somebody would be served too late, the bike is full or nothing better can come.
template <bool kPaid>
void InsertionFinder::walk(const Pair& pair, int gap, Insertion& best) const {
    const Route& route = pair.route;
    const auto at = static_cast<std::size_t>(gap);
    const Energy detour = pickup_.at[at];
    const auto is_hopeless = [&](Energy delivery_detour) {
        return delivery_detour >= kImpossible ||
               pair.bound<kPaid>(detour + delivery_detour) >= best.delta;
    };
    if (detour >= kImpossible || is_hopeless(delivery_.least_from[at + 1])) return;
    const RoutePoint& before = route.point(gap);
    const Time start = pair.pickup.start_from(before.ready + pair.to_pickup[before.place]);
    Time time = start + pair.pickup.service;
    Time leg = pair.from_pickup[route.point(gap + 1).place];
    Time aboard = 0;  // at the least: without waiting
    Segment done;
    if constexpr (kPaid)
        done =
            joined(route.until(gap), pair.to_pickup[before.place], segment_of(pair.pickup, start));
    for (int k = gap + 1; k <= route.size(); ++k) {
        const auto here = static_cast<std::size_t>(k);
        const RoutePoint& point = route.point(k);
        Time begins = std::max(time + leg, point.open);
        if (point.has_windows) begins = instance_->stop(point.stop).start_from(time + leg);
        if (begins > point.latest || fits_[here] == 0) return;
        time = begins + point.service;
        aboard += leg + point.service;
        if (aboard > pair.aboard_max) return;
        if constexpr (kPaid)
            done = joined(done, leg, segment_of(instance_->stop(point.stop), begins));
        leg = point.leg;
        if (time > pair.delivery.close || is_hopeless(delivery_.least_from[here])) return;
        if (is_hopeless(delivery_.at[here])) continue;
        const Time to = pair.to_delivery[point.place];
        const Time handed = pair.delivery.start_from(time + to);
        const RoutePoint& behind = route.point(k + 1);
        const Time from = pair.from_delivery[behind.place];
        if (aboard + to > pair.aboard_max) continue;
        if (handed >= kNoWay || handed + pair.delivery.service + from > behind.latest) continue;
        Energy delta = pair.weights.travel * (detour + delivery_.at[here]);
        if constexpr (kPaid) {
            const Segment given = joined(done, to, segment_of(pair.delivery, handed));
            const Segment whole = joined(given, from, route.from(k + 1));
            delta += instance_->span_cost(whole.span) - instance_->span_cost(route.span());
        }
        if (delta < best.delta) best = {.delta = delta, .gap = gap, .delivery_gap = k};
    }
}

Insertion InsertionFinder::find_group(const Route& route, const Errand& errand) {
    Insertion best;
    const std::size_t starts = std::min(errand.stops.size() - 1, kGroupStarts);
    for (std::size_t first = 0; first < starts; ++first) {
        tried_ = route;
        tried_.ignore_law();
        const Energy before = tried_.energy();
        if (place_group(tried_, errand, first) >= kImpossible) continue;
        const Energy delta = tried_.energy() - before;
        if (delta >= best.delta) continue;
        best = {.delta = delta};
        group_ = tried_.stops();
    }
    return best;
}

// One pickup with the delivery where they fit best, then the other pickups before the delivery.
Energy InsertionFinder::place_group(Route& route, const Errand& errand, std::size_t first) {
    const int last = errand.stops.back();
    const Stop& pickup = instance_->stop(errand.stops[first]);
    const Stop& delivery = instance_->stop(last);
    const Insertion pair = instance_->pays_span() ? find_pair<true>(route, pickup, delivery)
                                                  : find_pair<false>(route, pickup, delivery);
    if (!pair.is_possible()) return kImpossible;
    route.insert_pair(errand.stops[first], pair.gap, last, pair.delivery_gap);
    for (std::size_t i = 0; i + 1 < errand.stops.size(); ++i) {
        if (i == first || !route.is_possible()) continue;
        const auto at = std::ranges::find(route.stops(), last) - route.stops().begin();
        const Insertion more = find_single(route, errand.stops[i], static_cast<int>(at));
        if (!more.is_possible()) return kImpossible;
        route.insert(errand.stops[i], more.gap);
    }
    return route.energy();
}

}  // namespace emplettes::planner
