#pragma once

namespace emplettes {

// Does what was typed: argv[0] is the program, argv[1] the verb. Returns the exit status; what went
// wrong is on standard error.
int run_command_line(int argc, const char* const* argv);

}  // namespace emplettes
