#include <cstdio>
#include <memory>
#include <stdexcept>

#include "catalogue/picture.h"
#include "catalogue/shop_export.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"
#include "site/picture_files.h"

namespace emplettes {
namespace {

constexpr int kExportNode = 11;  // of ids: a server may write at the same time

constexpr const char* kExportFooter = R"(
The file holds all that the shop put here: shop.json, its shelf as CSV for a spreadsheet and as JSON
for a program, its photographs. Names of people who reserved something are not in it. Any
installation takes it: emplettes import shop FILE --data FOLDER gives the same shelf there.)";

constexpr const char* kShopFooter = R"(
The file is what `emplettes export` or the counter's page "take everything away" made. The shop is
found where the map has it, else by the end of its page's address, else it is made. Prices, counts
and how these are known become those of the file; what the shop has here beside it stays. Its
photographs are not brought in: add them at the counter.)";

struct ShopFileOptions {
    std::string data;
    std::string database;
    std::string territory;
    std::string shop;
    std::string file;
};

void add_where(CLI::App& verb, const std::shared_ptr<ShopFileOptions>& options) {
    verb.add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    verb.add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb.add_option("--territory", options->territory, "Its slug, when there are several");
}

catalogue::Shop find_by_slug(OpenedFolder& opened, TerritoryId territory, const std::string& slug) {
    const auto shops =
        opened.database->read([&](store::Tx& tx) { return catalogue::load_shops(tx, territory); });
    for (const catalogue::Shop& shop : shops)
        if (shop.slug == slug) return shop;
    throw std::runtime_error("there is no shop " + slug + ": it is the end of its page's address");
}

void export_shop(const ShopFileOptions& options) {
    OpenedFolder opened(options.data, options.database, kExportNode);
    const auto territory = opened.territory(options.territory);
    const auto shop = find_by_slug(opened, territory.id, options.shop);
    const auto pictures = opened.database->read(
        [&](store::Tx& tx) { return catalogue::load_pictures_of_shop(tx, territory.id, shop.id); });
    const std::string file = options.file.empty() ? shop.slug + ".zip" : options.file;
    catalogue::write_shop_export(
        *opened.database,
        {.territory = territory.id,
         .shop = shop,
         .currency = territory.currency,
         .pictures = site::exported_pictures(opened.folder.pictures() / territory.slug, pictures),
         .now = opened.clock.now()},
        file);
    std::printf("%s: everything of %s\n", file.c_str(), shop.name.c_str());
}

void restore(const ShopFileOptions& options) {
    OpenedFolder opened(options.data, options.database, kExportNode);
    const auto territory = opened.territory(options.territory);
    const auto restored = catalogue::restore_shop({.database = *opened.database,
                                                   .territory = territory,
                                                   .ids = opened.ids,
                                                   .random = opened.random,
                                                   .now = opened.clock.now()},
                                                  options.file);
    if (!restored) throw std::runtime_error(options.file + ": " + restored.error().detail);
    std::printf("%s (%s): %lld on its shelf\n", restored->slug.c_str(),
                restored->is_new ? "a new shop" : "a shop that was here",
                static_cast<long long>(restored->items));
}

}  // namespace

void add_export(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<ShopFileOptions>();
    auto* verb = cli.add_subcommand("export", "Writes everything of one shop into a ZIP file");
    verb->add_option("shop", options->shop, "The end of its page's address")->required();
    verb->add_option("file", options->file, "The file to write; else SHOP.zip");
    add_where(*verb, options);
    verb->footer(kExportFooter);
    verb->callback([options] { export_shop(*options); });
}

void add_import_shop(CLI::App& import) {
    auto options = std::make_shared<ShopFileOptions>();
    auto* verb = import.add_subcommand("shop", "Everything of one shop, from a file of `export`");
    verb->add_option("file", options->file, "The ZIP file")->required()->check(CLI::ExistingFile);
    add_where(*verb, options);
    verb->footer(kShopFooter);
    verb->callback([options] { restore(*options); });
}

}  // namespace emplettes
