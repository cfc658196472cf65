#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "planner/living/day_news.h"
#include "planner/living/replan.h"
#include "planner/planner.h"

namespace emplettes {

// What `emplettes plan` is told of a day that is under way, as it is typed.
struct NewsOptions {
    std::string published;               // a file: the plan that couriers know
    std::string now;                     // TIME
    std::vector<std::string> added;      // files: orders that have come
    std::vector<std::string> cancelled;  // ORDER
    std::vector<std::string> late;       // COURIER=MINUTES
    std::vector<std::string> out;        // COURIER or COURIER=WHY
    std::vector<std::string> not_ready;  // ORDER=TIME or ORDER/PLACE=TIME
    std::string quote;                   // a file: an order that somebody asks about
    std::vector<std::string> slots;      // FROM-TO
};

// Each throws a sentence that names the option, or the field of a file, that is wrong.

// The day and the orders that have come.
planner::Problem load_day_with_news(const std::string& day, const NewsOptions& options);
// To options.now, if there is any.
void ride_until_now(planner::Problem& problem, const planner::Plan& published,
                    const NewsOptions& options);
planner::Plan load_plan(const planner::Problem& problem, const std::string& path);
std::vector<planner::DayNews> read_news(const planner::Problem& problem,
                                        const NewsOptions& options);
// Whether the plan knows nothing of some order of the day.
bool has_unknown_orders(const planner::Problem& problem, const planner::Plan& published);

// The news and what they change, to read, with the way out for orders that nobody can bring.
std::string changes_text(const planner::Problem& problem, const std::vector<planner::DayNews>& news,
                         const planner::Replanned& replanned);
Json changes_json(const planner::Problem& problem, const std::vector<planner::DayNews>& news,
                  const planner::Replanned& replanned);

// What the order of options.quote, the last of the problem, would cost in each slot.
std::string quote_text(const planner::Problem& problem, const planner::Plan& published,
                       const NewsOptions& options);

}  // namespace emplettes
