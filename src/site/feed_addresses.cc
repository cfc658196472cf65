#include <algorithm>
#include <array>

#include "base/text.h"
#include "site/error_pages.h"
#include "site/import_pages.h"
#include "site/import_view.h"
#include "site/import_words.h"

namespace emplettes::site {
namespace {

using catalogue::ShelfSource;

// What the form offers; each has a text imports.every_<word>.
struct Interval {
    std::chrono::seconds every;
    std::string_view key;
};
constexpr std::array kIntervals{
    Interval{std::chrono::minutes{15}, "imports.every_quarter"},
    Interval{std::chrono::hours{1}, "imports.every_hour"},
    Interval{std::chrono::hours{4}, "imports.every_four_hours"},
    Interval{std::chrono::hours{24}, "imports.every_day"},
    Interval{std::chrono::hours{168}, "imports.every_week"},
};
constexpr std::array<std::string_view, 4> kSourceSteps{"pause", "resume", "remove", "forget"};
constexpr std::size_t kStoreCodeMax = 100;

std::string every_text(const Say& say, std::chrono::seconds every) {
    for (const Interval& interval : kIntervals)
        if (interval.every == every) return say.text(interval.key);
    return say.plural("imports.every_minutes", every.count() / 60);
}

std::string last_reading_text(const Say& say, const ShelfSource& source) {
    if (source.last_read_at == Instant{}) return say.text("imports.never_read");
    return say.text("imports.last_read", {say.age(source.last_read_at)});
}

std::string next_reading_text(const Say& say, const ShelfSource& source) {
    if (source.is_paused) return say.text("imports.paused");
    if (source.next_read_at <= say.now()) return say.text("imports.read_at_once");
    return say.text("imports.next_reading", {say.moment(source.next_read_at)});
}

web::View address_view(const Visit& visit, const AtCounter& at, const ShelfSource& source) {
    const Say& say = visit.say;
    const std::string steps = imports_url(at) + "/addresses/" + std::to_string(source.id.value);
    web::View view;
    view.set("source", std::to_string(source.id.value));
    view.set("address", source.url);
    view.set("every_text", every_text(say, source.every));
    view.set("shelf_text",
             say.text(source.is_whole_shelf ? "imports.is_whole_shelf" : "imports.is_part"));
    view.set("last_text", last_reading_text(say, source));
    view.set("next_text", next_reading_text(say, source));
    view.set("failure_text",
             source.failures == 0
                 ? std::string()
                 : say.plural("imports.failures", source.failures,
                              {say.text(reading_failure_key(source.last_failure))}));
    view.set("pause_action", source.is_paused ? std::string() : steps + "/pause");
    view.set("resume_action", source.is_paused ? steps + "/resume" : std::string());
    view.set("remove_action", steps + "/remove");
    return view;
}

web::Response refuse_address(Visit& visit, const AtCounter& at, AddressError error,
                             std::string url) {
    return show_imports(visit, at,
                        {.status = error == AddressError::known_already ? 409 : 422,
                         .address_error = visit.say.text(error_key(error)),
                         .url = std::move(url)});
}

web::Response back_to_imports(const AtCounter& at, std::string_view did) {
    return web::redirect(303, imports_url(at) + "?did=" + std::string(did));
}

// Whether there is such an address of this shop; kinds of files can only be forgotten.
bool change_address(store::Tx& tx, TerritoryId territory, const catalogue::SourcePause& change,
                    std::string_view step) {
    if (step == "pause" || step == "resume") return catalogue::pause_source(tx, territory, change);
    const auto source = catalogue::find_source(tx, territory, change.source);
    if (!source || source->shop != change.shop) return false;
    if (source->url.empty() && step != "forget") return false;
    catalogue::forget_source(tx, territory, change.source);
    return true;
}

}  // namespace

void set_addresses(web::View& view, const Visit& visit, const AtCounter& at,
                   const std::map<ShelfSourceId, ShelfSource>& sources) {
    std::vector<web::View> addresses;
    for (const auto& [id, source] : sources)
        if (!source.url.empty()) addresses.push_back(address_view(visit, at, source));
    std::vector<web::View> intervals;
    for (const Interval& interval : kIntervals) {
        web::View option;
        option.set("value", interval.every.count());
        option.set("text", visit.say.text(interval.key));
        option.set("chosen", interval.every == std::chrono::hours{1});
        intervals.push_back(std::move(option));
    }
    view.set("has_addresses", !addresses.empty());
    view.set("addresses", std::move(addresses));
    view.set("intervals", std::move(intervals));
    view.set("address_action", imports_url(at) + "/addresses");
}

void set_least_used(web::View& view, const Visit& visit, const AtCounter& at,
                    const std::optional<ShelfSource>& source) {
    const Say& say = visit.say;
    view.set("least_used_text", source ? say.text("imports.least_used",
                                                  {source->name, last_reading_text(say, *source)})
                                       : std::string());
    if (source)
        view.set("forget_action",
                 imports_url(at) + "/addresses/" + std::to_string(source->id.value) + "/forget");
}

web::Response add_feed_address(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    const std::string url(trim(fields->get("url")));
    const std::chrono::seconds every{parse_int(fields->get("every")).value_or(0)};
    const auto added = visit.context.database.write([&](store::Tx& tx) {
        return add_address(
            tx, visit.territory(),
            {.id = visit.context.ids.next<ShelfSourceId>(),
             .shop = at->shop.id,
             .url = url,
             .every = every,
             .is_whole_shelf = fields->get("shelf") != "part",
             .store_code = std::string(utf8_prefix(trim(fields->get("store_code")), kStoreCodeMax)),
             .now = visit.view.now});
    });
    if (!added) return refuse_address(visit, *at, added.error(), url);
    return back_to_imports(*at, "added");
}

web::Response change_feed_address(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    const std::string step(visit.request.parameter("step"));
    if (std::ranges::find(kSourceSteps, step) == kSourceSteps.end()) return error_page(visit, 404);
    const catalogue::SourcePause change{
        .shop = at->shop.id,
        .source = ShelfSourceId{parse_int(visit.request.parameter("source")).value_or(0)},
        .is_paused = step == "pause",
        .now = visit.view.now};
    const bool is_changed = visit.context.database.write(
        [&](store::Tx& tx) { return change_address(tx, visit.territory().id, change, step); });
    return is_changed ? back_to_imports(*at, step) : error_page(visit, 404);
}

}  // namespace emplettes::site
