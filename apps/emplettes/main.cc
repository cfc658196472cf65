#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstring>

#include "emplettes/command_line.h"
#include "pictures/picture_child.h"

int main(int argc, char** argv) {
    // Begun by a server of ours for one picture of a stranger: nothing else is set up before.
    if (argc == 2 && std::strcmp(argv[1], emplettes::pictures::kPictureVerb) == 0)
        emplettes::pictures::run_picture_child();
    // The log of the program itself; one JSON line per request goes to standard output.
    spdlog::set_default_logger(spdlog::stderr_logger_mt("emplettes"));
    return emplettes::run_command_line(argc, argv);
}
