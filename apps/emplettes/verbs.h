#pragma once
#include <CLI/CLI.hpp>

namespace emplettes {

// Each adds one verb with its options and help to the command line. A verb's callback returns its
// exit status through `status`; faults are thrown to main.
void add_serve(CLI::App& cli, int& status);
void add_demo(CLI::App& cli, int& status);
void add_import(CLI::App& cli, int& status);
void add_export(CLI::App& cli, int& status);
void add_migrate(CLI::App& cli, int& status);
void add_backup(CLI::App& cli, int& status);
void add_restore(CLI::App& cli, int& status);
void add_seal(CLI::App& cli, int& status);
void add_verify(CLI::App& cli, int& status);
void add_check_config(CLI::App& cli, int& status);
void add_eval(CLI::App& cli, int& status);
void add_search(CLI::App& cli, int& status);
void add_geocode(CLI::App& cli, int& status);
void add_route(CLI::App& cli, int& status);
void add_merchandise(CLI::App& cli, int& status);
void add_user(CLI::App& cli, int& status);
void add_notices(CLI::App& cli, int& status);
void add_wanted(CLI::App& cli, int& status);
void add_pledge(CLI::App& cli, int& status);
void add_plan(CLI::App& cli, int& status);
void add_bench(CLI::App& cli, int& status);

// `import FILE.zip` and `import shop FILE.zip`, which undo `export`.
void add_import_shop(CLI::App& import, int& status);

}  // namespace emplettes
