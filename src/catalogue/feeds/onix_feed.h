#pragma once
#include <memory>

#include "catalogue/feeds/onix_product.h"

namespace emplettes::catalogue {

// ONIX for Books 3.0, with reference names or short tags; onix_product.h understands a product.
class OnixFeed final : public ShelfReader {
  public:
    OnixFeed(std::unique_ptr<FeedBytes> bytes, const FeedReading& reading);

    std::optional<ShelfRow> next(std::vector<RowProblem>& problems) override;
    std::optional<FeedError> failure() const override { return records_.failure(); }
    std::int64_t bytes_read() const override { return records_.bytes_of_file(); }

  private:
    XmlRecords records_;
    FeedReading reading_;
    OnixDefaults defaults_;
};

}  // namespace emplettes::catalogue
