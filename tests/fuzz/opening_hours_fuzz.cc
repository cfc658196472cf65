#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "geo/opening_hours.h"
#include "geo/opening_hours_form.h"

// Whatever is written on a door: reading ends, and what was read answers in order.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes;
    using namespace std::chrono;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto hours = geo::OpeningHours::parse(text);
    check(hours.readable() == hours.error().empty());
    check(hours.text() == text);

    const LocalTime from{local_days{2026y / November / 23}};
    const LocalTime until = from + days{8};
    const geo::HolidayCalendar holidays{.public_holidays = {local_days{2026y / November / 25}},
                                        .school_holidays = {{local_days{2026y / November / 27},
                                                             local_days{2026y / November / 28}}}};
    LocalTime end_before = from;
    for (const auto& interval : hours.intervals(from, until, holidays)) {
        check(interval.state != geo::OpenState::closed);
        check(end_before <= interval.begin && interval.begin < interval.end &&
              interval.end <= until);
        end_before = interval.end;
    }
    // What a form can ask is written and read again as the same.
    if (const auto form = geo::read_hours_form(text))
        check(geo::read_hours_form(geo::to_opening_hours(*form)) == form);
    return 0;
}
