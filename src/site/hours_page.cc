#include "catalogue/shop_word.h"
#include "geo/opening_hours.h"
#include "orders/closed_by_surprise.h"
#include "site/counter.h"
#include "site/error_pages.h"
#include "site/hours_fields.h"
#include "site/keeper_pages.h"

#include "base/text.h"

namespace emplettes::site {
namespace {

constexpr std::chrono::days kShownDays{15};
// A page offers so many empty rows of dated days beside those in use.
constexpr std::size_t kEmptyExceptions = 2;
constexpr std::string_view kCopy = "copy_";

// What the page shows beside what is stored.
struct HoursPage {
    const AtCounter& at;
    web::Fields fields;
    std::string text;     // of the advanced field
    std::string preview;  // hours to show before they are saved; empty: none
    std::string save;     // what the button under them does
    std::string fault;
    std::string fault_day;
    bool is_text_fault = false;
};

LocalDay today_of(const Visit& visit) {
    return catalogue::day_of(visit.territory(), visit.view.now);
}

Instant midnight(const Visit& visit, LocalDay day) {
    return visit.territory().zone.to_instant(day);
}

// --- the days that come -------------------------------------------------------------------------

std::vector<web::View> days_view(const Visit& visit, const std::string& hours,
                                 const std::optional<catalogue::Closure>& closure) {
    const LocalDay today = today_of(visit);
    auto spans = visit.live.spans_of(geo::OpeningHours::parse(hours), midnight(visit, today),
                                     midnight(visit, today + kShownDays + std::chrono::days{1}));
    if (closure) spans = catalogue::without(spans, *closure);
    std::vector<web::View> list;
    for (const Say::DayHours& day :
         visit.say.next_days(spans, static_cast<int>(kShownDays.count()))) {
        web::View view;
        view.set("day", day.day).set("times", day.times);
        list.push_back(std::move(view));
    }
    return list;
}

// --- the form -----------------------------------------------------------------------------------

std::vector<web::View> ranges_view(const Say& say, const web::Fields& fields, std::string_view day,
                                   const std::string& label) {
    std::vector<web::View> list;
    const auto ranges = typed_ranges(fields, day);
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        web::View range;
        range.set("from_name", std::string(day) + number + "_from");
        range.set("to_name", std::string(day) + number + "_to");
        range.set("from", ranges[i].from).set("to", ranges[i].to);
        range.set("from_label", say.text("keeper.opens", {label, number}));
        range.set("to_label", say.text("keeper.closes", {label, number}));
        list.push_back(std::move(range));
    }
    return list;
}

web::View day_view(const Visit& visit, const HoursPage& page, std::string_view day,
                   const std::string& label) {
    web::View view;
    view.set("label", label);
    auto ranges = ranges_view(visit.say, page.fields, day, label);
    std::vector<web::View> more;
    more.push_back(std::move(ranges.back()));
    ranges.pop_back();
    view.set("has_third", !typed_ranges(page.fields, day).back().from.empty());
    view.set("ranges", std::move(ranges));
    view.set("more", std::move(more));
    view.set("fault", page.fault_day == day ? page.fault : std::string());
    return view;
}

std::vector<web::View> week_fields(const Visit& visit, const HoursPage& page) {
    std::vector<web::View> list;
    for (std::size_t i = 0; i < std::size(kDayFields); ++i) {
        const std::string label = visit.say.text("weekday." + std::to_string(i + 1));
        web::View day = day_view(visit, page, kDayFields[i], label);
        day.set("copy", std::string(kCopy) + std::string(kDayFields[i]));
        day.set("copy_text", visit.say.text(i == 0  ? "keeper.copy_monday"
                                            : i < 6 ? "keeper.copy_next"
                                                    : "keeper.copy_none"));
        day.set("can_copy", i < 6);
        list.push_back(std::move(day));
    }
    return list;
}

web::View holidays_view(const Visit& visit, const HoursPage& page) {
    web::View view = day_view(visit, page, kHolidayFields, visit.say.text("keeper.holidays"));
    const std::string_view chosen = page.fields.get("holidays");
    std::vector<web::View> choices;
    for (const std::string_view word : {"as_weekday", "closed", "own"}) {
        web::View choice;
        choice.set("value", std::string(word));
        choice.set("label", visit.say.text("keeper.holidays_" + std::string(word)));
        choice.set("on", chosen.empty() ? word == "as_weekday" : chosen == word);
        choices.push_back(std::move(choice));
    }
    view.set("choices", std::move(choices));
    view.set("school_closed", page.fields.get("school_closed") == "on");
    return view;
}

std::vector<web::View> exceptions_view(const Visit& visit, const HoursPage& page) {
    std::size_t used = 0;
    for (std::size_t i = 0; i < kExceptionFieldsMax; ++i)
        if (!page.fields.get(exception_fields(i) + "_first").empty()) used = i + 1;
    std::vector<web::View> list;
    for (std::size_t i = 0; i < std::min(used + kEmptyExceptions, kExceptionFieldsMax); ++i) {
        const std::string name = exception_fields(i);
        const std::string number = std::to_string(i + 1);
        web::View view = day_view(visit, page, name, visit.say.text("keeper.exception", {number}));
        view.set("first_name", name + "_first").set("last_name", name + "_last");
        view.set("first", std::string(page.fields.get(name + "_first")));
        view.set("last", std::string(page.fields.get(name + "_last")));
        view.set("first_label", visit.say.text("keeper.exception_first", {number}));
        view.set("last_label", visit.say.text("keeper.exception_last", {number}));
        list.push_back(std::move(view));
    }
    return list;
}

// The stored hours as fields, without dated days that are over; none when a form cannot say them.
std::optional<web::Fields> stored_fields(const Visit& visit, const std::string& hours) {
    if (hours.empty()) return web::Fields();
    auto form = geo::read_hours_form(hours);
    if (!form) return std::nullopt;
    std::erase_if(form->exceptions, [today = today_of(visit)](const geo::HoursException& one) {
        return one.last < today;
    });
    if (form->exceptions.size() > kExceptionFieldsMax) return std::nullopt;
    return to_fields(*form);
}

// --- closed against the hours -------------------------------------------------------------------

std::string closure_text(const Visit& visit, const std::optional<catalogue::Closure>& closure) {
    if (!closure || (closure->until && *closure->until <= visit.view.now)) return {};
    const Say& say = visit.say;
    const Instant last = closure->until ? *closure->until - std::chrono::seconds{1} : Instant();
    const bool is_later = closure->from > visit.view.now;
    std::string text =
        !closure->until ? say.text("keeper.closed_open_end", {say.day(closure->from)})
        : is_later      ? say.text("keeper.closed_later", {say.day(closure->from), say.day(last)})
                        : say.text("keeper.closed_now", {say.day(last)});
    if (!closure->reason.empty()) text += " " + say.text("keeper.reason", {closure->reason});
    return text;
}

web::View closure_view(const Visit& visit, const HoursPage& page) {
    const auto& closure = page.at.shop.closure;
    web::View view;
    view.set("action", page.at.url + "/hours/closure");
    view.set("text", closure_text(visit, closure));
    view.set("today", iso_date_of(today_of(visit)));
    view.set("reason_max", static_cast<std::int64_t>(catalogue::kClosureReasonMax));
    return view;
}

// --- the page -----------------------------------------------------------------------------------

std::string saved_hours_text(const Visit& visit) {
    const std::string_view saved = visit.request.query.get("saved");
    for (const std::string_view known : {"hours", "closure", "opened", "map", "undone", "late"})
        if (saved == known) return visit.say.text("keeper.saved_" + std::string(known));
    return {};
}

web::Response show_hours(Visit& visit, const HoursPage& page) {
    const AtCounter& at = page.at;
    const bool can_undo = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::can_undo_word(tx, visit.territory().id, at.shop.id, visit.view.now);
    });
    const bool is_advanced = !stored_fields(visit, at.shop.opening_hours);
    web::View view;
    view.set("message", saved_hours_text(visit));
    view.set("undo_action", can_undo ? at.url + "/hours/undo" : std::string());
    view.set("action", at.url + "/hours");
    view.set("closure", closure_view(visit, page));
    const bool has_preview = !page.preview.empty();
    const std::string shown = has_preview ? page.preview : at.shop.opening_hours;
    const bool is_known = geo::OpeningHours::parse(shown).readable();
    view.set("has_preview", has_preview);
    view.set("preview_text", page.preview);
    view.set("save", page.save);
    view.set("has_days", is_known);
    view.set("days",
             is_known ? days_view(visit, shown, at.shop.closure) : std::vector<web::View>());
    view.set("week", week_fields(visit, page));
    view.set("holidays", holidays_view(visit, page));
    view.set("exceptions", exceptions_view(visit, page));
    view.set("fault", page.fault);
    view.set("is_advanced", is_advanced);
    view.set("open_text", is_advanced || page.is_text_fault || page.save == "save_text");
    view.set("text", page.text);
    view.set("text_fault", page.is_text_fault ? page.fault : std::string());
    view.set("has_own_hours", at.shop.has_own_hours);
    return show_counter_page(visit, at,
                             {.part = CounterPart::hours,
                              .name = "hours",
                              .title = visit.say.text("keeper.hours_title"),
                              .status = page.fault.empty() ? 200 : 422},
                             view);
}

std::string_view fault_word(HoursFieldFault::What what) {
    using Why = HoursFieldFault::What;
    switch (what) {
        case Why::half_a_range: return "half_a_range";
        case Why::time_not_valid: return "time_not_valid";
        case Why::range_not_valid: return "range_not_valid";
        case Why::ranges_overlap: return "ranges_overlap";
        case Why::no_holiday_hours: return "no_holiday_hours";
        case Why::date_not_valid: return "date_not_valid";
        case Why::ends_before_it_begins: break;
    }
    return "ends_before_it_begins";
}

// Who was promised something meanwhile is told, and it is kept for longer.
void rearrange_requests(store::Tx& tx, const Visit& visit, ShopId shop) {
    orders::rearrange_for_closure(
        tx, shop,
        {.territory = visit.territory().id,
         .now = visit.view.now,
         .times =
             [&](const catalogue::Shop& closed) {
                 return orders::shop_times(visit.view, visit.territory(), closed);
             },
         .opens_before = [&](const catalogue::Shop& closed,
                             Instant end) { return orders::opens_before(visit.view, closed, end); },
         .ids = visit.context.ids});
}

// The rest of the word stays as it is at that moment: somebody else may be saving another part.
template <typename Change>
web::Response change_word_here(Visit& visit, const AtCounter& at, std::string_view saved,
                               const Change& change) {
    const auto outcome = visit.context.database.write([&](store::Tx& tx) {
        catalogue::ShopWord word = catalogue::load_shop_word(tx, visit.territory().id, at.shop.id);
        change(word);
        auto done =
            catalogue::save_shop_word(tx, visit.territory().id, at.shop.id, word, visit.view.now);
        if (done && word.closure) rearrange_requests(tx, visit, at.shop.id);
        return done;
    });
    if (!outcome) return error_page(visit, 422);
    return web::redirect(303, at.url + "/hours?saved=" + std::string(saved));
}

web::Response save_hours_text(Visit& visit, const AtCounter& at, const std::string& hours,
                              std::string_view saved) {
    return change_word_here(visit, at, saved,
                            [&](catalogue::ShopWord& word) { word.opening_hours = hours; });
}

// A text in OpenStreetMap's language: seen first, saved then.
web::Response take_text(Visit& visit, HoursPage page, bool is_final) {
    page.text = std::string(trim(page.fields.get("text")));
    const auto hours = geo::OpeningHours::parse(page.text);
    if (page.text.empty() || !hours.readable()) {
        page.fault = visit.say.text("keeper.fault_text");
        page.is_text_fault = true;
        return show_hours(visit, page);
    }
    if (is_final) return save_hours_text(visit, page.at, page.text, "hours");
    page.preview = page.text;
    page.save = "save_text";
    if (const auto fields = stored_fields(visit, page.text)) page.fields = *fields;
    return show_hours(visit, page);
}

web::Response take_form(Visit& visit, HoursPage page, bool is_final) {
    const auto form = read_hours_fields(page.fields);
    if (!form) {
        page.fault = visit.say.text("keeper.fault_" + std::string(fault_word(form.error().what)));
        page.fault_day = form.error().day;
        return show_hours(visit, page);
    }
    page.preview = geo::to_opening_hours(*form);
    if (is_final) return save_hours_text(visit, page.at, page.preview, "hours");
    page.save = "save";
    return show_hours(visit, page);
}

// Monday's hours go to the other days of work, another day's to the one after it.
web::Fields copied(const web::Fields& fields, std::string_view day) {
    for (std::size_t i = 0; i + 1 < std::size(kDayFields); ++i) {
        if (kDayFields[i] != day) continue;
        if (i > 0) return with_copied_day(fields, day, {kDayFields[i + 1]});
        return with_copied_day(fields, day, {"tu", "we", "th", "fr"});
    }
    return fields;
}

struct ClosureDays {
    LocalDay first;
    LocalDay last;
};

std::optional<ClosureDays> closure_days(const Visit& visit, const web::Fields& fields) {
    const LocalDay today = today_of(visit);
    const std::string_view what = fields.get("do");
    if (what == "today") return ClosureDays{.first = today, .last = today};
    if (what == "tomorrow")
        return ClosureDays{.first = today, .last = today + std::chrono::days{1}};
    if (what != "date") return std::nullopt;
    const auto first_text = trim(fields.get("first"));
    const auto first = first_text.empty() ? std::optional(today) : parse_iso_date(first_text);
    const auto last = parse_iso_date(trim(fields.get("last")));
    if (!first || !last || *last < today || *last < *first) return std::nullopt;
    if (*last - *first > catalogue::kClosureMax - std::chrono::days{2}) return std::nullopt;
    return ClosureDays{.first = std::max(*first, today), .last = *last};
}

HoursPage stored_page(const Visit& visit, const AtCounter& at) {
    return {.at = at,
            .fields = stored_fields(visit, at.shop.opening_hours).value_or(web::Fields()),
            .text = at.shop.opening_hours};
}

}  // namespace

web::Response hours_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    return show_hours(visit, stored_page(visit, *at));
}

web::Response save_hours(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    HoursPage page{.at = *at, .fields = *fields, .text = at->shop.opening_hours};
    const std::string what(fields->get("do"));
    if (what.starts_with(kCopy)) {
        page.fields = copied(*fields, what.substr(kCopy.size()));
        return show_hours(visit, page);
    }
    if (what == "map") return save_hours_text(visit, *at, {}, "map");
    if (what == "preview_text" || what == "save_text")
        return take_text(visit, std::move(page), what == "save_text");
    return take_form(visit, std::move(page), what == "save");
}

web::Response save_closure(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    if (fields->get("do") == "open")
        return change_word_here(visit, *at, "opened",
                                [](catalogue::ShopWord& word) { word.closure.reset(); });
    const auto closed = closure_days(visit, *fields);
    if (!closed) {
        HoursPage page = stored_page(visit, *at);
        page.fault = visit.say.text("keeper.fault_closure");
        page.fault_day = "closure";
        return show_hours(visit, page);
    }
    const bool is_now = closed->first == today_of(visit);
    const catalogue::Closure closure{
        .from = is_now ? visit.view.now : midnight(visit, closed->first),
        .until = midnight(visit, closed->last + std::chrono::days{1}),
        .reason =
            std::string(utf8_prefix(trim(fields->get("reason")), catalogue::kClosureReasonMax))};
    return change_word_here(visit, *at, "closure",
                            [&](catalogue::ShopWord& word) { word.closure = closure; });
}

web::Response undo_hours(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    const bool is_undone = visit.context.database.write([&](store::Tx& tx) {
        return catalogue::undo_shop_word(tx, visit.territory().id, at->shop.id, visit.view.now);
    });
    return web::redirect(303, at->url + "/hours?saved=" + (is_undone ? "undone" : "late"));
}

}  // namespace emplettes::site
