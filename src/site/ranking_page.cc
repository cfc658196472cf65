#include "site/ranking_page.h"

#include <cmath>

#include "search/ranking.h"
#include "site/offer_view.h"
#include "site/operator_choices.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kExampleHits = 1;

// "0,86" in the language's way.
std::string decimal_text(const Say& say, double number) {
    const auto hundredths = std::lround(number * 100);
    std::string digits = std::to_string(hundredths % 100);
    if (digits.size() < 2) digits.insert(0, "0");
    return std::to_string(hundredths / 100) + say.text("number.decimal") + digits;
}

std::string factor_text(const Say& say, double factor) { return "× " + decimal_text(say, factor); }

web::View factor_row(const Say& say, std::string_view key, const std::string& here,
                     const std::string& weight) {
    web::View row;
    row.set("factor", say.text(key)).set("here", here).set("weight", weight);
    return row;
}

// "2 of 2, 1 letter differs"
std::string words_text(const Say& say, const search::Why& why) {
    const std::string words = say.text(
        "why.words_of", {std::to_string(why.words_matched), std::to_string(why.words_asked)});
    return why.typos == 0 ? words : words + ", " + say.plural("why.typos", why.typos);
}

std::string stock_here(const Visit& visit, const search::OfferHit& best) {
    return is_in_doubt(visit, stock_of(best)) ? visit.say.text("stock.ask")
                                              : visit.say.stock(best.stock);
}

std::vector<web::View> factor_rows(const Visit& visit, const search::ProductHit& hit) {
    const Say& say = visit.say;
    const search::OfferHit& best = hit.offers.front();
    const search::Why& why = hit.why;
    std::vector<web::View> rows;
    if (why.words_asked > 0)
        rows.push_back(
            factor_row(say, "why.words", words_text(say, why), factor_text(say, why.text)));
    if (why.words_asked > 0)
        rows.push_back(factor_row(say, "why.exactness", say.text("why.exactness_here"),
                                  factor_text(say, why.exactness)));
    rows.push_back(factor_row(say, "why.distance", say.distance(best.distance_m),
                              factor_text(say, why.distance)));
    rows.push_back(
        factor_row(say, "why.availability",
                   stock_here(visit, best) + ", " + say.open_state(visit.view.open_now(best.shop)),
                   factor_text(say, why.availability)));
    return rows;
}

web::View rule_row(const Say& say, std::string_view factor, const std::string& meaning,
                   const std::string& constant) {
    web::View row;
    row.set("factor", say.text(factor)).set("meaning", meaning).set("constant", constant);
    return row;
}

// Every constant of search::kRanking, none left out.
std::vector<web::View> rule_rows(const Visit& visit) {
    const Say& say = visit.say;
    const auto& ranking = search::kRanking;
    std::vector<web::View> rows;
    const auto word = [&](std::string_view key, double weight) {
        rows.push_back(rule_row(say, key, say.text("why.words_meaning"), factor_text(say, weight)));
    };
    word("why.word_title", ranking.title_weight);
    word("why.word_maker", ranking.maker_weight);
    word("why.word_category", ranking.category_weight);
    word("why.word_description", ranking.description_weight);
    const auto detail = [&](std::string_view key, const std::string& constant) {
        rows.push_back(rule_row(say, "why.words", say.text(key), constant));
    };
    detail("why.said_twice", factor_text(say, 1 + ranking.said_twice_bonus));
    rows.push_back(
        rule_row(say, "why.words",
                 say.text("why.late", {std::to_string(std::lround(ranking.late_words) + 1)}),
                 factor_text(say, 1 - ranking.late_in_title)));
    detail("why.other_form", factor_text(say, ranking.other_form_factor));
    detail("why.prefix", factor_text(say, ranking.prefix_factor));
    detail("why.synonym", factor_text(say, ranking.synonym_factor));
    detail("why.unlikely_typo", factor_text(say, ranking.unlikely_typo_factor));
    detail("why.rarity", "+ " + decimal_text(say, ranking.rarity_bonus));
    detail("why.closeness", factor_text(say, 1 + ranking.closeness_bonus));
    rows.push_back(rule_row(say, "why.exactness", say.text("why.exactness_meaning"),
                            factor_text(say, 1 + ranking.exactness_bonus)));
    rows.push_back(rule_row(
        say, "why.distance",
        say.text("why.distance_meaning", {say.distance_plain(ranking.distance_pivot_m)}),
        say.text("ranking.distance_formula", {say.distance_plain(ranking.distance_pivot_m)})));
    const auto availability = [&](std::string_view key, double factor) {
        rows.push_back(rule_row(say, "why.availability", say.text(key), factor_text(say, factor)));
    };
    availability("why.in_stock_open", ranking.in_stock_open);
    availability("why.in_stock_closed", ranking.in_stock_closed);
    availability("why.stock_in_doubt", ranking.stock_in_doubt);
    availability("why.out_of_stock", ranking.out_of_stock);
    return rows;
}

web::View limit_row(const std::string& name, const std::string& value) {
    web::View row;
    row.set("name", name).set("value", value);
    return row;
}

// A real answer of this moment: the first product near the centre, with its factors.
void set_example(web::View& view, const Visit& visit) {
    search::Query query{
        .from = visit.where.from, .radius_m = visit.territory().radius_m, .limit = kExampleHits};
    const auto everything = visit.search(query).answer;
    if (!everything.hits.empty()) {
        const auto* product = visit.snapshot().find_product(everything.hits.front().product);
        query.text = product->title;
    }
    const auto answer = visit.search(query).answer;
    if (answer.hits.empty()) {
        view.set("example_text", "");
        return;
    }
    const search::ProductHit& hit = answer.hits.front();
    const auto* product = visit.snapshot().find_product(hit.product);
    const auto& shop = visit.snapshot().find_shop(hit.offers.front().shop)->shop;
    view.set("example_text", visit.say.text("ranking.example_text", {query.text, visit.near_text(),
                                                                     product->title, shop.name}));
    view.set("example", factor_rows(visit, hit));
}

}  // namespace

void set_why(web::View& view, const Visit& visit, const search::ProductHit& hit) {
    const auto& shop = visit.snapshot().find_shop(hit.offers.front().shop)->shop;
    std::string text =
        visit.say.text("why.text", {factor_text(visit.say, hit.why.score).substr(3), shop.name});
    if (hit.is_early) text += " " + visit.say.text("why.early");
    view.set("why_text", text);
    view.set("why", factor_rows(visit, hit));
}

web::Response ranking_page(Visit& visit) {
    const Say& say = visit.say;
    web::View view;
    view.set("factors", rule_rows(visit));
    set_example(view, visit);
    std::vector<web::View> limits;
    limits.push_back(limit_row(say.text("ranking.limit_radius"),
                               say.distance_plain(visit.territory().radius_m)));
    const search::Query defaults;
    limits.push_back(limit_row(say.text("ranking.limit_offers"),
                               std::to_string(defaults.offers_per_product_max)));
    limits.push_back(limit_row(say.text("ranking.limit_page"), std::to_string(defaults.limit)));
    limits.push_back(
        limit_row(say.text("ranking.limit_enough"), std::to_string(search::kRanking.hits_enough)));
    const auto letters = [&](std::size_t number) {
        return say.text("ranking.letters", {std::to_string(number)});
    };
    const auto& ranking = search::kRanking;
    limits.push_back(
        limit_row(say.text("ranking.limit_one_typo"), letters(ranking.one_typo_letters)));
    limits.push_back(
        limit_row(say.text("ranking.limit_two_typos"), letters(ranking.two_typos_letters)));
    limits.push_back(
        limit_row(say.text("ranking.limit_rare", {std::to_string(ranking.rare_word_products_max)}),
                  "× " + std::to_string(ranking.far_more_products)));
    limits.push_back(limit_row(say.text("ranking.limit_did_you_mean"),
                               std::to_string(ranking.hardly_known_products_max)));
    limits.push_back(
        limit_row(say.text("ranking.limit_begun"), letters(ranking.telling_prefix_letters)));
    limits.push_back(limit_row(
        say.text("ranking.limit_shop",
                 {std::to_string(ranking.shop_hits_among), std::to_string(ranking.variety_window),
                  std::to_string(std::lround(ranking.variety_score * 100))}),
        std::to_string(ranking.shop_hits_max)));
    view.set("limits", std::move(limits));
    set_all_choices(view, visit);
    return show(
        visit,
        {.name = "ranking",
         .title = say.text("title.page", {say.text("ranking.title"), visit.territory_name()})},
        view);
}

}  // namespace emplettes::site
