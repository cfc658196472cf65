#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/csv_reader.h"
#include "catalogue/feeds/feed_bytes.h"
#include "catalogue/feeds/shelf_reader.h"

namespace emplettes::catalogue {

// A table as people and programs save it, seen through: which delimiter, which encoding (UTF-8
// with or without a byte order mark, UTF-16, Windows-1252), where its header is. Rows are UTF-8.
// In constant memory; for one thread.
class FeedTable {
  public:
    static constexpr std::size_t kColumnsMax = 1000;
    static constexpr std::size_t kSampleRowsMax = 1000;

    // Reads the beginning.
    static Result<std::unique_ptr<FeedTable>, FeedError> open(std::unique_ptr<FeedBytes> bytes);

    char delimiter() const { return delimiter_; }
    bool is_windows_1252() const { return encoding_ == Encoding::windows_1252; }
    bool has_header() const { return has_header_; }
    const std::vector<std::string>& header() const { return header_; }  // each name once
    // The first rows, which next() gives as well.
    const std::vector<CsvRow>& sample() const { return sample_; }

    bool next(CsvRow& row);
    // Of the row that next() gave: its bytes are no text in the encoding of the others.
    bool has_bad_bytes() const { return has_bad_bytes_; }
    std::optional<FeedError> failure() const;
    std::int64_t bytes_of_file() const { return bytes_->bytes_of_file(); }

  private:
    // What has been seen so far; an ASCII file may be either.
    enum class Encoding : std::uint8_t { ascii, utf8, windows_1252 };

    explicit FeedTable(std::unique_ptr<FeedBytes> bytes);
    void take_sample();
    void find_header();
    bool read_row(CsvRow& row);
    void decode(CsvRow& row);

    std::unique_ptr<FeedBytes> bytes_;
    std::unique_ptr<CsvReader> reader_;
    char delimiter_ = ',';
    Encoding encoding_ = Encoding::ascii;
    bool has_header_ = true;
    bool has_bad_bytes_ = false;
    std::vector<std::string> header_;
    std::vector<CsvRow> sample_;
    std::set<std::int64_t> bad_sample_lines_;
    std::size_t sample_used_ = 0;
};

}  // namespace emplettes::catalogue
