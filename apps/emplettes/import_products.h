#pragma once
#include <CLI/CLI.hpp>

namespace emplettes {

// `emplettes import products`: a shop's shelf from a file, at the command line.
void add_import_products(CLI::App& import, int& status);

}  // namespace emplettes
