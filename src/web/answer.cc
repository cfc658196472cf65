#include "web/answer.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include "base/check.h"
#include "base/text.h"
#include "web/compress.h"

namespace emplettes::web {
namespace {

bool is_safe(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool is_read(Method method) { return method == Method::get || method == Method::head; }

// Weak: the same text may be sent compressed or not.
std::string etag_of(std::string_view body) {
    char digits[16];
    const auto end =
        std::to_chars(digits, digits + 16, std::hash<std::string_view>{}(body), 16).ptr;
    std::string tag = "W/\"";
    tag.append(digits, end);
    tag += '"';
    return tag;
}

// Answers that say no-store are never asked for again by their tag.
bool deserves_etag(const Request& request, const Response& response) {
    return is_read(request.method) && response.status == 200 && !response.body.empty() &&
           response.header("ETag").empty() &&
           response.header("Cache-Control").find("no-store") == std::string_view::npos;
}

bool may_be_compressed(const Response& response) {
    const bool is_text = response.content_type.starts_with("text/") ||
                         response.content_type.starts_with("application/");
    return is_text && !response.body.empty() && response.header("Content-Encoding").empty();
}

void compress_answer(const AnswerRules& rules, const Request& request, Response& response) {
    if (response.body.size() < rules.compress_bytes_min) return;
    const Coding coding = negotiate(request.header("accept-encoding"), {});
    auto packed = compress(coding, response.body);
    if (!packed) return;
    response.body = std::move(*packed);
    response.add_header("Content-Encoding", std::string(coding_name(coding)));
}

std::string_view strong_part(std::string_view etag) {
    return etag.starts_with("W/") ? etag.substr(2) : etag;
}

void add_line(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

void add_number_line(std::string& head, std::string_view name, std::size_t value) {
    char digits[20];
    const auto end = std::to_chars(digits, digits + 20, value).ptr;
    add_line(head, name, {digits, static_cast<std::size_t>(end - digits)});
}

void add_status_line(std::string& head, int status) {
    char digits[12];
    const auto end = std::to_chars(digits, digits + 12, status).ptr;
    head += "HTTP/1.1 ";
    head.append(digits, end);
    head += ' ';
    head += reason_phrase(status);
    head += "\r\n";
}

std::string_view default_cache_control(const Request& request, const Response& response) {
    return is_read(request.method) && response.status < 400 ? "no-cache" : "no-store";
}

}  // namespace

bool names_etag(std::string_view if_none_match, std::string_view etag) {
    if (if_none_match.empty() || etag.empty()) return false;
    if (trim(if_none_match) == "*") return true;
    for (const auto candidate : split(if_none_match, ',')) {
        if (strong_part(trim(candidate)) == strong_part(etag)) return true;
    }
    return false;
}

void finish_answer(const AnswerRules& rules, const Request& request, Response& response) {
    check(response.status >= 200 && response.status <= 599 && is_safe(response.content_type));
    for (const auto& [name, value] : response.headers) check(is_safe(name) && is_safe(value));
    if (!response.event_topic.empty() || !response.static_body.empty()) return;
    if (response.file) {
        if (!is_read(request.method) ||
            !names_etag(request.header("if-none-match"), response.header("ETag")))
            return;
        response.status = 304;
        response.file.reset();
        return;
    }
    const bool compressible = rules.compress && may_be_compressed(response);
    if (compressible) response.add_header("Vary", "Accept-Encoding");
    if (deserves_etag(request, response)) {
        response.add_header("ETag", etag_of(response.body));
        if (names_etag(request.header("if-none-match"), response.header("ETag"))) {
            response.status = 304;
            response.body.clear();
            return;
        }
    }
    if (compressible) compress_answer(rules, request, response);
}

void write_head(const HeadRules& rules, const Request& request, const Response& response,
                std::string& head) {
    head.clear();
    add_status_line(head, response.status);
    add_line(head, "Date", rules.date);
    head += rules.fixed;
    head += rules.policies;
    if (!request.id.empty()) add_line(head, "X-Request-Id", request.id);
    if (!response.content_type.empty() && response.status != 304)
        add_line(head, "Content-Type", response.content_type);
    for (const auto& [name, value] : response.headers) add_line(head, name, value);
    if (response.header("Cache-Control").empty())
        add_line(head, "Cache-Control", default_cache_control(request, response));
    if (!response.event_topic.empty())
        add_line(head, "X-Accel-Buffering", "no");  // nginx would hold events back
    else if (response.status != 204 && response.status != 304)
        add_number_line(head, "Content-Length",
                        response.file
                            ? response.file->size()
                            : std::max(response.body.size(), response.static_body.size()));
    if (rules.close)
        add_line(head, "Connection", "close");
    else if (rules.http10)
        add_line(head, "Connection", "keep-alive");
    head += "\r\n";
}

bool sends_body(const Request& request, const Response& response) {
    return request.method != Method::head && response.status != 204 && response.status != 304;
}

std::string_view sent_body(const Request& request, const Response& response) {
    if (response.file || !sends_body(request, response)) return {};
    return response.static_body.empty() ? std::string_view(response.body) : response.static_body;
}

}  // namespace emplettes::web
