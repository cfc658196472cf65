#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/publisher_price.h"
#include "catalogue/shelf/product_text.h"
#include "catalogue/told_prices.h"

namespace emplettes::catalogue {

// What import_change keeps of what a source had said of a product before an import: nothing when
// that did not change, kSaidNothing when it had not spoken of it, else JSON.
inline constexpr std::string_view kSaidNothing = "none";

std::string kept_text(const ProductText& text);
std::string kept_prices(const ToldPrices& prices);

// Back from what was kept of words, not of kSaidNothing; the product, source and shop of `text`
// stay.
void read_kept_text(std::string_view kept, ProductText& text);
// Also of kSaidNothing: no prices.
ToldPrices read_kept_prices(std::string_view kept, ProductId product);

}  // namespace emplettes::catalogue
