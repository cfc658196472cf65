#include <cstdio>
#include <memory>
#include <string>

#include "emplettes/app.h"
#include "emplettes/verbs.h"
#include "notices/settings.h"

namespace emplettes {
namespace {

struct ConfigOptions {
    std::string data;
    std::string database;
};

void print(const catalogue::Territory& territory) {
    std::printf("%s: %s\n", territory.slug.c_str(),
                territory.name(territory.languages.front()).c_str());
    for (const auto& host : territory.hosts) std::printf("  host            %s\n", host.c_str());
    std::printf("  time zone       %s\n", territory.zone.name().c_str());
    std::printf("  holidays        %s, schools %s\n", territory.holiday_region.c_str(),
                territory.school_zone.empty() ? "none" : territory.school_zone.c_str());
    std::printf("  book prices     %s\n", territory.book_price_law ? "under the law" : "free");
    std::printf("  bounds          %.4f %.4f to %.4f %.4f\n", territory.bounds.south,
                territory.bounds.west, territory.bounds.north, territory.bounds.east);
    std::printf("  districts       %zu\n", territory.districts->size());
    std::printf("  radius_m        %.0f, at most %.0f\n", territory.radius_m,
                territory.radius_m_max);
    std::printf("  quantity_max    %lld\n", static_cast<long long>(territory.quantity_max));
    std::printf("  hold_open_days  %d\n", territory.hold_open_days);
    std::printf("  answer_minutes  %lld\n", static_cast<long long>(territory.answer_minutes));
    const catalogue::StockRules& stock = territory.stock;
    const auto days = [](std::chrono::days span) { return static_cast<int>(span.count()); };
    std::printf(
        "  stock           believed for days: till %d, feed %d, hand %d, import %d; asked %d\n",
        days(stock.till), days(stock.feed), days(stock.hand), days(stock.import), days(stock.ask));
    std::printf("  demo            %s\n", territory.is_demo ? "yes" : "no");
}

void add_options(CLI::App& verb, const std::shared_ptr<ConfigOptions>& options) {
    verb.add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
}

}  // namespace

void add_migrate(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<ConfigOptions>();
    auto* verb = cli.add_subcommand(
        "migrate", "Brings a database to this program's schema (serve does it too)");
    add_options(*verb, options);
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->callback([options] {
        const SystemClock clock;
        const DataFolder folder(options->data);
        const auto database =
            open_database(options->database.empty() ? folder.database() : options->database, clock);
        open_signers(folder, *database, options->database, clock);
        std::puts("the database is up to date");
    });
}

void add_check_config(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<ConfigOptions>();
    auto* verb = cli.add_subcommand("check-config",
                                    "Checks every territory's settings and prints what holds");
    add_options(*verb, options);
    verb->callback([options] {
        const DataFolder folder(options->data);
        for (const auto& territory : folder.read_territories()) print(territory);
        std::puts("notices");
        for (const auto& line : notices::describe(notices::read_settings(folder.notice_settings())))
            std::printf("  %s\n", line.c_str());
    });
}

}  // namespace emplettes
