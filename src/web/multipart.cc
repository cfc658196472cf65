#include "web/multipart.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"

namespace emplettes::web {
namespace {

constexpr std::size_t kBoundaryBytesMax = 70;  // RFC 2046 §5.1.1
constexpr std::size_t kFileNameBytesMax = 120;
constexpr std::string_view kBoundaryMarks = "'()+_,-./:=? ";
constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kPartHeadEnd = "\r\n\r\n";
constexpr std::string_view kNoName = "file";

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// A header's value: "form-data; name="photo"; filename="a;b.jpg"".
struct HeaderValue {
    std::string first;  // in lower case
    std::vector<std::pair<std::string, std::string>> parameters;

    const std::string* find(std::string_view name) const {
        for (const auto& [key, value] : parameters)
            if (key == name) return &value;
        return nullptr;
    }
};

// Reads what stands between quotation marks and drops it from the text, with both marks. Browsers
// write a quotation mark in a name as %22, curl and others as \"; a backslash alone is itself.
std::optional<std::string> take_quoted(std::string_view& text) {
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return value;
        }
        const bool escapes = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"';
        if (escapes) ++i;
        value += text[i];
    }
    return std::nullopt;
}

std::optional<std::string> take_value(std::string_view& text) {
    if (text.starts_with('"')) return take_quoted(text);
    const auto end = std::min(text.find(';'), text.size());
    std::string value(trim(text.substr(0, end)));
    text.remove_prefix(end);
    return value;
}

std::optional<HeaderValue> parse_value(std::string_view text) {
    HeaderValue result;
    const auto first_end = std::min(text.find(';'), text.size());
    result.first = to_lower_ascii(trim(text.substr(0, first_end)));
    text.remove_prefix(first_end);
    while (!text.empty()) {
        text.remove_prefix(1);  // the semicolon
        text = trim(text);
        if (text.empty()) break;
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string name = to_lower_ascii(trim(text.substr(0, equals)));
        text = trim(text.substr(equals + 1));
        auto value = take_value(text);
        text = trim(text);
        if (!value || name.empty() || result.find(name)) return std::nullopt;
        if (!text.empty() && !text.starts_with(';')) return std::nullopt;
        result.parameters.emplace_back(name, std::move(*value));
    }
    return result;
}

std::optional<std::string_view> only_line(std::string_view head, std::string_view name) {
    std::optional<std::string_view> found;
    for (const auto raw : split(head, '\n')) {
        const auto line = raw.ends_with('\r') ? raw.substr(0, raw.size() - 1) : raw;
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !equals_ignoring_case(line.substr(0, colon), name))
            continue;
        if (found) return std::nullopt;
        found = trim(line.substr(colon + 1));
    }
    return found;
}

// Lines end by CR LF, have a name, and hold no control character.
bool is_plain_part_head(std::string_view head) {
    while (!head.empty()) {
        const auto end = std::min(head.find(kLineEnd), head.size());
        const auto line = head.substr(0, end);
        if (line.find(':') == std::string_view::npos || line.front() == ' ') return false;
        if (std::any_of(line.begin(), line.end(), is_control)) return false;
        head.remove_prefix(std::min(end + kLineEnd.size(), head.size()));
    }
    return true;
}

bool is_plainly_encoded(std::string_view head) {
    const auto encoding = only_line(head, "content-transfer-encoding");
    return !encoding || equals_ignoring_case(*encoding, "binary") ||
           equals_ignoring_case(*encoding, "8bit") || equals_ignoring_case(*encoding, "7bit");
}

std::optional<PartHead> parse_part_head(std::string_view head) {
    if (!is_plain_part_head(head) || !is_plainly_encoded(head)) return std::nullopt;
    const auto line = only_line(head, "content-disposition");
    const auto disposition = line ? parse_value(*line) : std::nullopt;
    if (!disposition || disposition->first != "form-data") return std::nullopt;
    const std::string* name = disposition->find("name");
    if (!name || !is_valid_utf8(*name)) return std::nullopt;
    PartHead part{.name = *name};
    if (const std::string* file = disposition->find("filename")) part.file_name = *file;
    part.content_type = only_line(head, "content-type").value_or("");
    return part;
}

bool is_boundary_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           kBoundaryMarks.find(c) != std::string_view::npos;
}

}  // namespace

MultipartParser::MultipartParser(std::string_view boundary, PartSink sink)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(std::move(sink)), waiting_(kLineEnd) {}

std::optional<FormError> MultipartParser::feed(std::string_view bytes) {
    if (error_) return error_;
    waiting_ += bytes;
    while (step()) {
    }
    return error_;
}

std::optional<FormError> MultipartParser::finish() {
    if (!error_ && state_ != State::done) error_ = FormError::malformed;
    return error_;
}

bool MultipartParser::step() {
    switch (state_) {
        case State::start: return read_start();
        case State::delimiter: return read_delimiter();
        case State::head: return read_head();
        case State::data: return read_data();
        case State::done: return read_epilogue();
    }
    return false;
}

bool MultipartParser::fail(FormError error) {
    error_ = error;
    return false;
}

bool MultipartParser::go_on(std::size_t used, State next) {
    waiting_.erase(0, used);
    state_ = next;
    return true;
}

bool MultipartParser::read_start() {
    const auto size = std::min(waiting_.size(), delimiter_.size());
    if (waiting_.compare(0, size, delimiter_, 0, size) != 0) return fail(FormError::malformed);
    return size == delimiter_.size() && go_on(size, State::delimiter);
}

bool MultipartParser::read_delimiter() {
    if (waiting_.size() < 2) return false;
    if (waiting_.starts_with("--")) return go_on(2, State::done);
    if (waiting_.starts_with(kLineEnd)) return go_on(2, State::head);
    return fail(FormError::malformed);
}

bool MultipartParser::read_head() {
    const auto end = waiting_.find(kPartHeadEnd);
    const auto least = end == std::string::npos
                           ? waiting_.size() - std::min(waiting_.size(), kPartHeadEnd.size() - 1)
                           : end;
    if (least > kPartHeadBytesMax) return fail(FormError::malformed);
    if (end == std::string::npos) return false;
    auto part = parse_part_head(std::string_view(waiting_).substr(0, end));
    if (!part) return fail(FormError::malformed);
    if (const auto error = sink_.begin(std::move(*part))) return fail(*error);
    return go_on(end + kPartHeadEnd.size(), State::data);
}

bool MultipartParser::read_data() {
    const auto at = waiting_.find(delimiter_);
    const bool is_whole = at != std::string::npos;
    const std::size_t kept = std::min(waiting_.size(), delimiter_.size() - 1);
    const std::size_t size = is_whole ? at : waiting_.size() - kept;
    if (size > 0) {
        if (const auto error = sink_.data(std::string_view(waiting_).substr(0, size)))
            return fail(*error);
    }
    if (!is_whole) {
        waiting_.erase(0, size);
        return false;
    }
    sink_.end();
    return go_on(at + delimiter_.size(), State::delimiter);
}

bool MultipartParser::read_epilogue() {
    if (!kLineEnd.starts_with(waiting_)) return fail(FormError::malformed);
    return false;
}

std::optional<std::string> multipart_boundary(std::string_view content_type) {
    const auto value = parse_value(content_type);
    if (!value || value->first != "multipart/form-data") return std::nullopt;
    const std::string* boundary = value->find("boundary");
    const bool is_lawful = boundary && !boundary->empty() && boundary->back() != ' ' &&
                           boundary->size() <= kBoundaryBytesMax &&
                           std::all_of(boundary->begin(), boundary->end(), is_boundary_char);
    return is_lawful ? std::optional(*boundary) : std::nullopt;
}

std::string plain_file_name(std::string_view sent) {
    if (const auto slash = sent.find_last_of("/\\"); slash != std::string_view::npos)
        sent.remove_prefix(slash + 1);
    std::string name;
    for (const char c : sent) name += is_control(c) ? '_' : c;
    if (!is_valid_utf8(name))
        for (char& c : name)
            if (static_cast<unsigned char>(c) >= 0x80) c = '_';
    std::size_t end = std::min(name.size(), kFileNameBytesMax);
    while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
    name.resize(end);
    const auto first = name.find_first_not_of(" .");
    if (first == std::string::npos) return std::string(kNoName);
    return name.substr(first, name.find_last_not_of(" .") + 1 - first);
}

}  // namespace emplettes::web
