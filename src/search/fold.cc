#include "search/fold.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <array>
#include <boost/locale/utf.hpp>
#include <cstdint>

namespace emplettes::search {
namespace {

constexpr std::int32_t kTableBegin = 0xC0;
constexpr std::int32_t kTableEnd = 0x180;

struct Run {
    int count;
    std::string_view folded;
};

// U+00C0 to U+017F (Latin-1 Supplement and Latin Extended-A), in code point order.
constexpr Run kRuns[] = {{6, "a"},  {1, "ae"}, {1, "c"}, {4, "e"},  {4, "i"}, {1, "d"},  {1, "n"},
                         {5, "o"},  {1, " "},  {1, "o"}, {4, "u"},  {1, "y"}, {1, "th"}, {1, "ss"},
                         {6, "a"},  {1, "ae"}, {1, "c"}, {4, "e"},  {4, "i"}, {1, "d"},  {1, "n"},
                         {5, "o"},  {1, " "},  {1, "o"}, {4, "u"},  {1, "y"}, {1, "th"}, {1, "y"},
                         {6, "a"},  {8, "c"},  {4, "d"}, {10, "e"}, {8, "g"}, {4, "h"},  {10, "i"},
                         {2, "ij"}, {2, "j"},  {3, "k"}, {10, "l"}, {9, "n"}, {6, "o"},  {2, "oe"},
                         {6, "r"},  {8, "s"},  {6, "t"}, {12, "u"}, {2, "w"}, {3, "y"},  {6, "z"},
                         {1, "s"}};

constexpr auto kLatin = [] {
    std::array<std::string_view, kTableEnd - kTableBegin> table{};
    std::size_t at = 0;
    for (const Run& run : kRuns) {
        for (int i = 0; i < run.count; ++i) table[at++] = run.folded;
    }
    return table;
}();
static_assert(kLatin[0x153 - kTableBegin] == "oe" && kLatin[0x178 - kTableBegin] == "y" &&
              kLatin[0xE9 - kTableBegin] == "e" && kLatin[0x17E - kTableBegin] == "z");

bool is_latin(UChar32 c) { return c >= kTableBegin && c < kTableEnd; }
std::string_view latin(UChar32 c) { return kLatin[static_cast<std::size_t>(c - kTableBegin)]; }

// What ASCII becomes: letters in lower case, digits and connectors as they are, the rest spaces.
constexpr auto kAscii = [] {
    std::array<char, 128> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const char c = static_cast<char>(i);
        const bool stays = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == kHyphen ||
                           c == '.' || c == ',' || c == kApostrophe;
        table[i] = stays ? c : ' ';
        if (c >= 'A' && c <= 'Z') table[i] = static_cast<char>(c - 'A' + 'a');
    }
    return table;
}();

bool is_apostrophe(UChar32 c) {
    return c == U'\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x00B4 || c == 0x2032;
}

bool is_hyphen(UChar32 c) { return c >= 0x2010 && c <= 0x2012; }

// The code point at `at`, which moves behind it; negative when the bytes there are not UTF-8.
UChar32 next_code_point(std::string_view text, std::size_t& at) {
    namespace utf = boost::locale::utf;
    const char* next = text.data() + at;
    const utf::code_point c = utf::utf_traits<char>::decode(next, text.data() + text.size());
    at = static_cast<std::size_t>(next - text.data());
    return c == utf::illegal || c == utf::incomplete ? -1 : static_cast<UChar32>(c);
}

// True before "Oréal", false before "huile" and before "HUILE".
bool capitalised_name_at(std::string_view text, std::size_t at) {
    if (at >= text.size() || !u_isupper(next_code_point(text, at))) return false;
    return at < text.size() && u_islower(next_code_point(text, at));
}

// Any other script: rare, so ICU does it.
void fold_other(UChar32 c, std::string& out) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    const auto* decompose = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) return;
    const icu::UnicodeString marked =
        decompose->normalize(fold->normalize(icu::UnicodeString(c), status), status);
    icu::UnicodeString bare;
    for (std::int32_t i = 0; i < marked.length(); i = marked.moveIndex32(i, 1)) {
        const UChar32 part = marked.char32At(i);
        if (u_charType(part) == U_NON_SPACING_MARK) continue;
        if (is_latin(part)) {  // "ǽ" without its accent
            const std::string_view letters = latin(part);
            bare +=
                icu::UnicodeString::fromUTF8({letters.data(), static_cast<int>(letters.size())});
            continue;
        }
        const bool is_word = u_isalnum(part) || u_charType(part) == U_COMBINING_SPACING_MARK;
        bare.append(is_word ? part : UChar32{' '});
    }
    bare.toUTF8String(out);
}

void fold_code_point(UChar32 c, std::string& out) {
    if (is_latin(c)) {
        out += latin(c);
        return;
    }
    if (c < 0) {
        out += ' ';
        return;
    }
    if ((c >= 0x300 && c <= 0x36F) || c == 0xAD) return;  // accents on their own; soft hyphen
    if (is_hyphen(c)) {
        out += kHyphen;
        return;
    }
    if (!u_isalnum(c) && u_charType(c) != U_COMBINING_SPACING_MARK && c != 0xB2 && c != 0xB3) {
        if (u_charType(c) != U_NON_SPACING_MARK) out += ' ';
        return;
    }
    fold_other(c, out);
}

}  // namespace

void fold_text(std::string_view text, std::string& out) {
    out.clear();
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80 && byte != '\'') {
            out += kAscii[byte];
            ++at;
            continue;
        }
        const UChar32 c = next_code_point(text, at);
        if (is_apostrophe(c)) {
            out += capitalised_name_at(text, at) ? kNameApostrophe : kApostrophe;
        } else {
            fold_code_point(c, out);
        }
    }
}

std::string plain_words(std::string_view text) {
    std::string folded;
    fold_text(text, folded);
    std::string words;
    for (const char c : folded) {
        if (is_word_byte(c))
            words += c;
        else if (!words.empty() && words.back() != ' ')
            words += ' ';
    }
    if (!words.empty() && words.back() == ' ') words.pop_back();
    return words;
}

}  // namespace emplettes::search
