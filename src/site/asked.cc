#include "site/asked.h"

#include <algorithm>

#include "base/text.h"
#include "catalogue/questions.h"
#include "catalogue/wanted.h"
#include "search/normal_form.h"
#include "site/search_request.h"
#include "web/form.h"
#include "web/network.h"
#include "web/uri.h"

namespace emplettes::site {
namespace {

// The page of ours on which the reader was before.
struct PageBefore {
    std::string path;  // without its language
    web::Fields query;
};

std::optional<PageBefore> page_before(const Visit& visit) {
    if (visit.request.method != web::Method::get) return std::nullopt;
    const auto target = web::split_target(visit.request.header("referer"));
    if (!target || target->authority.empty()) return std::nullopt;
    if (web::host_name(target->authority) != visit.request.host) return std::nullopt;
    auto fields = web::parse_form(target->query);
    if (!fields) return std::nullopt;
    for (const std::string& language : visit.territory().languages)
        if (target->path.starts_with("/" + language + "/"))
            return PageBefore{.path = std::string(target->path.substr(language.size() + 1)),
                              .query = std::move(fields).value()};
    return std::nullopt;
}

// Words alone, from the first result on: a filter asks for something else.
bool is_plain(const search::Query& query) {
    return query.offset == 0 && !query.open_now && !query.in_stock && !query.makers_only &&
           query.categories.empty() && query.prices.empty() && query.makers.empty() &&
           query.districts.empty() && query.conditions.empty();
}

// The same words with a filter, another order, a wider circle.
bool is_refined(const Visit& visit, const PageBefore& before, const search::Query& query) {
    if (before.path != "/search") return false;
    const auto read = read_kept_search(before.query, visit.territory(), visit.view);
    if (!read || search::normal_form(read->text) != search::normal_form(query.text)) return false;
    return !is_plain(*read) || read->order != query.order ||
           read->makers_first != query.makers_first || read->radius_m != query.radius_m;
}

catalogue::QuestionKey key_of(const Visit& visit, const std::string& text) {
    return {.day = catalogue::day_of(visit.territory(), visit.view.now),
            .language = visit.language().code(),
            .text = text};
}

bool is_by_program(const Visit& visit) {
    const std::string agent = to_lower_ascii(visit.request.header("user-agent"));
    const auto names = [&](std::string_view word) { return agent.find(word) != std::string::npos; };
    return visit.request.method != web::Method::get || names("bot") || names("crawl") ||
           names("spider") || names("preview");
}

}  // namespace

void note_shop_seen(const Visit& visit, ShopId shop) {
    if (is_by_program(visit)) return;
    visit.live.views().add_shop_page(catalogue::day_of(visit.territory(), visit.view.now), shop);
}

void note_product_seen(const Visit& visit, const std::vector<search::OfferHit>& offers) {
    if (is_by_program(visit)) return;
    std::vector<ShopId> shops;
    for (const search::OfferHit& offer : offers) shops.push_back(offer.shop);
    std::ranges::sort(shops);
    shops.erase(std::unique(shops.begin(), shops.end()), shops.end());
    visit.live.views().add_product_page(catalogue::day_of(visit.territory(), visit.view.now),
                                        shops);
}

void note_asked(const Visit& visit, const search::Query& query, const search::Answer& answer) {
    if (!is_plain(query) || search::normal_form(query.text).empty()) return;
    const auto before = page_before(visit);
    if (!before || before->path == "/wanted" || is_refined(visit, *before, query)) return;
    visit.live.questions().add_asked(
        key_of(visit, query.text),
        catalogue::found_of(catalogue::products_with_all_words(answer, query.text)),
        {.network = web::network_of(visit.request.remote_address), .random = visit.context.random});
}

void note_opened(const Visit& visit, ProductId product) {
    const auto before = page_before(visit);
    if (!before || before->path != "/search") return;
    auto read = read_kept_search(before->query, visit.territory(), visit.view);
    if (!read || search::normal_form(read->text).empty()) return;
    search::Query query = std::move(read).value();
    const std::string text = query.text;
    query.from = visit.where.from;
    query.offset = 0;
    query.limit = catalogue::kNextMax;
    query.offers_per_product_max = 1;
    query.counts_names = false;
    // Its place is that of this moment: nothing in the address or the browser says what it was.
    const auto hits = visit.search(std::move(query)).answer.hits;
    std::size_t place = 1;
    while (place <= hits.size() && hits[place - 1].product != product) ++place;
    const bool is_there = place <= hits.size();
    visit.live.questions().add_opened(key_of(visit, text),
                                      is_there ? place : catalogue::kNextMax + 1);
}

}  // namespace emplettes::site
