#include "scenario/player.h"

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/text.h"

namespace emplettes::scenario {
namespace {

constexpr std::size_t kBodyShownMax = 1500;
constexpr std::string_view kNameLetters = "abcdefghijklmnopqrstuvwxyz_";
constexpr std::string_view kWildcard = "(*)";

struct Stop {
    Failure failure;
};

// What "{name}" stands for. A "{word}" that nobody saved stops the scenario.
class Memory {
  public:
    void save(const std::string& name, std::string value) { values_[name] = std::move(value); }

    std::string fill(const std::string& text, int line) const {
        std::string filled;
        std::size_t done = 0;
        for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
            const auto close = text.find_first_not_of(kNameLetters, open + 1);
            if (close == text.npos || text[close] != '}' || close == open + 1) continue;
            const auto name = text.substr(open + 1, close - open - 1);
            const auto found = values_.find(name);
            if (found == values_.end()) throw Stop{{line, "nobody saved {" + name + "}"}};
            filled.append(text, done, open - done).append(found->second);
            done = close + 1;
        }
        return filled.append(text, done);
    }

  private:
    std::map<std::string, std::string> values_;
};

std::string describe(const Answer& answer) {
    std::string text = "\nthe answer was " + std::to_string(answer.status);
    for (const auto& [name, value] : answer.headers) text += "\n  " + name + ": " + value;
    text += "\n\n" + answer.body.substr(0, kBodyShownMax);
    if (answer.body.size() > kBodyShownMax) text += "\n…";
    return text;
}

[[noreturn]] void stop(int line, const std::string& message, const Answer& answer) {
    throw Stop{{line, message + describe(answer)}};
}

// The value at "hits.0.offers.0.id"; null when there is none.
const Json* find_at(const Json& root, std::string_view path) {
    const Json* node = &root;
    if (path == ".") return node;
    for (const auto part : split(path, '.')) {
        if (node->is_object()) {
            const auto found = node->find(std::string(part));
            if (found == node->end()) return nullptr;
            node = &*found;
        } else {
            const auto index = parse_int(part);
            const bool is_there = node->is_array() && index && *index >= 0 &&
                                  static_cast<std::size_t>(*index) < node->size();
            if (!is_there) return nullptr;
            node = &(*node)[static_cast<std::size_t>(*index)];
        }
    }
    return node;
}

Json body_json(const Answer& answer, int line) {
    auto json = parse_json(answer.body);
    if (json.is_discarded()) stop(line, "the body is not JSON", answer);
    return json;
}

const Json& load_at(const Json& root, const std::string& path, int line, const Answer& answer) {
    const Json* node = find_at(root, path);
    if (node == nullptr) stop(line, "nothing at " + path, answer);
    return *node;
}

void verify_json_value(const Expectation& expected, const Answer& answer) {
    const Json root = body_json(answer, expected.line);
    const Json& value = load_at(root, expected.subject, expected.line, answer);
    const Json wanted = parse_json(expected.text);
    if (wanted.is_discarded()) stop(expected.line, expected.text + " is not JSON", answer);
    if (value != wanted) {
        stop(expected.line, expected.subject + " is " + value.dump() + ", not " + expected.text,
             answer);
    }
}

void verify_json_size(const Expectation& expected, const Answer& answer) {
    const Json root = body_json(answer, expected.line);
    const Json& value = load_at(root, expected.subject, expected.line, answer);
    if (!value.is_array() || std::to_string(value.size()) != expected.text) {
        stop(expected.line,
             expected.subject + " has " + std::to_string(value.size()) + ", not " + expected.text,
             answer);
    }
}

void verify(const Expectation& expected, const Answer& answer) {
    const int line = expected.line;
    const std::string* header = answer.find_header(expected.subject);
    const bool contains = answer.body.find(expected.text) != std::string::npos;
    switch (expected.check) {
        case Check::header_contains:
            if (header == nullptr) stop(line, "no header " + expected.subject, answer);
            if (header->find(expected.text) == std::string::npos) {
                stop(line, expected.subject + " is \"" + *header + "\"", answer);
            }
            return;
        case Check::header_absent:
            if (header != nullptr) stop(line, "there is a " + expected.subject, answer);
            return;
        case Check::body_contains:
            if (!contains) stop(line, "the body lacks: " + expected.text, answer);
            return;
        case Check::body_lacks:
            if (contains) stop(line, "the body contains: " + expected.text, answer);
            return;
        case Check::json_equals: return verify_json_value(expected, answer);
        case Check::json_size: return verify_json_size(expected, answer);
        case Check::json_absent:
            if (find_at(body_json(answer, line), expected.subject) != nullptr) {
                stop(line, "there is something at " + expected.subject, answer);
            }
            return;
    }
}

// The shortest text that stands between what comes before "(*)" in the pattern and what comes
// after.
std::optional<std::string_view> find_match(std::string_view body, std::string_view pattern) {
    const auto wildcard = pattern.find(kWildcard);
    const auto before = pattern.substr(0, wildcard);
    const auto after = pattern.substr(wildcard + kWildcard.size());
    const auto at = body.find(before);
    if (at == body.npos) return std::nullopt;
    const auto start = at + before.size();
    const auto end = body.find(after, start);
    if (end == body.npos) return std::nullopt;
    return body.substr(start, end - start);
}

std::string find_value(const Save& save, const Answer& answer) {
    switch (save.source) {
        case Source::json: {
            const Json root = body_json(answer, save.line);
            const Json& value = load_at(root, save.where, save.line, answer);
            return value.is_string() ? value.get<std::string>() : value.dump();
        }
        case Source::header: {
            const std::string* header = answer.find_header(save.where);
            if (header == nullptr) stop(save.line, "no header " + save.where, answer);
            return *header;
        }
        case Source::match: {
            const auto found = find_match(answer.body, save.where);
            if (!found) stop(save.line, "no match for " + save.where, answer);
            return std::string(*found);
        }
    }
    throw Stop{{save.line, "not a source"}};
}

// A form with files has the lines of the network: those of the scenario end as they are written.
std::string with_network_lines(const std::string& body) {
    std::string lines;
    for (const char c : body) lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return lines;
}

bool has_files(const Request& request) {
    return std::ranges::any_of(request.headers, [](const auto& header) {
        return header.first == "Content-Type" && header.second.starts_with("multipart/");
    });
}

class Player {
  public:
    explicit Player(const Stage& stage) : stage_(stage), client_(stage.base_url) {}

    void play(const SetClock& step) { stage_.set_clock(step.time); }
    void play(const MoveClock& step) { stage_.move_clock(step.by); }
    void play(const Exchange& step) {
        const Request request = fill(step.request, step.line);
        const Answer answer = client_.send(request);
        stage_.on_exchange(request, answer);
        if (answer.status != step.status) {
            stop(step.line, "expected " + std::to_string(step.status), answer);
        }
        for (const auto& item : step.answer) {
            std::visit([&](const auto& line) { handle(line, answer); }, item);
        }
    }

  private:
    Request fill(Request request, int line) const {
        request.target = memory_.fill(request.target, line);
        for (auto& header : request.headers) header.second = memory_.fill(header.second, line);
        request.body = memory_.fill(request.body, line);
        if (has_files(request)) request.body = with_network_lines(request.body);
        return request;
    }
    void handle(Expectation expected, const Answer& answer) const {
        expected.text = memory_.fill(expected.text, expected.line);
        expected.subject = memory_.fill(expected.subject, expected.line);
        verify(expected, answer);
    }
    void handle(Save save, const Answer& answer) {
        save.where = memory_.fill(save.where, save.line);
        memory_.save(save.name, find_value(save, answer));
    }

    const Stage& stage_;
    HttpClient client_;
    Memory memory_;
};

int line_of(const Step& step) {
    const auto* exchange = std::get_if<Exchange>(&step);
    return exchange == nullptr ? 0 : exchange->line;
}

}  // namespace

std::optional<Failure> play(const Scenario& scenario, const Stage& stage) {
    Player player(stage);
    for (const auto& step : scenario.steps) {
        try {
            std::visit([&](const auto& one) { player.play(one); }, step);
        } catch (const Stop& stop) {
            return stop.failure;
        } catch (const std::exception& error) {
            return Failure{line_of(step), error.what()};
        }
    }
    return std::nullopt;
}

}  // namespace emplettes::scenario
