#include "notices/bounce.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "notices/smtp_dialogue.h"

namespace emplettes::notices {
namespace {

constexpr std::size_t kFieldsMax = 500;
constexpr std::size_t kValueMax = 2'000;
constexpr std::size_t kAddressesMax = 20;
constexpr std::size_t kCodeDigits = 3;
// Written by the server that delivers to a pipe, then by who sent the report.
constexpr std::string_view kReturnPathFields[] = {"x-original-to", "delivered-to", "envelope-to",
                                                  "x-envelope-to", "to"};

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string_view next_line(std::string_view& rest) {
    const auto end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// Up to an empty line, which is taken, too. Names in small letters, values unfolded.
Fields read_fields(std::string_view& rest) {
    Fields fields;
    while (!rest.empty()) {
        const std::string_view line = next_line(rest);
        if (line.empty()) break;
        const bool is_folded = line.front() == ' ' || line.front() == '\t';
        if (is_folded && !fields.empty()) {
            std::string& value = fields.back().second;
            if (value.size() + line.size() < kValueMax) value += " " + std::string(trim(line));
            continue;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || fields.size() >= kFieldsMax) continue;
        fields.emplace_back(to_lower_ascii(trim(line.substr(0, colon))),
                            trim(line.substr(colon + 1)).substr(0, kValueMax));
    }
    return fields;
}

std::string value_of(const Fields& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Fields::value_type::first);
    return found == fields.end() ? std::string() : found->second;
}

// Of `boundary="x"` or `boundary=x`.
std::string boundary_of(const std::string& content_type) {
    const auto at = to_lower_ascii(content_type).find("boundary=");
    if (at == std::string::npos) return {};
    const std::string_view value = std::string_view(content_type).substr(at + 9);
    if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
    return std::string(value.substr(0, value.find_first_of("; \t")));
}

// "rfc822; zoe@example.org" without its type.
std::string_view after_type(std::string_view value) {
    const auto semicolon = value.find(';');
    return trim(semicolon == std::string_view::npos ? value : value.substr(semicolon + 1));
}

std::string first_word(std::string_view text) {
    return to_lower_ascii(text.substr(0, text.find_first_of(" \t(;")));
}

// Whatever stands between the blanks, commas and brackets of an address field and holds an @.
void add_addresses(const std::string& field, std::vector<std::string>& addresses) {
    std::string_view rest = field;
    while (!rest.empty() && addresses.size() < kAddressesMax) {
        const auto end = std::min(rest.find_first_of(" \t,;<>"), rest.size());
        const std::string_view word = rest.substr(0, end);
        if (word.find('@') != std::string_view::npos) addresses.emplace_back(word);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

// The content of the part that machines read; none without one.
std::optional<std::string_view> find_status_part(std::string_view body,
                                                 const std::string& boundary) {
    const std::string mark = "--" + boundary;
    while (!body.empty()) {
        if (!next_line(body).starts_with(mark)) continue;
        const std::string type = to_lower_ascii(value_of(read_fields(body), "content-type"));
        if (type.starts_with("message/delivery-status") ||
            type.starts_with("message/global-delivery-status"))
            return body.substr(0, body.find("\n" + mark));
    }
    return std::nullopt;
}

std::vector<BouncedRecipient> read_recipients(std::string_view status) {
    std::vector<BouncedRecipient> recipients;
    while (!status.empty() && recipients.size() < kBouncedRecipientsMax) {
        const Fields fields = read_fields(status);
        const std::string recipient = value_of(fields, "final-recipient");
        const std::string_view address = after_type(recipient);
        if (address.empty()) continue;
        recipients.push_back(
            {.address = std::string(address),
             .action = first_word(value_of(fields, "action")),
             .status = first_word(value_of(fields, "status")),
             .diagnostic = std::string(after_type(value_of(fields, "diagnostic-code")))});
    }
    return recipients;
}

}  // namespace

bool BouncedRecipient::is_dead() const {
    if (!has_failed() || !status.starts_with("5.")) return false;
    // "5.0.0" says nothing but that it failed: then the last server's words count.
    if (status != "5.0.0") return means_dead_address(status);
    // "host mx.example [192.0.2.1]: 550 …" is how some begin.
    const auto begin = diagnostic.find("55");
    if (begin == std::string::npos || begin + kCodeDigits > diagnostic.size()) return false;
    const auto code = parse_int(std::string_view(diagnostic).substr(begin, kCodeDigits));
    if (!code) return false;
    return means_dead_address(static_cast<int>(*code),
                              trim(std::string_view(diagnostic).substr(begin + kCodeDigits)));
}

std::string BouncedRecipient::words() const {
    return status + (diagnostic.empty() ? "" : " " + diagnostic);
}

std::optional<Bounce> parse_bounce(std::string_view message) {
    std::string_view rest = message.substr(0, kBounceBytesMax);
    // "From MAILER-DAEMON …", which pipes put in front.
    if (rest.starts_with("From ")) next_line(rest);
    const Fields head = read_fields(rest);
    const std::string type = value_of(head, "content-type");
    const std::string boundary = boundary_of(type);
    if (!starts_with_ignoring_case(type, "multipart/report") || boundary.empty())
        return std::nullopt;
    const auto status = find_status_part(rest, boundary);
    if (!status) return std::nullopt;
    Bounce bounce{.addressed_to = {}, .recipients = read_recipients(*status)};
    if (bounce.recipients.empty()) return std::nullopt;
    for (const std::string_view name : kReturnPathFields)
        for (const auto& [field, value] : head)
            if (field == name) add_addresses(value, bounce.addressed_to);
    return bounce;
}

}  // namespace emplettes::notices
