#include "base/check.h"

#include <string>

namespace emplettes {

Bug::Bug(const char* file, int line, const char* function)
    : std::logic_error(std::string("check failed at ") + file + ":" + std::to_string(line) +
                       " in " + function) {}

}  // namespace emplettes
