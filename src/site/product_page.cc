#include "site/product_page.h"

#include <algorithm>

#include "base/text.h"
#include "catalogue/book_price.h"
#include "site/asked.h"
#include "site/error_pages.h"
#include "site/json_ld.h"
#include "site/offer_view.h"
#include "site/operator_choices.h"
#include "site/where_page.h"
#include "site/while_away.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kOffersMax = 50;

// What the law of the book price says of a new copy; none of what is no book, or free.
std::optional<catalogue::BookPrice> book_price_of(const Visit& visit,
                                                  const catalogue::Product& product) {
    const catalogue::Territory& territory = visit.territory();
    if (!territory.book_price_law || !product.gtin || !product.gtin->is_book()) return std::nullopt;
    const auto price = read_if_there(visit, [&](store::Tx& tx) {
        return catalogue::find_book_price(
            tx, territory,
            {.product = product, .shop = {}, .day = catalogue::day_of(territory, visit.view.now)});
    });
    return price.value_or(std::nullopt);
}

// "−5 %" of the publisher's price, in whole percent.
std::string discount_text(const Visit& visit, const std::optional<catalogue::BookPrice>& book,
                          const search::OfferHit& offer) {
    if (!book || !is_new(offer)) return {};
    const std::int64_t whole = book->publisher_price.cents;
    const std::int64_t percent = (200 * (whole - offer.price_cents) + whole) / (2 * whole);
    return percent <= 0 ? std::string()
                        : visit.say.text("book.discount", {std::to_string(percent)});
}

struct Sold {
    const catalogue::Product& product;
    const std::optional<catalogue::BookPrice> book_price;
};

std::vector<web::View> offer_rows(const Visit& visit, const Sold& sold,
                                  const std::vector<search::OfferHit>& offers, bool of_new) {
    std::vector<web::View> rows;
    for (const search::OfferHit& offer : offers) {
        if (is_new(offer) != of_new) continue;
        web::View row;
        set_offer(row, visit, sold.product, offer);
        row.set("discount_text", discount_text(visit, sold.book_price, offer));
        auto hours = week_view(visit, offer.shop);
        row.set("has_hours", !hours.empty());
        row.set("hours", std::move(hours));
        rows.push_back(std::move(row));
    }
    return rows;
}

// New ones, then others under a heading of their own.
std::vector<web::View> offer_blocks(const Visit& visit, const Sold& sold,
                                    const std::vector<search::OfferHit>& offers) {
    std::vector<web::View> blocks;
    for (const bool of_new : {true, false}) {
        auto rows = offer_rows(visit, sold, offers, of_new);
        if (rows.empty()) continue;
        web::View block;
        block.set("block_title", of_new ? std::string() : visit.say.text("offer.not_new"));
        block.set("offers", std::move(rows));
        blocks.push_back(std::move(block));
    }
    return blocks;
}

void set_book_price(web::View& view, const Visit& visit,
                    const std::optional<catalogue::BookPrice>& book) {
    const Say& say = visit.say;
    view.set("book_price_text",
             book ? say.text("book.price", {say.price(book->publisher_price)}) : std::string());
    view.set("book_law_text", book ? say.text("book.law", {book->article}) : std::string());
}

web::View fact(const std::string& name, const std::string& value) {
    web::View view;
    view.set("name", name).set("value", value);
    return view;
}

void set_facts(web::View& view, const Visit& visit, const catalogue::Product& product) {
    std::vector<web::View> facts;
    if (product.gtin)
        facts.push_back(fact(visit.say.text(product.gtin->is_book() ? "fact.isbn" : "fact.gtin"),
                             product.gtin->text()));
    if (!product.language.empty() && product.language != visit.language().code())
        facts.push_back(fact(visit.say.text("product.language"),
                             language_name(product.language, visit.language().code())));
    view.set("has_facts", !facts.empty());
    view.set("facts", std::move(facts));
}

// In stock before sold out, open before closed, near before far: what a neighbour can have first.
void order_offers(const Visit& visit, std::vector<search::OfferHit>& offers) {
    const auto rank = [&](const search::OfferHit& offer) {
        return std::tuple(offer.stock <= 0, is_in_doubt(visit, stock_of(offer)),
                          !visit.view.open_now(offer.shop).is_open(), offer.distance_m, offer.id);
    };
    std::sort(offers.begin(), offers.end(),
              [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    if (offers.size() > kOffersMax) offers.resize(kOffersMax);
}

}  // namespace

web::Response product_page(Visit& visit) {
    const auto id = parse_int(visit.request.parameter("id"));
    const auto* product = id ? visit.snapshot().find_product(ProductId{*id}) : nullptr;
    if (!product) return error_page(visit, 404);
    if (visit.where.is_unclear) return where_page(visit);
    note_opened(visit, product->id);
    auto offers = visit.snapshot().index().offers_of(product->id, visit.where.from,
                                                     visit.ways.walked_m().get());
    order_offers(visit, offers);
    note_product_seen(visit, offers);
    const Say& say = visit.say;
    const auto shops = static_cast<std::int64_t>(offers.size());

    web::View view;
    set_product(view, visit, *product);
    view.set("category_url", visit.links.page("/search", {{"category", product->category}}));
    const std::string made_here =
        offers.empty()
            ? std::string()
            : made_here_text(visit, *product, visit.snapshot().find_shop(offers[0].shop)->shop);
    view.set("maker_text", made_here);
    view.set("product_text", product->description);
    view.set("offers_title", say.plural("product.offers", shops, {visit.near_text()}));
    view.set("ranked_text", say.text("product.ranked"));
    view.set("has_offers", !offers.empty());
    const std::string withdrawn = withdrawn_text(visit, product->id);
    view.set("withdrawn_text", withdrawn);
    const Sold sold{.product = *product, .book_price = book_price_of(visit, *product)};
    view.set("blocks", offer_blocks(visit, sold, offers));
    set_book_price(view, visit, sold.book_price);
    if (!withdrawn.empty()) offers.clear();  // for what programs read
    set_facts(view, visit, *product);
    const std::string counted = say.plural("results.shops", shops);
    return show(
        visit,
        {.name = "product",
         .title = say.text("product.title", {product->title, counted, visit.territory_name()}),
         .description =
             say.text("product.description", {product->title, counted, visit.territory_name()}),
         .json_ld = product_json_ld(visit, *product, offers)},
        view);
}

}  // namespace emplettes::site
