#include "web/uri.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes::web {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

bool has_dot_segment(std::string_view path) {
    const auto segments = split(path, '/');
    return std::any_of(segments.begin(), segments.end(),
                       [](std::string_view s) { return s == "." || s == ".."; });
}

bool is_host_sign(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool is_address_sign(char c) {
    return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

bool is_port(std::string_view text) {
    return text.empty() ||
           (text.size() <= 6 && text.front() == ':' &&
            std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

}  // namespace

std::optional<Target> split_target(std::string_view target) {
    if (target.find('#') != std::string_view::npos) return std::nullopt;
    Target parts;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!starts_with_ignoring_case(target, scheme)) continue;
        target.remove_prefix(scheme.size());
        const auto end = std::min(target.find_first_of("/?"), target.size());
        parts.authority = target.substr(0, end);
        target.remove_prefix(end);
        if (parts.authority.empty()) return std::nullopt;
        if (target.empty()) target = "/";
        break;
    }
    const auto question = target.find('?');
    parts.path = target.substr(0, question);
    if (question != std::string_view::npos) parts.query = target.substr(question + 1);
    return parts;
}

std::optional<std::string> decode_path(std::string_view raw) {
    if (!raw.starts_with('/')) return std::nullopt;
    std::string path;
    if (raw.find('%') == std::string_view::npos) {
        path = raw;
    } else {
        // In a path a plus sign is a plus sign.
        std::string plain;
        for (const char c : raw) c == '+' ? plain += "%2B" : plain += c;
        auto decoded = url_decode(plain);
        if (!decoded) return std::nullopt;
        path = std::move(*decoded);
        if (std::count(path.begin(), path.end(), '/') != std::count(raw.begin(), raw.end(), '/'))
            return std::nullopt;
    }
    if (std::any_of(path.begin(), path.end(), is_control)) return std::nullopt;
    if (path.find('\\') != std::string::npos || has_dot_segment(path)) return std::nullopt;
    if (!is_valid_utf8(path)) return std::nullopt;
    return path;
}

std::optional<std::string> host_name(std::string_view authority) {
    std::string lower = to_lower_ascii(authority);
    std::size_t end = 0;
    if (lower.starts_with('[')) {
        end = lower.find(']');
        if (end == std::string::npos || end < 3) return std::nullopt;
        if (!std::all_of(lower.begin() + 1, lower.begin() + static_cast<std::ptrdiff_t>(end),
                         is_address_sign))
            return std::nullopt;
        ++end;
    } else {
        end = std::min(lower.find(':'), lower.size());
        if (end == 0 ||
            !std::all_of(lower.begin(), lower.begin() + static_cast<std::ptrdiff_t>(end),
                         is_host_sign))
            return std::nullopt;
    }
    if (!is_port(std::string_view(lower).substr(end))) return std::nullopt;
    lower.resize(end);
    return lower;
}

}  // namespace emplettes::web
