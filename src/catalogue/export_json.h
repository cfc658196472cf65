#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "catalogue/shelf.h"
#include "catalogue/shop.h"
#include "catalogue/shop_word.h"

// The words of the JSON in an export (shop_export.h). Reading takes nothing for granted: none where
// it is not what writing makes.
namespace emplettes::catalogue {

inline constexpr std::string_view kShopFormat = "emplettes-shop";

// What an object has under a name: empty, none or false when it is not of this type.
std::string text_in(const Json& object, const char* name);
std::optional<std::int64_t> number_in(const Json& object, const char* name);
bool flag_in(const Json& object, const char* name);
bool is_between(const std::optional<std::int64_t>& number, std::int64_t least, std::int64_t most);

// A shop as its source tells it. Ids, secret and moments stay at home.
Json shop_to_json(const Shop& shop);
std::optional<Shop> shop_from_json(const Json& json);

Json word_to_export(const ShopWord& word);
std::optional<ShopWord> word_from_export(const Json& json);

// A product without a number of the world is "shop/own/REF-9", whatever its shop is called.
Json product_to_json(const Product& product);
std::optional<Product> product_from_json(const Json& json);
// Its key where the shop has this id.
std::string key_at_home(const Product& product, ShopId shop);

Json item_to_json(const ShelfItem& item);
std::optional<ShelfItem> item_from_json(const Json& json);

}  // namespace emplettes::catalogue
