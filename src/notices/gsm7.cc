#include "notices/gsm7.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace emplettes::notices {
namespace {

// 3GPP TS 23.038 §6.2.1, without the escape itself; then its extension.
constexpr std::string_view kBasic =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::string_view kExtension = "^{}\\[~]|€";

// What people read the same.
constexpr auto kLikeness = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"’", "'"},   {"‘", "'"},      {"“", "\""},     {"”", "\""}, {"« ", "\""}, {" »", "\""},
    {"« ", "\""}, {" »", "\""},    {"«", "\""},     {"»", "\""}, {"…", "..."}, {"–", "-"},
    {"—", "-"},   {"\u00A0", " "}, {"\u202F", " "}, {"œ", "oe"}, {"Œ", "OE"},  {"×", "x"},
    {"•", "-"},   {"À", "A"},      {"Â", "A"},      {"È", "E"},  {"Ê", "E"},   {"Ë", "E"},
    {"Î", "I"},   {"Ï", "I"},      {"Ô", "O"},      {"Ù", "U"},  {"Û", "U"},   {"ẞ", "SS"},
});

std::string_view first_sign(std::string_view text) {
    std::size_t end = 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    return text.substr(0, end);
}

bool is_in(std::string_view alphabet, std::string_view sign) {
    return alphabet.find(sign) != std::string_view::npos;
}

// What stands for the beginning of `text`, and how much of it.
std::pair<std::string, std::size_t> likeness(std::string_view text) {
    for (const auto& [from, to] : kLikeness)
        if (text.starts_with(from)) return {std::string(to), from.size()};
    const std::string_view sign = first_sign(text);
    if (!is_valid_utf8(sign)) return {"?", sign.size()};
    if (is_in(kBasic, sign) || is_in(kExtension, sign)) return {std::string(sign), sign.size()};
    std::string plain = fold(sign);
    const bool is_plain = !plain.empty() && plain != sign &&
                          std::ranges::all_of(plain, [](char c) { return c >= ' ' && c <= '~'; });
    return {is_plain ? std::move(plain) : "?", sign.size()};
}

}  // namespace

std::string in_text_alphabet(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto [sign, length] = likeness(text);
        out += sign;
        text.remove_prefix(length);
    }
    return out;
}

std::size_t text_units(std::string_view text) {
    std::size_t units = 0;
    while (!text.empty()) {
        const std::string_view sign = first_sign(text);
        units += is_in(kExtension, sign) ? 2 : 1;
        text.remove_prefix(sign.size());
    }
    return units;
}

std::size_t text_parts(std::string_view text) {
    const std::size_t units = text_units(text);
    if (units <= kTextUnitsMax) return 1;
    return (units + kTextPartUnitsMax - 1) / kTextPartUnitsMax;
}

}  // namespace emplettes::notices
