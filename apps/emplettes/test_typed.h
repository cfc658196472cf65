#pragma once
#include <string>
#include <vector>

namespace emplettes {

// For tests: what the program does when this is typed after its name.
struct Typed {
    int status = 0;
    std::string out;
    std::string err;
};
Typed type_in(std::vector<std::string> words);

}  // namespace emplettes
