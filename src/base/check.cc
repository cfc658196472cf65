#include "base/check.h"

#include <string>

namespace emplettes {

Bug::Bug(std::source_location where)
    : std::logic_error(std::string("check failed at ") + where.file_name() + ":" +
                       std::to_string(where.line()) + " in " + where.function_name()) {}

}  // namespace emplettes
