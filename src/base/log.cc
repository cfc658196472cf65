#include "base/log.h"

#include <spdlog/spdlog.h>

namespace emplettes {

void log_info(std::string_view message) { spdlog::info(message); }
void log_warning(std::string_view message) { spdlog::warn(message); }
void log_error(std::string_view message) { spdlog::error(message); }

}  // namespace emplettes
