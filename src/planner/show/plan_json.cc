#include <algorithm>
#include <map>

#include "planner/readers/json_field.h"
#include "planner/show/show_plan.h"

namespace emplettes::planner {
namespace {

Json to_json(const Problem& problem, const Visit& visit) {
    Json json = {{"order", problem.orders[static_cast<std::size_t>(visit.stop.order)].name}};
    if (visit.stop.pickup >= 0) json["pickup"] = visit.stop.pickup;
    json.update({{"arrival", visit.arrival}, {"start", visit.start}, {"finish", visit.finish}});
    return json;
}

Json to_json(const Problem& problem, const Round& round) {
    Json visits = Json::array();
    for (const Visit& visit : round.visits) visits.push_back(to_json(problem, visit));
    Json pauses = Json::array();
    for (const Pause& pause : round.pauses)
        pauses.push_back(
            {{"after", pause.after}, {"start", pause.start}, {"finish", pause.finish}});
    return {{"shift", problem.shifts[static_cast<std::size_t>(round.shift)].name},
            {"begin", round.begin},
            {"release", round.release},
            {"visits", std::move(visits)},
            {"breaks", std::move(pauses)}};
}

template <typename T>
std::map<std::string, int> numbers_of(const std::vector<T>& things) {
    std::map<std::string, int> numbers;
    for (const T& thing : things) numbers.emplace(thing.name, static_cast<int>(numbers.size()));
    return numbers;
}

int find(const std::map<std::string, int>& numbers, const JsonField& field) {
    const auto found = numbers.find(field.id());
    if (found == numbers.end()) field.refuse("is not in the problem");
    return found->second;
}

class PlanReader {
  public:
    explicit PlanReader(const Problem& problem)
        : orders_(numbers_of(problem.orders)), shifts_(numbers_of(problem.shifts)) {}

    Plan read(const JsonField& root) const {
        Plan plan;
        for (const JsonField& round : root.at("rounds").list())
            plan.rounds.push_back(read_round(round));
        for (const JsonField& order : root.at("unserved").list())
            plan.unserved.push_back(find(orders_, order));
        const JsonField levels = root.at("levels");
        for (std::size_t i = 0; i < kLevels; ++i) {
            const auto level = static_cast<Level>(i);
            if (levels.has(name_of(level)))
                plan.levels[level] = static_cast<std::int64_t>(
                    std::clamp(levels.at(name_of(level)).number(), -1e15, 1e15));
        }
        return plan;
    }

  private:
    Round read_round(const JsonField& field) const {
        Round round{.shift = find(shifts_, field.at("shift")),
                    .begin = field.at("begin").whole(0, kTimeMax),
                    .release = field.at("release").whole(0, kTimeMax)};
        for (const JsonField& visit : field.at("visits").list())
            round.visits.push_back({.stop = {.order = find(orders_, visit.at("order")),
                                             .pickup = visit.whole_or("pickup", -1, 0, 100)},
                                    .arrival = visit.at("arrival").whole(0, kTimeMax),
                                    .start = visit.at("start").whole(0, kTimeMax),
                                    .finish = visit.at("finish").whole(0, kTimeMax)});
        for (const JsonField& pause : field.at("breaks").list())
            round.pauses.push_back(
                {.after = static_cast<std::size_t>(pause.at("after").whole(0, 100'000)),
                 .start = pause.at("start").whole(0, kTimeMax),
                 .finish = pause.at("finish").whole(0, kTimeMax)});
        return round;
    }

    std::map<std::string, int> orders_;
    std::map<std::string, int> shifts_;
};

}  // namespace

Json plan_json(const Problem& problem, const Plan& plan) {
    Json rounds = Json::array();
    for (const Round& round : plan.rounds) rounds.push_back(to_json(problem, round));
    Json unserved = Json::array();
    for (const int order : plan.unserved)
        unserved.push_back(problem.orders[static_cast<std::size_t>(order)].name);
    Json levels = Json::object();
    for (const Level level : levels_of(problem.objective))
        levels[name_of(level)] = plan.levels[level];
    return {{"problem", problem.name},
            {"ticks_per_unit", problem.ticks_per_unit},
            {"rounds", std::move(rounds)},
            {"unserved", std::move(unserved)},
            {"levels", std::move(levels)}};
}

Read<Plan> read_plan(const Problem& problem, std::string_view json) {
    try {
        const Json document = parse_document(json);
        return PlanReader(problem).read(JsonField(document, ""));
    } catch (const ReadError& error) {
        return error;
    }
}

}  // namespace emplettes::planner
