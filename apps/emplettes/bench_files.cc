#include "emplettes/bench_files.h"

#include <charconv>
#include <fstream>
#include <stdexcept>
#include <unordered_map>

#include "base/text.h"

namespace emplettes {
namespace {

class Row {
  public:
    Row(const std::string& file, int line, const std::string& text)
        : file_(file), line_(line), cells_(split(text, '\t')) {}

    std::string text(std::size_t cell) const { return std::string(at(cell)); }
    template <typename Number>
    Number number(std::size_t cell) const {
        const std::string_view text = at(cell);
        Number value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size())
            fail("\"" + std::string(text) + "\" is not a number");
        return value;
    }

  private:
    std::string_view at(std::size_t cell) const {
        if (cell >= cells_.size())
            fail(std::to_string(cells_.size()) + " cells, at least " + std::to_string(cell + 1) +
                 " are needed");
        return cells_[cell];
    }
    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error(file_ + ", line " + std::to_string(line_) + ": " + what);
    }

    const std::string& file_;
    int line_;
    std::vector<std::string_view> cells_;
};

template <typename F>
void for_each_row(const std::string& file, F&& f) {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error("cannot open " + file);
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) f(Row(file, number, line));
}

}  // namespace

search::Catalogue read_bench_catalogue(const std::string& folder) {
    search::Catalogue catalogue;
    for_each_row(folder + "/shops.tsv", [&](const Row& row) {
        catalogue.shops.push_back({.id = {row.number<std::int64_t>(0) + 1},
                                   .position = {row.number<double>(2), row.number<double>(3)},
                                   .name = row.text(1)});
    });
    std::unordered_map<std::string, ProductId> known;
    for_each_row(folder + "/products.tsv", [&](const Row& row) {
        const auto key = row.text(1) + '\t' + row.text(2) + '\t' + row.text(4);
        const ProductId next{static_cast<std::int64_t>(catalogue.products.size() + 1)};
        const auto [product, is_new] = known.try_emplace(key, next);
        if (is_new)
            catalogue.products.push_back({.id = next,
                                          .title = row.text(1),
                                          .maker = row.text(4),
                                          .category = row.text(3),
                                          .category_name = row.text(3),
                                          .description = row.text(2)});
        catalogue.offers.push_back({.id = {row.number<std::int64_t>(0) + 1},
                                    .product = product->second,
                                    .shop = {row.number<std::int64_t>(6) + 1},
                                    .price_cents = row.number<std::int64_t>(5),
                                    .stock = row.number<std::int32_t>(7),
                                    .stock_confirmed_at = instant_from_unix(1'700'000'000),
                                    .stock_source = search::StockSource::demo});
    });
    return catalogue;
}

std::vector<AskedQuestion> read_bench_questions(const std::string& file) {
    std::vector<AskedQuestion> questions;
    for_each_row(file, [&](const Row& row) {
        questions.push_back(
            {row.text(0), row.text(1), {row.number<double>(2), row.number<double>(3)}});
    });
    return questions;
}

}  // namespace emplettes
