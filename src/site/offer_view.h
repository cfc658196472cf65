#pragma once
#include <string>

#include "catalogue/offer.h"
#include "search/index.h"
#include "site/visit.h"

namespace emplettes::site {

// Fills in the fields that a partial template of web/templates needs; every field is set, so that
// nothing shows through from the page around it.

// cover: tint, cover, photo; and title, title_lang, by, category, url of a product.
void set_product(web::View& view, const Visit& visit, const catalogue::Product& product);
// offer_row and the rows of a product's table.
void set_offer(web::View& view, const Visit& visit, const catalogue::Product& product,
               const search::OfferHit& offer);
// state, state_text
void set_open_state(web::View& view, const Visit& visit, const catalogue::OpenNow& open);
// stock_level, stock_text, stock_age
void set_stock(web::View& view, const Visit& visit, const catalogue::Stock& stock);
// hours: the seven days from today of one shop; none when nobody knows its hours.
std::vector<web::View> week_view(const Visit& visit, ShopId shop);
// shop_card: name, url, trade, distance, state, state_text, tint
web::View shop_card(const Visit& visit, const catalogue::ListedShop& listed);

// What `lang` a product's title and description need: empty when it is the page's, or not known.
std::string title_lang(const Visit& visit, const catalogue::Product& product);
std::string address_line(const catalogue::Shop& shop);   // "45 rue Condorcet"
std::string address_whole(const catalogue::Shop& shop);  // "45 rue Condorcet, 75009 Paris"
std::string trade_name(const Visit& visit, const catalogue::ListedShop& listed);
std::string category_name(const Visit& visit, const std::string& key);
constexpr std::size_t kTints = 8;  // colour families
// The colour family of a category or trade, "1" to "8".
std::string tint_of_category(const Visit& visit, const std::string& key);
std::string tint_of_shop(const catalogue::ListedShop& listed);
// "Fabriqué à Paris 9e", empty when nothing says so.
std::string made_here_text(const Visit& visit, const catalogue::Product& product,
                           const catalogue::Shop& shop);
catalogue::Stock stock_of(const search::OfferHit& offer);
// There were some, but nobody has said so for long: the shop looks first.
bool is_in_doubt(const Visit& visit, const catalogue::Stock& stock);
// New things and others never stand in one list: a used price is no discount (loi 2021-1901).
bool is_new(const search::OfferHit& offer);

}  // namespace emplettes::site
