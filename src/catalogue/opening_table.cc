#include "catalogue/opening_table.h"

#include <algorithm>

namespace emplettes::catalogue {

std::shared_ptr<const OpeningTable> OpeningTable::build(const std::vector<ListedShop>& shops,
                                                        const Zone& zone,
                                                        const geo::HolidayCalendar& holidays,
                                                        LocalDay day) {
    const Instant from = zone.to_instant(day - std::chrono::days{1});
    const Instant until = zone.to_instant(day + kDaysAhead);
    auto table = std::make_shared<OpeningTable>();
    table->day_ = day;
    table->until_ = until;
    for (const ListedShop& listed : shops) {
        table->readable_.push_back(listed.hours.readable());
        auto spans = open_spans(listed.hours, zone, holidays, from, until);
        const auto& closure = listed.shop.closure;
        table->spans_.push_back(closure ? without(spans, *closure) : std::move(spans));
        table->closures_.push_back(closure);
    }
    return table;
}

OpenNow OpeningTable::at(std::size_t shop, Instant now) const {
    const std::vector<OpenSpan>& spans = spans_[shop];
    const auto next = std::find_if(spans.begin(), spans.end(),
                                   [now](const OpenSpan& span) { return span.closes_at > now; });
    if (const auto& closure = closures_[shop]; closure && closure->covers(now))
        return {.state = OpenNow::State::closed,
                .changes_at = next == spans.end() ? closure->until : next->opens_at,
                .comment = closure->reason,
                .is_closed_by_keeper = true};
    if (!readable_[shop]) return {.state = OpenNow::State::unknown};
    if (next == spans.end()) return {.state = OpenNow::State::closed};
    if (next->opens_at > now)
        return {.state = OpenNow::State::closed,
                .changes_at = next->opens_at,
                .comment = next->comment};
    if (!next->is_certain) return {.state = OpenNow::State::unknown, .comment = next->comment};
    if (next->closes_at == until_) return {.state = OpenNow::State::open, .comment = next->comment};
    const bool is_closing_soon = next->closes_at - now <= kClosingSoon;
    return {.state = is_closing_soon ? OpenNow::State::closing_soon : OpenNow::State::open,
            .changes_at = next->closes_at,
            .comment = next->comment};
}

}  // namespace emplettes::catalogue
