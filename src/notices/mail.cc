#include "notices/mail.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <stdexcept>
#include <vector>

#include "base/text.h"
#include "notices/mime.h"

namespace emplettes::notices {
namespace {

// Quoted-printable never holds "=_", so no part can contain this line (RFC 2045 §6.7 note).
constexpr std::string_view kBoundary = "=_emplettes_part";
constexpr std::size_t kPlainSubjectMax = 66;  // "Subject: " and this fit a line
constexpr std::size_t kUrlMax = 900;          // a line has at most 998 bytes (RFC 5322 §2.1.1)
constexpr std::array kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool is_address_sign(char c) {
    return c > ' ' && c <= '~' && std::string_view("<>()[]\\,;:\"").find(c) == std::string::npos;
}

const std::string& checked_address(const std::string& address) {
    if (!std::all_of(address.begin(), address.end(), is_address_sign) ||
        std::count(address.begin(), address.end(), '@') != 1) {
        throw std::invalid_argument("not a mail address: " + address);
    }
    return address;
}

bool is_plain_name(std::string_view name) {
    return name.size() <= kPlainSubjectMax && std::all_of(name.begin(), name.end(), [](char c) {
               return c == ' ' || (c > 0 && std::isalnum(static_cast<unsigned char>(c)) != 0);
           });
}

bool is_plain_subject(std::string_view subject) {
    return subject.size() <= kPlainSubjectMax && trim(subject) == subject &&
           subject.find("=?") == std::string_view::npos &&
           std::all_of(subject.begin(), subject.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

std::string mailbox_text(const Mailbox& mailbox) {
    const std::string name =
        is_plain_name(mailbox.name) ? std::string(trim(mailbox.name)) : encoded_words(mailbox.name);
    if (mailbox.address.empty()) return (name.empty() ? "nobody" : name) + ":;";
    const std::string& address = checked_address(mailbox.address);
    if (name.empty()) return address;
    return name + "\r\n <" + address + ">";
}

std::string date_text(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{instant - day};
    std::array<char, 64> out{};
    std::snprintf(out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                  kWeekdays[std::chrono::weekday{day}.c_encoding()],
                  static_cast<unsigned>(date.day()),
                  kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return out.data();
}

std::optional<Instant> parse_date(std::string_view text) {
    std::array<char, 4> month{};
    unsigned day = 0;
    int year = 0, hour = 0, minute = 0, second = 0;
    const std::string copy(text);
    if (std::sscanf(copy.c_str(), "%*3s, %2u %3s %4d %2d:%2d:%2d +0000", &day, month.data(), &year,
                    &hour, &minute, &second) != 6) {
        return std::nullopt;
    }
    const auto name = std::find(kMonths.begin(), kMonths.end(), std::string_view(month.data()));
    const std::chrono::year_month_day date{
        std::chrono::year{year},
        std::chrono::month{static_cast<unsigned>(name - kMonths.begin()) + 1},
        std::chrono::day{day}};
    if (!date.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

bool is_url_sign(char c) {
    return c > ' ' && c <= '~' && std::string_view("<>\",").find(c) == std::string::npos;
}

std::string unsubscribe_fields(const std::string& url) {
    if (url.empty()) return {};
    if (!std::all_of(url.begin(), url.end(), is_url_sign) || url.size() > kUrlMax)
        throw std::invalid_argument("not an address of a page: " + url);
    return "List-Unsubscribe: <" + url +
           ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
}

std::string unsubscribe_url(std::string_view field) {
    return field.starts_with('<') && field.ends_with('>')
               ? std::string(field.substr(1, field.size() - 2))
               : std::string();
}

std::string text_part(std::string_view subtype, std::string_view text) {
    std::string out = "Content-Type: text/";
    out += subtype;
    out += "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
    out += quoted_printable(text);
    out += "\r\n";
    return out;
}

std::string body(const Mail& mail) {
    if (mail.html.empty()) return text_part("plain", mail.text);
    const std::string line = "--" + std::string(kBoundary);
    return "Content-Type: multipart/alternative; boundary=\"" + std::string(kBoundary) +
           "\"\r\n\r\n" + line + "\r\n" + text_part("plain", mail.text) + line + "\r\n" +
           text_part("html", mail.html) + line + "--\r\n";
}

// A header block and what follows its empty line.
struct Entity {
    std::vector<std::pair<std::string, std::string>> fields;  // names in lower case, unfolded
    std::string_view content;

    std::optional<std::string> find(std::string_view name) const {
        for (const auto& [field, value] : fields) {
            if (field == name) return value;
        }
        return std::nullopt;
    }
};

std::optional<Entity> parse_entity(std::string_view bytes) {
    Entity entity;
    while (true) {
        const auto end = bytes.find("\r\n");
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(end + 2);
        if (line.empty()) break;
        if (line[0] == ' ' && !entity.fields.empty()) {
            entity.fields.back().second += line;
            continue;
        }
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) return std::nullopt;
        entity.fields.emplace_back(to_lower_ascii(line.substr(0, colon)),
                                   trim(line.substr(colon + 1)));
    }
    entity.content = bytes;
    return entity;
}

std::optional<std::string> part_text(std::string_view bytes, std::string_view subtype) {
    const auto part = parse_entity(bytes);
    if (!part) return std::nullopt;
    const std::string type = part->find("content-type").value_or("");
    if (!type.starts_with("text/" + std::string(subtype)) || !part->content.ends_with("\r\n")) {
        return std::nullopt;
    }
    return decode_quoted_printable(part->content.substr(0, part->content.size() - 2));
}

bool parse_body(std::string_view message, const Entity& head, Mail& mail) {
    if (!head.find("content-type").value_or("").starts_with("multipart/")) {
        const auto text = part_text(message, "plain");
        mail.text = text.value_or("");
        return text.has_value();
    }
    const std::string line = "--" + std::string(kBoundary);
    const auto second = head.content.find("\r\n" + line + "\r\n");
    const auto end = head.content.rfind("\r\n" + line + "--");
    if (!head.content.starts_with(line + "\r\n") || second == std::string_view::npos ||
        end == std::string_view::npos || end <= second) {
        return false;
    }
    const std::size_t first_begin = line.size() + 2;
    const std::size_t second_begin = second + line.size() + 4;
    const auto text =
        part_text(head.content.substr(first_begin, second + 2 - first_begin), "plain");
    const auto html = part_text(head.content.substr(second_begin, end + 2 - second_begin), "html");
    mail.text = text.value_or("");
    mail.html = html.value_or("");
    return text && html;
}

Mailbox parse_mailbox(std::string_view value) {
    if (value.ends_with(":;")) return {decode_words(value.substr(0, value.size() - 2)), ""};
    const auto open = value.rfind('<');
    if (open == std::string_view::npos || !value.ends_with('>')) return {"", std::string(value)};
    return {decode_words(trim(value.substr(0, open))),
            std::string(value.substr(open + 1, value.size() - open - 2))};
}

}  // namespace

std::string to_message(const Mail& mail, const Postmark& postmark) {
    const std::string& sender = checked_address(mail.from.address);
    const std::string domain = sender.substr(sender.find('@') + 1);
    const std::string subject =
        is_plain_subject(mail.subject) ? mail.subject : encoded_words(mail.subject);
    return "Date: " + date_text(postmark.date) + "\r\nFrom: " + mailbox_text(mail.from) +
           "\r\nTo: " + mailbox_text(mail.to) + "\r\nSubject: " + subject + "\r\nMessage-ID: <" +
           postmark.id + "@" + domain + ">\r\nAuto-Submitted: auto-generated\r\n" +
           unsubscribe_fields(mail.unsubscribe_url) + "MIME-Version: 1.0\r\n" + body(mail);
}

std::optional<ReadMail> parse_message(std::string_view message) {
    const auto head = parse_entity(message);
    if (!head) return std::nullopt;
    const auto from = head->find("from");
    const auto to = head->find("to");
    const auto date = parse_date(head->find("date").value_or(""));
    if (!from || !to || !date) return std::nullopt;
    ReadMail read{
        .mail = {.from = parse_mailbox(*from),
                 .to = parse_mailbox(*to),
                 .subject = decode_words(head->find("subject").value_or("")),
                 .text = "",
                 .html = "",
                 .unsubscribe_url = unsubscribe_url(head->find("list-unsubscribe").value_or(""))},
        .date = *date,
        .message_id = head->find("message-id").value_or("")};
    if (!parse_body(message, *head, read.mail)) return std::nullopt;
    return read;
}

}  // namespace emplettes::notices
