#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <exception>

#include "emplettes/verbs.h"

int main(int argc, char** argv) {
    // The log of the program itself; one JSON line per request goes to standard output.
    spdlog::set_default_logger(spdlog::stderr_logger_mt("emplettes"));
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
        emplettes::add_serve(cli, status);
        emplettes::add_demo(cli, status);
        emplettes::add_import(cli, status);
        emplettes::add_migrate(cli, status);
        emplettes::add_check_config(cli, status);
        emplettes::add_bench(cli, status);
        CLI11_PARSE(cli, argc, argv);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "error: %s\n", failure.what());
        return 1;
    }
    return status;
}
