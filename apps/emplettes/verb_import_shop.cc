#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <stdexcept>

#include "emplettes/app.h"
#include "emplettes/import_progress.h"
#include "emplettes/new_territory.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"
#include "pictures/picture_child.h"
#include "pictures/picture_maker.h"
#include "site/shop_archive.h"
#include "web/spool_file.h"

namespace emplettes {
namespace {

constexpr double kMarginDegrees = 0.05;  // around the only shop of a new territory: 5 km

constexpr const char* kShopFooter = R"(
The file is what `emplettes export` or the counter's page "take everything away" made. The shop is
found where the map has it, else by the end of its page's address, else it is made. Prices, counts,
how these are known, what the keeper says of the shop and when it is closed become those of the
file; what the shop has here beside it stays. Photographs are made anew of what can be seen in them.
Who sells there is taken as the file says it, on your word: look at it in /operator. Nobody's
account is in the file: emplettes user add ADDRESS --shop SLUG opens the counter.

A folder without any territory gets the one that the file says the shop was in.)";

struct ShopOptions {
    std::string data;
    std::string database;
    std::string territory;
    std::string file;
    std::string picture_maker;
};

void add_where(CLI::App& verb, const std::shared_ptr<ShopOptions>& options) {
    verb.add_option("--data", options->data, "The data folder");
    verb.add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb.add_option("--territory", options->territory, "Its slug, when there are several");
    // Of a program that is not this one: a test.
    verb.add_option("--picture-maker", options->picture_maker)->group("");
}

NewTerritory as_it_was(const catalogue::FormerTerritory& former) {
    NewTerritory wanted{.name = former.name, .currency = former.currency};
    const Languages built_in = load_languages();
    for (const std::string& code : former.languages)  // the first is for who does not say
        if (std::ranges::any_of(built_in.all(),
                                [&](const Language& language) { return language.code() == code; }))
            wanted.languages.push_back(code);
    if (!former.time_zone.empty()) wanted.time_zone = former.time_zone;
    if (!former.holiday_region.empty()) wanted.holidays = former.holiday_region;
    return wanted;
}

geo::Bounds around(const geo::Point& point) {
    return {.south = point.lat - kMarginDegrees,
            .west = point.lon - kMarginDegrees,
            .north = point.lat + kMarginDegrees,
            .east = point.lon + kMarginDegrees};
}

std::vector<std::string> picture_command(const ShopOptions& options) {
    if (!options.picture_maker.empty()) return {options.picture_maker};
    return {"/proc/self/exe", pictures::kPictureVerb};
}

const char* explain(territory::SellerRestored seller) {
    switch (seller) {
        case territory::SellerRestored::none: return "the file does not say who sells there";
        case territory::SellerRestored::restored: return "who sells there is as the file says";
        case territory::SellerRestored::was_here: return "who sells there was known, and stays";
        case territory::SellerRestored::not_whole:
            return "who sells there was not taken: the law wants more than seller.json says";
    }
    return "";
}

long long as_printed(std::int64_t number) { return number; }

void print_restored(const site::RestoredArchive& restored) {
    std::printf("%s (%s): %lld on its shelf\n", restored.shop.slug.c_str(),
                restored.shop.is_new ? "a new shop" : "a shop that was here",
                as_printed(restored.shop.items));
    std::printf("photographs: %lld new, %lld here already, %lld refused\n",
                as_printed(restored.pictures_new), as_printed(restored.pictures_known),
                as_printed(std::ssize(restored.pictures_refused)));
    for (const std::string& refused : restored.pictures_refused)
        std::printf("  %s\n", refused.c_str());
    std::printf("%s\n", explain(restored.seller));
}

site::RestoredArchive bring_into(OpenedFolder& opened, const catalogue::Territory& territory,
                                 const catalogue::ShopArchive& archive,
                                 const ShopOptions& options) {
    web::prepare_spool(opened.folder.spool());
    pictures::PictureMaker maker(picture_command(options));
    ImportProgress progress(1);
    progress.begin("photographs");
    const auto restored = site::restore_shop_archive(
        {.restore = {.database = *opened.database,
                     .territory = territory,
                     .ids = opened.ids,
                     .random = opened.random,
                     .now = opened.clock.now()},
         .picture_maker = maker,
         .pictures = {.files = opened.folder.pictures() / territory.slug,
                      .spool = opened.folder.spool()},
         .on_picture =
             [&](std::size_t done, std::size_t all) {
                 progress.show(static_cast<std::int64_t>(done), static_cast<std::int64_t>(all));
             }},
        archive, options.file);
    if (!restored) throw std::runtime_error(options.file + ": " + restored.error().detail);
    return *restored;
}

// Whether all of it came in.
bool restore(const ShopOptions& options) {
    if (options.data.empty()) throw std::runtime_error("say into which data folder: --data FOLDER");
    const auto archive = catalogue::read_shop_export(options.file);
    if (!archive) throw std::runtime_error(options.file + ": " + archive.error().detail);
    OpenedFolder opened(options.data, options.database, kImportNode);
    std::optional<TerritoryDraft> draft;
    if (options.territory.empty() && opened.folder.read_territories().empty())
        draft.emplace(opened.folder, as_it_was(archive->territory), around(archive->shop.position),
                      opened.clock.now());
    const auto territory =
        draft ? opened.registered(draft->territory()) : opened.territory(options.territory);
    const auto restored = bring_into(opened, territory, *archive, options);
    if (draft) draft->keep();
    print_restored(restored);
    return restored.pictures_refused.empty() &&
           restored.seller != territory::SellerRestored::not_whole;
}

}  // namespace

void add_import_shop(CLI::App& import, int& status) {
    auto named = std::make_shared<ShopOptions>();
    auto* verb = import.add_subcommand("shop", "Everything of one shop, from a file of `export`");
    verb->add_option("file", named->file, "The ZIP file")->required()->check(CLI::ExistingFile);
    add_where(*verb, named);
    verb->footer(kShopFooter);
    verb->callback([named, &status] { status = restore(*named) ? 0 : 1; });

    auto plain = std::make_shared<ShopOptions>();
    import.add_option("file", plain->file, "A shop's ZIP file, as with `import shop`")
        ->check(CLI::ExistingFile);
    add_where(import, plain);
    import.callback([&import, plain, &status] {
        if (!import.get_subcommands().empty()) return;
    if (plain->file.empty())
        throw std::runtime_error(
            "say what to bring in: a shop's export.zip, or osm, products, shop with a file; "
            "emplettes import --help");
    status = restore(*plain) ? 0 : 1;
});
}  // namespace emplettes

}  // namespace emplettes
