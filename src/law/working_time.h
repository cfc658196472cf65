#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.h"

namespace emplettes::law {

class Record;

enum class WorkRule : std::uint8_t {
    daily_work_max,
    weekly_work_max,
    average_work_max,
    average_weeks,
    daily_rest_min,
    weekly_rest_min,
    stretch_max,
    break_min,
    night_from,
    night_to,
    lifted_max,
    heat_from,
    heat_to,
};

// Minors are 16 and 17 years old. Where the law has nothing of their own for them, what holds for
// adults holds for them, too.
enum class Worker : std::uint8_t { adult, minor };

// The law of working time where one is recorded, by day and territory. Immutable.
class WorkingTimeLaw {
  public:
    // From rules/working-time.csv, built into the program; none where no record holds.
    static std::optional<WorkingTimeLaw> built_in(std::string_view territory);
    // `csv`: id,valid_from,valid_to,value,unit,territory,person,rule,source. Throws
    // std::runtime_error that names line and column of what is wrong.
    static std::optional<WorkingTimeLaw> from_records(std::string_view csv,
                                                      std::string_view territory);

    // In the rule's unit: minutes, weeks or grams. None where no record holds.
    std::optional<int> value(WorkRule rule, Worker worker, LocalDay day) const;
    // The text to cite; empty where none holds.
    std::string_view article(WorkRule rule, Worker worker, LocalDay day) const;

  private:
    struct LegalValue {
        WorkRule rule = WorkRule::daily_work_max;
        Worker worker = Worker::adult;
        std::string territory;
        LocalDay from;
        LocalDay until;
        int value = 0;
        std::string source;
    };
    static LegalValue read(Record& record);
    const LegalValue* find(WorkRule rule, Worker worker, LocalDay day) const;

    std::vector<LegalValue> values_;  // those of the territory, the most specific first
};

}  // namespace emplettes::law
