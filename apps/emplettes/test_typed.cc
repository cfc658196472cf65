#include "emplettes/test_typed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "emplettes/command_line.h"

namespace emplettes {

Typed type_in(std::vector<std::string> words) {
    words.insert(words.begin(), "emplettes");
    std::vector<const char*> arguments;
    std::transform(words.begin(), words.end(), std::back_inserter(arguments),
                   [](const std::string& word) { return word.c_str(); });
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int status = run_command_line(static_cast<int>(arguments.size()), arguments.data());
    std::string out = testing::internal::GetCapturedStdout();
    return {.status = status, .out = std::move(out), .err = testing::internal::GetCapturedStderr()};
}

}  // namespace emplettes
