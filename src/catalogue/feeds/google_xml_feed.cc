#include "catalogue/feeds/google_xml_feed.h"

#include <array>

namespace emplettes::catalogue {
namespace {

struct GoogleElement {
    std::string_view name;
    ShelfField field;
};
// product_type, the shop's own words, goes before Google's.
constexpr std::array<GoogleElement, 19> kGoogleElements{
    {{"id", ShelfField::sku},
     {"gtin", ShelfField::gtin},
     {"title", ShelfField::title},
     {"description", ShelfField::description},
     {"summary", ShelfField::description},
     {"brand", ShelfField::maker},
     {"product_type", ShelfField::category},
     {"google_product_category", ShelfField::category},
     {"condition", ShelfField::condition},
     {"price", ShelfField::price},
     {"sale_price", ShelfField::sale_price},
     {"sale_price_effective_date", ShelfField::sale_dates},
     {"quantity", ShelfField::quantity},
     {"sell_on_google_quantity", ShelfField::quantity},
     {"availability", ShelfField::availability},
     {"image_link", ShelfField::picture},
     {"additional_image_link", ShelfField::picture},
     {"store_code", ShelfField::store_code},
     {"content_language", ShelfField::language}}};

void gather_elements(const XmlNode& record, RowCells& cells) {
    for (const bool is_google : {true, false})
        for (const auto& element : kGoogleElements)
            for (const XmlNode& node : record.children)
                if (node.is_google == is_google && node.name == element.name)
                    cells.add(element.field, {element.name, node.text});
}

}  // namespace

GoogleXmlFeed::GoogleXmlFeed(std::unique_ptr<FeedBytes> bytes, const FeedReading& reading)
    : records_(std::move(bytes), {"item", "entry"}), maker_(reading) {
    maker_.learn_price(ShelfField::price, "0.00");  // Google's decimals have a point
    maker_.end_learning();
}

std::optional<ShelfRow> GoogleXmlFeed::next(std::vector<RowProblem>& problems) {
    while (const auto record = records_.next()) {
        RowCells cells{.line = record->line};
        gather_elements(*record, cells);
        if (auto made = maker_.make(cells, problems)) return made;
    }
    return std::nullopt;
}

}  // namespace emplettes::catalogue
