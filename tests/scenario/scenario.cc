#include "scenario/scenario.h"

#include <date/date.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <sstream>

#include "base/text.h"

namespace emplettes::scenario {
namespace {

// Thrown and caught inside parse().
struct Refusal {
    SyntaxError error;
};

bool starts_with(std::string_view text, std::string_view prefix) {
    return text.substr(0, prefix.size()) == prefix;
}

// "Idempotency-Key: k1" but not "https://…" nor "{"a": 1}".
std::optional<std::pair<std::string, std::string>> read_header(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto name = line.substr(0, colon);
    const bool is_name =
        std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
    const auto rest = line.substr(colon + 1);
    if (!is_name || !(rest.empty() || rest.front() == ' ')) return std::nullopt;
    return std::pair{std::string(name), std::string(trim(rest))};
}

std::optional<int> read_status(std::string_view line) {
    const auto status = parse_int(line);
    if (line.size() != 3 || !status || *status < 100) return std::nullopt;
    return static_cast<int>(*status);
}

bool is_method(std::string_view word) {
    constexpr std::array kMethods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    return std::ranges::find(kMethods, word) != kMethods.end();
}

bool is_variable_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || c == '_';
    });
}

// "left<separator>right"; none when the separator is not there.
std::optional<std::pair<std::string, std::string>> cut(std::string_view text,
                                                       std::string_view separator) {
    const auto at = text.find(separator);
    if (at == std::string_view::npos) return std::nullopt;
    return std::pair{std::string(trim(text.substr(0, at))),
                     std::string(trim(text.substr(at + separator.size())))};
}

class Parser {
  public:
    explicit Parser(std::string_view text) : lines_(split(text, '\n')) {}

    Scenario parse() {
        Scenario scenario;
        for (; !done(); ++at_) {
            const auto line = current();
            if (starts_with(line, "#")) {
                if (scenario.title.empty()) scenario.title = trim(line.substr(1));
            } else if (!line.empty()) {
                scenario.steps.push_back(parse_step(line));
            }
        }
        if (scenario.steps.empty()) refuse("a scenario without a step tests nothing");
        return scenario;
    }

  private:
    bool done() const { return at_ >= lines_.size(); }
    int line_number() const { return static_cast<int>(at_) + 1; }
    std::string_view current() const {
        const auto line = lines_[at_];
        return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    }
    [[noreturn]] void refuse(std::string message) const {
        throw Refusal{{line_number(), std::move(message)}};
    }

    Step parse_step(std::string_view line) {
        if (starts_with(line, "at ")) return parse_set_clock(line.substr(3));
        if (starts_with(line, "after ")) return parse_move_clock(line.substr(6));
        if (is_method(line.substr(0, line.find(' ')))) return parse_exchange(line);
        refuse("not a step: " + std::string(line));
    }

    SetClock parse_set_clock(std::string_view text) const {
        std::istringstream in{std::string(text)};
        date::local_seconds time;
        in >> date::parse("%Y-%m-%d %H:%M", time);
        if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) {
            refuse("not a time like 2026-11-24 15:00: " + std::string(text));
        }
        return {LocalTime{time.time_since_epoch()}};
    }

    MoveClock parse_move_clock(std::string_view text) const {
        const auto words = split(text, ' ');
        const auto count = parse_int(words.front());
        if (words.size() != 2 || !count || *count <= 0) {
            refuse("not a span like \"30 minutes\": " + std::string(text));
        }
        const auto unit =
            words[1].ends_with('s') ? words[1].substr(0, words[1].size() - 1) : words[1];
        if (unit == "second") return {std::chrono::seconds{*count}};
        if (unit == "minute") return {std::chrono::minutes{*count}};
        if (unit == "hour") return {std::chrono::hours{*count}};
        if (unit == "day") return {std::chrono::hours{24 * *count}};
        refuse("not a unit of time: " + std::string(words[1]));
    }

    Exchange parse_exchange(std::string_view first) {
        Exchange exchange;
        exchange.line = line_number();
        const auto space = first.find(' ');
        exchange.request.method = first.substr(0, space);
        exchange.request.target = space == first.npos ? "" : trim(first.substr(space + 1));
        const std::string& target = exchange.request.target;
        if (!starts_with(target, "/") && !starts_with(target, "{"))
            refuse("a target starts with /, or with {what was remembered}");
        ++at_;
        parse_headers(exchange.request);
        parse_body(exchange);
        for (++at_; !done() && !current().empty(); ++at_) {
            exchange.answer.push_back(parse_answer(current()));
        }
        return exchange;
    }

    void parse_headers(Request& request) {
        for (; !done(); ++at_) {
            auto header = read_header(current());
            if (!header) break;
            request.headers.push_back(std::move(*header));
        }
        if (!done() && current().empty()) ++at_;
    }

    void parse_body(Exchange& exchange) {
        auto& body = exchange.request.body;
        for (; !done(); ++at_) {
            if (const auto status = read_status(current())) {
                exchange.status = *status;
                return;
            }
            body += (body.empty() ? "" : "\n") + std::string(current());
        }
        --at_;
        refuse("the request of line " + std::to_string(exchange.line) + " expects no status");
    }

    std::variant<Expectation, Save> parse_answer(std::string_view line) const {
        if (starts_with(line, "save ")) return parse_save(line.substr(5));
        if (starts_with(line, "json ")) return parse_json_check(line.substr(5));
        const int number = line_number();
        const auto text = [&] { return std::string(trim(line.substr(1))); };
        if (starts_with(line, "> ") && !text().empty()) {
            return Expectation{number, Check::body_contains, "", text()};
        }
        if (starts_with(line, "! ") && !text().empty()) {
            return Expectation{number, Check::body_lacks, "", text()};
        }
        const bool absent = starts_with(line, "!");
        const auto header = read_header(absent ? line.substr(1) : line);
        if (!header || (absent && !header->second.empty())) {
            refuse("not something to expect: " + std::string(line));
        }
        const auto check = absent ? Check::header_absent : Check::header_contains;
        return Expectation{number, check, header->first, header->second};
    }

    Expectation parse_json_check(std::string_view text) const {
        if (const auto equals = cut(text, " = ")) {
            return {line_number(), Check::json_equals, equals->first, equals->second};
        }
        if (const auto size = cut(text, " has ")) {
            return {line_number(), Check::json_size, size->first, size->second};
        }
        constexpr std::string_view kAbsent = " absent";
        if (!text.ends_with(kAbsent))
            refuse("\"json path\" wants \"= value\", \"has N\", \"absent\"");
        text.remove_suffix(kAbsent.size());
        return {line_number(), Check::json_absent, std::string(trim(text)), ""};
    }

    Save parse_save(std::string_view text) const {
        const auto parts = cut(text, "=");
        if (!parts || !is_variable_name(parts->first)) {
            refuse("not \"save name = json|header|match …\" (a name is a-z and _)");
        }
        const auto source = cut(parts->second, " ");
        if (!source || source->second.empty()) refuse("save from where?");
        Save save{line_number(), parts->first, Source::json, source->second};
        if (source->first == "json") return save;
        save.source = source->first == "header" ? Source::header : Source::match;
        if (source->first != "header" && source->first != "match") {
            refuse("a value is saved from json, header or match, not " + source->first);
        }
        if (source->first == "match" && source->second.find("(*)") == std::string::npos) {
            refuse("a match has a (*) where the value stands");
        }
        return save;
    }

    std::vector<std::string_view> lines_;
    std::size_t at_ = 0;
};

}  // namespace

Result<Scenario, SyntaxError> parse(std::string_view text) {
    try {
        return Parser(text).parse();
    } catch (const Refusal& refusal) {
        return refusal.error;
    }
}

}  // namespace emplettes::scenario
