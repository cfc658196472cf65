#include "planner/test_days.h"

#include <cmath>

namespace emplettes::planner {
namespace {

constexpr int kPlaces = 25;
constexpr Time kHour = 3600;

class Town {
  public:
    Town(const DaySettings& settings, Dice& dice) : settings_(settings), dice_(dice) {}

    Problem make() {
        problem_.skill_names = {"cold box"};
        for (int i = 0; i < kPlaces; ++i)
            problem_.positions.push_back({dice_.fraction() * 8000, dice_.fraction() * 8000});
        for (const double speed : {3.5, 5.0}) problem_.matrices.push_back(matrix(speed));
        for (int i = 0; i < settings_.shifts; ++i) problem_.shifts.push_back(shift(i));
        for (int i = 0; i < settings_.orders; ++i) problem_.orders.push_back(order(i));
        if (settings_.has_progress) begin_some();
        return std::move(problem_);
    }

  private:
    int between(int low, int high) { return low + dice_.below(high - low + 1); }

    // Rounded up: a way over a third place is never shorter.
    Matrix matrix(double speed) const {
        Matrix matrix{.places = kPlaces};
        for (const Position& a : problem_.positions)
            for (const Position& b : problem_.positions) {
                const double metres = std::hypot(a.x - b.x, a.y - b.y);
                matrix.metres.push_back(static_cast<std::int32_t>(std::ceil(metres)));
                matrix.times.push_back(static_cast<Time>(std::ceil(metres / speed)));
            }
        return matrix;
    }
    Shift shift(int number) {
        Shift shift{.name = "shift " + std::to_string(number)};
        if (dice_.chance(0.8)) shift.start_place = between(0, kPlaces - 1);
        if (dice_.chance(0.8)) shift.end_place = between(0, kPlaces - 1);
        shift.window.open = between(6, 11) * kHour;
        shift.window.close = shift.window.open + between(3, 12) * kHour;
        shift.bike = between(0, 1);
        shift.capacity = {between(20, 100), between(20, 100), 0, 0};
        if (dice_.chance(0.5)) shift.skills = {0};
        shift.cents_per_hour = 1500;
        if (!settings_.has_law) return shift;
        const bool is_minor = dice_.chance(0.3);
        shift.limits = {.work_max = between(4, is_minor ? 8 : 10) * kHour,
                        .span_max = 13 * kHour,
                        .stretch_max = is_minor ? 16'200 : 6 * kHour,
                        .break_min = is_minor ? 1800 : 1200};
        if (dice_.chance(0.3)) {
            shift.limits.needs_break = true;
            shift.limits.break_window = {.open = 12 * kHour, .close = 14 * kHour};
        }
        return shift;
    }
    Task task() {
        Task task{.place = between(0, kPlaces - 1), .service = between(0, 600)};
        if (dice_.chance(0.7)) {
            const Time open = between(6 * 3600, 17 * 3600);
            task.windows = {{.open = open, .close = open + between(600, 3 * 3600)}};
        }
        if (settings_.has_groups && !task.windows.empty() && dice_.chance(0.3)) {
            const Time open = task.windows[0].close + between(600, 7200);
            task.windows.push_back({.open = open, .close = open + between(600, 7200)});
        }
        return task;
    }
    Order order(int number) {
        Order order{.name = "order " + std::to_string(number), .priority = between(0, 3)};
        const int pickups = settings_.has_groups ? between(0, 3) : 1;
        Load sum{};
        for (int i = 0; i < pickups; ++i) {
            order.pickups.push_back(task());
            order.pickups.back().takes = {between(0, 20), between(0, 20), 0, 0};
            for (std::size_t d = 0; d < kDimensions; ++d) sum[d] += order.pickups.back().takes[d];
        }
        if (pickups != 1 || dice_.chance(0.9)) {
            order.delivery = task();
            order.delivery->leaves = sum;
            if (pickups == 0) order.delivery->leaves = {between(0, 20), between(0, 20), 0, 0};
        }
        if (dice_.chance(0.2)) order.skills = {0};
        order.is_cold = settings_.has_law && dice_.chance(0.3);
        if (settings_.has_law && pickups > 0 && order.delivery && dice_.chance(0.3))
            order.aboard_max = between(1200, 5400);
        return order;
    }

    // The first shifts have picked up some orders and are under way.
    void begin_some() {
        const int begun = std::min(settings_.shifts, 2);
        for (int i = 0; i < begun; ++i) {
            Shift& shift = problem_.shifts[static_cast<std::size_t>(i)];
            Progress progress{.begun_at = shift.window.open};
            progress.free_at = progress.begun_at + between(0, 2) * 1800;
            progress.place = between(0, kPlaces - 1);
            progress.worked_since_break = progress.free_at - progress.begun_at;
            Order& order = problem_.orders[static_cast<std::size_t>(i)];
            const bool can_have = !order.pickups.empty() && order.delivery;
            if (can_have) {
                order.aboard_max = 0;
                order.skills.clear();
                order.delivery->windows.clear();
                progress.done.push_back({.order = i, .pickup = 0});
            }
            shift.progress = progress;
        }
    }

    const DaySettings& settings_;
    Dice& dice_;
    Problem problem_;
};

}  // namespace

Problem make_day(const DaySettings& settings, Dice& dice) { return Town(settings, dice).make(); }

}  // namespace emplettes::planner
