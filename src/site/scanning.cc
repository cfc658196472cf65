#include "site/scanning.h"

#include "site/photo_view.h"
#include "store/part.h"

namespace emplettes::site {
namespace {

using catalogue::NewProductError;
using catalogue::ScannedError;
using catalogue::TouchError;
using catalogue::TouchUndoError;

std::string_view word_of_touch(TouchError error) {
    switch (error) {
        case TouchError::unknown_product: return "unknown_product";
        case TouchError::no_price: return "no_price";
        case TouchError::price_too_low: return "price_too_low";
        case TouchError::price_too_high: return "price_too_high";
        case TouchError::price_out_of_range: return "price_out_of_range";
        case TouchError::quantity_out_of_range: return "quantity_out_of_range";
        case TouchError::other_content: return "other_content";
        case TouchError::too_old: return "too_old";
    }
    return "refused";
}

std::string_view word_of_naming(NewProductError error) {
    switch (error) {
        case NewProductError::no_title: return "no_title";
        case NewProductError::title_too_long: return "title_too_long";
        case NewProductError::maker_too_long: return "maker_too_long";
        case NewProductError::unknown_category: return "unknown_category";
    }
    return "refused";
}

using Found = Result<catalogue::Product, TouchFailure>;

Found find_or_add_product(store::Tx& tx, const Visit& visit, const TouchWish& wish) {
    const TerritoryId territory = visit.territory().id;
    if (!wish.code) {
        if (auto known = catalogue::find_product(tx, territory, wish.touch.product)) return *known;
        return TouchFailure{TouchError::unknown_product};
    }
    const auto known = catalogue::find_scanned(tx, territory, wish.touch.shop, *wish.code);
    if (known.product) return *known.product;
    if (wish.title.empty()) return TouchFailure{TouchError::unknown_product};
    if (!wish.touch.price) return TouchFailure{TouchError::no_price};
    const auto added = catalogue::add_product_by_hand(
        tx, territory,
        {.shop = wish.touch.shop,
         .code = wish.code,
         .title = wish.title,
         .maker = "",
         .category = wish.category,
         .language = visit.language().code()},
        {.trades = visit.context.trades, .ids = visit.context.ids, .now = visit.view.now});
    if (!added) return TouchFailure{added.error()};
    return *added;
}

Result<Touched, TouchFailure> touch_or_refuse(store::Tx& tx, const Visit& visit,
                                              const TouchWish& wish) {
    const auto product = find_or_add_product(tx, visit, wish);
    if (!product) return product.error();
    catalogue::ShelfTouch touch = wish.touch;
    touch.product = product->id;
    const auto offer =
        catalogue::touch_shelf(tx, visit.territory(), touch, visit.context.ids, visit.view.now);
    if (!offer) return TouchFailure{offer.error()};
    return Touched{.product = *product, .offer = *offer};
}

}  // namespace

Result<Touched, TouchFailure> do_touch(store::Tx& tx, const Visit& visit, const TouchWish& wish) {
    return store::all_or_nothing(tx, [&] { return touch_or_refuse(tx, visit, wish); });
}

KnownCode look_up(store::Tx& tx, const Visit& visit, ShopId shop,
                  const catalogue::ScannedCode& code) {
    const catalogue::Territory& territory = visit.territory();
    KnownCode known{.scanned = catalogue::find_scanned(tx, territory.id, shop, code)};
    if (!known.scanned.product) return known;
    const catalogue::Product& product = *known.scanned.product;
    known.book = catalogue::find_book_price(
        tx, territory,
        {.product = product, .shop = shop, .day = catalogue::day_of(territory, visit.view.now)});
    if (auto proposals = catalogue::find_proposals(tx, territory.id, shop, product.id))
        known.texts = std::move(proposals->texts);
    const auto pictures = visit.view.pictures->of_product(product.id);
    if (!pictures.empty()) known.image = smallest_picture_path(pictures.front());
    return known;
}

std::string_view word_of(const TouchFailure& failure) {
    if (const auto* naming = std::get_if<NewProductError>(&failure)) return word_of_naming(*naming);
    return word_of_touch(std::get<TouchError>(failure));
}

std::string_view word_of(TouchUndoError error) {
    switch (error) {
        case TouchUndoError::unknown_touch: return "unknown_touch";
        case TouchUndoError::too_late: return "too_late";
        case TouchUndoError::changed_since: return "changed_since";
    }
    return "refused";
}

std::string_view word_of(ScannedError error) {
    switch (error) {
        case ScannedError::empty: return "empty";
        case ScannedError::not_a_code: return "not_a_code";
        case ScannedError::wrong_check_digit: return "wrong_check_digit";
    }
    return "refused";
}

}  // namespace emplettes::site
