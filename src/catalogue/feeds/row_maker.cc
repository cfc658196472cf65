#include "catalogue/feeds/row_maker.h"

#include <algorithm>

#include "base/text.h"
#include "catalogue/feeds/cell_words.h"
#include "catalogue/feeds/plain_text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kUnknownCategoriesMax = 1000;
constexpr std::size_t kMomentsMax = 4096;
constexpr std::size_t kValueShownMax = 80;  // code points of a value in a problem
constexpr std::size_t kSkuLengthMax = 100;
constexpr std::array kPriceFields{ShelfField::price, ShelfField::sale_price,
                                  ShelfField::publisher_price};

std::string shortened(std::string_view text, std::size_t length_max) {
    return text.size() <= length_max ? std::string(text)
                                     : std::string(utf8_prefix(text, length_max));
}

bool has_markup(std::string_view text) { return text.find_first_of("<&\n\r\t") != text.npos; }

std::string one_line(std::string_view text) {
    if (!has_markup(text)) return std::string(trim(text));
    std::string line = plain_text(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

}  // namespace

void RowCells::add(ShelfField field, const Cell& cell) {
    if (field == ShelfField::picture) {
        if (!cell.value.empty()) pictures.push_back(cell.value);
        return;
    }
    Cell& slot = cells[static_cast<std::size_t>(field)];
    if (slot.value.empty())
        slot = cell;
    else if (field == ShelfField::category && !cell.value.empty())
        other_categories.push_back(cell);
}

void RowCells::clear() {
    cells.fill({});
    other_categories.clear();
    pictures.clear();
}

struct RowMaker::Making {
    const RowCells& cells;
    std::vector<RowProblem>& problems;
    ShelfRow row;
    bool is_refused = false;

    void report(ShelfField field, RowFault fault, bool is_row_taken) {
        problems.push_back({.line = cells.line,
                            .column = std::string(cells[field].column),
                            .value = shortened(cells[field].value, kValueShownMax),
                            .fault = fault,
                            .is_row_taken = is_row_taken});
        is_refused = is_refused || !is_row_taken;
    }
};

RowMaker::RowMaker(const FeedReading& reading) : reading_(reading), categories_(reading.trades) {}

void RowMaker::learn_price(ShelfField field, std::string_view value) {
    marks_[static_cast<std::size_t>(field)].learn(value);
}

void RowMaker::end_learning() {
    DecimalMark all;
    for (const ShelfField field : kPriceFields) all.learn(marks_[static_cast<std::size_t>(field)]);
    for (const ShelfField field : kPriceFields) {
        auto& mark = marks_[static_cast<std::size_t>(field)];
        if (!mark.is_comma && !mark.is_point) mark = all;
    }
}

void RowMaker::read_numbers(Making& making) {
    making.row.sku = shortened(trim(making.cells[ShelfField::sku].value), kSkuLengthMax);
    const auto gtin = read_gtin(making.cells[ShelfField::gtin].value);
    if (const auto* good = std::get_if<Gtin>(&gtin)) making.row.gtin = *good;
    if (const auto* own = std::get_if<InShopCode>(&gtin); own && making.row.sku.empty())
        making.row.sku = own->text;
    if (const auto* fault = std::get_if<RowFault>(&gtin))
        making.report(ShelfField::gtin, *fault, !making.row.sku.empty());
    // A shop that writes EANs into its own numbers means the EAN.
    if (!making.row.gtin && std::holds_alternative<NoNumber>(gtin) && making.row.sku.size() == 13) {
        const auto number = read_gtin(making.row.sku);
        if (const auto* good = std::get_if<Gtin>(&number)) making.row.gtin = *good;
    }
    if (!making.row.gtin && making.row.sku.empty() && !making.is_refused)
        making.report(ShelfField::gtin, RowFault::no_number, false);
}

void RowMaker::read_texts(Making& making) {
    ShelfRow& row = making.row;
    row.title = one_line(making.cells[ShelfField::title].value);
    if (utf8_length(row.title) > kShelfTitleLengthMax)
        making.report(ShelfField::title, RowFault::too_long, false);
    row.maker = one_line(making.cells[ShelfField::maker].value);
    if (utf8_length(row.maker) > kShelfTitleLengthMax)
        row.maker = shortened(row.maker, kShelfTitleLengthMax);
    const std::string_view description = making.cells[ShelfField::description].value;
    row.description =
        has_markup(description) ? plain_text(description) : std::string(trim(description));
    if (utf8_length(row.description) > kShelfTextLengthMax)
        row.description = shortened(row.description, kShelfTextLengthMax);
    const std::string_view language = making.cells[ShelfField::language].value;
    if (!language.empty()) row.language = read_language(language);
    const std::string_view condition = making.cells[ShelfField::condition].value;
    if (condition.empty()) return;
    if (const auto known = read_condition(condition))
        row.condition = *known;
    else
        making.report(ShelfField::condition, RowFault::not_a_condition, false);
}

// Each unknown category is told of once.
void RowMaker::read_category(Making& making) {
    const std::string_view text = making.cells[ShelfField::category].value;
    if (text.empty()) return;
    std::string key = categories_.find(text);
    for (const RowCells::Cell& other : making.cells.other_categories)
        if (key.empty()) key = categories_.find(other.value);
    const bool is_number = text.find_first_not_of("0123456789") == std::string_view::npos;
    if (key.empty() && is_number) return;  // of Google's taxonomy
    making.row.category = key.empty() ? shortened(text, kShelfTitleLengthMax) : key;
    if (!key.empty() || !reading_.trades) return;
    if (unknown_categories_.size() >= kUnknownCategoriesMax) return;
    if (unknown_categories_.emplace(text).second)
        making.report(ShelfField::category, RowFault::unknown_category, true);
}

std::optional<Money> RowMaker::read_money(Making& making, ShelfField field) {
    const RowCells::Cell& cell = making.cells[field];
    if (cell.value.empty()) return std::nullopt;
    const std::string_view currency = trim(making.cells[ShelfField::currency].value);
    if (!currency.empty() && !equals_ignoring_case(currency, reading_.currency) &&
        currency != "€") {
        making.report(field, RowFault::foreign_currency, false);
        return std::nullopt;
    }
    const auto price =
        read_price(cell.value, marks_[static_cast<std::size_t>(field)], reading_.currency);
    if (price) return *price;
    making.report(field, price.error(), false);
    return std::nullopt;
}

// "2026-11-24T13:00+0100/2026-11-29T15:30+0100"; either side may be empty. Without dates it is on.
bool RowMaker::is_sale_on(std::string_view dates) const {
    if (dates.empty()) return true;
    const auto slash = dates.find('/');
    const auto from = trim(dates.substr(0, slash));
    const auto until = slash == std::string_view::npos ? "" : trim(dates.substr(slash + 1));
    const auto begin = read_moment(from, reading_.zone);
    auto end = read_moment(until, reading_.zone);
    if ((!from.empty() && !begin) || (!until.empty() && !end)) return false;
    // A day without an hour lasts until its end.
    if (end && until.size() <= 10) *end += std::chrono::hours{24} - std::chrono::seconds{1};
    return (!begin || *begin <= reading_.now) && (!end || reading_.now <= *end);
}

void RowMaker::read_prices(Making& making) {
    making.row.price = read_money(making, ShelfField::price);
    if (is_sale_on(making.cells[ShelfField::sale_dates].value)) {
        const auto sale = read_money(making, ShelfField::sale_price);
        if (sale && sale->cents > 0) making.row.price = sale;
    }
    if (const auto price = read_money(making, ShelfField::publisher_price))
        making.row.publisher_prices.push_back({.price = *price});
}

void RowMaker::read_stock(Making& making) {
    const std::string_view quantity = making.cells[ShelfField::quantity].value;
    const std::string_view availability = making.cells[ShelfField::availability].value;
    const std::string_view book = making.cells[ShelfField::book_availability].value;
    if (!quantity.empty()) {
        const auto count = read_quantity(quantity);
        const auto word = count ? std::nullopt : read_availability(quantity);
        if (count) {
            making.row.quantity = *count;
        } else if (count.error() == RowFault::below_zero) {
            making.row.quantity = 0;
            making.report(ShelfField::quantity, RowFault::below_zero, true);
        } else if (word) {
            making.row.availability = *word;  // "rupture" in a column of numbers
        } else {
            making.report(ShelfField::quantity, RowFault::not_a_quantity, false);
        }
    }
    const auto said =
        !book.empty() ? read_book_availability(book) : read_availability(availability);
    if (said)
        making.row.availability = *said;
    else if (!availability.empty() || !book.empty())
        making.report(book.empty() ? ShelfField::availability : ShelfField::book_availability,
                      RowFault::unknown_availability, true);
    const std::string_view counted = making.cells[ShelfField::counted_at].value;
    if (counted.empty()) return;
    if (moments_.size() >= kMomentsMax) moments_.clear();
    const auto [known, is_new] = moments_.try_emplace(std::string(counted));
    if (is_new) known->second = read_moment(counted, reading_.zone);
    const bool is_future =
        known->second && reading_.now != Instant{} && *known->second > reading_.now;
    if (!is_future) making.row.counted_at = known->second;
    if (is_future || !known->second)
        making.report(ShelfField::counted_at, RowFault::not_a_moment, true);
}

// Several addresses may stand in one cell, between commas or white space; a comma may be a part of
// one as well, so that only "http" begins a new one.
void RowMaker::read_pictures(Making& making) {
    auto& pictures = making.row.pictures;
    for (std::string_view cell : making.cells.pictures) {
        while (!cell.empty()) {
            const auto next = cell.find("http", 1);
            std::string_view address = cell.substr(0, next);
            cell.remove_prefix(address.size());
            while (!address.empty() &&
                   std::string_view(", |;\t\r\n").find(address.back()) != std::string_view::npos)
                address.remove_suffix(1);
            const bool is_address = address.starts_with("http") &&
                                    address.find("://") != std::string_view::npos &&
                                    address.find(' ') == std::string_view::npos;
            const bool is_new =
                std::find(pictures.begin(), pictures.end(), address) == pictures.end();
            if (is_address && is_new && pictures.size() < kShelfPicturesMax)
                pictures.emplace_back(address);
        }
    }
}

std::optional<ShelfRow> RowMaker::make(const RowCells& cells, std::vector<RowProblem>& problems) {
    const std::string_view store = cells[ShelfField::store_code].value;
    Making making{.cells = cells, .problems = problems, .row = {.line = cells.line}};
    if (!reading_.store_code.empty() && !store.empty() && store != reading_.store_code) {
        making.report(ShelfField::store_code, RowFault::other_shop, false);
        return std::nullopt;
    }
    read_numbers(making);
    read_texts(making);
    read_prices(making);
    read_stock(making);
    if (making.is_refused) return std::nullopt;
    read_category(making);
    read_pictures(making);
    return std::move(making.row);
}

}  // namespace emplettes::catalogue
