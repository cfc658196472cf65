#pragma once
#include <string_view>

namespace emplettes {

// What the program says about its own running, a line each, to where main() has told spdlog to
// write. For people who run it; what is said about requests is web/access_log.h. Thread-safe.
void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);

}  // namespace emplettes
