#include "emplettes/bench_shelf.h"

#include <fstream>
#include <stdexcept>

#include "catalogue/news.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kStride = 611'953;  // prime: GTINs in no order, as in life
constexpr std::int64_t kBooks = 1'000'000'000;

}  // namespace

catalogue::Shop load_or_make_bench_shop(OpenedFolder& opened, const catalogue::Territory& territory,
                                        const BenchShopFacts& facts) {
    return opened.database->write([&](store::Tx& tx) {
        if (auto known = catalogue::find_shop_by_slug(tx, territory.id, facts.slug)) return *known;
        const catalogue::Shop shop{.id = opened.ids.next<ShopId>(),
                                   .slug = facts.slug,
                                   .name = facts.name,
                                   .kind = "bookshop",
                                   .position = territory.centre,
                                   .opening_hours = facts.opening_hours,
                                   .source = "bench",
                                   .source_ref = facts.slug,
                                   .secret = opened.random.url_token(12)};
        catalogue::save_shop(tx, territory.id, shop);
        catalogue::append_shop_news(tx, territory.id, opened.clock.now());
        return shop;
    });
}

// 978, nine digits and the check digit (GS1).
std::string isbn_of(std::int64_t book) {
    std::string digits = "978" + std::to_string(kBooks + book * kStride % kBooks).substr(1);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string title_of(std::int64_t book) {
    return "Le livre numéro " + std::to_string(book) + " de la saison";
}

void write_shelf(const fs::path& file, const ShelfFile& shelf) {
    std::ofstream stream(file, std::ios::binary);
    stream << "ean;titre;auteur;rayon;prix;stock\n";
    for (std::int64_t i = shelf.first; i < shelf.first + shelf.rows; ++i) {
        const bool is_changed = shelf.changed_every > 0 && i % shelf.changed_every == 0;
        const std::int64_t cents = 500 + i % 2500 + (is_changed ? 10 : 0);
        const std::string fraction = std::to_string(100 + cents % 100).substr(1);
        stream << isbn_of(i) << ';' << title_of(i) << ";Autrice " << i % 5000 << ";books.novels;"
               << cents / 100 << ',' << fraction << ';' << 1 + i % 7 << '\n';
    }
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

BenchShop::BenchShop(OpenedFolder& opened, const catalogue::Territory& territory,
                     const std::string& slug)
    : opened_(opened),
      territory_(territory),
      shop_(load_or_make_bench_shop(
          opened, territory,
          {.slug = slug, .name = "Bench " + slug, .opening_hours = "Mo-Sa 10:00-19:00"})),
      work_{.database = *opened.database,
            .territory = territory,
            .trades = trades_,
            .ids = opened.ids,
            .clock = opened.clock,
            .folder = catalogue::ImportFolder(opened.folder.imports(territory.slug))} {}

ShelfImportId BenchShop::take(const fs::path& file, bool runs_by_itself) const {
    return catalogue::take_file(work_, {.file = file,
                                        .name = "shelf.csv",
                                        .shop = shop_.id,
                                        .is_whole_shelf = !runs_by_itself,
                                        .runs_by_itself = runs_by_itself,
                                        .made_at = opened_.clock.now()})
        .value();
}

void BenchShop::check(ShelfImportId id) const { catalogue::work_on(work_, id); }

void BenchShop::run(ShelfImportId id) const {
    opened_.database
        ->write([&](store::Tx& tx) {
            return catalogue::start_import(
                tx, territory_.id, {.shop = shop_.id, .import = id, .now = opened_.clock.now()},
                false);
        })
        .value();
    catalogue::work_on(work_, id);
}

void BenchShop::undo(ShelfImportId id) const {
    opened_.database
        ->write([&](store::Tx& tx) {
            return catalogue::start_undoing(
                tx, territory_.id, {.shop = shop_.id, .import = id, .now = opened_.clock.now()});
        })
        .value();
    catalogue::work_on(work_, id);
}

}  // namespace emplettes
