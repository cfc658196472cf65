#include "law/working_time.h"

#include <algorithm>

#include "base/text.h"
#include "law/records.h"

namespace emplettes::law {
namespace {

constexpr std::string_view kWorkTable = "working-time.csv";
constexpr LocalDay kForEver{std::chrono::year{9999} / 12 / 31};
constexpr std::int64_t kWorkValueMax = 100'000;

struct WorkWords {
    std::string_view name;
    std::string_view unit;
};

constexpr std::array<WorkWords, 13> kWorkWords{{
    {"daily_work_max", "minutes"},
    {"weekly_work_max", "minutes"},
    {"average_work_max", "minutes"},
    {"average_weeks", "weeks"},
    {"daily_rest_min", "minutes"},
    {"weekly_rest_min", "minutes"},
    {"stretch_max", "minutes"},
    {"break_min", "minutes"},
    {"night_from", "minutes"},
    {"night_to", "minutes"},
    {"lifted_max", "grams"},
    {"heat_from", "minutes"},
    {"heat_to", "minutes"},
}};

}  // namespace

std::optional<WorkingTimeLaw> WorkingTimeLaw::built_in(std::string_view territory) {
    return from_records(built_in_records(kWorkTable), territory);
}

WorkingTimeLaw::LegalValue WorkingTimeLaw::read(Record& record) {
    record.read_text();  // the id, for people
    LegalValue value{.from = record.read_day()};
    value.until = record.read_day_or(kForEver);
    if (value.until < value.from) record.refuse("must not be before valid_from");
    const auto number = parse_int(record.read_text());
    if (!number || *number < 0 || *number > kWorkValueMax)
        record.refuse("must be a whole number of at most 100000");
    value.value = static_cast<int>(*number);
    const std::string unit = record.read_text();
    value.territory = record.read_text();
    const std::string person = record.read_text();
    if (person != "adult" && person != "minor") record.refuse("must be adult or minor");
    value.worker = person == "adult" ? Worker::adult : Worker::minor;
    const std::string name = record.read_text();
    const auto known = std::ranges::find(kWorkWords, name, &WorkWords::name);
    if (known == kWorkWords.end()) record.refuse("is no rule that is known");
    if (known->unit != unit) record.refuse("is told in " + std::string(known->unit));
    value.rule = static_cast<WorkRule>(known - kWorkWords.begin());
    value.source = record.read_text();
    return value;
}

std::optional<WorkingTimeLaw> WorkingTimeLaw::from_records(std::string_view csv,
                                                           std::string_view territory) {
    static const std::vector<std::string> kColumns = {
        "id", "valid_from", "valid_to", "value", "unit", "territory", "person", "rule", "source"};
    WorkingTimeLaw law;
    for (Record& record : read_records(kWorkTable, csv, kColumns)) {
        LegalValue value = read(record);
        if (holds_for(value.territory, territory)) law.values_.push_back(std::move(value));
    }
    if (law.values_.empty()) return std::nullopt;
    std::ranges::stable_sort(law.values_, std::greater{},
                             [](const LegalValue& value) { return value.territory.size(); });
    return law;
}

const WorkingTimeLaw::LegalValue* WorkingTimeLaw::find(WorkRule rule, Worker worker,
                                                       LocalDay day) const {
    const LegalValue* of_adults = nullptr;
    for (const LegalValue& value : values_) {
        if (value.rule != rule || day < value.from || value.until < day) continue;
        if (value.worker == worker) return &value;
        if (value.worker == Worker::adult && of_adults == nullptr) of_adults = &value;
    }
    return of_adults;
}

std::optional<int> WorkingTimeLaw::value(WorkRule rule, Worker worker, LocalDay day) const {
    const LegalValue* found = find(rule, worker, day);
    if (found == nullptr) return std::nullopt;
    return found->value;
}

std::string_view WorkingTimeLaw::article(WorkRule rule, Worker worker, LocalDay day) const {
    const LegalValue* found = find(rule, worker, day);
    return found == nullptr ? std::string_view{} : found->source;
}

}  // namespace emplettes::law
