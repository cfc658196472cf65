#include "site/result_filters.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalogue/offer.h"
#include "site/offer_view.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kOptionsShown = 8;  // of a group; the others unfold
constexpr std::size_t kNamesMin = 2;      // one brand or district is no choice
constexpr std::chrono::hours kUsualTime{10};

constexpr std::array<std::string_view, 3> kConditionKeys{
    "filters.condition_new", "filters.condition_used", "filters.condition_refurbished"};

constexpr TravelLimit kLimits[] = {
    {.profile = geo::Profile::foot, .minutes = 5},  {.profile = geo::Profile::foot, .minutes = 10},
    {.profile = geo::Profile::foot, .minutes = 15}, {.profile = geo::Profile::bike, .minutes = 5},
    {.profile = geo::Profile::bike, .minutes = 10}, {.profile = geo::Profile::bike, .minutes = 15}};

// One value of a facet, in words.
struct Option {
    std::string label;
    std::string count;
    bool is_on = false;
    Parameters parameters;     // where it leads: chosen, or taken back
    std::ptrdiff_t level = 0;  // in the tree of categories
};

using Options = std::vector<Option>;

// "1000-2500" as people say it.
std::string price_range_text(const Visit& visit, const search::PriceRange& range) {
    const bool has_end = range.end_cents != search::PriceRange().end_cents;
    const std::string low = visit.say.price_round(Money{range.min_cents});
    if (!has_end) return visit.say.text("filters.price_over", {low});
    const std::string top = visit.say.price_round(Money{range.end_cents});
    if (range.min_cents == 0) return visit.say.text("filters.price_under", {top});
    return visit.say.text("filters.price_between", {std::to_string(range.min_cents / 100), top});
}

bool is_below(std::string_view key, std::string_view other) {
    return key.size() > other.size() && key.starts_with(other) && key[other.size()] == '.';
}

std::string_view parent_of(std::string_view key) {
    const auto dot = key.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : key.substr(0, dot);
}

// In place of what is above or below it, which says the same or more.
Parameters with_category(const Search& search, const std::string& key) {
    Parameters changed;
    for (const auto& [name, value] : search.parameters)
        if (name != "category" || (!is_below(value, key) && !is_below(key, value)))
            changed.emplace_back(name, value);
    changed.emplace_back("category", key);
    return changed;
}

// The groups of one page.
class Groups {
  public:
    Groups(const Visit& visit, const Search& search, const search::Facets& facets)
        : visit_(visit), search_(search), facets_(facets) {}

    Options now() const {
        const std::string open =
            search_.open_at
                ? visit_.say.text("filters.open_at", {visit_.say.moment(*search_.open_at)})
                : visit_.say.text("filters.open_now");
        const std::string_view open_name = search_.open_at ? "open_at" : "open_now";
        return {flag(visit_.say.text("filters.in_stock"), "in_stock", facets_.in_stock,
                     search_.query.in_stock),
                flag(open, open_name, facets_.open_now, search_.query.open_now),
                flag(visit_.say.text("filters.maker"), "maker", facets_.makers,
                     search_.query.makers_only)};
    }

    // How far one would go: one choice of these.
    Options ways() const {
        Options listed;
        for (const TravelLimit& limit : kLimits) listed.push_back(within(limit));
        const bool is_listed =
            !visit_.limit || std::ranges::find(kLimits, *visit_.limit) != std::end(kLimits);
        if (!is_listed) listed.push_back(within(*visit_.limit));
        return listed;
    }

    // The tree as far as it is open: each category is followed by those below it.
    Options categories() const {
        std::vector<search::FacetCount> counts = facets_.category;
        for (std::string_view key : search_.query.categories)
            for (; !key.empty(); key = parent_of(key)) add_missing(counts, key);
        Options listed;
        add_categories(counts, "", listed);
        return listed;
    }

    Options prices() const {
        Options listed;
        auto chosen = search_.query.prices;
        for (const search::FacetCount& count : facets_.price) {
            const auto range = *parse_price_range(count.value);
            const bool is_on = std::erase(chosen, range) > 0;
            if (count.products == 0 && !is_on) continue;
            listed.push_back(several(price_range_text(visit_, range),
                                     {"price", count.value, count.products}, is_on));
        }
        for (const search::PriceRange& range : chosen)
            listed.push_back({.label = price_range_text(visit_, range),
                              .is_on = true,
                              .parameters = without_price(range)});
        return listed;
    }

    Options brands() const { return names("brand", facets_.maker, search_.query.makers); }
    Options districts() const {
        return names("district", facets_.district, search_.query.districts);
    }

    // Only where something is not new.
    Options conditions() const {
        const auto& chosen = search_.query.conditions;
        std::int64_t not_new = 0;
        Options listed;
        for (std::size_t i = 0; i < facets_.condition.size(); ++i) {
            const auto number = static_cast<std::uint8_t>(i);
            const std::int64_t products = facets_.condition[i].products;
            const bool is_on = std::find(chosen.begin(), chosen.end(), number) != chosen.end();
            if (i > 0) not_new += products;
            if (products == 0 && !is_on) continue;
            const auto word = catalogue::to_string(static_cast<catalogue::Condition>(i));
            listed.push_back(several(visit_.say.text(kConditionKeys[i]),
                                     {"condition", std::string(word), products}, is_on));
        }
        return not_new > 0 || !chosen.empty() ? listed : Options();
    }

  private:
    // A value as it stands in the address.
    struct Value {
        std::string_view name;
        std::string value;
        std::int64_t products = 0;
    };

    Option flag(const std::string& label, std::string_view name, std::int64_t products,
                bool is_on) const {
        return {.label = label,
                .count = std::to_string(products),
                .is_on = is_on,
                .parameters = search_.with(name, is_on ? "" : "1")};
    }

    Option within(const TravelLimit& limit) const {
        search::Query query = search_.query;
        query.reached = nullptr;
        query.limit = 0;
        query.offset = 0;
        query.counts_names = false;
        visit_.ways.limit(query, limit);
        const bool is_on = visit_.limit == limit;
        const std::string value =
            std::string(to_string(limit.profile)) + "-" + std::to_string(limit.minutes);
        return {.label = visit_.say.travel(limit),
                .count = std::to_string(visit_.search(std::move(query)).answer.total),
                .is_on = is_on,
                .parameters = search_.with("within", is_on ? "" : value)};
    }

    Option several(const std::string& label, const Value& value, bool is_on) const {
        return {.label = label,
                .count = std::to_string(value.products),
                .is_on = is_on,
                .parameters = is_on ? search_.without(value.name, value.value)
                                    : search_.also_with(value.name, value.value)};
    }

    Parameters without_price(const search::PriceRange& range) const {
        Parameters changed;
        for (const auto& parameter : search_.parameters)
            if (parameter.first != "price" || parse_price_range(parameter.second) != range)
                changed.push_back(parameter);
        return changed;
    }

    static void add_missing(std::vector<search::FacetCount>& counts, std::string_view key) {
        const bool is_listed =
            std::any_of(counts.begin(), counts.end(),
                        [&](const search::FacetCount& count) { return count.value == key; });
        if (!is_listed) counts.push_back({std::string(key), 0});
    }

    void add_categories(const std::vector<search::FacetCount>& counts, std::string_view parent,
                        Options& listed) const {
        for (const search::FacetCount& count : counts) {
            if (parent_of(count.value) != parent) continue;
            add_category(count, listed);
            add_categories(counts, count.value, listed);
        }
    }

    void add_category(const search::FacetCount& count, Options& listed) const {
        const auto& chosen = search_.query.categories;
        const std::string name = category_name(visit_, count.value);
        if (name.empty()) return;
        const bool is_on = std::find(chosen.begin(), chosen.end(), count.value) != chosen.end();
        Option option = several(name, {"category", count.value, count.products}, is_on);
        if (!is_on) option.parameters = with_category(search_, count.value);
        option.level = std::count(count.value.begin(), count.value.end(), '.');
        listed.push_back(std::move(option));
    }

    Options names(std::string_view name, const std::vector<search::FacetCount>& counts,
                  const std::vector<std::string>& asked) const {
        std::vector<std::string> missing = asked;
        Options listed;
        for (const search::FacetCount& count : counts) {
            const bool is_on = std::erase_if(missing, [&](const std::string& other) {
                                   return fold(other) == fold(count.value);
                               }) > 0;
            listed.push_back(several(count.value, {name, count.value, count.products}, is_on));
        }
        for (const std::string& value : missing)
            listed.push_back(several(value, {name, value, 0}, true));
        return listed.size() < kNamesMin && asked.empty() ? Options() : listed;
    }

    const Visit& visit_;
    const Search& search_;
    const search::Facets& facets_;
};

web::View option_view(const Visit& visit, const Option& option) {
    web::View view;
    view.set("label", option.label);
    view.set("count", option.count);
    view.set("on", option.is_on);
    view.set("level", option.level == 0 ? std::string() : std::to_string(option.level));
    view.set("url", visit.links.page("/search", option.parameters));
    return view;
}

// A group of filters, or none where there is nothing to choose. What is beyond the first few and
// not chosen unfolds.
void add_filter_group(std::vector<web::View>& groups, const Visit& visit, std::string_view key,
                      const Options& listed) {
    if (listed.empty()) return;
    std::vector<web::View> options;
    std::vector<web::View> rest;
    for (const Option& option : listed) {
        const bool is_shown = options.size() < kOptionsShown || option.is_on;
        (is_shown ? options : rest).push_back(option_view(visit, option));
    }
    web::View view;
    view.set("group", visit.say.text(key));
    view.set("options", std::move(options));
    view.set("rest_text", rest.empty() ? std::string()
                                       : visit.say.plural("filters.rest",
                                                          static_cast<std::int64_t>(rest.size())));
    view.set("rest", std::move(rest));
    groups.push_back(std::move(view));
}

// "Open then": the whole search, with the moment that is filled in.
web::View moment_form(const Visit& visit, const Search& search) {
    const Zone& zone = visit.territory().zone;
    const LocalTime now = zone.to_local(visit.view.now);
    const LocalTime tomorrow =
        std::chrono::floor<std::chrono::days>(now) + std::chrono::days{1} + kUsualTime;
    std::vector<web::View> fields;
    Parameters kept = search.parameters;
    kept.insert(kept.end(), visit.links.where().begin(), visit.links.where().end());
    for (const auto& [name, value] : kept) {
        if (value.empty() || name == "open_at" || name == "open_now") continue;
        web::View field;
        field.set("name", name).set("value", value);
        fields.push_back(std::move(field));
    }
    web::View form;
    form.set("action", visit.links.bare("/search"));
    form.set("fields", std::move(fields));
    form.set("value", visit.say.moment_typed(search.open_at.value_or(zone.to_instant(tomorrow))));
    form.set("min", visit.say.moment_typed(visit.view.now));
    form.set("max", visit.say.moment_typed(visit.view.now + kAheadMax));
    form.set("problem",
             search.is_moment_refused
                 ? visit.say.text("filters.moment_refused", {std::to_string(kAheadMax.count())})
                 : std::string());
    return form;
}

bool is_any_on(const Options& listed) {
    return std::any_of(listed.begin(), listed.end(),
                       [](const Option& option) { return option.is_on; });
}

}  // namespace

void set_filters(web::View& view, const Visit& visit, const Search& search,
                 const search::Facets& facets) {
    const Groups groups(visit, search, facets);
    const std::array<Options, 7> all{groups.now(),    groups.categories(), groups.prices(),
                                     groups.brands(), groups.districts(),  groups.conditions(),
                                     groups.ways()};
    std::vector<web::View> first;
    add_filter_group(first, visit, "filters.now", all[0]);
    add_filter_group(first, visit, "filters.ways", all[6]);
    add_filter_group(first, visit, "filters.category", all[1]);
    add_filter_group(first, visit, "filters.price", all[2]);
    std::vector<web::View> more;
    add_filter_group(more, visit, "filters.brand", all[3]);
    add_filter_group(more, visit, "filters.district", all[4]);
    add_filter_group(more, visit, "filters.condition", all[5]);
    std::vector<web::View> chosen;
    for (const Options& listed : all)
        for (const Option& option : listed)
            if (option.is_on) chosen.push_back(option_view(visit, option));
    view.set("has_filters", true);
    view.set("filter_groups", std::move(first));
    view.set("more_groups", std::move(more));
    view.set("more_open", is_any_on(all[3]) || is_any_on(all[4]) || is_any_on(all[5]) ||
                              search.open_at.has_value() || search.is_moment_refused);
    view.set("moment", moment_form(visit, search));
    const bool has_chosen = !chosen.empty();
    view.set("has_chosen", has_chosen);
    view.set("chosen", std::move(chosen));
    view.set("clear_url",
             has_chosen ? visit.links.page("/search", {{"q", search.query.text}}) : std::string());
}

}  // namespace emplettes::site
