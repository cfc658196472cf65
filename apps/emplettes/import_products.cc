#include "emplettes/import_products.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "catalogue/shelf/import_work.h"
#include "catalogue/shelf/reference.h"
#include "catalogue/shop.h"
#include "emplettes/import_progress.h"
#include "emplettes/opened_folder.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;
using catalogue::ImportStatus;
using catalogue::RowOutcome;

constexpr int kImportsLookedAt = 100;  // of a shop, for the one to undo
constexpr std::size_t kExamplesShown = 10;

struct ProductOptions {
    std::string data;
    std::string database;
    std::string territory;  // slug; may be left out when there is only one
    std::string file;
    std::string shop;  // id or slug
    std::string kind;
    bool is_reference = false;
    bool is_whole_shelf = false;
    bool is_dry = false;
    bool is_confirmed = false;
    bool is_undo = false;
};

constexpr const char* kProductsFooter = R"(
Any table whose first line names its columns, in French or English; exports of Shopify and
WooCommerce; Google Merchant and local inventory feeds; ONIX 3.0. Delimiter, encoding and decimal
comma are found out:

  ean;title;author;category;price;quantity
  9782070612758;Le Petit Prince;Antoine de Saint-Exupéry;books.classics;7,20;3

A thing is known by its GTIN, EAN or ISBN, else by the shop's own number: what is known is changed,
never doubled. With a price and a quantity it is on the shelf, with a quantity of 0 it is off.
Broken off, the same command goes on where it was; --undo puts back what nobody changed since.)";

struct OpenedShelves : OpenedFolder {
    catalogue::Trades trades = catalogue::Trades::load();
    catalogue::Territory town;
    ImportProgress progress{1};
    catalogue::ImportWork work;

    explicit OpenedShelves(const ProductOptions& options)
        : OpenedFolder(options.data, options.database, kImportNode),
          town(territory(options.territory)),
          work{.database = *database,
               .territory = town,
               .trades = trades,
               .ids = ids,
               .clock = clock,
               .folder = catalogue::ImportFolder(folder.imports(town.slug)),
               .on_progress = progress.on_progress()} {}
};

long long printed(std::int64_t number) { return number; }

bool is_chosen(const catalogue::Shop& shop, const ProductOptions& options) {
    return options.kind.empty()
               ? shop.slug == options.shop || std::to_string(shop.id.value) == options.shop
               : shop.kind == options.kind;
}

std::vector<catalogue::Shop> choose_shops(OpenedShelves& opened, const ProductOptions& options) {
    auto shops = opened.database->read(
        [&](store::Tx& tx) { return catalogue::load_shops(tx, opened.town.id); });
    std::erase_if(shops, [&](const catalogue::Shop& shop) {
        return !shop.is_listed || !is_chosen(shop, options);
    });
    if (shops.empty())
        throw std::runtime_error(options.kind.empty()
                                     ? "there is no shop " + options.shop
                                     : "there is no shop of the kind " + options.kind);
    return shops;
}

[[noreturn]] void cannot_read(const std::string& file, const catalogue::FeedError& error) {
    throw std::runtime_error(file + ", line " + std::to_string(error.line) + ": " +
                             std::string(to_string(error.fault)) +
                             (error.detail.empty() ? "" : ": " + error.detail));
}

void print_counts(const catalogue::ImportCounts& counts) {
    std::printf(
        "%lld new, %lld changed, %lld unchanged, %lld off the shelf, %lld known without a price or "
        "without stock, %lld repeated\n",
        printed(counts[RowOutcome::new_]), printed(counts[RowOutcome::changed]),
        printed(counts[RowOutcome::unchanged]), printed(counts[RowOutcome::gone]),
        printed(counts[RowOutcome::not_on_shelf]), printed(counts[RowOutcome::repeated]));
}

void print_problems(const std::vector<catalogue::RowProblem>& problems) {
    for (std::size_t i = 0; i < std::min(problems.size(), kExamplesShown); ++i) {
        const auto& problem = problems[i];
        std::printf("line %lld, %s \"%s\": %s%s\n", printed(problem.line), problem.column.c_str(),
                    problem.value.c_str(), std::string(to_string(problem.fault)).c_str(),
                    problem.is_row_taken ? " (the row is taken without it)" : "");
    }
}

void print_report(const OpenedShelves& opened, const catalogue::ShelfImport& import) {
    const auto& report = import.report;
    std::printf("%lld rows understood, %lld not (%s%s)\n", printed(report.rows),
                printed(report.counts[RowOutcome::not_understood]), report.format.c_str(),
                report.is_windows_1252 ? ", Windows-1252" : "");
    print_counts(report.counts);
    print_problems(report.problem_examples);
    if (report.problems > 0)
        std::printf("all that was not understood: %s\n",
                    opened.work.folder.problems_of(import.id).c_str());
}

catalogue::ShelfImport load(OpenedShelves& opened, ShelfImportId id) {
    return opened.database
        ->read([&](store::Tx& tx) { return catalogue::find_import(tx, opened.town.id, id); })
        .value();
}

void work_on(OpenedShelves& opened, ShelfImportId id, const std::string& task) {
    opened.progress.begin(task);
    catalogue::work_on(opened.work, id);
    opened.progress.clear();
}

// An import of this very file that was broken off; none: begin anew.
std::optional<ShelfImportId> find_broken_off(OpenedShelves& opened, const catalogue::Shop& shop,
                                             const std::string& file) {
    const auto imports = opened.database->read([&](store::Tx& tx) {
        return catalogue::load_imports(tx, opened.town.id, shop.id, kImportsLookedAt);
    });
    for (const auto& import : imports)
        if (import.status == ImportStatus::running && import.file_name == file) return import.id;
    return std::nullopt;
}

ShelfImportId take(OpenedShelves& opened, const catalogue::Shop& shop,
                   const ProductOptions& options) {
    const auto taken = catalogue::take_file(opened.work, {.file = options.file,
                                                          .name = fs::path(options.file).filename(),
                                                          .shop = shop.id,
                                                          .is_whole_shelf = options.is_whole_shelf,
                                                          .made_at = opened.clock.now()});
    if (!taken && taken.error().fault == catalogue::DropFault::too_many_waiting)
        throw std::runtime_error("files of " + shop.name +
                                 " wait for an answer at its counter already: answer them first");
    if (!taken && taken.error().fault == catalogue::DropFault::too_many_sources)
        throw std::runtime_error(shop.name +
                                 " has as many kinds of files and addresses as a shop may have: "
                                 "forget one at its counter");
    if (!taken) cannot_read(options.file, taken.error().feed);
    return *taken;
}

void expect_step(const Result<Done, catalogue::ImportStepError>& step) {
    if (step) return;
    switch (step.error()) {
        case catalogue::ImportStepError::unknown_import:
            throw std::runtime_error("there is no such import");
        case catalogue::ImportStepError::not_now:
        case catalogue::ImportStepError::changed_since:
            throw std::runtime_error("somebody else has gone on with this import");
        case catalogue::ImportStepError::needs_confirmation:
            throw std::runtime_error(
                "this file would take most of the shelf away, or nothing of it was understood: "
                "nothing was done; say --yes when it is meant");
    }
}

catalogue::ImportStep step_of(const OpenedShelves& opened, const catalogue::ShelfImport& import) {
    return {.shop = import.shop, .import = import.id, .now = opened.clock.now()};
}

void print_outcome(const catalogue::ShelfImport& import) {
    if (import.status == ImportStatus::done) {
        std::printf("done: ");
        print_counts(import.outcome);
        return;
    }
    throw std::runtime_error("the import is " + std::string(to_string(import.status)) +
                             (import.failure.empty() ? "" : ": " + import.failure));
}

// Whether every row was understood.
bool import_into(OpenedShelves& opened, const catalogue::Shop& shop,
                 const ProductOptions& options) {
    const std::string name = fs::path(options.file).filename();
    if (const auto broken_off =
            options.is_dry ? std::nullopt : find_broken_off(opened, shop, name)) {
        work_on(opened, *broken_off, shop.name + ": " + name);
        print_outcome(load(opened, *broken_off));
        return true;
    }
    const auto id = take(opened, shop, options);
    work_on(opened, id, shop.name + ": reading " + name);
    auto import = load(opened, id);
    if (import.status == ImportStatus::failed) cannot_read(options.file, *import.report.failure);
    print_report(opened, import);
    const auto step = step_of(opened, import);
    opened.database->write([&](store::Tx& tx) {
        expect_step(options.is_dry
                        ? catalogue::discard_import(tx, opened.town.id, step)
                        : catalogue::start_import(tx, opened.town.id, step, options.is_confirmed));
    });
    if (!options.is_dry) {
        work_on(opened, id, shop.name + ": " + name);
        print_outcome(load(opened, id));
    }
    return import.report.counts[RowOutcome::not_understood] == 0;
}

void undo_last(OpenedShelves& opened, const catalogue::Shop& shop) {
    const auto imports = opened.database->read([&](store::Tx& tx) {
        return catalogue::load_imports(tx, opened.town.id, shop.id, kImportsLookedAt);
    });
    const auto last = std::find_if(imports.begin(), imports.end(), [](const auto& import) {
        return import.status == ImportStatus::done || import.status == ImportStatus::undoing ||
               (import.status == ImportStatus::failed && import.rows_done > 0);
    });
    if (last == imports.end())
        throw std::runtime_error(shop.name + " has no import that could be undone");
    if (last->status != ImportStatus::undoing)
        opened.database->write([&](store::Tx& tx) {
            expect_step(catalogue::start_undoing(tx, opened.town.id, step_of(opened, *last)));
        });
    work_on(opened, last->id, shop.name + ": putting back");
    const auto left = opened.database->read(
        [&](store::Tx& tx) { return catalogue::count_left(tx, opened.town.id, last->id); });
    std::printf("%s: %s is undone, %lld rows; %lld others were changed since and stay\n",
                shop.name.c_str(), last->file_name.c_str(),
                printed(load(opened, last->id).rows_done - left), printed(left));
}

int bring_reference(OpenedShelves& opened, const ProductOptions& options) {
    const auto report = catalogue::import_reference({.database = *opened.database,
                                                     .territory = opened.town,
                                                     .trades = opened.trades,
                                                     .ids = opened.ids,
                                                     .now = opened.clock.now(),
                                                     .file = options.file,
                                                     .key_prefix = "reference/"});
    if (!report) cannot_read(options.file, report.error());
    std::printf("%lld products are known, %lld problems\n", printed(report->rows),
                printed(report->problems));
    print_problems(report->problem_examples);
    if (report->failure) cannot_read(options.file, *report->failure);
    return report->problems > 0 ? 1 : 0;
}

int run_products(const ProductOptions& options) {
    expect_data_folder(options.data);
    OpenedShelves opened(options);
    if (options.is_reference) return bring_reference(opened, options);
    bool is_understood = true;
    for (const catalogue::Shop& shop : choose_shops(opened, options)) {
        if (options.is_undo)
            undo_last(opened, shop);
        else
            is_understood = import_into(opened, shop, options) && is_understood;
    }
    return is_understood ? 0 : 1;
}

}  // namespace

void add_import_products(CLI::App& import, int& status) {
    auto options = std::make_shared<ProductOptions>();
    auto* verb =
        import.add_subcommand("products", "Products, prices and stock of a shop from a file");
    auto* file = verb->add_option("file", options->file, "The file to read");
    verb->add_option("--data", options->data, "The data folder")->required();
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->add_option("--territory", options->territory, "Its slug, when there are several");
    auto* shop =
        verb->add_option("--shop", options->shop, "Its id, or the end of its page's address");
    auto* kind = verb->add_option("--kind", options->kind, "All shops of a trade: bookshop");
    auto* reference = verb->add_flag("--reference", options->is_reference,
                                     "Nobody's shelf: what a publisher says of its products");
    shop->excludes(kind)->excludes(reference);
    kind->excludes(reference);
    verb->add_flag("--whole-shelf", options->is_whole_shelf,
                   "What earlier files like this brought and this one lacks goes off the shelf");
    auto* dry = verb->add_flag("--dry-run", options->is_dry, "Only says what would be done");
    verb->add_flag("--yes", options->is_confirmed, "Also when most of the shelf would go");
    auto* undo = verb->add_flag("--undo", options->is_undo, "Undoes the shop's last import");
    undo->excludes(file)->excludes(dry);
    verb->footer(kProductsFooter);
    verb->callback([options, &status] {
        if (options->shop.empty() && options->kind.empty() && !options->is_reference)
            throw CLI::ValidationError(
                "say whose products these are: --shop SHOP, --kind KIND or --reference");
        if (options->file.empty() && !options->is_undo)
            throw CLI::ValidationError("say which file, or --undo");
        status = run_products(*options);
    });
}

}  // namespace emplettes
