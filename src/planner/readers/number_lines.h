#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "planner/readers/read_error.h"

namespace emplettes::planner {

// A line of a text file, cut at white space.
struct Line {
    int number = 0;  // from 1
    std::vector<std::string_view> words;
};

inline constexpr std::size_t kLinesMax = 100'000;

// Lines that are not empty. The views are of `text`.
std::vector<Line> lines_of(std::string_view text);

// Throws ReadError; the readers catch it at their door.
[[noreturn]] void refuse(const std::string& field, const std::string& reason);
[[noreturn]] void refuse(const Line& line, const std::string& reason);
// The word at `index`, which is called `name`.
double number_of(const Line& line, std::size_t index, const char* name);
std::int32_t whole_of(const Line& line, std::size_t index, const char* name);
void need_words(const Line& line, std::size_t count, const char* what);

}  // namespace emplettes::planner
