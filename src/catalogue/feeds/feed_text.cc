#include "catalogue/feeds/feed_text.h"

#include <algorithm>
#include <array>
#include <boost/locale/encoding.hpp>
#include <boost/locale/utf.hpp>
#include <iterator>
#include <map>
#include <memory>
#include <vector>

#include "base/text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleMark = "\xFF\xFE";
constexpr std::string_view kUtf16BigMark = "\xFE\xFF";
constexpr std::size_t kUnitsRead = 16UL << 10;
constexpr std::size_t kLinesLookedAt = 20;
constexpr std::array<char, 4> kDelimiters{';', ',', '\t', '|'};

enum class Marked : std::uint8_t { plain, utf8, utf16_little, utf16_big };

Marked mark_of(std::string_view bytes) {
    if (bytes.starts_with(kUtf8Mark)) return Marked::utf8;
    if (bytes.starts_with(kUtf16LittleMark)) return Marked::utf16_little;
    if (bytes.starts_with(kUtf16BigMark)) return Marked::utf16_big;
    // Without a mark: every second byte of ASCII is zero.
    if (bytes.size() >= 4 && bytes[0] != '\0' && bytes[1] == '\0' && bytes[3] == '\0')
        return Marked::utf16_little;
    if (bytes.size() >= 4 && bytes[0] == '\0' && bytes[1] != '\0' && bytes[2] == '\0')
        return Marked::utf16_big;
    return Marked::plain;
}

std::size_t mark_length(Marked marked, std::string_view bytes) {
    if (marked == Marked::utf8) return kUtf8Mark.size();
    const bool has_mark = bytes.starts_with(kUtf16LittleMark) || bytes.starts_with(kUtf16BigMark);
    return marked != Marked::plain && has_mark ? 2 : 0;
}

// Units of UTF-16 as UTF-8; half a pair waits for its other half.
class Utf16Decoder {
  public:
    explicit Utf16Decoder(Marked marked) : is_little_(marked == Marked::utf16_little) {}

    void add(std::string_view bytes, std::string& text) {
        for (const char c : bytes) {
            if (!has_half_unit_) {
                half_unit_ = static_cast<unsigned char>(c);
                has_half_unit_ = true;
                continue;
            }
            has_half_unit_ = false;
            const unsigned other = static_cast<unsigned char>(c);
            add_unit(is_little_ ? half_unit_ + other * 256 : half_unit_ * 256 + other, text);
        }
    }

  private:
    void add_unit(std::uint32_t unit, std::string& text) {
        const bool is_first = unit >= 0xD800 && unit < 0xDC00;
        const bool is_second = unit >= 0xDC00 && unit < 0xE000;
        if (is_first) {
            first_ = unit;
            return;
        }
        std::uint32_t code = is_second ? 0xFFFD : unit;
        if (is_second && first_ != 0) code = 0x10000 + ((first_ - 0xD800) << 10) + (unit - 0xDC00);
        first_ = 0;
        boost::locale::utf::utf_traits<char>::encode(code, std::back_inserter(text));
    }

    bool is_little_;
    bool has_half_unit_ = false;
    std::uint32_t half_unit_ = 0;
    std::uint32_t first_ = 0;
};

// How often `delimiter` cuts each of the first lines; line ends within quotes do not count.
std::vector<std::size_t> cuts_of_lines(std::string_view text, char delimiter) {
    std::vector<std::size_t> cuts;
    std::size_t count = 0;
    bool is_quoted = false;
    bool is_empty = true;
    for (const char c : text) {
        if (c == '"') is_quoted = !is_quoted;
        if (is_quoted) continue;
        if (c == delimiter) ++count;
        if (c != '\n' && c != '\r') {
            is_empty = false;
            continue;
        }
        if (!is_empty) cuts.push_back(count);
        if (cuts.size() == kLinesLookedAt) return cuts;
        count = 0;
        is_empty = true;
    }
    if (!is_empty) cuts.push_back(count);
    return cuts;
}

// How well `delimiter` makes a table: how many lines it cuts alike, then into how many cells.
std::pair<std::size_t, std::size_t> table_score(std::string_view text, char delimiter) {
    std::map<std::size_t, std::size_t> lines_by_cuts;
    for (const std::size_t cuts : cuts_of_lines(text, delimiter))
        if (cuts > 0) ++lines_by_cuts[cuts];
    std::pair<std::size_t, std::size_t> best{0, 0};
    for (const auto& [cuts, lines] : lines_by_cuts) best = std::max(best, {lines, cuts});
    return best;
}

}  // namespace

std::string peeked_text(const FeedBytes& bytes) {
    const std::string_view peeked = bytes.peeked();
    const Marked marked = mark_of(peeked);
    const std::string_view body = peeked.substr(mark_length(marked, peeked));
    if (marked != Marked::utf16_little && marked != Marked::utf16_big) return std::string(body);
    std::string text;
    Utf16Decoder(marked).add(body, text);
    return text;
}

CsvReader::Source text_source(FeedBytes& bytes) {
    const Marked marked = mark_of(bytes.peeked());
    std::string skipped(mark_length(marked, bytes.peeked()), '\0');
    bytes.read(skipped.data(), skipped.size());
    if (marked != Marked::utf16_little && marked != Marked::utf16_big)
        return [&bytes](char* to, std::size_t size) { return bytes.read(to, size); };
    auto decoder = std::make_shared<Utf16Decoder>(marked);
    auto text = std::make_shared<std::string>();
    return [&bytes, decoder, text](char* to, std::size_t size) {
        while (text->empty()) {
            std::vector<char> units(kUnitsRead);
            const std::size_t count = bytes.read(units.data(), units.size());
            if (count == 0) return std::size_t{0};
            decoder->add({units.data(), count}, *text);
        }
        const std::size_t given = text->copy(to, size);
        text->erase(0, given);
        return given;
    };
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool may_be_windows_1252(std::string_view text) {
    return text.find_first_of("\x81\x8D\x8F\x90\x9D") == std::string_view::npos;
}

std::string from_windows_1252(std::string_view text) {
    return boost::locale::conv::to_utf<char>(text.data(), text.data() + text.size(),
                                             "windows-1252");
}

char sniff_delimiter(std::string_view text) {
    if (starts_with_ignoring_case(text, "sep=") && text.size() > 4 &&
        std::find(kDelimiters.begin(), kDelimiters.end(), text[4]) != kDelimiters.end())
        return text[4];
    char best = sniff_csv_delimiter(text);
    auto best_score = table_score(text, best);
    for (const char delimiter : kDelimiters) {
        const auto score = table_score(text, delimiter);
        if (score <= best_score) continue;
        best = delimiter;
        best_score = score;
    }
    return best;
}

}  // namespace emplettes::catalogue
