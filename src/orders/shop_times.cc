#include "orders/shop_times.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "orders/answer_time.h"
#include "orders/hold.h"

namespace emplettes::orders {
namespace {

std::vector<catalogue::OpenSpan> spans_of(const catalogue::LiveCatalogue::View& view,
                                          const catalogue::Shop& shop) {
    std::vector<catalogue::OpenSpan> spans;
    if (view.snapshot->find_shop(shop.id))
        spans = view.opening->spans(view.snapshot->number_of(shop.id));
    return shop.closure ? catalogue::without(spans, *shop.closure) : spans;
}

// Where its hours are not known: all the time, but for its closure.
std::vector<catalogue::OpenSpan> spans_or_always(const catalogue::LiveCatalogue::View& view,
                                                 const catalogue::Shop& shop, Instant end) {
    if (view.snapshot->find_shop(shop.id)) {
        const auto& known = view.opening->spans(view.snapshot->number_of(shop.id));
        if (!known.empty()) return spans_of(view, shop);
    }
    const std::vector<catalogue::OpenSpan> always{
        {.opens_at = view.now, .closes_at = end, .is_certain = true, .comment = {}}};
    return shop.closure ? catalogue::without(always, *shop.closure) : always;
}

}  // namespace

ShopTimes shop_times(const catalogue::LiveCatalogue::View& view,
                     const catalogue::Territory& territory, const catalogue::Shop& shop) {
    const Instant now = view.now;
    const auto spans = spans_of(view, shop);
    Instant until = held_until(now, spans, shop.hold_open_days, territory.zone);
    if (shop.closure && shop.closure->until && shop.closure->covers(until))
        until = held_until(*shop.closure->until, {}, shop.hold_open_days, territory.zone);

    const std::chrono::minutes whole(territory.answer_minutes);
    const auto half = std::max(whole / 2, std::chrono::minutes{1});
    const Instant unknown = now + kAnswerWhenUnknown;
    const Instant remind = opening_time_later(now, half, spans).value_or(now + (unknown - now) / 2);
    const Instant answer = opening_time_later(now, whole, spans).value_or(unknown);
    return {.held_until = until,
            .remind_at = std::min(remind, until),
            .answer_by = std::min(answer, until)};
}

Instant end_after(const catalogue::LiveCatalogue::View& view, const catalogue::Territory& territory,
                  const catalogue::Shop& shop, Instant end) {
    return held_until(end, spans_of(view, shop), 1, territory.zone);
}

bool opens_before(const catalogue::LiveCatalogue::View& view, const catalogue::Shop& shop,
                  Instant end) {
    const auto spans = spans_or_always(view, shop, end);
    return std::any_of(spans.begin(), spans.end(), [&](const catalogue::OpenSpan& span) {
        return span.closes_at > view.now && span.opens_at < end;
    });
}

}  // namespace emplettes::orders
