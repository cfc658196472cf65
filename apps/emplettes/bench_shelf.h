#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "catalogue/shelf/import_work.h"
#include "catalogue/shop.h"
#include "emplettes/opened_folder.h"

namespace emplettes {

// A till's export of made-up books.
struct ShelfFile {
    std::int64_t rows = 0;
    std::int64_t first = 0;          // number of the first book
    std::int64_t changed_every = 0;  // of so many rows one has another price than the usual one
};
void write_shelf(const std::filesystem::path& file, const ShelfFile& shelf);
std::string isbn_of(std::int64_t book);
// What nothing else is called.
std::string title_of(std::int64_t book);

// A shop made for measuring; one of this slug that is there already is taken.
struct BenchShopFacts {
    std::string slug;
    std::string name;
    std::string opening_hours;
};
catalogue::Shop load_or_make_bench_shop(OpenedFolder& opened, const catalogue::Territory& territory,
                                        const BenchShopFacts& facts);

// A shop made for measuring, and the steps of its imports, in this process.
class BenchShop {
  public:
    // All must outlive it. A shop of this slug that is there already is taken.
    BenchShop(OpenedFolder& opened, const catalogue::Territory& territory, const std::string& slug);

    ShopId id() const { return shop_.id; }
    const catalogue::Shop& shop() const { return shop_; }
    // Takes the file; when it runs by itself, whoever works on imports may go on with it.
    ShelfImportId take(const std::filesystem::path& file, bool runs_by_itself) const;
    void check(ShelfImportId id) const;
    void run(ShelfImportId id) const;
    void undo(ShelfImportId id) const;

  private:
    OpenedFolder& opened_;
    const catalogue::Territory& territory_;
    catalogue::Shop shop_;
    const catalogue::Trades trades_ = catalogue::Trades::load();
    catalogue::ImportWork work_;
};

}  // namespace emplettes
