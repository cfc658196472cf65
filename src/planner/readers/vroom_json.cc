#include <algorithm>
#include <map>

#include "planner/readers/named_places.h"
#include "planner/readers/read_problem.h"

namespace emplettes::planner {
namespace {

// VROOM's own document of its API 1.14: times in seconds, places by index of the matrix.
class VroomReader {
  public:
    explicit VroomReader(const JsonField& root) : root_(root) {}

    Problem read() {
        problem_.name = "VROOM";
        matrices();
        for (const JsonField& vehicle : list_of(root_, "vehicles")) read_vehicle(vehicle);
        for (const JsonField& job : list_of(root_, "jobs")) read_job(job);
        for (const JsonField& shipment : list_of(root_, "shipments")) read_shipment(shipment);
        problem_.skill_names = skills_.names();
        return std::move(problem_);
    }

  private:
    static std::vector<JsonField> list_of(const JsonField& field, const char* name) {
        return field.has(name) ? field.at(name).list() : std::vector<JsonField>{};
    }

    void matrices() {
        if (!root_.has("matrices"))
            root_.at("matrices").refuse("is missing: travel times are not fetched from anywhere");
        root_.at("matrices").each_member([&](const std::string& profile, const JsonField& value) {
            const JsonField durations = value.at("durations");
            Matrix matrix{.places = durations.list().size()};
            if (matrix.places > kPlacesMax) durations.refuse("is too large");
            matrix.times = read_table(durations, matrix.places);
            if (value.has("distances"))
                matrix.metres = read_table(value.at("distances"), matrix.places);
            profiles_.add(profile, value);
            problem_.matrices.push_back(std::move(matrix));
        });
    }

    std::vector<int> read_skills(const JsonField& field) {
        std::vector<int> skills;
        for (const JsonField& skill : list_of(field, "skills"))
            skills.push_back(skills_.find_or_add(skill.id()));
        return skills;
    }
    static Window read_window(const JsonField& field) {
        const auto ends = field.list();
        if (ends.size() != 2) field.refuse("must be [from, to]");
        return {.open = ends[0].whole(0, kTimeMax), .close = ends[1].whole(0, kTimeMax)};
    }
    static Load read_load(const JsonField& field, const char* name) {
        Load load{};
        if (!field.has(name)) return load;
        const JsonField amounts = field.at(name);
        const auto list = amounts.list();
        if (list.size() > kDimensions)
            amounts.refuse("has more than " + std::to_string(kDimensions) + " dimensions");
        for (std::size_t d = 0; d < list.size(); ++d) load[d] = list[d].whole(0, kLoadMax);
        return load;
    }

    void read_vehicle(const JsonField& field) {
        Shift shift{.name = field.at("id").id()};
        if (field.has("start_index")) shift.start_place = index(field.at("start_index"));
        if (field.has("end_index")) shift.end_place = index(field.at("end_index"));
        if (field.has("time_window")) shift.window = read_window(field.at("time_window"));
        shift.capacity = field.has("capacity") ? read_load(field, "capacity") : plenty();
        shift.skills = read_skills(field);
        const std::string profile = field.text_or("profile", "car");
        if (!profiles_.has(profile)) field.refuse("there is no matrix for \"" + profile + '"');
        shift.bike = field.has("profile") ? profiles_.find(field.at("profile"))
                                          : profiles_.find_or_add(profile);
        read_break(field, shift);
        problem_.shifts.push_back(std::move(shift));
    }
    static Load plenty() {
        Load load;
        load.fill(kLoadMax);
        return load;
    }
    static void read_break(const JsonField& field, Shift& shift) {
        const auto breaks = list_of(field, "breaks");
        if (breaks.empty()) return;
        if (breaks.size() > 1) breaks[1].refuse("only one break of a vehicle can be planned");
        shift.limits.needs_break = true;
        shift.limits.break_min = breaks[0].whole_or("service", 0, 0, kTimeMax);
        if (shift.limits.break_min == 0) breaks[0].at("service").refuse("must be more than 0");
        const auto windows = list_of(breaks[0], "time_windows");
        if (windows.size() > 1) windows[1].refuse("only one window of a break can be planned");
        if (!windows.empty()) shift.limits.break_window = read_window(windows[0]);
    }
    static int index(const JsonField& field) {
        return field.whole(0, static_cast<std::int32_t>(kPlacesMax));
    }

    static Task read_task(const JsonField& field, Time setup_too) {
        Task task{.name = field.text_or("description", "")};
        task.place = index(field.at("location_index"));
        task.service = field.whole_or("service", 0, 0, kTimeMax / 2) + setup_too;
        for (const JsonField& window : list_of(field, "time_windows"))
            task.windows.push_back(read_window(window));
        return task;
    }
    static Time setup_of(const JsonField& field) {
        return field.whole_or("setup", 0, 0, kTimeMax / 2);
    }

    void read_job(const JsonField& field) {
        Order order = begin_order(field, "job ");
        order.delivery = read_task(field, setup_of(field));
        order.delivery->leaves = read_load(field, field.has("delivery") ? "delivery" : "amount");
        order.delivery->takes = read_load(field, "pickup");
        problem_.orders.push_back(std::move(order));
    }
    void read_shipment(const JsonField& field) {
        const JsonField pickup = field.at("pickup");
        const JsonField delivery = field.at("delivery");
        Order order = begin_order(field, "shipment ");
        order.name = "shipment " + pickup.at("id").id() + '-' + delivery.at("id").id();
        order.pickups.push_back(read_task(pickup, setup_of(pickup)));
        order.delivery = read_task(delivery, setup_of(delivery));
        order.pickups[0].takes = read_load(field, "amount");
        order.delivery->leaves = order.pickups[0].takes;
        problem_.orders.push_back(std::move(order));
    }
    Order begin_order(const JsonField& field, const char* kind) {
        Order order{.name = kind};
        if (field.has("id")) order.name += field.at("id").id();
        order.priority = field.whole_or("priority", 0, 0, kPriorityMax);
        order.skills = read_skills(field);
        return order;
    }

    const JsonField& root_;
    Problem problem_;
    NamedThings profiles_;
    NamedThings skills_;
};

}  // namespace

Read<Problem> read_vroom(std::string_view text) {
    try {
        const Json document = parse_document(text);
        return VroomReader(JsonField(document, "")).read();
    } catch (const ReadError& error) {
        return error;
    }
}

}  // namespace emplettes::planner
