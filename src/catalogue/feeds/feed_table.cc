#include "catalogue/feeds/feed_table.h"

#include <algorithm>

#include "base/text.h"
#include "catalogue/feeds/column_names.h"
#include "catalogue/feeds/column_sense.h"
#include "catalogue/feeds/feed_text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kSampleBytesMax = 2UL << 20;
// Tills write their name and the day above the header.
constexpr std::size_t kRowsBeforeHeaderMax = 10;

std::size_t bytes_of(const CsvRow& row) {
    std::size_t bytes = 0;
    for (const std::string& cell : row.cells) bytes += cell.size();
    return bytes;
}

int names_known(const CsvRow& row) {
    return static_cast<int>(std::count_if(
        row.cells.begin(), row.cells.end(),
        [](const std::string& cell) { return field_of_column_name(cell) != ShelfField::ignored; }));
}

}  // namespace

FeedTable::FeedTable(std::unique_ptr<FeedBytes> bytes) : bytes_(std::move(bytes)) {}

Result<std::unique_ptr<FeedTable>, FeedError> FeedTable::open(std::unique_ptr<FeedBytes> bytes) {
    const std::string begin = peeked_text(*bytes);
    if (begin.find('\0') != std::string::npos)
        return FeedError{.fault = FeedFault::not_readable, .detail = "this is not a text file"};
    std::unique_ptr<FeedTable> table(new FeedTable(std::move(bytes)));
    table->delimiter_ = sniff_delimiter(begin);
    table->reader_ = std::make_unique<CsvReader>(
        text_source(*table->bytes_),
        CsvFormat{.delimiter = table->delimiter_, .is_strict = false, .columns_max = kColumnsMax});
    table->take_sample();
    if (table->sample_.empty()) {
        if (const auto failure = table->failure()) return *failure;
        return FeedError{.fault = FeedFault::empty};
    }
    table->find_header();
    return table;
}

void FeedTable::take_sample() {
    std::size_t bytes = 0;
    for (CsvRow row; sample_.size() < kSampleRowsMax && bytes < kSampleBytesMax && read_row(row);) {
        bytes += bytes_of(row);
        sample_.push_back(row);
        if (has_bad_bytes_) bad_sample_lines_.insert(row.line);
    }
}

// The first row that names at least two things we know; else the first, when it looks like one.
void FeedTable::find_header() {
    std::size_t at = 0;
    const std::size_t looked = std::min(sample_.size(), kRowsBeforeHeaderMax);
    while (at < looked && names_known(sample_[at]) < 2) ++at;
    if (at == looked) {
        at = !sample_[0].cells.empty() && starts_with_ignoring_case(sample_[0].cells[0], "sep=");
        has_header_ = at < sample_.size() && looks_like_header(sample_[at].cells);
    }
    std::vector<std::string> names;
    std::size_t columns = 0;
    if (has_header_) names = sample_[at++].cells;
    sample_.erase(sample_.begin(), sample_.begin() + static_cast<std::ptrdiff_t>(at));
    if (has_header_)
        columns = names.size();
    else
        for (const CsvRow& row : sample_) columns = std::max(columns, row.cells.size());
    names.resize(columns);
    header_ = distinct_names(names);
}

// An encoding is a file's, but it shows only where there are accents: the first row that has some
// decides. In a UTF-8 file a row that is none is damaged.
void FeedTable::decode(CsvRow& row) {
    has_bad_bytes_ = false;
    for (std::string& cell : row.cells) {
        has_bad_bytes_ = has_bad_bytes_ || cell.find('\0') != std::string::npos;
        if (is_ascii(cell)) continue;
        if (encoding_ != Encoding::windows_1252 && is_valid_utf8(cell)) {
            encoding_ = Encoding::utf8;
            continue;
        }
        has_bad_bytes_ =
            has_bad_bytes_ || encoding_ == Encoding::utf8 || !may_be_windows_1252(cell);
        if (encoding_ == Encoding::ascii) encoding_ = Encoding::windows_1252;
        cell = from_windows_1252(cell);
    }
}

bool FeedTable::read_row(CsvRow& row) {
    if (!reader_->next(row)) return false;
    decode(row);
    return true;
}

bool FeedTable::next(CsvRow& row) {
    if (sample_used_ == sample_.size()) return read_row(row);
    row = sample_[sample_used_++];
    has_bad_bytes_ = bad_sample_lines_.count(row.line) > 0;
    return true;
}

std::optional<FeedError> FeedTable::failure() const {
    if (bytes_->failure()) return bytes_->failure();
    if (!reader_->failure()) return std::nullopt;
    return FeedError{.fault = FeedFault::not_readable,
                     .line = reader_->failure()->line,
                     .detail = reader_->failure()->reason};
}

}  // namespace emplettes::catalogue
