#pragma once
#include <memory>

#include "catalogue/feeds/row_maker.h"
#include "catalogue/feeds/xml_records.h"

namespace emplettes::catalogue {

// Google Merchant's product and local inventory feeds in XML: RSS 2.0 (item) and Atom 1.0 (entry)
// with elements of the namespace g. Source: support.google.com/merchants/answer/160589 and
// /14819809. Of an element that stands there with and without the prefix Google's counts. Text
// files of Google are tables (table_feed.h).
class GoogleXmlFeed final : public ShelfReader {
  public:
    GoogleXmlFeed(std::unique_ptr<FeedBytes> bytes, const FeedReading& reading);

    std::optional<ShelfRow> next(std::vector<RowProblem>& problems) override;
    std::optional<FeedError> failure() const override { return records_.failure(); }
    std::int64_t bytes_read() const override { return records_.bytes_of_file(); }

  private:
    XmlRecords records_;
    RowMaker maker_;
};

}  // namespace emplettes::catalogue
