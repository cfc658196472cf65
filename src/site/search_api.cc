#include "site/search_api.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "site/api_request.h"
#include "site/json_out.h"
#include "site/offer_json.h"
#include "site/offer_view.h"
#include "site/operator_choices.h"
#include "site/problems.h"
#include "site/search_request.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kSuggestionsMax = 8;
constexpr int kWhyPlaces = 3;

// What each address reads.
constexpr std::array<std::string_view, 22> kSearchParameters{
    "q",        "lat",      "lon",   "near",  "radius_m", "open_now",  "open_at", "maker",
    "in_stock", "category", "price", "brand", "district", "condition", "sort",    "makers_first",
    "limit",    "offset",   "lang",  "shop",  "offers",   "within"};
constexpr std::array<std::string_view, 5> kSuggestParameters{"q", "lat", "lon", "near", "lang"};
constexpr std::array<std::string_view, 4> kProductParameters{"lat", "lon", "near", "lang"};
constexpr std::array<std::string_view, 1> kShopParameters{"lang"};

Result<search::Query, FieldProblem> read_question(const Visit& visit) {
    auto read = read_search(visit.request.query, visit.territory(), visit.view);
    if (!read) return read.error();
    search::Query query = std::move(read).value();
    query.from = visit.where.from;
    if (const auto within = read_within(visit.request.query); !within) return within.error();
    if (visit.limit) visit.ways.limit(query, *visit.limit);
    const std::string_view slug = visit.request.query.get("shop");
    if (slug.empty()) return query;
    const auto* listed = visit.snapshot().find_shop(slug);
    if (!listed) return FieldProblem{"shop", "names no shop of this territory"};
    query.shop = listed->shop.id;
    return query;
}

void write_why(JsonOut& out, const search::Why& why) {
    out.begin_object("why");
    out.member("words_matched", why.words_matched);
    out.member("words_asked", why.words_asked);
    out.member("typos", why.typos);
    out.member_decimal("text", why.text, kWhyPlaces);
    out.member_decimal("exactness", why.exactness, kWhyPlaces);
    out.member_decimal("distance", why.distance, kWhyPlaces);
    out.member_decimal("availability", why.availability, kWhyPlaces);
    out.member_decimal("score", why.score, kWhyPlaces);
    out.end_object();
}

void write_count(JsonOut& out, std::string_view value, std::int64_t products) {
    out.begin_object();
    out.member("value", value);
    out.member("count", products);
    out.end_object();
}

void write_pin(JsonOut& out, const search::ProductHit& hit, const catalogue::Choice* pin) {
    if (!hit.is_pinned || !pin) return;
    out.member("pinned", true);
    out.member("pinned_reason", pin->reason);
}

void write_hidden(JsonOut& out, const Visit& visit,
                  const catalogue::Merchandising::OfQuestion* choices) {
    if (!choices || choices->hidden.empty()) return;
    out.begin_array("hidden");
    for (const catalogue::Choice& choice : choices->hidden) {
        const auto* product = visit.snapshot().find_product(choice.product);
        if (!product) continue;
        out.begin_object();
        write_product(out, visit, *product);
        out.member("reason", choice.reason);
        out.end_object();
    }
    out.end_array();
}

void write_counts(JsonOut& out, std::string_view name,
                  const std::vector<search::FacetCount>& counts) {
    out.begin_array(name);
    for (const search::FacetCount& count : counts) write_count(out, count.value, count.products);
    out.end_array();
}

// A facet of one value, as a list like the others.
void write_flag(JsonOut& out, std::string_view name, std::int64_t products) {
    out.begin_array(name);
    write_count(out, "1", products);
    out.end_array();
}

// The engine knows conditions by their numbers.
void write_conditions(JsonOut& out, const std::vector<search::FacetCount>& counts) {
    out.begin_array("condition");
    for (std::size_t i = 0; i < counts.size(); ++i)
        write_count(out, catalogue::to_string(static_cast<catalogue::Condition>(i)),
                    counts[i].products);
    out.end_array();
}

void write_facets(JsonOut& out, const search::Facets& facets) {
    out.begin_object("facets");
    write_counts(out, "category", facets.category);
    write_counts(out, "price", facets.price);
    write_counts(out, "brand", facets.maker);
    write_counts(out, "district", facets.district);
    write_conditions(out, facets.condition);
    write_flag(out, "open_now", facets.open_now);
    write_flag(out, "in_stock", facets.in_stock);
    write_flag(out, "maker", facets.makers);
    out.end_object();
}

std::string_view kind_word(search::Suggestion::Kind kind) {
    switch (kind) {
        case search::Suggestion::Kind::product: return "product";
        case search::Suggestion::Kind::category: return "category";
        case search::Suggestion::Kind::shop: return "shop";
        case search::Suggestion::Kind::maker: return "maker";
    }
    return "product";
}

std::string suggestion_url(const Visit& visit, const search::Suggestion& suggestion) {
    if (suggestion.kind == search::Suggestion::Kind::product)
        return visit.links.product(ProductId{suggestion.id});
    if (suggestion.kind == search::Suggestion::Kind::shop)
        if (const auto* listed = visit.snapshot().find_shop(ShopId{suggestion.id}))
            return visit.links.shop(listed->shop.slug);
    const bool is_category = suggestion.kind == search::Suggestion::Kind::category;
    return visit.links.page("/search", {{is_category ? "category" : "q", suggestion.text}});
}

// As many more are asked for as are hidden among them.
std::vector<search::Suggestion> suggestions(const Visit& visit, std::string_view text) {
    const catalogue::Merchandising& choices = *visit.view.merchandising;
    const auto is_hidden = [&](const search::Suggestion& suggestion) {
        return suggestion.kind == search::Suggestion::Kind::product &&
               choices.find_hidden_everywhere(ProductId{suggestion.id});
    };
    std::size_t more = 0;
    while (true) {
        auto found = visit.snapshot().index().suggest(text, kSuggestionsMax + more);
        const std::size_t hidden = std::erase_if(found, is_hidden);
        if (hidden <= more) {
            found.resize(std::min(found.size(), kSuggestionsMax));
            return found;
        }
        more = hidden;
    }
}

// As readers see it; the engine names a category by its key.
std::string suggestion_text(const Visit& visit, const search::Suggestion& suggestion) {
    if (suggestion.kind != search::Suggestion::Kind::category) return suggestion.text;
    return category_name(visit, suggestion.text);
}

using Products = std::vector<const catalogue::Product*>;

// Those of the hits. Each lies somewhere else in memory, and so do its texts: what takes long is
// asked of all of them before the first is read.
Products find_products(const Visit& visit, const std::vector<search::ProductHit>& hits) {
    Products products;
    products.reserve(hits.size());
    for (const search::ProductHit& hit : hits) {
        products.push_back(visit.snapshot().find_product(hit.product));
        __builtin_prefetch(products.back());
    }
    for (const catalogue::Product* product : products) __builtin_prefetch(product->title.data());
    return products;
}

}  // namespace

web::Response search_api(Visit& visit) {
    const auto began = std::chrono::steady_clock::now();
    if (auto refused = refusal(visit, kSearchParameters)) return *std::move(refused);
    auto read = read_question(visit);
    if (!read) return field_problem(visit.request, 422, read.error());
    const auto [answer, choices] = visit.search(std::move(read).value());
    JsonOut out;
    out.begin_object();
    out.member("total", answer.total);
    out.member("did_you_mean", answer.did_you_mean);
    const auto took = std::chrono::steady_clock::now() - began;
    out.member("took_us",
               std::int64_t{std::chrono::duration_cast<std::chrono::microseconds>(took).count()});
    out.begin_array("hits");
    const Products products = find_products(visit, answer.hits);
    OfferJson offers(out, visit);
    for (std::size_t i = 0; i < answer.hits.size(); ++i) {
        const search::ProductHit& hit = answer.hits[i];
        out.begin_object();
        write_product(out, visit, *products[i]);
        out.begin_array("offers");
        for (const search::OfferHit& offer : hit.offers) offers.write(offer);
        out.end_array();
        out.member("offers_total", static_cast<std::int64_t>(hit.offers_total));
        write_why(out, hit.why);
        write_pin(out, hit, find_pin(choices, hit.product));
        if (hit.is_early) out.member("early", true);
        out.end_object();
    }
    out.end_array();
    write_hidden(out, visit, choices);
    write_facets(out, answer.facets);
    out.end_object();
    auto response = out.response();
    // No two answers are the same, took_us and the stocks' ages change: a tag would match nothing.
    response.add_header("Cache-Control", "no-store");
    return response;
}

web::Response suggest_api(Visit& visit) {
    if (auto refused = refusal(visit, kSuggestParameters)) return *std::move(refused);
    const auto query = read_search(visit.request.query, visit.territory(), visit.view);
    if (!query) return field_problem(visit.request, 422, query.error());
    JsonOut out;
    out.begin_object();
    out.begin_array("suggestions");
    for (const auto& suggestion : suggestions(visit, query->text)) {
        const std::string text = suggestion_text(visit, suggestion);
        if (text.empty()) continue;  // a category that has no name here
        out.begin_object();
        out.member("text", text);
        out.member("kind", kind_word(suggestion.kind));
        out.member("url", suggestion_url(visit, suggestion));
        out.end_object();
    }
    out.end_array();
    out.end_object();
    return out.response();
}

web::Response shop_api(Visit& visit) {
    if (auto refused = refusal(visit, kShopParameters)) return *std::move(refused);
    const auto* listed = visit.snapshot().find_shop(visit.request.parameter("slug"));
    if (!listed) return problem(visit.request, 404, "unknown_shop");
    const catalogue::Shop& shop = listed->shop;
    JsonOut out;
    out.begin_object();
    out.member("id", shop.id.value);
    out.member("slug", shop.slug);
    out.member("name", shop.name);
    out.member("kind", shop.kind);
    out.member("maker", shop.is_maker);
    write_position(out, shop.position);
    out.begin_object("address");
    out.member("housenumber", shop.housenumber);
    out.member("street", shop.street);
    out.member("postcode", shop.postcode);
    out.member("city", shop.city);
    out.end_object();
    out.member("phone", shop.phone);
    out.member("website", shop.website);
    out.member("opening_hours", shop.opening_hours);
    out.member("opening_hours_readable", listed->hours.readable());
    write_open(out, visit.view.open_now(shop.id));
    out.begin_array("open_spans");
    for (const catalogue::OpenSpan& span :
         visit.view.opening->spans(visit.snapshot().number_of(shop.id))) {
        if (span.closes_at <= visit.view.now) continue;
        if (span.opens_at > visit.view.now + std::chrono::days{7}) break;
        out.begin_object();
        out.member("opens_at", to_unix(span.opens_at));
        out.member("closes_at", to_unix(span.closes_at));
        out.member("certain", span.is_certain);
        out.end_object();
    }
    out.end_array();
    out.member("source", shop.source);
    out.member("source_ref", shop.source_ref);
    out.end_object();
    return out.response();
}

web::Response product_api(Visit& visit) {
    if (auto refused = refusal(visit, kProductParameters)) return *std::move(refused);
    const auto id = parse_int(visit.request.parameter("id"));
    const auto* product = id ? visit.snapshot().find_product(ProductId{*id}) : nullptr;
    if (!product) return problem(visit.request, 404, "unknown_product");
    const auto* hidden = visit.view.merchandising->find_hidden_everywhere(product->id);
    auto offers = visit.snapshot().index().offers_of(product->id, visit.where.from,
                                                     visit.ways.walked_m().get());
    if (hidden) offers.clear();
    JsonOut out;
    OfferJson offer_json(out, visit);
    out.begin_object();
    write_product(out, visit, *product);
    out.member("description", product->description);
    out.member("language", product->language);
    if (hidden) {
        out.member("withdrawn", true);
        out.member("withdrawn_reason", hidden->reason);
    }
    out.begin_array("offers");
    for (std::size_t i = 0; i < std::min(offers.size(), kOffersPerHitMax); ++i)
        offer_json.write(offers[i]);
    out.end_array();
    out.member("offers_total", static_cast<std::int64_t>(offers.size()));
    out.end_object();
    return out.response();
}

}  // namespace emplettes::site
