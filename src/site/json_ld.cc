#include "site/json_ld.h"

#include <span>

#include "base/decimals.h"
#include "base/json.h"
#include "site/dated_hours.h"
#include "site/offer_view.h"
#include "site/photo_view.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kSchema = "https://schema.org";

std::string schema_type(const catalogue::ListedShop& listed) {
    return listed.kind && !listed.kind->schema_type.empty() ? listed.kind->schema_type : "Store";
}

std::string item_condition(std::uint8_t condition) {
    switch (static_cast<catalogue::Condition>(condition)) {
        case catalogue::Condition::new_: return "https://schema.org/NewCondition";
        case catalogue::Condition::used: return "https://schema.org/UsedCondition";
        case catalogue::Condition::refurbished: return "https://schema.org/RefurbishedCondition";
    }
    return {};
}

Json address_of(const catalogue::Shop& shop) {
    return {{"@type", "PostalAddress"},
            {"streetAddress", address_line(shop)},
            {"postalCode", shop.postcode},
            {"addressLocality", shop.city}};
}

Json offer_of(const Visit& visit, const search::OfferHit& offer) {
    const auto* listed = visit.snapshot().find_shop(offer.shop);
    const catalogue::Stock stock = stock_of(offer);
    Json json = {{"@type", "Offer"},
                 {"price", in_decimals(Money{offer.price_cents})},
                 {"priceCurrency", visit.territory().currency},
                 {"itemCondition", item_condition(offer.condition)},
                 {"availableDeliveryMethod", "https://schema.org/OnSitePickup"},
                 {"seller",
                  {{"@type", schema_type(*listed)},
                   {"name", listed->shop.name},
                   {"address", address_of(listed->shop)}}}};
    if (!is_in_doubt(visit, stock))  // else nobody knows
        json["availability"] =
            stock.quantity > 0 ? "https://schema.org/InStoreOnly" : "https://schema.org/OutOfStock";
    return json;
}

Json hours_of(const Visit& visit, const catalogue::ListedShop& listed) {
    Json hours = Json::array();
    const auto& spans = visit.view.opening->spans(visit.snapshot().number_of(listed.shop.id));
    for (const DatedHours& dated : dated_hours(spans, visit.territory().zone, visit.view.now))
        hours.push_back({{"@type", "OpeningHoursSpecification"},
                         {"validFrom", dated.date},
                         {"validThrough", dated.date},
                         {"opens", dated.opens},
                         {"closes", dated.closes}});
    return hours;
}

// What search engines show beside the name: the photographs, the first one first.
void set_images(Json& json, const Visit& visit, std::span<const catalogue::Picture> pictures) {
    if (pictures.empty()) return;
    const std::string origin = visit.context.origin_of(visit.territory());
    Json images = Json::array();
    for (const catalogue::Picture& picture : pictures)
        images.push_back(origin + largest_picture_path(picture));
    json["image"] = std::move(images);
}

}  // namespace

std::string product_json_ld(const Visit& visit, const catalogue::Product& product,
                            const std::vector<search::OfferHit>& offers) {
    const bool is_book = product.gtin && product.gtin->is_book();
    Json json = {{"@context", kSchema}};
    json["@type"] = is_book ? Json::array({"Product", "Book"}) : Json("Product");
    json["name"] = product.title;
    if (!product.description.empty()) json["description"] = product.description;
    set_images(json, visit, visit.view.pictures->of_product(product.id));
    if (!product.maker.empty() && is_book)
        json["author"] = {{"@type", "Person"}, {"name", product.maker}};
    if (!product.maker.empty() && !is_book)
        json["brand"] = {{"@type", "Brand"}, {"name", product.maker}};
    if (product.gtin) json["gtin"] = product.gtin->text();
    if (is_book) json["isbn"] = product.gtin->text();
    Json list = Json::array();
    for (const auto& offer : offers) list.push_back(offer_of(visit, offer));
    if (!list.empty()) json["offers"] = list;
    return json.dump();
}

std::string shop_json_ld(const Visit& visit, const catalogue::ListedShop& listed) {
    const catalogue::Shop& shop = listed.shop;
    Json json = {{"@context", kSchema},
                 {"@type", schema_type(listed)},
                 {"name", shop.name},
                 {"address", address_of(shop)},
                 {"geo",
                  {{"@type", "GeoCoordinates"},
                   {"latitude", shop.position.lat},
                   {"longitude", shop.position.lon}}}};
    set_images(json, visit, visit.view.pictures->of_front(shop.id));
    if (!shop.phone.empty()) json["telephone"] = shop.phone;
    if (!shop.website.empty()) json["url"] = shop.website;
    if (listed.hours.readable()) json["openingHoursSpecification"] = hours_of(visit, listed);
    return json.dump();
}

}  // namespace emplettes::site
