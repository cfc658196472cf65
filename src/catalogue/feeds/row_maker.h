#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "catalogue/feeds/category_names.h"
#include "catalogue/feeds/price_text.h"
#include "catalogue/feeds/shelf_reader.h"

namespace emplettes::catalogue {

inline constexpr std::size_t kShelfFields = 20;

// What a file says of one thing, cell by cell, not yet understood. The texts belong to the reader.
struct RowCells {
    struct Cell {
        std::string_view column;  // as the file calls it
        std::string_view value;
    };

    std::int64_t line = 0;
    std::array<Cell, kShelfFields> cells;
    std::vector<Cell> other_categories;  // when the first is none that we know
    std::vector<std::string_view> pictures;

    const Cell& operator[](ShelfField field) const {
        return cells[static_cast<std::size_t>(field)];
    }
    // The first that is not empty counts; of categories and pictures all are kept.
    void add(ShelfField field, const Cell& cell);
    void clear();
};

// Understands rows, whatever format they come from. For one thread.
class RowMaker {
  public:
    explicit RowMaker(const FeedReading& reading);

    // The neighbours of a price decide what its comma means.
    void learn_price(ShelfField field, std::string_view value);
    void end_learning();

    // None when the row cannot be taken; what is wrong is appended to `problems`.
    std::optional<ShelfRow> make(const RowCells& cells, std::vector<RowProblem>& problems);

  private:
    struct Making;

    void read_numbers(Making& making);
    void read_texts(Making& making);
    void read_category(Making& making);
    void read_prices(Making& making);
    void read_stock(Making& making);
    void read_pictures(Making& making);
    std::optional<Money> read_money(Making& making, ShelfField field);
    bool is_sale_on(std::string_view dates) const;

    const FeedReading reading_;
    CategoryNames categories_;
    std::array<DecimalMark, kShelfFields> marks_;
    std::set<std::string> unknown_categories_;
    std::unordered_map<std::string, std::optional<Instant>> moments_;
};

}  // namespace emplettes::catalogue
