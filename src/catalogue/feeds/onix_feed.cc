#include "catalogue/feeds/onix_feed.h"

#include "catalogue/feeds/onix_tags.h"

namespace emplettes::catalogue {

OnixFeed::OnixFeed(std::unique_ptr<FeedBytes> bytes, const FeedReading& reading)
    : records_(std::move(bytes), {"header", "product"}), reading_(reading) {}

std::optional<ShelfRow> OnixFeed::next(std::vector<RowProblem>& problems) {
    while (auto record = records_.next()) {
        use_reference_names(*record);
        if (record->name == "header") {
            defaults_ = {.price_type = std::string(record->text_of("defaultpricetype")),
                         .currency = std::string(record->text_of("defaultcurrencycode")),
                         .language = std::string(record->text_of("defaultlanguageoftext"))};
            continue;
        }
        if (auto row = read_onix_product(*record, defaults_, reading_, problems)) return row;
    }
    return std::nullopt;
}

}  // namespace emplettes::catalogue
