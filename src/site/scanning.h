#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "catalogue/book_price.h"
#include "catalogue/proposals.h"
#include "catalogue/scanned.h"
#include "catalogue/shelf_touch.h"
#include "site/visit.h"

namespace emplettes::site {

// One thing done at the counter, as a form or a device tells it: to a product, or to whatever has
// this code, which gets a title when nobody knew it.
struct TouchWish {
    catalogue::ShelfTouch touch;  // without a product where there is a code
    std::optional<catalogue::ScannedCode> code;
    std::string title;
    std::string category;
};

struct Touched {
    catalogue::Product product;
    catalogue::Offer offer;
};
using TouchFailure = std::variant<catalogue::TouchError, catalogue::NewProductError>;
// A code that nobody knows and that comes without a title is TouchError::unknown_product. What is
// refused leaves nothing, no product either, whatever else its transaction writes.
Result<Touched, TouchFailure> do_touch(store::Tx& tx, const Visit& visit, const TouchWish& wish);

struct KnownCode {
    catalogue::Scanned scanned;
    std::optional<catalogue::BookPrice> book = {};    // its publisher's, where the law says so
    std::vector<catalogue::TextProposal> texts = {};  // what it is called; of what all shops know
    std::string image = {};                           // path of a small picture; empty: none
};
KnownCode look_up(store::Tx& tx, const Visit& visit, ShopId shop,
                  const catalogue::ScannedCode& code);

// The word of each failure, in answers to programs ("no_price") and in the keys of texts.
std::string_view word_of(const TouchFailure& failure);
std::string_view word_of(catalogue::TouchUndoError error);
std::string_view word_of(catalogue::ScannedError error);

}  // namespace emplettes::site
