#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/zone.h"

namespace emplettes::scenario {

// One scenario file as values: see README.md for the format. Texts still hold their `{name}`s.

struct SetClock {
    LocalTime time;
};
struct MoveClock {
    std::chrono::seconds by;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;
    std::string target;
    Headers headers;
    std::string body;
};

enum class Check {
    header_contains,
    header_absent,
    body_contains,
    body_lacks,
    json_equals,
    json_size,
    json_absent
};
struct Expectation {
    int line = 0;
    Check check{};
    std::string subject;  // a header's name or a JSON path; empty for the body
    std::string text;     // what must, or must not, be there
};

enum class Source { json, header, match };
struct Save {
    int line = 0;
    std::string name;
    Source source{};
    std::string where;  // a JSON path, a header's name, a pattern around (*)
};

struct Exchange {
    int line = 0;
    Request request;
    int status = 0;
    std::vector<std::variant<Expectation, Save>> answer;  // in the order of the file
};

using Step = std::variant<SetClock, MoveClock, Exchange>;

struct Scenario {
    std::string title;
    std::vector<Step> steps;
};

struct SyntaxError {
    int line = 0;
    std::string message;
};

Result<Scenario, SyntaxError> parse(std::string_view text);

}  // namespace emplettes::scenario
