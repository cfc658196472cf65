#include "catalogue/shelf/import_report.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::array<std::string_view, kRowOutcomes> kOutcomes{
    "new", "changed", "unchanged", "gone", "not_on_shelf", "repeated", "not_understood"};
constexpr std::array<std::string_view, 3> kDoubts{"none", "most_gone", "nothing_understood"};
constexpr std::size_t kShownValueMax = 200;  // bytes of what a cell held

// Of text that may be neither UTF-8 nor short.
std::string shown(const std::string& value) {
    std::string cut = value.substr(0, kShownValueMax);
    while (!cut.empty() && !is_valid_utf8(cut)) cut.pop_back();
    return cut;
}

template <typename Enum, std::size_t N>
Enum enum_of(const std::array<std::string_view, N>& words, const std::string& word) {
    const auto found = std::find(words.begin(), words.end(), word);
    return static_cast<Enum>(found == words.end() ? 0 : found - words.begin());
}

Json json_of(const ImportCounts& counts) {
    Json json = Json::object();
    for (std::size_t i = 0; i < kRowOutcomes; ++i) json[std::string(kOutcomes[i])] = counts.of[i];
    return json;
}

ImportCounts counts_of(const Json& json) {
    ImportCounts counts;
    if (!json.is_object()) return counts;
    for (std::size_t i = 0; i < kRowOutcomes; ++i)
        counts.of[i] = json.value(std::string(kOutcomes[i]), std::int64_t{0});
    return counts;
}

template <typename T>
void put(Json& json, const char* name, const std::optional<T>& value) {
    if (!value) return;
    if constexpr (std::is_same_v<T, Money>)
        json[name] = value->cents;
    else
        json[name] = *value;
}

std::optional<std::int64_t> number_in(const Json& json, const char* name) {
    if (!json.contains(name)) return std::nullopt;
    return json.at(name).get<std::int64_t>();
}

std::optional<Money> money_in(const Json& json, const char* name) {
    const auto cents = number_in(json, name);
    if (!cents) return std::nullopt;
    return Money{*cents};
}

Json json_of(const ImportExample& example) {
    Json json = {{"outcome", to_string(example.outcome)},
                 {"line", example.line},
                 {"number", example.number},
                 {"title", example.title}};
    put(json, "price_before", example.price_before);
    put(json, "price_after", example.price_after);
    put(json, "stock_before", example.stock_before);
    put(json, "stock_after", example.stock_after);
    return json;
}

ImportExample example_of(const Json& json) {
    return {.outcome = enum_of<RowOutcome>(kOutcomes, json.at("outcome")),
            .line = json.at("line"),
            .number = json.at("number"),
            .title = json.at("title"),
            .price_before = money_in(json, "price_before"),
            .price_after = money_in(json, "price_after"),
            .stock_before = number_in(json, "stock_before"),
            .stock_after = number_in(json, "stock_after")};
}

Json json_of(const RowProblem& problem) {
    return {{"line", problem.line},
            {"column", problem.column},
            {"value", problem.value},
            {"fault", to_string(problem.fault)},
            {"is_row_taken", problem.is_row_taken}};
}

// The value up to `last` that has this name, else the first.
template <typename Enum>
Enum named(const std::string& word, Enum last) {
    for (std::uint8_t i = 0; i <= static_cast<std::uint8_t>(last); ++i)
        if (to_string(static_cast<Enum>(i)) == word) return static_cast<Enum>(i);
    return Enum{};
}

Json json_of(const FeedError& failure) {
    return {{"fault", to_string(failure.fault)},
            {"line", failure.line},
            {"detail", shown(failure.detail)}};
}

FeedError failure_of(const Json& json) {
    return {.fault = named(json.at("fault"), FeedFault::broken_archive),
            .line = json.at("line"),
            .detail = json.at("detail")};
}

RowProblem problem_of(const Json& json) {
    return {.line = json.at("line"),
            .column = json.at("column"),
            .value = json.at("value"),
            .fault = named(json.at("fault"), RowFault::other_shop),
            .is_row_taken = json.at("is_row_taken")};
}

}  // namespace

void ImportCounts::add(const ImportCounts& more) {
    for (std::size_t i = 0; i < kRowOutcomes; ++i) of[i] += more.of[i];
}

void ImportReport::add_example(ImportExample example) {
    // As many of each outcome; `counts` has counted this one already.
    if (counts[example.outcome] <= static_cast<std::int64_t>(kExamplesMax))
        examples.push_back(std::move(example));
}

void ImportReport::add_problem(const RowProblem& problem) {
    ++problems;
    if (problem_examples.size() >= kExamplesMax) return;
    problem_examples.push_back(problem);
    problem_examples.back().value = shown(problem.value);
    problem_examples.back().column = shown(problem.column);
}

std::string_view to_string(RowOutcome outcome) {
    return kOutcomes.at(static_cast<std::size_t>(outcome));
}
std::string_view to_string(ImportDoubt doubt) {
    return kDoubts.at(static_cast<std::size_t>(doubt));
}

std::string to_text(const ImportReport& report) {
    Json json = {{"format", report.format},
                 {"is_windows_1252", report.is_windows_1252},
                 {"rows", report.rows},
                 {"on_shelf_before", report.on_shelf_before},
                 {"counts", json_of(report.counts)},
                 {"doubt", to_string(report.doubt)},
                 {"problems", report.problems},
                 {"examples", Json::array()},
                 {"problem_examples", Json::array()}};
    if (report.failure) json["failure"] = json_of(*report.failure);
    for (const auto& example : report.examples) json["examples"].push_back(json_of(example));
    for (const auto& problem : report.problem_examples)
        json["problem_examples"].push_back(json_of(problem));
    return json.dump();
}

std::string to_text(const ImportCounts& counts) { return json_of(counts).dump(); }

ImportReport parse_report(std::string_view text) {
    const Json json = parse_json(text);
    ImportReport report;
    if (!json.is_object()) return report;
    report.format = json.at("format");
    report.is_windows_1252 = json.at("is_windows_1252");
    report.rows = json.at("rows");
    report.on_shelf_before = json.at("on_shelf_before");
    report.counts = counts_of(json.at("counts"));
    report.doubt = enum_of<ImportDoubt>(kDoubts, json.at("doubt"));
    report.problems = json.at("problems");
    if (json.contains("failure")) report.failure = failure_of(json.at("failure"));
    for (const Json& example : json.at("examples")) report.examples.push_back(example_of(example));
    for (const Json& problem : json.at("problem_examples"))
        report.problem_examples.push_back(problem_of(problem));
    return report;
}

ImportCounts parse_counts(std::string_view text) { return counts_of(parse_json(text)); }

}  // namespace emplettes::catalogue
