#include <cstdio>
#include <memory>
#include <stdexcept>

#include "catalogue/shop.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"
#include "site/shop_archive.h"

namespace emplettes {
namespace {

constexpr int kExportNode = 11;  // of ids: a server may write at the same time

constexpr const char* kExportFooter = R"(
The file holds all that the shop put here: what its keeper says of it, its shelf as CSV for a
spreadsheet and as JSON for a program, its photographs, who sells. Names of people who reserved
something are not in it, and no account. Any installation takes it: emplettes import FILE --data
FOLDER gives the same shelf there.)";

struct ExportOptions {
    std::string data;
    std::string database;
    std::string territory;
    std::string shop;
    std::string file;
};

catalogue::Shop find_by_slug(OpenedFolder& opened, TerritoryId territory, const std::string& slug) {
    const auto shops =
        opened.database->read([&](store::Tx& tx) { return catalogue::load_shops(tx, territory); });
    for (const catalogue::Shop& shop : shops)
        if (shop.slug == slug) return shop;
    throw std::runtime_error("there is no shop " + slug + ": it is the end of its page's address");
}

void export_shop(const ExportOptions& options) {
    OpenedFolder opened(options.data, options.database, kExportNode);
    const auto territory = opened.territory(options.territory);
    const auto shop = find_by_slug(opened, territory.id, options.shop);
    const std::string file = options.file.empty() ? shop.slug + ".zip" : options.file;
    site::write_shop_archive({.database = *opened.database,
                              .territory = territory,
                              .pictures = opened.folder.pictures() / territory.slug,
                              .now = opened.clock.now()},
                             shop, file);
    std::printf("%s: everything of %s\n", file.c_str(), shop.name.c_str());
}

}  // namespace

void add_export(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<ExportOptions>();
    auto* verb = cli.add_subcommand("export", "Writes everything of one shop into a ZIP file");
    verb->add_option("shop", options->shop, "The end of its page's address")->required();
    verb->add_option("file", options->file, "The file to write; else SHOP.zip");
    verb->add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->add_option("--territory", options->territory, "Its slug, when there are several");
    verb->footer(kExportFooter);
    verb->callback([options] { export_shop(*options); });
}

}  // namespace emplettes
