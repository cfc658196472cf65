#include <algorithm>
#include <map>

#include "base/text.h"
#include "planner/duty/courier_record.h"
#include "planner/readers/named_places.h"
#include "planner/readers/read_problem.h"

namespace emplettes::planner {
namespace {

constexpr std::array<const char*, kDimensions> kAmounts = {"weight_g", "volume_ml", "cold_ml",
                                                           "pieces"};
constexpr double kSpeedKmh = 13;  // door to door, with a cargo bike
constexpr int kWeekMinutes = 7 * 24 * 60;
constexpr std::size_t kWeeksMax = 52;

LocalDay read_calendar_day(const JsonField& field) {
    const std::string text = field.text();
    const auto parts = split(text, '-');
    const auto number = [&](std::size_t i) {
        return i < parts.size() ? parse_int(parts[i]).value_or(0) : 0;
    };
    const std::chrono::year_month_day day{std::chrono::year{static_cast<int>(number(0))},
                                          std::chrono::month{static_cast<unsigned>(number(1))},
                                          std::chrono::day{static_cast<unsigned>(number(2))}};
    if (text.size() != 10 || !day.ok()) field.refuse("must be a day such as 2026-12-01");
    return LocalDay{day};
}

// Our own document, from its places to its orders: later parts name earlier ones.
class DayReader {
  public:
    explicit DayReader(const JsonField& root) : root_(root) {}

    Problem read() {
        root_.only({"name", "day", "territory", "heat", "places", "bikes", "shifts", "orders"});
        problem_.name = root_.text_or("name", "");
        read_law();
        for (const JsonField& place : root_.at("places").list()) read_place(place);
        if (places_.names().size() > kPlacesMax) root_.at("places").refuse("is too long");
        for (const JsonField& bike : root_.at("bikes").list()) read_bike(bike);
        const auto shifts = root_.at("shifts").list();
        for (const JsonField& shift : shifts) read_shift(shift);
        for (const JsonField& order : root_.at("orders").list()) read_order(order);
        for (std::size_t i = 0; i < shifts.size(); ++i)
            if (shifts[i].has("progress"))
                problem_.shifts[i].progress = read_progress(shifts[i].at("progress"));
        problem_.skill_names = skills_.names();
        return std::move(problem_);
    }

  private:
    void read_law() {
        if (!root_.has("territory")) return;
        law_ = law::WorkingTimeLaw::built_in(root_.at("territory").text());
        if (!law_) root_.at("territory").refuse("no working time law is recorded for it");
        day_ = read_calendar_day(root_.at("day"));
        const std::string heat = root_.text_or("heat", "none");
        if (heat != "none" && heat != "yellow" && heat != "orange" && heat != "red")
            root_.at("heat").refuse("must be none, yellow, orange or red");
        heat_ = heat == "red" ? Heat::red : heat == "orange" ? Heat::orange : Heat::none;
    }

    void read_place(const JsonField& field) {
        field.only({"id", "lat", "lon"});
        places_.add(field.at("id").id(), field.at("id"));
        const bool is_known = field.has("lat") && field.has("lon");
        has_positions_ = has_positions_ && is_known;
        Position position;
        if (is_known) position = {.x = field.at("lon").number(), .y = field.at("lat").number()};
        if (std::abs(position.y) > 90 || std::abs(position.x) > 180)
            field.refuse("is nowhere on Earth");
        problem_.positions.push_back(position);
    }

    void read_bike(const JsonField& field) {
        field.only(
            {"id", "times_s", "metres", "speed_kmh", "weight_g", "volume_ml", "cold_ml", "pieces"});
        bikes_.add(field.at("id").id(), field.at("id"));
        capacities_.push_back(read_amounts(field, kLoadMax));
        const std::size_t places = problem_.positions.size();
        Matrix matrix{.places = places};
        if (field.has("times_s")) {
            matrix.times = read_table(field.at("times_s"), places);
            if (field.has("metres")) matrix.metres = read_table(field.at("metres"), places);
        } else {
            if (!has_positions_)
                field.at("times_s").refuse("is missing, and so is the lat and lon of some place");
            const double speed =
                field.has("speed_kmh") ? field.at("speed_kmh").number() : kSpeedKmh;
            if (speed < 1 || speed > 100) field.at("speed_kmh").refuse("must be from 1 to 100");
            matrix = estimate_matrix(problem_.positions, speed);
        }
        problem_.matrices.push_back(std::move(matrix));
    }

    static Load read_amounts(const JsonField& field, std::int32_t otherwise) {
        Load load{};
        for (std::size_t d = 0; d < kDimensions; ++d)
            load[d] = field.whole_or(kAmounts[d], otherwise, 0, kLoadMax);
        return load;
    }
    std::vector<int> read_skills(const JsonField& field) {
        std::vector<int> skills;
        if (!field.has("skills")) return skills;
        for (const JsonField& skill : field.at("skills").list())
            skills.push_back(skills_.find_or_add(skill.id()));
        return skills;
    }
    static Window read_window(const JsonField& field) {
        const auto ends = field.list();
        if (ends.size() != 2) field.refuse("must be [from, to]");
        return {.open = ends[0].time(), .close = ends[1].time()};
    }

    void read_shift(const JsonField& field) {
        field.only({"id", "bike", "start", "end", "window", "skills", "cents_per_hour", "work",
                    "lunch", "progress"});
        Shift shift{.name = field.at("id").id()};
        shift_names_.add(shift.name, field.at("id"));
        shift.bike = bikes_.find(field.at("bike"));
        shift.capacity = capacities_[static_cast<std::size_t>(shift.bike)];
        if (field.has("start")) shift.start_place = places_.find(field.at("start"));
        if (field.has("end")) shift.end_place = places_.find(field.at("end"));
        shift.window = read_window(field.at("window"));
        if (shift.window.close < shift.window.open)
            field.at("window").refuse("closes before it opens");
        shift.skills = read_skills(field);
        shift.cents_per_hour = field.whole_or("cents_per_hour", 0, 0, kLoadMax);
        if (field.has("lunch")) read_lunch(field.at("lunch"), shift.limits);
        CourierRecord record;
        if (field.has("work")) record = read_record(field.at("work"));
        if (law_)
            if (const auto why = obey(shift, record, *law_, day_, heat_)) shift.off_because = *why;
        problem_.shifts.push_back(std::move(shift));
    }
    static void read_lunch(const JsonField& field, DutyLimits& limits) {
        field.only({"window", "minutes"});
        limits.needs_break = true;
        limits.break_window = read_window(field.at("window"));
        limits.break_min = field.at("minutes").whole(1, 240) * 60;
    }
    static CourierRecord read_record(const JsonField& field) {
        field.only({"minor", "night", "previous_release", "next_duty", "week_minutes",
                    "weeks_minutes", "weekly_rest"});
        CourierRecord record{.is_minor = field.yes_or("minor", false),
                             .may_work_at_night = field.yes_or("night", false)};
        record.has_weekly_rest = field.yes_or("weekly_rest", true);
        if (field.has("previous_release"))
            record.previous_release = field.at("previous_release").whole(-864'000, 86'400);
        if (field.has("next_duty")) record.next_duty = field.at("next_duty").whole(0, 864'000);
        record.week_work_min = field.whole_or("week_minutes", 0, 0, kWeekMinutes);
        if (!field.has("weeks_minutes")) return record;
        const auto weeks = field.at("weeks_minutes").list();
        if (weeks.size() > kWeeksMax) field.at("weeks_minutes").refuse("is too long");
        for (const JsonField& week : weeks)
            record.weeks_work_min.push_back(week.whole(0, kWeekMinutes));
        return record;
    }

    Task read_task(const JsonField& field) {
        field.only({"place", "windows", "service_s", "weight_g", "volume_ml", "cold_ml", "pieces"});
        Task task{.name = field.at("place").id(), .place = places_.find(field.at("place"))};
        task.service = field.whole_or("service_s", 0, 0, kTimeMax);
        if (field.has("windows"))
            for (const JsonField& window : field.at("windows").list())
                task.windows.push_back(read_window(window));
        return task;
    }

    void read_order(const JsonField& field) {
        field.only({"id", "pickups", "delivery", "priority", "skills", "cold", "fragile",
                    "heaviest_piece_g", "aboard_max_min", "shift"});
        Order order{.name = field.at("id").id()};
        order_names_.add(order.name, field.at("id"));
        order.priority = field.whole_or("priority", 0, 0, kPriorityMax);
        order.skills = read_skills(field);
        order.is_cold = field.yes_or("cold", false);
        order.is_fragile = field.yes_or("fragile", false);
        order.aboard_max = field.whole_or("aboard_max_min", 0, 0, 24 * 60) * 60;
        order.needs_two = field.whole_or("heaviest_piece_g", 0, 0, kLoadMax) > lifted_max();
        Load sum{};
        if (field.has("pickups"))
            for (const JsonField& pickup : field.at("pickups").list()) {
                order.pickups.push_back(read_task(pickup));
                order.pickups.back().takes = read_amounts(pickup, 0);
                for (std::size_t d = 0; d < kDimensions; ++d) {
                    if (sum[d] > kLoadMax - order.pickups.back().takes[d])
                        pickup.refuse(std::string(kAmounts[d]) + " of the order is too much");
                    sum[d] += order.pickups.back().takes[d];
                }
            }
        if (field.has("delivery")) {
            order.delivery = read_task(field.at("delivery"));
            order.delivery->leaves =
                order.pickups.empty() ? read_amounts(field.at("delivery"), 0) : sum;
        }
        if (field.has("shift")) order.published_to = shift_names_.find(field.at("shift"));
        problem_.orders.push_back(std::move(order));
    }
    int lifted_max() const {
        constexpr int kUnlessRecorded = 15'000;
        if (!law_) return kUnlessRecorded;
        return law_->value(law::WorkRule::lifted_max, law::Worker::adult, day_)
            .value_or(kUnlessRecorded);
    }

    Progress read_progress(const JsonField& field) {
        field.only({"begun_at", "free_at", "place", "done", "worked_since_break_s"});
        Progress progress{.begun_at = field.at("begun_at").time(),
                          .free_at = field.at("free_at").time(),
                          .place = places_.find(field.at("place"))};
        progress.worked_since_break = field.whole_or(
            "worked_since_break_s", std::max(0, progress.free_at - progress.begun_at), 0, kTimeMax);
        if (!field.has("done")) return progress;
        for (const JsonField& stop : field.at("done").list()) {
            stop.only({"order", "pickup"});
            progress.done.push_back({.order = order_names_.find(stop.at("order")),
                                     .pickup = stop.whole_or("pickup", -1, -1, 100)});
        }
        return progress;
    }

    const JsonField& root_;
    Problem problem_;
    std::optional<law::WorkingTimeLaw> law_;
    LocalDay day_{};
    Heat heat_ = Heat::none;
    bool has_positions_ = true;
    std::vector<Load> capacities_;
    NamedThings places_;
    NamedThings bikes_;
    NamedThings shift_names_;
    NamedThings order_names_;
    NamedThings skills_;
};

}  // namespace

Read<Problem> read_day(std::string_view text) {
    try {
        const Json document = parse_document(text);
        return DayReader(JsonField(document, "")).read();
    } catch (const ReadError& error) {
        return error;
    }
}

}  // namespace emplettes::planner
