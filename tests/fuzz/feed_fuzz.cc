#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/text.h"
#include "catalogue/feeds/shelf_reader.h"

namespace {

using namespace emplettes;
using namespace emplettes::catalogue;

constexpr std::size_t kRowsMax = 10'000;

// A file that lies in memory.
class MemoryFile {
  public:
    MemoryFile(const std::uint8_t* data, std::size_t size) : file_(memfd_create("feed", 0)) {
        check(file_ >= 0 && write(file_, data, size) == static_cast<ssize_t>(size));
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { close(file_); }
    std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

  private:
    int file_;
};

void check_text(const std::string& text, std::size_t length_max) {
    check(is_valid_utf8(text) && utf8_length(text) <= length_max);
    check(text.find('\0') == std::string::npos);
}

void check_row(const ShelfRow& row) {
    check(row.line >= 1);
    check(row.gtin || !row.sku.empty());
    check_text(row.sku, 100);
    check_text(row.title, kShelfTitleLengthMax);
    check_text(row.maker, kShelfTitleLengthMax);
    check_text(row.category, kShelfTitleLengthMax);
    check_text(row.description, kShelfTextLengthMax);
    check(row.language.empty() || row.language.size() == 2);
    check(!row.price || (row.price->cents >= 0 && *row.price <= kShelfPriceMax));
    check(!row.quantity || (*row.quantity >= 0 && *row.quantity <= kShelfQuantityMax));
    check(row.pictures.size() <= kShelfPicturesMax);
    for (const std::string& picture : row.pictures) check(picture.starts_with("http"));
    for (const PublisherPrice& price : row.publisher_prices)
        check(price.price.cents >= 0 && price.price <= kShelfPriceMax);
}

}  // namespace

// Whatever somebody drops: rows that keep every promise of shelf_row.h, or a failure with a name.
// One source, several programs: each begins with files of its own kind.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Trades kTrades = Trades::load();
    const MemoryFile file(data, size);
    const auto sniffed = sniff_feed(file.path());
    if (sniffed)
        for (const auto& column : sniffed->columns) check(!column.name.empty());
    const auto reader = open_feed(
        {.file = file.path(), .now = instant_from_unix(1'796'000'000), .trades = &kTrades});
    if (!reader) return 0;
    check(sniffed.ok());
    std::vector<RowProblem> problems;
    std::size_t rows = 0;
    for (auto row = (*reader)->next(problems); row && rows < kRowsMax; ++rows) {
        check_row(*row);
        row = (*reader)->next(problems);
    }
    for (const RowProblem& problem : problems) check(is_valid_utf8(problem.value));
    return 0;
}
