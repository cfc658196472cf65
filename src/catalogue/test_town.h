#pragma once
#include <cstdint>
#include <string>

#include "catalogue/kind.h"
#include "catalogue/offer.h"
#include "catalogue/shop.h"
#include "catalogue/territory.h"

// For tests: a town in Paris time, its shops and what they sell. Thursday, 15 October 2026, noon.
namespace emplettes::catalogue {

inline constexpr Instant kNoon = instant_from_unix(1'792'058'400);
inline constexpr geo::Point kMarketPlace{.lat = 48.5, .lon = 2.5};

inline LocalDay day(int year, unsigned month, unsigned number) {
    return LocalDay{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{number}};
}

inline const Trades& trades() {
    static const Trades trades = Trades::load();
    return trades;
}

inline Territory make_town() {
    Territory town;
    town.id = TerritoryId{7};
    town.slug = "ville";
    town.names = {{"fr", "Ville"}};
    town.languages = {"fr", "en"};
    town.bounds = {.south = 48, .west = 2, .north = 49, .east = 3};
    town.centre = kMarketPlace;
    town.zone = *Zone::find("Europe/Paris");
    town.holiday_region = "FR";
    town.school_zone = "FR-zone-C";
    return town;
}

inline Shop make_shop(std::int64_t number, const std::string& name) {
    return {.id = ShopId{number},
            .slug = "shop-" + std::to_string(number),
            .name = name,
            .kind = "bookshop",
            .position = kMarketPlace,
            .opening_hours = "Mo-Sa 10:00-19:00; PH off",
            .source = "test",
            .source_ref = std::to_string(number),
            .secret = "secret-" + std::to_string(number),
            .updated_at = kNoon};
}

inline Product make_product(std::int64_t number, const std::string& title) {
    return {.id = ProductId{number},
            .key = "test/" + std::to_string(number),
            .title = title,
            .category = "books.novels",
            .language = "fr",
            .source = "test",
            .updated_at = kNoon};
}

// Of a new one at 12.90, with the product's number.
inline Offer make_offer(ShopId shop, const Product& product, std::int64_t stock) {
    return {.id = OfferId{product.id.value},
            .shop = shop,
            .product = product.id,
            .price = Money{1290},
            .stock = {.quantity = stock, .confirmed_at = kNoon}};
}

}  // namespace emplettes::catalogue
