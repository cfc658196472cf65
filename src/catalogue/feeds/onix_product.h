#pragma once
#include <optional>
#include <string>
#include <vector>

#include "catalogue/feeds/shelf_reader.h"
#include "catalogue/feeds/xml_records.h"

namespace emplettes::catalogue {

// What an ONIX message says once for all its products.
struct OnixDefaults {
    std::string price_type;
    std::string currency;
    std::string language;
};

// Understands one Product of ONIX 3.0 (use_reference_names was called on it). Sources: EDItEUR's
// specification 3.0.8 and its code lists 1 (notification), 5 (identifier), 15 (title), 17
// (contributor), 45 (publisher), 58 (price), 65 (availability), 93 (Thema), 150 (form), 153 (text),
// 158 (resource), 173 (date of price). Prices are the publisher's, tax included, on their days:
// fixed ones (04) if there are any, else recommended ones (02). Only a product with stock on hand
// has a quantity, and then today's price is asked for it. None for downloads, which lie on no
// shelf.
std::optional<ShelfRow> read_onix_product(const XmlNode& product, const OnixDefaults& defaults,
                                          const FeedReading& reading,
                                          std::vector<RowProblem>& problems);

}  // namespace emplettes::catalogue
