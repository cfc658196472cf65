#include "site/offer_view.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalogue/picture.h"
#include "site/photo_view.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kCoverLengthMax = 48;

// In the order of --tint-1 to --tint-8 in web/styles/tokens.css.
constexpr std::array<std::string_view, kTints> kTintNames{"ink", "leaf", "brick", "straw",
                                                          "sky", "plum", "stone", "sea"};

std::string tint_number(std::string_view name) {
    const auto found = std::find(kTintNames.begin(), kTintNames.end(), name);
    const auto index = found == kTintNames.end() ? 0 : found - kTintNames.begin();
    return std::to_string(index + 1);
}

std::string join(const std::string& a, std::string_view between, const std::string& b) {
    if (a.empty() || b.empty()) return a + b;
    return a + std::string(between) + b;
}

// What fits on a cover: the title up to its first comma or parenthesis, cut at a word.
std::string cover_text(const std::string& title) {
    std::string text = title.substr(0, title.find_first_of(",("));
    if (utf8_length(text) > kCoverLengthMax) {
        text = std::string(utf8_prefix(text, kCoverLengthMax));
        text = text.substr(0, text.find_last_of(' ')) + "…";
    }
    return std::string(trim(text));
}

}  // namespace

catalogue::Stock stock_of(const search::OfferHit& offer) {
    return {.quantity = offer.stock,
            .source = offer.stock_source,
            .confirmed_at = offer.stock_confirmed_at};
}

bool is_in_doubt(const Visit& visit, const catalogue::Stock& stock) {
    return stock.quantity > 0 && visit.view.trust(stock) != catalogue::StockTrust::fresh;
}

bool is_new(const search::OfferHit& offer) {
    return static_cast<catalogue::Condition>(offer.condition) == catalogue::Condition::new_;
}

std::string category_name(const Visit& visit, const std::string& key) {
    const auto* category = visit.context.trades.find_category(key);
    return category ? category->name(visit.language().code()) : std::string();
}

std::string tint_of_category(const Visit& visit, const std::string& key) {
    const auto* category = visit.context.trades.find_category(key);
    return tint_number(category ? category->tint : std::string());
}

std::string tint_of_shop(const catalogue::ListedShop& listed) {
    std::size_t sum = 0;
    for (const char c : listed.shop.kind) sum += static_cast<unsigned char>(c);
    return std::to_string(sum % kTints + 1);
}

std::string trade_name(const Visit& visit, const catalogue::ListedShop& listed) {
    return listed.kind ? listed.kind->name(visit.language().code()) : std::string();
}

std::string address_line(const catalogue::Shop& shop) {
    return join(shop.housenumber, " ", shop.street);
}

std::string address_whole(const catalogue::Shop& shop) {
    return join(address_line(shop), ", ", join(shop.postcode, " ", shop.city));
}

std::string made_here_text(const Visit& visit, const catalogue::Product& product,
                           const catalogue::Shop& shop) {
    const bool is_theirs = product.maker.empty() || product.maker == shop.name;
    if (!shop.is_maker || !is_theirs) return {};
    return visit.say.text("product.made_here", {visit.territory_name()});
}

std::string title_lang(const Visit& visit, const catalogue::Product& product) {
    return product.language == visit.language().code() ? std::string() : product.language;
}

void set_product(web::View& view, const Visit& visit, const catalogue::Product& product) {
    view.set("title", product.title);
    view.set("title_lang", title_lang(visit, product));
    view.set("by", product.maker);
    view.set("category", category_name(visit, product.category));
    view.set("tint", tint_of_category(visit, product.category));
    view.set("cover", cover_text(product.title));
    view.set("url", visit.links.product(product.id));
    set_photo(view, visit.view.pictures->of_product(product.id));
}

void set_open_state(web::View& view, const Visit& visit, const catalogue::OpenNow& open) {
    view.set("state", state_word(open));
    view.set("state_text", visit.say.open_state(open));
}

void set_stock(web::View& view, const Visit& visit, const catalogue::Stock& stock) {
    const bool asks = is_in_doubt(visit, stock);
    view.set("stock_level", asks ? std::string_view("ask") : stock_level(stock.quantity));
    view.set("stock_text", asks ? visit.say.text("stock.ask") : visit.say.stock(stock.quantity));
    view.set("stock_age", visit.say.stock_age(stock));
}

// By bike where that is what the neighbour asked for.
std::string walk_text(const Visit& visit, ShopId shop, double metres) {
    if (visit.limit && visit.limit->profile != geo::Profile::foot)
        if (const auto minutes = visit.ways.minutes_to(shop, visit.limit->profile))
            return visit.say.ride(*minutes);
    return visit.say.walk(visit.ways.walk_minutes(metres));
}

void set_offer(web::View& view, const Visit& visit, const catalogue::Product& product,
               const search::OfferHit& offer) {
    const catalogue::Shop& shop = visit.snapshot().find_shop(offer.shop)->shop;
    view.set("shop", shop.name);
    view.set("shop_url", visit.links.shop(shop.slug));
    view.set("distance", visit.say.distance(offer.distance_m));
    view.set("walk", walk_text(visit, offer.shop, offer.distance_m));
    set_open_state(view, visit, visit.view.open_now(offer.shop));
    set_stock(view, visit, stock_of(offer));
    view.set("price", visit.say.price(Money{offer.price_cents}));
    view.set("condition_text",
             visit.say.condition(static_cast<catalogue::Condition>(offer.condition)));
    const bool is_withdrawn = visit.view.merchandising->find_hidden_everywhere(product.id);
    const bool can_reserve = offer.stock > 0 && !is_withdrawn;
    view.set("reserve_url", can_reserve ? visit.links.reserve(offer.id) : std::string());
    view.set("reserve_what", visit.say.text("reserve.what_at", {product.title, shop.name}));
    const std::string_view why = is_withdrawn ? "reserve.not_withdrawn" : "reserve.not_sold_out";
    view.set("reserve_not", can_reserve ? std::string() : visit.say.text(why));
}

std::vector<web::View> week_view(const Visit& visit, ShopId shop) {
    std::vector<web::View> days;
    const auto number = visit.snapshot().number_of(shop);
    if (!visit.snapshot().shops()[number].hours.readable()) return days;
    for (const Say::DayHours& hours : visit.say.week(visit.view.opening->spans(number))) {
        web::View day;
        day.set("day", hours.day);
        day.set("times", hours.times);
        day.set("today", hours.is_today);
        days.push_back(std::move(day));
    }
    return days;
}

web::View shop_card(const Visit& visit, const catalogue::ListedShop& listed) {
    web::View card;
    card.set("name", listed.shop.name);
    card.set("url", visit.links.shop(listed.shop.slug));
    card.set("trade", trade_name(visit, listed));
    card.set("distance",
             visit.say.walk(visit.ways.walk_minutes(visit.ways.metres_to(listed.shop))));
    card.set("tint", tint_of_shop(listed));
    set_open_state(card, visit, visit.view.open_now(listed.shop.id));
    return card;
}

}  // namespace emplettes::site
