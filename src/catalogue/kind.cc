#include "catalogue/kind.h"

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "base/csv.h"
#include "embedded/trades.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kNoKind = std::numeric_limits<std::size_t>::max();
constexpr std::string_view kAny = "*";

std::string_view embedded_text(std::string_view path) {
    const auto files = embedded_trades();
    const auto found = std::find_if(files.begin(), files.end(),
                                    [&](const EmbeddedFile& file) { return file.path == path; });
    check(found != files.end());
    return found->bytes;
}

bool is_language(const std::string& column) {
    return column.size() == 2 &&
           std::all_of(column.begin(), column.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Rows of a table of ours, cells by column name.
class Records {
  public:
    explicit Records(std::string_view path) : table_(read_csv(embedded_text(path)).value()) {}

    std::size_t size() const { return table_.rows.size(); }
    const std::string& cell(std::size_t row, std::string_view column) const {
        const auto at = std::find(table_.header.begin(), table_.header.end(), column);
        check(at != table_.header.end());
        const auto index = static_cast<std::size_t>(at - table_.header.begin());
        check(index < table_.rows[row].cells.size());
        return table_.rows[row].cells[index];
    }
    // Of the columns called by a language's two letters and this suffix, in their order.
    Names by_language(std::size_t row, const std::string& suffix) const {
        Names names;
        for (const std::string& column : table_.header)
            if (is_language(column)) names.emplace_back(column, cell(row, column + suffix));
        check(!names.empty());
        return names;
    }

  private:
    CsvTable table_;
};

std::string tag(std::string_view key, std::string_view value) {
    return std::string(key) + "=" + std::string(value);
}

const std::string& name_in(const Names& names, const std::string& language) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const auto& name) { return name.first == language; });
    return found != names.end() ? found->second : names.front().second;
}

}  // namespace

const std::string& Kind::name(const std::string& language) const {
    return name_in(names, language);
}
const std::string& Kind::plural_name(const std::string& language) const {
    return name_in(plural_names, language);
}
const std::string& Category::name(const std::string& language) const {
    return name_in(names, language);
}

Trades Trades::load() {
    Trades trades;
    const Records kinds("kinds.csv");
    for (std::size_t row = 0; row < kinds.size(); ++row) {
        const std::string& key = kinds.cell(row, "kind");
        std::size_t index = kNoKind;
        if (!key.empty()) {
            const auto [at, is_new] = trades.kind_by_key_.try_emplace(key, trades.kinds_.size());
            index = at->second;
            if (is_new)
                trades.kinds_.push_back({.key = key,
                                         .names = kinds.by_language(row, ""),
                                         .plural_names = kinds.by_language(row, "_plural"),
                                         .is_maker = kinds.cell(row, "is_maker") == "1",
                                         .schema_type = kinds.cell(row, "schema_type")});
        }
        const auto& osm_key = kinds.cell(row, "osm_key");
        const auto& osm_value = kinds.cell(row, "osm_value");
        trades.kind_by_tag_.emplace(tag(osm_key, osm_value), index);
        // The fallback row is for shops of kinds that nobody has named yet.
        trades.tags_.emplace_back(osm_key == kAny ? "shop" : osm_key, osm_value);
    }
    const Records categories("categories.csv");
    for (std::size_t row = 0; row < categories.size(); ++row) {
        const std::string& key = categories.cell(row, "key");
        trades.category_by_key_.emplace(key, trades.categories_.size());
        trades.categories_.push_back({.key = key,
                                      .parent = categories.cell(row, "parent"),
                                      .names = categories.by_language(row, ""),
                                      .tint = categories.cell(row, "tint")});
    }
    return trades;
}

const Kind* Trades::kind_of_tag(std::string_view osm_key, std::string_view osm_value) const {
    auto found = kind_by_tag_.find(tag(osm_key, osm_value));
    if (found == kind_by_tag_.end()) found = kind_by_tag_.find(tag(osm_key, kAny));
    if (found == kind_by_tag_.end()) found = kind_by_tag_.find(tag(kAny, kAny));
    if (found == kind_by_tag_.end() || found->second == kNoKind) return nullptr;
    return &kinds_[found->second];
}

const Kind* Trades::find_kind(std::string_view key) const {
    const auto found = kind_by_key_.find(std::string(key));
    return found == kind_by_key_.end() ? nullptr : &kinds_[found->second];
}

const Category* Trades::find_category(std::string_view key) const {
    const auto found = category_by_key_.find(std::string(key));
    return found == category_by_key_.end() ? nullptr : &categories_[found->second];
}

}  // namespace emplettes::catalogue
