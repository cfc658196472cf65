#include "catalogue/feeds/column_sense.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "catalogue/feeds/cell_words.h"
#include "catalogue/feeds/column_names.h"
#include "catalogue/feeds/price_text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kSampleRowsMax = 200;
constexpr std::size_t kValueSeenMax = 100;
constexpr std::int64_t kShelfCountMax = 999;  // more of one thing is rarely on a shelf

// How many cells of a column are what.
struct ColumnContent {
    int filled = 0;
    int gtins = 0;
    int prices = 0;
    int counts = 0;
    int pictures = 0;
    int conditions = 0;
    int spelled_conditions = 0;  // more than a letter
    int availabilities = 0;
    int moments = 0;
    int words = 0;
    std::size_t letters = 0;
    std::set<std::string> values;  // that differ

    // Titles differ from row to row; "same_day" does not.
    bool is_varied() const { return values.size() * 2 > static_cast<std::size_t>(filled); }
    bool mostly(int count) const { return filled > 0 && count * 10 >= filled * 8; }
};

bool is_picture_address(std::string_view text) {
    if (!starts_with_ignoring_case(text, "http://") && !starts_with_ignoring_case(text, "https://"))
        return false;
    const std::string lower = to_lower_ascii(text.substr(0, text.find('?')));
    constexpr std::array<std::string_view, 6> kEndings{".jpg",  ".jpeg", ".png",
                                                       ".webp", ".gif",  ".avif"};
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view ending) { return lower.ends_with(ending); });
}

bool has_letters(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               static_cast<unsigned char>(c) >= 0x80;
    });
}

bool is_whole_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

void add_cell(ColumnContent& content, const std::string& cell) {
    if (cell.empty()) return;
    ++content.filled;
    const auto gtin = read_gtin(cell);
    const bool is_gtin = cell.size() >= 8 && (std::holds_alternative<Gtin>(gtin) ||
                                              std::holds_alternative<InShopCode>(gtin));
    content.gtins += is_gtin ? 1 : 0;
    content.prices += looks_like_price(cell) ? 1 : 0;
    const auto number = is_whole_number(cell) ? parse_int(cell) : std::nullopt;
    content.counts += number && *number <= kShelfCountMax ? 1 : 0;
    content.pictures += is_picture_address(cell) ? 1 : 0;
    const bool is_condition = read_condition(cell).has_value();
    content.conditions += is_condition ? 1 : 0;
    content.spelled_conditions += is_condition && cell.size() > 2 ? 1 : 0;
    content.availabilities += cell.size() > 2 && read_availability(cell) ? 1 : 0;
    content.moments += cell.size() >= 8 && !is_gtin && read_moment(cell, Zone()) ? 1 : 0;
    const bool is_word = has_letters(cell) && !starts_with_ignoring_case(cell, "http");
    content.words += is_word ? 1 : 0;
    content.values.insert(cell.substr(0, kValueSeenMax));
    content.letters += is_word ? std::min<std::size_t>(cell.size(), 120) : 0;
}

ShelfField sense_of(const ColumnContent& content) {
    if (content.mostly(content.gtins)) return ShelfField::gtin;
    if (content.mostly(content.pictures)) return ShelfField::picture;
    if (content.mostly(content.spelled_conditions)) return ShelfField::condition;
    if (content.mostly(content.availabilities)) return ShelfField::availability;
    if (content.mostly(content.moments)) return ShelfField::counted_at;
    if (content.mostly(content.prices) && content.prices > content.counts) return ShelfField::price;
    if (content.mostly(content.counts)) return ShelfField::quantity;
    return ShelfField::ignored;
}

class Proposal {
  public:
    Proposal(const std::vector<std::string>& header, const std::vector<CsvRow>& sample)
        : header_(header) {
        std::size_t columns = header.size();
        for (const CsvRow& row : sample) columns = std::max(columns, row.cells.size());
        fields_.assign(columns, ShelfField::ignored);
        contents_.resize(columns);
        is_contradicted_.assign(columns, false);
        rows_ = static_cast<int>(std::min(sample.size(), kSampleRowsMax));
        for (std::size_t i = 0; i < std::min(sample.size(), kSampleRowsMax); ++i)
            for (std::size_t j = 0; j < sample[i].cells.size(); ++j)
                add_cell(contents_[j], sample[i].cells[j]);
    }

    void by_name(ShelfField (*field_of)(std::string_view)) {
        for (std::size_t i = 0; i < header_.size(); ++i)
            if (fields_[i] == ShelfField::ignored) give(i, field_of(header_[i]));
    }

    // "État" is a condition in one shop and 1 or 0, on sale or not, in PrestaShop's lists.
    void drop_contradicted() {
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            const ColumnContent& content = contents_[i];
            const bool is_wrong =
                fields_[i] == ShelfField::condition && content.conditions * 2 < content.filled;
            if (!is_wrong) continue;
            fields_[i] = ShelfField::ignored;
            is_contradicted_[i] = true;
        }
    }

    // A number that half of the rows do not have gives way to one that all have.
    void prefer_full_numbers() {
        const auto sku = std::find(fields_.begin(), fields_.end(), ShelfField::sku);
        const auto filled = [&](std::size_t i) { return contents_[i].filled; };
        if (sku == fields_.end() || is_taken(ShelfField::gtin)) return;
        const auto at = static_cast<std::size_t>(sku - fields_.begin());
        for (std::size_t i = 0; i < header_.size(); ++i) {
            const bool is_weak = weak_field_of_column_name(header_[i]) == ShelfField::sku;
            if (!is_weak || filled(i) < rows_ || filled(at) * 2 > rows_) continue;
            fields_[at] = ShelfField::ignored;
            fields_[i] = ShelfField::sku;
            return;
        }
    }

    void by_content() {
        for (std::size_t i = 0; i < fields_.size(); ++i)
            if (fields_[i] == ShelfField::ignored && may_be_sensed(i))
                give(i, sense_of(contents_[i]));
        if (is_taken(ShelfField::title)) return;
        std::size_t best = fields_.size();
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            const bool may_be = fields_[i] == ShelfField::ignored && may_be_sensed(i) &&
                                contents_[i].is_varied() && contents_[i].mostly(contents_[i].words);
            if (may_be &&
                (best == fields_.size() || contents_[i].letters > contents_[best].letters))
                best = i;
        }
        if (best < fields_.size()) give(best, ShelfField::title);
    }

    // In a file of a distributor, without stock, prices are the publishers'; in a list of a shelf a
    // "prix public" that stands alone is what is asked.
    void read_as_books() {
        const auto public_price =
            std::find(fields_.begin(), fields_.end(), ShelfField::publisher_price);
        if (public_price != fields_.end() && is_taken(ShelfField::quantity) &&
            !is_taken(ShelfField::price))
            *public_price = ShelfField::price;
        const bool is_of_books =
            is_taken(ShelfField::book_availability) && !is_taken(ShelfField::quantity);
        const auto price = std::find(fields_.begin(), fields_.end(), ShelfField::price);
        if (!is_of_books || price == fields_.end() || is_taken(ShelfField::publisher_price)) return;
        *price = ShelfField::publisher_price;
    }

    std::vector<ShelfField> fields() && { return std::move(fields_); }

  private:
    bool is_taken(ShelfField field) const {
        return std::find(fields_.begin(), fields_.end(), field) != fields_.end();
    }
    // Of a named column only numbers and addresses speak for themselves: "Prix d'achat" holds
    // prices, too, but not those that are asked.
    bool may_be_sensed(std::size_t column) const {
        if (is_contradicted_[column]) return false;
        if (column >= header_.size()) return true;
        const std::string name = plain_word(header_[column]);
        constexpr std::array<std::string_view, 23> kOthers{
            "achat", "ht",     "tva",     "taxe",  "cost",   "poids", "weight", "remise",
            "marge", "ancien", "compare", "seuil", "pickup", "link",  "excl",   "position",
            "pages", "annee",  "year",    "minim", "delai",  "rang",  "ordre"};
        return std::none_of(kOthers.begin(), kOthers.end(), [&](std::string_view other) {
            return other == "ht" ? name.ends_with(other) : name.find(other) != std::string::npos;
        });
    }
    void give(std::size_t column, ShelfField field) {
        const bool may_repeat = field == ShelfField::picture || field == ShelfField::category;
        if (field != ShelfField::ignored && (may_repeat || !is_taken(field)))
            fields_[column] = field;
    }

    const std::vector<std::string>& header_;
    std::vector<ShelfField> fields_;
    std::vector<ColumnContent> contents_;
    std::vector<bool> is_contradicted_;
    int rows_ = 0;
};

}  // namespace

std::vector<ShelfField> propose_fields(const std::vector<std::string>& header,
                                       const std::vector<CsvRow>& sample) {
    Proposal proposal(header, sample);
    proposal.by_name(field_of_column_name);
    proposal.drop_contradicted();
    proposal.prefer_full_numbers();
    proposal.by_name(weak_field_of_column_name);
    proposal.by_content();
    proposal.read_as_books();
    return std::move(proposal).fields();
}

bool looks_like_header(const std::vector<std::string>& cells) {
    int names = 0;
    for (const std::string& cell : cells) {
        if (cell.empty()) continue;
        if (field_of_column_name(cell) != ShelfField::ignored ||
            weak_field_of_column_name(cell) != ShelfField::ignored) {
            ++names;
            continue;
        }
        const bool is_value = is_whole_number(cell) || looks_like_price(cell) ||
                              is_picture_address(cell) || cell.size() > 80 ||
                              std::holds_alternative<Gtin>(read_gtin(cell));
        if (is_value) return false;
    }
    return names > 0 || std::all_of(cells.begin(), cells.end(), has_letters);
}

}  // namespace emplettes::catalogue
