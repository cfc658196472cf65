#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/json.h"
#include "catalogue/live_catalogue.h"
#include "catalogue/wanted.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

constexpr int kWantedNode = 10;  // of ids: a server may write at the same time

constexpr const char* kWantedFooter = R"(
The same as the page /wanted: searches of the last thirty days that on some day came from at least
three networks. A running server writes down every minute what it has counted. Words that should not
stand there: --forget "these words" erases them, in every spelling and for the whole time; a running
server shows it within a second.)";

struct WantedOptions {
    std::string data;
    std::string database;
    std::string territory;
    std::string forgotten;
    bool as_json = false;
};

Json to_json(const std::vector<catalogue::LookedFor>& questions) {
    Json list = Json::array();
    for (const catalogue::LookedFor& question : questions)
        list.push_back({{"text", question.text},
                        {"asked", question.asked},
                        {"asked_before", question.asked_before},
                        {"trend", catalogue::to_string(question.trend())},
                        {"found_none", question.found_none},
                        {"opened", question.opened},
                        {"products", question.products}});
    return list;
}

void print_list(const char* title, const std::vector<catalogue::LookedFor>& questions) {
    std::printf("\n%s\n", title);
    if (questions.empty()) std::puts("  nothing yet");
    if (!questions.empty()) std::puts(" asked  before  in vain  opened  products  trend     words");
    for (const catalogue::LookedFor& question : questions) {
        const auto number = [](std::int64_t value) { return static_cast<long long>(value); };
        std::printf("%6lld  %6lld  %7lld  %6lld  %8lld  %-8s  %s\n", number(question.asked),
                    number(question.asked_before), number(question.found_none),
                    number(question.opened), number(question.products),
                    std::string(catalogue::to_string(question.trend())).c_str(),
                    question.text.c_str());
    }
}

void forget(OpenedFolder& opened, const catalogue::Territory& territory,
            const WantedOptions& options) {
    if (catalogue::words_mark(options.forgotten).empty())
        throw std::runtime_error("--forget needs the words to erase");
    const auto forgotten = opened.database->write([&](store::Tx& tx) {
        return catalogue::forget_question(tx, territory.id, options.forgotten, opened.clock.now());
    });
    std::printf(
        "forgotten: %lld lines of the database, and within a second what a running server"
        " has counted since its last minute\n",
        static_cast<long long>(forgotten));
}

void print_wanted(const WantedOptions& options, bool has_forgotten) {
    OpenedFolder opened(options.data, options.database, kWantedNode);
    const auto territory = opened.territory(options.territory);
    if (has_forgotten) return forget(opened, territory, options);
    const auto trades = catalogue::Trades::load();
    const auto holidays = law::Holidays::built_in();
    catalogue::LiveCatalogue live(territory, {.trades = trades,
                                              .holidays = holidays,
                                              .database = *opened.database,
                                              .clock = opened.clock,
                                              .image = {}});
    const auto counted = live.wanted();
    const catalogue::Wanted& wanted = *counted;
    if (options.as_json) {
        const Json all = {{"asked", wanted.asked},
                          {"missing", to_json(wanted.missing)},
                          {"most_asked", to_json(wanted.most_asked)}};
        std::puts(all.dump(2).c_str());
        return;
    }
    std::printf("%lld searches in %d days\n", static_cast<long long>(wanted.asked),
                static_cast<int>(catalogue::kWantedPeriod.count()));
    print_list("Looked for, and nobody has it", wanted.missing);
    print_list("Most looked for", wanted.most_asked);
}

}  // namespace

void add_wanted(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<WantedOptions>();
    auto* verb = cli.add_subcommand("wanted", "What people look for, and nobody has");
    verb->add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->add_option("--territory", options->territory, "Its slug, when there are several");
    auto* json = verb->add_flag("--json", options->as_json, "For programs");
    auto* forget = verb->add_option("--forget", options->forgotten, "Erases these words instead")
                       ->excludes(json);
    verb->footer(kWantedFooter);
    verb->callback([options, forget] { print_wanted(*options, forget->count() > 0); });
}

}  // namespace emplettes
