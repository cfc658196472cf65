#include "planner/search/route.h"

#include <algorithm>

#include "planner/search/timetable.h"

namespace emplettes::planner {
namespace {

// The finaliser of splitmix64: every bit of the argument changes half of the result's.
std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31);
}

Load lesser(const Load& a, const Load& b) {
    Load least;
    for (std::size_t d = 0; d < kDimensions; ++d) least[d] = std::min(a[d], b[d]);
    return least;
}

}  // namespace

Route::Route(const Instance& instance, int shift) : instance_(&instance), shift_(shift) {
    refresh();
}

void Route::assign(const std::vector<int>& stops) {
    stops_ = stops;
    refresh();
}

void Route::insert(int stop, int gap) {
    stops_.insert(stops_.begin() + gap, stop);
    refresh();
}

void Route::insert_pair(int first, int gap, int second, int second_gap) {
    stops_.insert(stops_.begin() + second_gap, second);
    stops_.insert(stops_.begin() + gap, first);
    refresh();
}

void Route::refresh() {
    is_possible_ = true;
    lay_out();
    forward();
    backward();
    measure_room();
    if (instance_->pays_span() || is_watched()) join_segments();
    if (is_possible_ && is_watched() && !is_empty()) is_possible_ = obey_law();
    weigh();
}

void Route::lay_out() {
    const Bike& bike = instance_->bike(shift_);
    const TravelTable& travel = instance_->travel(bike);
    const int last = size() + 1;
    points_.resize(index(last) + 1);
    points_[0].place = bike.place_start;
    fingerprint_ = mixed(static_cast<std::uint64_t>(bike.kind) + 1);
    for (int at = 1; at < last; ++at) {
        const int number = stops_[index(at) - 1];
        const Stop& stop = instance_->stop(number);
        points_[index(at)] = {.open = stop.open,
                              .service = stop.service,
                              .place = stop.place,
                              .stop = number,
                              .has_windows = stop.window_count > 1};
        fingerprint_ = mixed(fingerprint_ + static_cast<std::uint64_t>(number));
    }
    points_[index(last)] = {.place = bike.place_end};
    travel_ = 0;
    for (int at = 0; at < last; ++at) {
        RoutePoint& point = points_[index(at)];
        point.leg = travel.time(point.place, points_[index(at) + 1].place);
        travel_ += point.leg;
    }
}

void Route::forward() {
    const Bike& bike = instance_->bike(shift_);
    const int last = size() + 1;
    Time time = bike.start.earliest + bike.start.span;
    first_missed_ = 0;
    points_[0].ready = time;
    for (int at = 1; at < last; ++at) {
        RoutePoint& point = points_[index(at)];
        const Time start = instance_->stop(point.stop).start_from(time + point_leg(at - 1));
        if (start >= kNoWay) {
            is_possible_ = false;
            first_missed_ = at;
            return;
        }
        time = start + point.service;
        point.ready = time;
    }
    points_[index(last)].ready = time + point_leg(last - 1);
    if (points_[index(last)].ready > bike.end.close) is_possible_ = false;
}

void Route::backward() {
    if (!is_possible_) return;
    const Bike& bike = instance_->bike(shift_);
    const int last = size() + 1;
    points_[index(last)].latest = bike.end.close;
    for (int at = last - 1; at > 0; --at) {
        RoutePoint& point = points_[index(at)];
        const Time until = points_[index(at) + 1].latest - point.leg - point.service;
        point.latest = instance_->stop(point.stop).start_until(until);
    }
}

void Route::measure_room() {
    const Bike& bike = instance_->bike(shift_);
    const int last = size() + 1;
    for (auto* rooms : {&room_, &room_until_, &room_from_}) rooms->resize(index(last));
    Load room;
    for (std::size_t d = 0; d < kDimensions; ++d) room[d] = bike.capacity[d] - bike.aboard[d];
    for (const int number : stops_) {
        const Stop& stop = instance_->stop(number);
        if (!instance_->errand(stop.order).is_aboard_at_start) continue;
        for (std::size_t d = 0; d < kDimensions; ++d) room[d] -= stop.leaves[d];
    }
    room_[0] = room;
    room_until_[0] = room;
    for (int at = 1; at < last; ++at) {
        const Stop& stop = instance_->stop(stops_[index(at) - 1]);
        for (std::size_t d = 0; d < kDimensions; ++d) room[d] += stop.leaves[d] - stop.takes[d];
        room_[index(at)] = room;
        room_until_[index(at)] = lesser(room_until_[index(at) - 1], room);
    }
    room_from_[index(last) - 1] = room;
    for (int at = last - 2; at >= 0; --at)
        room_from_[index(at)] = lesser(room_from_[index(at) + 1], room_[index(at)]);
}

// With several windows the one in which the earliest schedule begins is taken for granted: a span
// is then never understated, and exact with one window.
void Route::join_segments() {
    if (!is_possible_) return;
    const Bike& bike = instance_->bike(shift_);
    const int last = size() + 1;
    until_.resize(index(last) + 1);
    from_.resize(index(last) + 1);
    from_[0] = bike.start;
    from_[index(last)] = {.span = 0, .earliest = bike.end.open, .latest = bike.end.close};
    for (int at = 1; at < last; ++at) {
        const RoutePoint& point = points_[index(at)];
        const Window window = instance_->stop(point.stop).window_at(point.ready - point.service);
        from_[index(at)] = {.span = point.service, .earliest = window.open, .latest = window.close};
    }
    until_[0] = from_[0];
    for (int at = 1; at <= last; ++at)
        until_[index(at)] = joined(until_[index(at) - 1], point_leg(at - 1), from_[index(at)]);
    for (int at = last - 1; at >= 0; --at)
        from_[index(at)] = joined(from_[index(at)], point_leg(at), from_[index(at) + 1]);
    whole_ = until_[index(last)];
    duty_ = {.is_lawful = true, .whole = whole_, .span = whole_.span};
}

// Whether there is more to obey than windows and room.
bool Route::is_watched() const {
    return !ignores_law_ && (instance_->has_law() || instance_->has_aboard_limits());
}

void Route::ignore_law() {
    ignores_law_ = true;
    duty_ = {.is_lawful = true, .whole = whole_, .span = whole_.span};
    weigh();
}

bool Route::has_aboard_limit() const {
    return instance_->has_aboard_limits() && std::ranges::any_of(stops_, [&](int number) {
               return instance_->errand(instance_->stop(number).order).aboard_max > 0;
           });
}

bool Route::obey_law() {
    duty_ = find_duty(*instance_, *this);
    if (!duty_.is_lawful || !has_aboard_limit()) return duty_.is_lawful;
    const auto round = find_timetable(*instance_, *this);
    if (round) duty_.span = round->release - round->begin;
    return round.has_value();
}

void Route::weigh() {
    const EnergyWeights& weights = instance_->weights();
    energy_ = kImpossible;
    idle_ = 0;
    if (!is_possible_) return;
    energy_ = 0;
    if (is_empty() && !instance_->bike(shift_).has_begun) return;
    energy_ = weights.travel * travel_ + weights.opened;
    if (!instance_->pays_span()) return;
    Time busy = travel_;
    for (const RoutePoint& point : points_) busy += point.service;
    idle_ = whole_.span - busy;
    energy_ += instance_->span_cost(duty_.span);
}

}  // namespace emplettes::planner
