#include "site/offer_json.h"

#include "base/check.h"
#include "site/offer_view.h"
#include "site/photo_view.h"

namespace emplettes::site {
namespace {

constexpr int kDegreePlaces = 7;  // as OpenStreetMap has them
constexpr int kMetrePlaces = 1;

}  // namespace

void write_product(JsonOut& out, const Visit& visit, const catalogue::Product& product) {
    out.begin_object("product");
    out.member("id", product.id.value);
    out.member("title", product.title);
    out.member("maker", product.maker);
    if (product.gtin)
        out.member("gtin", product.gtin->text());
    else
        out.member_null("gtin");
    out.member("category", product.category);
    const auto pictures = visit.view.pictures->of_product(product.id);
    if (pictures.empty())
        out.member_null("image");
    else
        out.member("image", smallest_picture_path(pictures.front()));
    out.end_object();
}

void write_position(JsonOut& out, geo::Point position) {
    out.member_decimal("lat", position.lat, kDegreePlaces);
    out.member_decimal("lon", position.lon, kDegreePlaces);
}

void write_open(JsonOut& out, const catalogue::OpenNow& open) {
    if (open.state == catalogue::OpenNow::State::unknown)
        out.member_null("open_now");
    else
        out.member("open_now", open.is_open());
    if (open.is_open() && open.changes_at)
        out.member("open_until", to_unix(*open.changes_at));
    else
        out.member_null("open_until");
    if (!open.is_open() && open.changes_at)
        out.member("opens_at", to_unix(*open.changes_at));
    else
        out.member_null("opens_at");
}

OfferJson::OfferJson(JsonOut& out, const Visit& visit)
    : out_(out), visit_(visit), known_(kKnownShops) {}

void OfferJson::write(const search::OfferHit& offer) {
    OfShop& known = known_[static_cast<std::size_t>(offer.shop.value) % kKnownShops];
    const bool is_known = known.shop == offer.shop && known.state.end > 0;
    known.shop = offer.shop;
    out_.begin_object();
    out_.member("id", offer.id.value);
    is_known ? out_.again(known.identity) : write_identity(known);
    out_.member("price_cents", offer.price_cents);
    out_.member("currency", visit_.territory().currency);
    out_.member("stock", std::int64_t{offer.stock});
    out_.member("stock_age_s", (visit_.view.now - offer.stock_confirmed_at).count());
    out_.member("stock_source", catalogue::to_string(offer.stock_source));
    out_.member("stock_trust", visit_.view.trust(stock_of(offer)) == catalogue::StockTrust::fresh
                                   ? catalogue::to_string(catalogue::StockTrust::fresh)
                                   : catalogue::to_string(catalogue::StockTrust::doubtful));
    out_.member("condition",
                catalogue::to_string(static_cast<catalogue::Condition>(offer.condition)));
    is_known ? out_.again(known.state) : write_state(known, offer.distance_m);
    out_.end_object();
}

void OfferJson::write_identity(OfShop& known) {
    const auto* listed = visit_.snapshot().find_shop(known.shop);
    check(listed != nullptr);
    const catalogue::Shop& shop = listed->shop;
    known.identity.begin = out_.place();
    out_.begin_object("shop");
    out_.member("id", shop.id.value);
    out_.member("slug", shop.slug);
    out_.member("name", shop.name);
    write_position(out_, shop.position);
    out_.end_object();
    known.identity.end = out_.place();
}

void OfferJson::write_state(OfShop& known, double distance_m) {
    known.state.begin = out_.place();
    out_.member_decimal("distance_m", distance_m, kMetrePlaces);
    out_.member("walk_min", std::int64_t{visit_.ways.walk_minutes(distance_m)});
    write_open(out_, visit_.view.open_now(known.shop));
    known.state.end = out_.place();
}

}  // namespace emplettes::site
