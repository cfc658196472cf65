#include "site/json_out.h"

#include <cmath>
#include <utility>

namespace emplettes::site {
namespace {

constexpr std::int64_t kScales[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000};
// Below it a double has a place for every whole number.
constexpr double kWholeMax = 9'007'199'254'740'992;

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x80 * kOnes;

// Which of eight letters may need an escape: a high bit for a control character, '"' or '\\', and
// perhaps for a letter behind one. A letter is below n, at most 128, when taking n away borrows.
std::uint64_t maybe_escapes(std::uint64_t letters) {
    const std::uint64_t quotes = letters ^ ('"' * kOnes);
    const std::uint64_t backslashes = letters ^ ('\\' * kOnes);
    return (((letters - 0x20 * kOnes) & ~letters) | ((quotes - kOnes) & ~quotes) |
            ((backslashes - kOnes) & ~backslashes)) &
           kHighBits;
}

// False is certain.
bool may_need_escapes(std::string_view text) {
    std::uint64_t found = 0;
    std::uint64_t letters = 'x' * kOnes;
    while (text.size() >= sizeof letters) {
        std::memcpy(&letters, text.data(), sizeof letters);
        text.remove_prefix(sizeof letters);
        found |= maybe_escapes(letters);
    }
    letters = 'x' * kOnes;
    text.copy(reinterpret_cast<char*>(&letters), text.size());
    return (found | maybe_escapes(letters)) != 0;
}

// RFC 8259 §7.
char* write_escaped(char* at, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    constexpr std::string_view kShort = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && c != '"' && c != '\\') {
            *at++ = c;
            continue;
        }
        *at++ = '\\';
        std::size_t pair = 0;
        while (pair < kShort.size() && kShort[pair] != c) pair += 2;
        if (pair < kShort.size()) {
            *at++ = kShort[pair + 1];
            continue;
        }
        for (const char sign : {'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]}) *at++ = sign;
    }
    return at;
}

// The digits of a fraction, without the zeros at their end; at least one.
char* write_fraction(char* at, std::int64_t fraction, int places) {
    char* const end = at + places;
    for (char* digit = end; digit != at; fraction /= 10)
        *--digit = static_cast<char>('0' + fraction % 10);
    char* last = end;
    while (last - at > 1 && last[-1] == '0') --last;
    return last;
}

}  // namespace

JsonOut::JsonOut()
    : text_(std::make_unique_for_overwrite<char[]>(kFirstBytes)),
      end_(text_.get()),
      limit_(end_ + kFirstBytes) {}

void JsonOut::grow(std::size_t bytes) {
    const std::size_t written = place();
    const std::size_t capacity = 2 * (written + bytes);
    auto larger = std::make_unique_for_overwrite<char[]>(capacity);
    std::memcpy(larger.get(), text_.get(), written);
    text_ = std::move(larger);
    end_ = text_.get() + written;
    limit_ = text_.get() + capacity;
}

void JsonOut::string(std::string_view value) {
    make_room(kEscapedBytesMax * value.size() + 2);
    put('"');
    if (may_need_escapes(value)) {
        end_ = write_escaped(end_, value);
    } else {
        end_ += value.copy(end_, value.size());
    }
    put('"');
    needs_comma_ = true;
}

void JsonOut::decimal(double value, int places) {
    const std::int64_t scale = kScales[places];
    const double scaled = std::abs(value) * static_cast<double>(scale);
    if (!std::isfinite(value)) return word("null");
    needs_comma_ = true;
    if (scaled >= kWholeMax) {
        end_ = std::to_chars(end_, end_ + kNumberBytesMax, value).ptr;
        return;
    }
    const auto digits = static_cast<std::int64_t>(scaled + 0.5);
    if (value < 0 && digits > 0) put('-');
    number(digits / scale);
    put('.');
    end_ = write_fraction(end_, digits % scale, places);
}

void JsonOut::again(Part part) {
    const std::size_t size = part.end - part.begin;
    make_room(size);
    std::memcpy(end_, text_.get() + part.begin, size);
    end_ += size;
    needs_comma_ = true;
}

web::Response JsonOut::response() const {
    return {.content_type = "application/json", .body = std::string(text_.get(), place())};
}

}  // namespace emplettes::site
