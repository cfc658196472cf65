#include "planner/readers/read_problem.h"

#include <algorithm>

#include "base/text.h"
#include "planner/readers/json_field.h"
#include "planner/readers/read_benchmarks.h"

namespace emplettes::planner {
namespace {

// A word at the beginning of a line.
bool has_heading(std::string_view text, std::string_view word) {
    for (const std::string_view line : split(text, '\n'))
        if (starts_with_ignoring_case(trim(line), word)) return true;
    return false;
}

void append(Json& day, const char* list, const Json& more) {
    if (!day.contains(list)) day[list] = Json::array();
    static_cast<void>(JsonField(day[list], list).list());
    for (const JsonField& each : JsonField(more, list).list()) day[list].push_back(each.value());
}

Json merged(std::string_view day, const std::vector<std::string>& more) {
    Json whole = parse_document(day);
    if (!whole.is_object()) JsonField(whole, "").refuse("must be an object");
    for (const std::string& text : more) {
        const Json added = parse_document(text);
        const JsonField field(added, "");
        if (field.is_object() && !field.has("orders") && !field.has("places")) {
            append(whole, "orders", Json::array({added}));
            continue;
        }
        field.only({"places", "orders"});
        if (field.has("places")) append(whole, "places", added["places"]);
        if (field.has("orders")) append(whole, "orders", added["orders"]);
    }
    return whole;
}

Read<Problem> read_any(std::string_view text) {
    const std::string_view begin = trim(text.substr(0, 1000));
    if (begin.starts_with('{'))
        return text.find("\"vehicles\"") != std::string_view::npos ? read_vroom(text)
                                                                   : read_day(text);
    if (has_heading(text, "VEHICLE")) return read_solomon(text);
    if (has_heading(text, "NODES")) return read_sartori_buriol(text);
    return read_li_lim(text);
}

}  // namespace

Read<Problem> read_day_with(std::string_view day, const std::vector<std::string>& more) {
    try {
        return read_problem(merged(day, more).dump());
    } catch (const ReadError& error) {
        return error;
    }
}

Read<Problem> read_problem(std::string_view text) {
    auto problem = read_any(text);
    if (!problem) return problem;
    if (const auto fault = find_fault(*problem)) return *fault;
    return problem;
}

}  // namespace emplettes::planner
