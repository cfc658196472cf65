#include "emplettes/bench_line.h"

#include <cstdio>

namespace emplettes {

void print_line(const Json& line) {
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
}

}  // namespace emplettes
