#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/zone.h"
#include "catalogue/feeds/shelf_row.h"
#include "catalogue/kind.h"

namespace emplettes::catalogue {

enum class FeedFormat : std::uint8_t {
    table,  // any CSV, our neutral feed and Google's text files too: columns by name
    shopify,
    woocommerce,
    google_xml,
    onix,
};
std::string_view to_string(FeedFormat format);

// What a column can hold; the words of mappings and of the screen.
enum class ShelfField : std::uint8_t {
    ignored,
    gtin,
    sku,
    title,
    maker,
    category,
    description,
    language,
    condition,
    price,
    sale_price,
    publisher_price,
    quantity,
    availability,
    book_availability,  // Dilicom's codes 1 to 9: what the distributor has, not the shop
    counted_at,
    sale_dates,  // from/until: when sale_price holds
    currency,
    picture,
    store_code,
};
std::string_view to_string(ShelfField field);
std::optional<ShelfField> parse_shelf_field(std::string_view word);

// What is seen of a file without asking anybody.
struct SniffedFeed {
    FeedFormat format = FeedFormat::table;
    char delimiter = ',';
    bool is_windows_1252 = false;
    bool has_header = true;  // else columns are called "1", "2", ...
    struct Column {
        std::string name;  // as the file writes it; a second one of that name: "Prix (2)"
        ShelfField field = ShelfField::ignored;  // what it seems to hold
        std::vector<std::string> samples;        // the first few that are not empty
    };
    std::vector<Column> columns;  // of tables; none of XML
    std::string header;           // the same for files of the same make, to remember their mapping
};

// By the columns' names, what the keeper said they hold; the rest as sniffed. Of two columns that
// hold the same the first that is not empty counts.
using FeedMapping = std::map<std::string, ShelfField>;

enum class FeedFault : std::uint8_t {
    empty,
    not_readable,       // neither a table nor XML that is known
    no_usable_columns,  // nothing to know things by
    broken_xml,
    forbidden_xml,  // a DTD or entities
    too_large,
    too_deep,
    broken_archive,  // or one of several files, encrypted, packed twice
};
std::string_view to_string(FeedFault fault);

// The largest file we read, unpacked.
inline constexpr std::int64_t kFeedBytesMax = 1LL << 30;

struct FeedError {
    FeedFault fault = FeedFault::empty;
    std::int64_t line = 0;
    std::string detail;  // English, for logs
};

Result<SniffedFeed, FeedError> sniff_feed(const std::filesystem::path& file);

// Reads a file row by row in constant memory, whatever its size; the same file gives the same rows
// in the same order. For one thread.
class ShelfReader {
  public:
    virtual ~ShelfReader() = default;

    // The next row; none at the end of the file or of what can be read of it (failure()). What is
    // wrong on the way is appended to `problems`.
    virtual std::optional<ShelfRow> next(std::vector<RowProblem>& problems) = 0;
    // What ended the reading too early.
    virtual std::optional<FeedError> failure() const = 0;
    virtual std::int64_t bytes_read() const = 0;
};

struct FeedReading {
    std::filesystem::path file;
    FeedMapping mapping;
    std::string
        store_code;  // of local inventory files: rows of other stores are left out; empty: all
    std::string currency = "EUR";
    std::string country = "FR";      // whose prices hold, of those that name countries
    Zone zone;                       // of dates that name none
    Instant now;                     // when sales and prices are to hold
    const Trades* trades = nullptr;  // to know categories by their names
};
Result<std::unique_ptr<ShelfReader>, FeedError> open_feed(const FeedReading& reading);

}  // namespace emplettes::catalogue
