#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

#include "catalogue/import_products.h"
#include "catalogue/shop.h"
#include "emplettes/map_import.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"
#include "web/server.h"

namespace emplettes {
namespace {

constexpr int kImportNode = 14;  // of ids: a server may write at the same time

struct ImportOptions {
    std::string data;
    std::string database;
    std::string territory;  // slug; may be left out when there is only one
    std::string file;
    // import osm
    MapImport map;
    // import products
    std::string shop;  // id or slug
    std::string kind;
};

constexpr const char* kProductsFooter = R"(
The first line names the columns, in English or French:

  ean;title;author;category;price;quantity
  9782070612758;Le Petit Prince;Antoine de Saint-Exupéry;books.classics;7,20;3

A product needs a title, and an ean, isbn or sku to know it by: what is known is changed, never
doubled. With a price and a quantity it is on sale. Also read: description, language, condition.
Delimiter, encoding (UTF-8, Windows-1252) and decimal comma are found out. Lines that cannot be
read are listed with the reason; the others are taken.)";

// What both imports need, opened.
struct Opened : OpenedFolder {
    catalogue::Trades trades = catalogue::Trades::load();

    explicit Opened(const ImportOptions& options)
        : OpenedFolder(options.data, options.database, kImportNode) {}
};

void expect_data_folder(const ImportOptions& options) {
    if (!std::filesystem::is_directory(options.data))
        throw std::runtime_error(
            "there is no data folder " + options.data +
            ": begin with emplettes import osm FILE.osm.pbf --new NAME --data " + options.data);
}

long long as_printed(std::int64_t number) { return number; }

void print_how_to_serve(const ImportOptions& options, const catalogue::Territory& territory) {
    const std::string database =
        options.database.empty() ? std::string() : " --database " + options.database;
    std::printf("Serve it: emplettes serve --data %s%s, then http://%s:%d/\n", options.data.c_str(),
                database.c_str(), territory.hosts.front().c_str(),
                static_cast<int>(web::ServerConfig().port));
    const NewTerritory usual;
    if (options.map.new_territory.time_zone == usual.time_zone)
        std::printf("Its clocks show UTC: say --time-zone, or set time_zone in its file\n");
    if (options.map.new_territory.holidays == usual.holidays)
        std::printf("It has no holidays: say --holidays, or set holiday_region in its file\n");
}

void bring_map(const ImportOptions& options) {
    if (options.map.new_territory.name.empty()) expect_data_folder(options);
    Opened opened(options);
    MapImport wanted = options.map;
    wanted.sources.map = options.file;
    wanted.territory = options.territory;
    const auto territory = import_map(opened, wanted);
    if (!wanted.new_territory.name.empty()) print_how_to_serve(options, territory);
}

std::string read_file(const std::string& name) {
    std::ifstream stream(name, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot open " + name);
    return {std::istreambuf_iterator<char>(stream), {}};
}

bool is_chosen(const catalogue::Shop& shop, const ImportOptions& options) {
    return options.kind.empty()
               ? shop.slug == options.shop || std::to_string(shop.id.value) == options.shop
               : shop.kind == options.kind;
}

std::vector<ShopId> choose_shops(Opened& opened, const catalogue::Territory& territory,
                                 const ImportOptions& options) {
    std::vector<ShopId> chosen;
    const auto shops = opened.database->read(
        [&](store::Tx& tx) { return catalogue::load_shops(tx, territory.id); });
    for (const catalogue::Shop& shop : shops)
        if (shop.is_listed && is_chosen(shop, options)) chosen.push_back(shop.id);
    if (chosen.empty())
        throw std::runtime_error(options.kind.empty()
                                     ? "there is no shop " + options.shop
                                     : "there is no shop of the kind " + options.kind);
    return chosen;
}

void print_report(const catalogue::ProductImportReport& report) {
    std::printf("%lld rows: %lld left out\n", as_printed(report.rows),
                as_printed(report.rows_refused));
    std::printf("products: %lld new, %lld changed, %lld unchanged\n",
                as_printed(report.products_new), as_printed(report.products_changed),
                as_printed(report.products_unchanged));
    std::printf("offers: %lld new, %lld changed, %lld unchanged\n", as_printed(report.offers_new),
                as_printed(report.offers_changed), as_printed(report.offers_unchanged));
    if (report.was_windows_1252) std::puts("the file was read as Windows-1252, not UTF-8");
    for (const auto& column : report.columns_not_understood)
        std::printf("column not understood: %s\n", column.c_str());
    for (const auto& problem : report.problems)
        std::printf("line %lld, %s \"%s\": %s\n", as_printed(problem.line), problem.column.c_str(),
                    problem.value.c_str(), problem.reason.c_str());
    const auto shown = static_cast<std::int64_t>(report.problems.size());
    if (report.rows_refused > shown)
        std::printf("and %lld more\n", as_printed(report.rows_refused - shown));
}

int import_file_of_products(const ImportOptions& options) {
    expect_data_folder(options);
    Opened opened(options);
    const auto territory = opened.territory(options.territory);
    const auto shops = choose_shops(opened, territory, options);
    const std::string prefix = options.kind.empty() ? "shop/" + std::to_string(shops.front().value)
                                                    : "kind/" + options.kind;
    const auto report = catalogue::import_products({.database = *opened.database,
                                                    .territory = territory,
                                                    .trades = opened.trades,
                                                    .ids = opened.ids,
                                                    .now = opened.clock.now(),
                                                    .shops = shops,
                                                    .key_prefix = prefix},
                                                   read_file(options.file));
    if (!report)
        throw std::runtime_error(options.file + ", line " + std::to_string(report.error().line) +
                                 ": " + report.error().reason);
    print_report(*report);
    return report->rows_refused > 0 ? 1 : 0;
}

void add_common(CLI::App& verb, const std::shared_ptr<ImportOptions>& options) {
    verb.add_option("file", options->file, "The file to read")->required();
    verb.add_option("--data", options->data, "The data folder")->required();
    verb.add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb.add_option("--territory", options->territory, "Its slug, when there are several");
}

void add_new_territory(CLI::App& verb, const std::shared_ptr<ImportOptions>& options) {
    NewTerritory& wanted = options->map.new_territory;
    auto* name = verb.add_option("--new", wanted.name, "Makes a new territory of this name");
    verb.add_option("--host", wanted.hosts,
                    "Host name that leads to it, once or more; else localhost and 127.0.0.1")
        ->needs(name);
    verb.add_option("--languages", wanted.languages, "Of its pages: fr,en; else all there are")
        ->delimiter(',')
        ->needs(name);
    verb.add_option("--time-zone", wanted.time_zone, "Of its clocks: Europe/Paris")
        ->capture_default_str()
        ->needs(name);
    verb.add_option("--holidays", wanted.holidays, "Region whose holidays hold: FR, FR-57, FI")
        ->capture_default_str()
        ->needs(name);
    verb.add_option("--operator-email", wanted.operator_email,
                    "Who its mails are from; else noreply@ its first host")
        ->needs(name);
}

}  // namespace

void add_import(CLI::App& cli, int& status) {
    auto* import = cli.add_subcommand("import", "Brings shops or products in from files");
    import->require_subcommand(1);

    add_import_shop(*import);

    auto map = std::make_shared<ImportOptions>();
    auto* osm = import->add_subcommand(
        "osm", "Shops, streets, addresses and the map from an OpenStreetMap file (.osm.pbf)");
    add_common(*osm, map);
    add_new_territory(*osm, map);
    osm->add_option("--addresses", map->map.sources.addresses,
                    "CSV file of the Base Adresse Nationale or of BANO, once or more; those of the "
                    "map are always taken")
        ->check(CLI::ExistingFile);
    osm->add_flag("--replace", map->map.may_unlist_most,
                  "Take the file although it lacks most of the shops known here");
    osm->callback([map] { bring_map(*map); });

    auto goods = std::make_shared<ImportOptions>();
    auto* products =
        import->add_subcommand("products", "Products, prices and stock of a shop from a CSV file");
    add_common(*products, goods);
    auto* shop =
        products->add_option("--shop", goods->shop, "Its id, or the end of its page's address");
    auto* kind = products->add_option("--kind", goods->kind, "All shops of a trade: bookshop");
    shop->excludes(kind);
    products->footer(kProductsFooter);
    products->callback([goods, &status] {
        if (goods->shop.empty() && goods->kind.empty())
            throw CLI::ValidationError("say whose products these are: --shop SHOP or --kind KIND");
        status = import_file_of_products(*goods);
    });
}

}  // namespace emplettes
