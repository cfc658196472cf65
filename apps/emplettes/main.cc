#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "emplettes/command_line.h"

int main(int argc, char** argv) {
    // The log of the program itself; one JSON line per request goes to standard output.
    spdlog::set_default_logger(spdlog::stderr_logger_mt("emplettes"));
    return emplettes::run_command_line(argc, argv);
}
