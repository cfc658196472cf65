#include "notices/mime.h"

#include <sodium.h>

#include <optional>

#include "base/text.h"

namespace emplettes::notices {
namespace {

constexpr std::size_t kLineMax = 76;
// 36 bytes are 48 signs of base64, 60 with the word's frame: fits a line after "Subject: ".
constexpr std::size_t kWordBytesMax = 36;
constexpr std::string_view kWordBegin = "=?UTF-8?B?";
constexpr std::string_view kWordEnd = "?=";
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

std::string hex_escape(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return {'=', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
}

bool is_end_of_line(std::string_view text, std::size_t i) {
    return i == text.size() || text[i] == '\n';
}

// One character of quoted-printable: itself when it is harmless where it stands.
std::string quoted(std::string_view text, std::size_t i) {
    const char c = text[i];
    const bool is_blank = c == ' ' || c == '\t';
    if (is_blank && !is_end_of_line(text, i + 1)) return {c};
    if (c > ' ' && c <= '~' && c != '=') return {c};
    return hex_escape(c);
}

std::optional<char> unhex(std::string_view two) {
    if (two.size() != 2) return std::nullopt;
    const auto high = kHexDigits.find(two[0]);
    const auto low = kHexDigits.find(two[1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    return static_cast<char>(high * 16 + low);
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// The longest beginning of at most kWordBytesMax bytes that cuts no code point.
std::size_t word_length(std::string_view text) {
    if (text.size() <= kWordBytesMax) return text.size();
    std::size_t length = kWordBytesMax;
    while (length > kWordBytesMax - 4 && is_continuation(text[length])) --length;
    return length;
}

std::string base64(std::string_view bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    out.pop_back();  // its terminating zero
    return out;
}

std::optional<std::string> decode_base64(std::string_view encoded) {
    std::string out(encoded.size(), '\0');
    std::size_t length = 0;
    const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                                         encoded.data(), encoded.size(), nullptr, &length, nullptr,
                                         sodium_base64_VARIANT_ORIGINAL);
    if (failed != 0) return std::nullopt;
    out.resize(length);
    return out;
}

}  // namespace

std::string quoted_printable(std::string_view text) {
    std::string out;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const std::string sign = quoted(text, i);
        const std::size_t room = is_end_of_line(text, i + 1) ? kLineMax : kLineMax - 1;
        if (column + sign.size() > room) {
            out += "=\r\n";
            column = 0;
        }
        out += sign;
        column += sign.size();
    }
    return out;
}

std::string decode_quoted_printable(std::string_view encoded) {
    std::string out;
    std::size_t i = 0;
    while (i < encoded.size()) {
        if (encoded.substr(i, 3) == "=\r\n") {
            i += 3;
        } else if (encoded.substr(i, 2) == "\r\n") {
            out += '\n';
            i += 2;
        } else if (const auto byte = unhex(encoded.substr(i + 1, 2)); encoded[i] == '=' && byte) {
            out += *byte;
            i += 3;
        } else {
            out += encoded[i++];
        }
    }
    return out;
}

std::string encoded_words(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t length = word_length(text);
        if (!out.empty()) out += "\r\n ";
        out += kWordBegin;
        out += base64(text.substr(0, length));
        out += kWordEnd;
        text.remove_prefix(length);
    }
    return out;
}

std::string decode_words(std::string_view value) {
    std::string out;
    bool after_word = false;
    while (!value.empty()) {
        const auto begin = value.find(kWordBegin);
        const std::string_view before = value.substr(0, begin);
        // White space between two words only folds the line (RFC 2047 §6.2).
        if (!after_word || begin == std::string_view::npos || !trim(before).empty()) out += before;
        if (begin == std::string_view::npos) break;
        value.remove_prefix(begin + kWordBegin.size());
        const auto end = value.find(kWordEnd);
        if (end == std::string_view::npos) break;
        out += decode_base64(value.substr(0, end)).value_or("");
        value.remove_prefix(end + kWordEnd.size());
        after_word = true;
    }
    return out;
}

}  // namespace emplettes::notices
