#include "emplettes/command_line.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "emplettes/nearest_word.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

// A sentence about a verb that there is not, with the one that may be meant; else empty.
std::string unknown_verb(const CLI::App& cli, int argc, const char* const* argv) {
    const std::string typed = argc > 1 ? argv[1] : "";
    if (typed.empty() || typed.starts_with('-')) return {};
    std::vector<std::string> verbs;
    for (const CLI::App* verb : cli.get_subcommands({})) verbs.push_back(verb->get_name());
    if (std::find(verbs.begin(), verbs.end(), typed) != verbs.end()) return {};
    const std::string nearest = nearest_word(typed, verbs);
    return "there is no verb \"" + typed + "\". " +
           (nearest.empty() ? "emplettes --help lists them all"
                            : "Did you mean: emplettes " + nearest);
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
    CLI::App cli{
        "Emplettes: who near me has it, is it open now, keep it for me.\n"
        "One program that a city, a region or a merchants' association runs for its territory.",
        "emplettes"};
    cli.set_version_flag("--version", "emplettes 0.1.0");
    cli.require_subcommand(1);
    cli.footer(
        "First steps:\n"
        "  emplettes demo --data DIR     makes a territory to try: Paris 9e\n"
        "  emplettes serve --data DIR    serves it on http://localhost:8080/\n"
        "Every verb explains itself: emplettes VERB --help");
    int status = 0;
    try {
        add_serve(cli, status);
        add_demo(cli, status);
        add_import(cli, status);
        add_export(cli, status);
        add_migrate(cli, status);
        add_backup(cli, status);
        add_restore(cli, status);
        add_verify(cli, status);
        add_seal(cli, status);
        add_check_config(cli, status);
        add_search(cli, status);
        add_geocode(cli, status);
        add_route(cli, status);
        add_eval(cli, status);
        add_merchandise(cli, status);
        add_user(cli, status);
        add_notices(cli, status);
        add_wanted(cli, status);
        add_pledge(cli, status);
        add_plan(cli, status);
        add_bench(cli, status);
        if (const std::string problem = unknown_verb(cli, argc, argv); !problem.empty()) {
            std::fprintf(stderr, "error: %s\n", problem.c_str());
            return 1;
        }
        CLI11_PARSE(cli, argc, argv);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "error: %s\n", failure.what());
        return 1;
    }
    return status;
}

}  // namespace emplettes
