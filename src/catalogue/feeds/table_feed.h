#pragma once
#include <memory>

#include "catalogue/feeds/table_layout.h"

namespace emplettes::catalogue {

// Any table, a row a thing: our neutral feed, till exports, Google's text files, Open Food
// Network's and Medusa's product files.
class TableFeed final : public ShelfReader {
  public:
    TableFeed(std::unique_ptr<FeedTable> table, TableLayout layout, const FeedReading& reading);

    std::optional<ShelfRow> next(std::vector<RowProblem>& problems) override;
    std::optional<FeedError> failure() const override { return table_->failure(); }
    std::int64_t bytes_read() const override { return table_->bytes_of_file(); }

  private:
    std::unique_ptr<FeedTable> table_;
    TableLayout layout_;
    RowMaker maker_;
    CsvRow row_;
    RowCells cells_;
};

// What makes a whole row unusable before its cells are looked at; true when one was found.
bool report_broken_row(const FeedTable& table, const CsvRow& row,
                       std::vector<RowProblem>& problems);

}  // namespace emplettes::catalogue
