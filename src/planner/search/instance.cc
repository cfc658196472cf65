#include "planner/search/instance.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "planner/plan.h"

namespace emplettes::planner {
namespace {

std::uint64_t bits_of(const std::vector<int>& skills) {
    std::uint64_t bits = 0;
    for (const int skill : skills) bits |= std::uint64_t{1} << skill;
    return bits;
}

void add(Load& to, const Load& what) {
    for (std::size_t d = 0; d < kDimensions; ++d) to[d] += what[d];
}

void subtract(Load& from, const Load& what) {
    for (std::size_t d = 0; d < kDimensions; ++d) from[d] -= what[d];
}

}  // namespace

Time Stop::start_in_windows(Time time) const {
    for (std::uint32_t i = 0; i < window_count; ++i)
        if (time <= windows[i].close) return std::max(time, windows[i].open);
    return kNoWay;
}

Time Stop::start_until(Time time) const {
    if (window_count == 1) return time < open ? -1 : std::min(time, close);
    for (std::uint32_t i = window_count; i > 0; --i)
        if (time >= windows[i - 1].open) return std::min(time, windows[i - 1].close);
    return -1;
}

Window Stop::window_at(Time time) const {
    for (std::uint32_t i = 0; i + 1 < window_count; ++i)
        if (time <= windows[i].close) return windows[i];
    return window_count == 1 ? Window{open, close} : windows[window_count - 1];
}

TravelTable::TravelTable(const Matrix& matrix)
    : size_(matrix.places + 1), times_(size_ * size_), turned_(size_ * size_), matrix_(&matrix) {
    for (std::size_t from = 0; from < matrix.places; ++from)
        for (std::size_t to = 0; to < matrix.places; ++to) {
            const Time time = matrix.times[from * matrix.places + to];
            times_[from * size_ + to] = time;
            turned_[to * size_ + from] = time;
        }
}

std::int32_t TravelTable::metres(int from, int to) const {
    if (matrix_->metres.empty() || from == nowhere() || to == nowhere()) return 0;
    return matrix_
        ->metres[static_cast<std::size_t>(from) * matrix_->places + static_cast<std::size_t>(to)];
}

Instance::Instance(const Problem& problem, std::shared_ptr<const TravelTables> travel)
    : problem_(&problem), travel_(std::move(travel)) {
    if (travel_ == nullptr) {
        auto tables = std::make_shared<TravelTables>();
        for (const Matrix& matrix : problem.matrices) tables->emplace_back(matrix);
        travel_ = std::move(tables);
    }
    for (int order = 0; order < static_cast<int>(problem.orders.size()); ++order) add_order(order);
    for (const Shift& shift : problem.shifts) add_shift(shift);
    note_progress();
    weigh();
    count_dimensions();
    match();
    for (int order = 0; order < order_count(); ++order)
        if (!errand(order).is_done) open_orders_.push_back(order);
}

void Instance::add_order(int order) {
    const Order& of = problem_->orders[static_cast<std::size_t>(order)];
    Errand errand;
    for (const StopRef ref : stops_of(*problem_, order)) {
        const Task& task = task_of(*problem_, ref);
        Stop stop{.order = order,
                  .place = task.place,
                  .service = task.service,
                  .open = task.windows.empty() ? 0 : task.windows.front().open,
                  .close = task.windows.empty() ? kTimeMax : task.windows.back().close,
                  .takes = task.takes,
                  .leaves = task.leaves,
                  .pickup = ref.pickup};
        if (of.is_cold)
            stop.cold_change =
                ref.pickup >= 0 ? 1 : -std::max(1, static_cast<int>(of.pickups.size()));
        if (task.windows.size() > 1) {
            stop.window_count = static_cast<std::uint32_t>(task.windows.size());
            stop.windows = task.windows.data();
        }
        errand.stops.push_back(static_cast<int>(stops_.size()));
        stops_.push_back(stop);
        add(errand.load, of.pickups.empty() ? task.leaves : task.takes);
    }
    if (of.is_cancelled) errand.is_done = true;
    errand.has_delivery = of.delivery.has_value();
    errand.is_aboard_at_start = of.pickups.empty();
    errand.is_cold = of.is_cold;
    errand.published_to = of.published_to.value_or(-1);
    errand.aboard_max = of.pickups.empty() ? 0 : of.aboard_max;
    has_aboard_limits_ |= errand.aboard_max > 0;
    errand.skills = bits_of(of.skills);
    has_published_ |= of.published_to.has_value();
    errands_.push_back(std::move(errand));
}

void Instance::add_shift(const Shift& shift) {
    const int nowhere = travel_->front().nowhere();
    Bike bike{.place_start = shift.start_place.value_or(nowhere),
              .place_end = shift.end_place.value_or(nowhere),
              .start = {.span = 0, .earliest = shift.window.open, .latest = shift.window.close},
              .end = shift.window,
              .capacity = shift.capacity,
              .skills = bits_of(shift.skills),
              .matrix = shift.bike,
              .limits = shift.limits,
              .is_off = !shift.off_because.empty()};
    if (shift.progress) {
        const Progress& progress = *shift.progress;
        bike.place_start = progress.place;
        bike.start = {.span = progress.free_at - progress.begun_at,
                      .earliest = progress.begun_at,
                      .latest = progress.begun_at};
        bike.worked_since_break = progress.worked_since_break;
        // Who is too late already still has to come back.
        bike.end.close = std::max(
            bike.end.close, progress.free_at + travel_->at(static_cast<std::size_t>(shift.bike))
                                                   .time(bike.place_start, bike.place_end));
        bike.has_begun = true;
    }
    has_law_ |= shift.limits != DutyLimits{};
    // Alike are those that nothing here tells apart.
    const auto alike = [&](const Bike& other) {
        return other.place_start == bike.place_start && other.place_end == bike.place_end &&
               other.start == bike.start && other.end == bike.end &&
               other.capacity == bike.capacity && other.skills == bike.skills &&
               other.matrix == bike.matrix && other.limits == bike.limits && !other.has_begun &&
               other.is_off == bike.is_off;
    };
    bike.kind = static_cast<int>(bikes_.size());
    if (!bike.has_begun && !has_published_)
        if (const auto other = std::ranges::find_if(bikes_, alike); other != bikes_.end())
            bike.kind = other->kind;
    bikes_.push_back(bike);
}

// What has been done leaves what is to be done: deliveries of what is aboard, by who has it.
void Instance::note_progress() {
    for (int shift = 0; shift < shift_count(); ++shift) {
        const auto& progress = problem_->shifts[static_cast<std::size_t>(shift)].progress;
        if (!progress) continue;
        Bike& bike = bikes_[static_cast<std::size_t>(shift)];
        for (const StopRef ref : progress->done) {
            Errand& errand = errands_[static_cast<std::size_t>(ref.order)];
            const Task& task = task_of(*problem_, ref);
            if (!errand.is_aboard_at_start) subtract(bike.aboard, task.leaves);
            add(bike.aboard, task.takes);
            std::erase_if(errand.stops, [&](int s) {
                if (stop(s).pickup != ref.pickup) return false;
                stops_[static_cast<std::size_t>(s)].is_done = true;
                if (!errand.is_aboard_at_start) bike.cold_aboard += stop(s).cold_change;
                return true;
            });
            errand.bound_to = shift;
            errand.is_done = errand.is_done || errand.stops.empty();
        }
    }
}

void Instance::weigh() {
    switch (problem_->objective) {
        case Objective::distance: weights_ = {.travel = 16}; break;
        case Objective::vehicles: weights_ = {.travel = 16, .opened = Energy{1} << 32}; break;
        case Objective::paid:
            weights_ = {
                .travel = 1, .paid = 16, .opened = 960, .unfairness = 1, .change = 16LL * 300};
            break;
    }
    weights_.unserved = Energy{1} << 36;
    for (int order = 0; order < order_count(); ++order) {
        Errand& errand = errands_[static_cast<std::size_t>(order)];
        errand.unserved =
            weights_.unserved * unserved_weight(problem_->orders[static_cast<std::size_t>(order)]);
        if (errand.bound_to >= 0) errand.unserved = Energy{1} << 48;
    }
}

void Instance::count_dimensions() {
    for (const Stop& each : stops_)
        for (std::size_t d = 1; d < kDimensions; ++d)
            if (each.takes[d] > 0 || each.leaves[d] > 0) dimensions_ = std::max(dimensions_, d + 1);
}

void Instance::promise(int stop, Window window) {
    Stop& promised = stops_[static_cast<std::size_t>(stop)];
    promised.open = window.open;
    promised.close = window.close;
    promised.window_count = 1;
}

void Instance::widen(int stop, Time later) {
    Stop& easier = stops_[static_cast<std::size_t>(stop)];
    easier.close = std::min(easier.close + later, kTimeMax);
    easier.window_count = 1;
}

void Instance::lengthen(int shift, Window by) {
    Bike& easier = bikes_[static_cast<std::size_t>(shift)];
    easier.end.close = std::min(easier.end.close + by.close, kTimeMax);
    if (easier.has_begun) return;
    easier.start.latest = easier.end.close;
    easier.start.earliest = std::max(easier.start.earliest - by.open, 0);
    easier.end.open = easier.start.earliest;
}

void Instance::enlarge(int shift, std::size_t dimension, std::int32_t by) {
    bikes_[static_cast<std::size_t>(shift)].capacity[dimension] += by;
}

void Instance::teach(int shift, std::uint64_t skills) {
    bikes_[static_cast<std::size_t>(shift)].skills |= skills;
    match();
}

void Instance::match() {
    may_serve_.clear();
    for (int shift = 0; shift < shift_count(); ++shift)
        for (int order = 0; order < order_count(); ++order)
            may_serve_.push_back(matches(shift, order) ? 1 : 0);
}

bool Instance::matches(int shift, int order) const {
    const Errand& wanted = errand(order);
    if (bike(shift).is_off || wanted.is_done) return false;
    if (wanted.bound_to >= 0) return wanted.bound_to == shift;
    // Too late for a delivery that had to be loaded where the shift began.
    if (wanted.is_aboard_at_start && bike(shift).has_begun && wanted.published_to != shift)
        return false;
    return (wanted.skills & ~bike(shift).skills) == 0;
}

Energy Instance::change_cost(int shift, int order) const {
    const int published = errand(order).published_to;
    return published < 0 || published == shift ? 0 : weights_.change;
}

}  // namespace emplettes::planner
