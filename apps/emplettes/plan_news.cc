#include "emplettes/plan_news.h"

#include <algorithm>
#include <cstdio>
#include <set>
#include <stdexcept>

#include "base/text.h"
#include "emplettes/plan_files.h"
#include "planner/living/live_plan.h"
#include "planner/living/under_way.h"
#include "planner/readers/read_problem.h"
#include "planner/reasons/reasons.h"
#include "planner/reasons/relaxation.h"
#include "planner/show/show_plan.h"

namespace emplettes {
namespace {

using planner::Problem;
using planner::Time;
using planner::Window;

constexpr Time kSlot = 2 * 3600;  // where nobody says otherwise
constexpr int kLateMax = 24 * 60;
constexpr std::size_t kSlotsMax = 48;

[[noreturn]] void refuse(const std::string& option, const std::string& typed,
                         const std::string& why) {
    throw std::runtime_error(option + ' ' + typed + ": " + why);
}

template <typename T>
int find_named(const std::vector<T>& things, const std::string& name, const char* option,
               const char* kind) {
    const auto found = std::ranges::find(things, name, &T::name);
    if (found == things.end())
        refuse(option, name, std::string("there is no ") + kind + " of this name");
    return static_cast<int>(found - things.begin());
}

// "ana=20" in two; `value` is empty where there is no "=".
struct Assignment {
    std::string name;
    std::string value;
};

Assignment read_assignment(const std::string& typed) {
    const std::size_t at = typed.rfind('=');
    if (at == std::string::npos) return {.name = typed};
    return {.name = typed.substr(0, at), .value = typed.substr(at + 1)};
}

Time read_clock(const char* option, const std::string& typed, std::string_view clock) {
    const auto parts = split(clock, ':');
    const auto hours = parse_int(parts[0]);
    const auto minutes = parts.size() == 2 ? parse_int(parts[1]) : std::nullopt;
    if (!hours || !minutes || *hours < 0 || *hours > 48 || *minutes < 0 || *minutes > 59)
        refuse(option, typed, "must name a time such as 14:30");
    return static_cast<Time>(*hours * 3600 + *minutes * 60);
}

planner::CourierLate read_late(const Problem& problem, const std::string& typed) {
    const Assignment late = read_assignment(typed);
    const auto minutes = parse_int(late.value);
    if (!minutes || *minutes < 1 || *minutes > kLateMax)
        refuse("--late", typed, "must be COURIER=MINUTES, from 1 to 1440 of them");
    return {.shift = find_named(problem.shifts, late.name, "--late", "courier"),
            .by = static_cast<Time>(*minutes) * 60};
}

// All pickups of the order, or the one at the place that is named behind a slash.
void read_not_ready(const Problem& problem, const std::string& typed,
                    std::vector<planner::DayNews>& news) {
    const Assignment stop = read_assignment(typed);
    const Time until = read_clock("--not-ready", typed, stop.value);
    const std::size_t slash = stop.name.rfind('/');
    const std::string place = slash == std::string::npos ? "" : stop.name.substr(slash + 1);
    const int number =
        find_named(problem.orders, stop.name.substr(0, slash), "--not-ready", "order");
    const auto& pickups = problem.orders[static_cast<std::size_t>(number)].pickups;
    const std::size_t before = news.size();
    for (std::size_t p = 0; p < pickups.size(); ++p)
        if (place.empty() || pickups[p].name == place)
            news.push_back(planner::ShopNotReady{
                .stop = {.order = number, .pickup = static_cast<int>(p)}, .until = until});
    if (news.size() == before) refuse("--not-ready", typed, "the order has no such pickup");
}

std::vector<Window> read_slots(const Problem& problem, const NewsOptions& options) {
    std::vector<Window> slots;
    for (const std::string& typed : options.slots) {
        const auto ends = split(typed, '-');
        if (ends.size() != 2) refuse("--slot", typed, "must be such as 14:00-16:00");
        slots.push_back({.open = read_clock("--slot", typed, ends[0]),
                         .close = read_clock("--slot", typed, ends[1])});
        if (slots.back().close < slots.back().open)
            refuse("--slot", typed, "ends before it begins");
    }
    if (slots.size() > kSlotsMax) throw std::runtime_error("--slot: more than 48 slots");
    if (!slots.empty()) return slots;
    const auto& delivery = problem.orders.back().delivery;
    if (delivery && !delivery->windows.empty()) return delivery->windows;
    Time first = planner::kTimeMax;
    Time last = 0;
    for (const planner::Shift& shift : problem.shifts) {
        first = std::min(first, shift.window.open);
        last = std::max(last, std::min(shift.window.close, 48 * 3600));
    }
    for (Time open = first / 3600 * 3600; open < last; open += kSlot)
        slots.push_back({.open = open, .close = open + kSlot});
    return slots;
}

std::string slot_text(const Problem& problem, const Window& slot) {
    return clock_text(problem, slot.open) + '-' + clock_text(problem, slot.close);
}

std::string euros_text(std::int64_t cents) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f euros", static_cast<double>(cents) / 100);
    return text;
}

// What would have to change for a slot that nobody can keep.
std::string way_out(const Problem& problem, const planner::Plan& standing, const Window& slot) {
    Problem asked = problem;
    if (!asked.orders.back().delivery) return "nobody";
    asked.orders.back().delivery->windows = {slot};
    const int order = static_cast<int>(asked.orders.size()) - 1;
    const auto relaxations = planner::find_relaxations(asked, standing, order);
    if (relaxations.empty()) return "nobody, and no single change would do";
    return "nobody; it would take " + planner::words_of(asked, relaxations.front());
}

std::string offer_text(const Problem& problem, const planner::Offer& offer) {
    const planner::Shift& shift = problem.shifts[static_cast<std::size_t>(offer.shift)];
    std::string text = shift.name;
    if (offer.delivery_start > 0) text += " at " + clock_text(problem, offer.delivery_start);
    text += ", " + minutes_text(problem, offer.paid) + " more";
    if (shift.cents_per_hour > 0) text += ", " + euros_text(offer.cents);
    return text;
}

}  // namespace

Problem load_day_with_news(const std::string& day, const NewsOptions& options) {
    std::vector<std::string> more;
    for (const std::string& path : options.added) more.push_back(read_plan_file(path));
    if (!options.quote.empty()) more.push_back(read_plan_file(options.quote));
    if (more.empty()) return load_problem(day);
    auto problem = planner::read_day_with(read_plan_file(day), more);
    if (!problem) throw std::runtime_error(day + " with what came: " + problem.error().sentence());
    return std::move(problem).value();
}

void ride_until_now(Problem& problem, const planner::Plan& published, const NewsOptions& options) {
    if (options.now.empty()) return;
    planner::ride_until(problem, published, read_clock("--now", options.now, options.now));
}

planner::Plan load_plan(const Problem& problem, const std::string& path) {
    auto plan = planner::read_plan(problem, read_plan_file(path));
    if (!plan) throw std::runtime_error(path + ": " + plan.error().sentence());
    return std::move(plan).value();
}

std::vector<planner::DayNews> read_news(const Problem& problem, const NewsOptions& options) {
    std::vector<planner::DayNews> news;
    for (const std::string& typed : options.cancelled)
        news.push_back(planner::OrderCancelled{
            .order = find_named(problem.orders, typed, "--cancel", "order")});
    for (const std::string& typed : options.late) news.push_back(read_late(problem, typed));
    for (const std::string& typed : options.out) {
        const Assignment out = read_assignment(typed);
        news.push_back(
            planner::CourierOut{.shift = find_named(problem.shifts, out.name, "--out", "courier"),
                                .why = out.value.empty() ? "cannot ride" : out.value});
    }
    for (const std::string& typed : options.not_ready) read_not_ready(problem, typed, news);
    return news;
}

bool has_unknown_orders(const Problem& problem, const planner::Plan& published) {
    std::set<int> known(published.unserved.begin(), published.unserved.end());
    for (const planner::Round& round : published.rounds)
        for (const planner::Visit& visit : round.visits) known.insert(visit.stop.order);
    for (const planner::Shift& shift : problem.shifts)
        if (shift.progress)
            for (const planner::StopRef stop : shift.progress->done) known.insert(stop.order);
    return known.size() < problem.orders.size();
}

std::string changes_text(const Problem& problem, const std::vector<planner::DayNews>& news,
                         const planner::Replanned& replanned) {
    std::string text = "What has happened:\n";
    for (const planner::DayNews& each : news)
        text += "  " + planner::words_of(problem, each) + '\n';
    if (news.empty()) text = "";
    text += "What changes against the published plan:\n";
    for (const planner::PlanChange& change : replanned.changes)
        text += "  " + planner::words_of(problem, change) + '\n';
    if (replanned.changes.empty()) text += "  nothing\n";
    for (const planner::PlanChange& change : replanned.changes) {
        using enum planner::PlanChange::Kind;
        if (change.kind != refused && change.kind != left_out) continue;
        const std::string& name = problem.orders[static_cast<std::size_t>(change.order)].name;
        text += '\n' + planner::explain(problem, replanned.plan, name).value_or("");
    }
    return text + '\n';
}

Json changes_json(const Problem& problem, const std::vector<planner::DayNews>& news,
                  const planner::Replanned& replanned) {
    Json json = {{"news", Json::array()}, {"changes", Json::array()}};
    for (const planner::DayNews& each : news)
        json["news"].push_back(planner::words_of(problem, each));
    for (const planner::PlanChange& change : replanned.changes) {
        Json line = {{"words", planner::words_of(problem, change)},
                     {"kind", planner::name_of(change.kind)}};
        if (change.order >= 0)
            line["order"] = problem.orders[static_cast<std::size_t>(change.order)].name;
        if (change.from_shift >= 0)
            line["from"] = problem.shifts[static_cast<std::size_t>(change.from_shift)].name;
        if (change.to_shift >= 0)
            line["to"] = problem.shifts[static_cast<std::size_t>(change.to_shift)].name;
        json["changes"].push_back(std::move(line));
    }
    return json;
}

std::string quote_text(const Problem& problem, const planner::Plan& published,
                       const NewsOptions& options) {
    const auto slots = read_slots(problem, options);
    Problem day = problem;
    const planner::Order asked = day.orders.back();
    day.orders.pop_back();
    const planner::LivePlan live(day, published);
    planner::Plan standing = planner::remaining_plan(day, published);
    standing.unserved.push_back(static_cast<int>(day.orders.size()));
    const auto offers = live.quote(asked, slots);
    std::string text = asked.name + ", the cheapest courier of each slot:\n";
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        const auto offer = std::ranges::find(offers, slot, &planner::Offer::slot);
        text += "  " + slot_text(problem, slots[slot]) + "  " +
                (offer == offers.end() ? way_out(problem, standing, slots[slot])
                                       : offer_text(problem, *offer)) +
                '\n';
    }
    return text;
}

}  // namespace emplettes
