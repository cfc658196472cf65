#include "planner/readers/number_lines.h"

#include <cmath>

#include "base/text.h"

namespace emplettes::planner {
namespace {

constexpr double kNumberMax = 1e9;
constexpr std::string_view kSpaces = " \t\r\v\f";

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    std::size_t at = line.find_first_not_of(kSpaces);
    while (at != std::string_view::npos) {
        const std::size_t end = std::min(line.find_first_of(kSpaces, at), line.size());
        words.push_back(line.substr(at, end - at));
        at = line.find_first_not_of(kSpaces, end);
    }
    return words;
}

}  // namespace

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    int number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        ++number;
        if (auto words = words_of(text.substr(0, end)); !words.empty())
            lines.push_back({.number = number, .words = std::move(words)});
        if (lines.size() > kLinesMax)
            refuse("line " + std::to_string(number), "the file has too many lines");
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void refuse(const std::string& field, const std::string& reason) {
    throw ReadError{.field = field, .reason = reason};
}

void refuse(const Line& line, const std::string& reason) {
    refuse("line " + std::to_string(line.number), reason);
}

double number_of(const Line& line, std::size_t index, const char* name) {
    if (index >= line.words.size()) refuse(line, std::string(name) + " is missing");
    const auto value = parse_double(line.words[index]);
    if (!value || std::abs(*value) > kNumberMax)
        refuse(line, std::string(name) + " must be a number of at most 1e9, not \"" +
                         std::string(line.words[index].substr(0, 40)) + '"');
    return *value;
}

std::int32_t whole_of(const Line& line, std::size_t index, const char* name) {
    const double value = number_of(line, index, name);
    if (value != std::floor(value)) refuse(line, std::string(name) + " must be a whole number");
    return static_cast<std::int32_t>(value);
}

void need_words(const Line& line, std::size_t count, const char* what) {
    if (line.words.size() < count)
        refuse(line, std::string(what) + " needs " + std::to_string(count) + " numbers, not " +
                         std::to_string(line.words.size()));
}

}  // namespace emplettes::planner
