#include "geo/opening_hours_lexer.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "geo/opening_hours_words.h"

namespace emplettes::geo {
namespace {

using Kind = Token::Kind;

constexpr std::size_t kDigitsMax = 4;

struct Sign {
    std::string_view text;
    Kind kind;
};

// Longer ones before those they begin with.
constexpr std::array kSigns = {
    Sign{"||", Kind::fallback},     Sign{";", Kind::semicolon},   Sign{",", Kind::comma},
    Sign{"&", Kind::comma},         Sign{"-", Kind::dash},        Sign{"‐", Kind::dash},
    Sign{"‑", Kind::dash},          Sign{"‒", Kind::dash},        Sign{"–", Kind::dash},
    Sign{"—", Kind::dash},          Sign{"−", Kind::dash},        Sign{"→", Kind::dash},
    Sign{"~", Kind::dash},          Sign{":", Kind::colon},       Sign{"：", Kind::colon},
    Sign{".", Kind::dot},           Sign{"+", Kind::plus},        Sign{"/", Kind::slash},
    Sign{"(", Kind::open_paren},    Sign{")", Kind::close_paren}, Sign{"[", Kind::open_bracket},
    Sign{"]", Kind::close_bracket},
};

constexpr std::array<std::string_view, 5> kQuotes = {"\"", "“", "”", "„", "‟"};
constexpr std::array<std::string_view, 4> kSpaces = {"\u00a0", "\u202f", "\u2009", "\u3000"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_utf8_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }
bool is_two_byte_lead(char c) { return (static_cast<unsigned char>(c) & 0xE0U) == 0xC0U; }

template <std::size_t N>
std::size_t length_of_any(std::string_view text, const std::array<std::string_view, N>& choices) {
    for (const std::string_view choice : choices)
        if (text.starts_with(choice)) return choice.size();
    return 0;
}

class Lexer {
  public:
    explicit Lexer(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        while (at_ < text_.size()) {
            if (!skip_space() && !read_comment() && !read_number() && !read_half_day() &&
                !read_word() && !read_sign())
                read_other();
        }
        add(Kind::end, 0);
        return std::move(tokens_);
    }

  private:
    std::string_view rest() const { return text_.substr(at_); }

    void add(Kind kind, std::size_t length, int value = 0) {
        tokens_.push_back({.kind = kind,
                           .value = value,
                           .digits = kind == Kind::number ? length : 0,
                           .text = text_.substr(at_, length),
                           .position = at_});
        at_ += length;
    }

    bool skip_space() {
        const char c = text_[at_];
        const std::size_t length =
            c == ' ' || c == '\t' || c == '\n' || c == '\r' ? 1 : length_of_any(rest(), kSpaces);
        at_ += length;
        return length > 0;
    }

    bool read_comment() {
        const std::size_t opening = length_of_any(rest(), kQuotes);
        if (opening == 0) return false;
        std::size_t end = at_ + opening;
        while (end < text_.size() && length_of_any(text_.substr(end), kQuotes) == 0) ++end;
        if (end == text_.size()) return false;  // never closed: Kind::other
        const std::size_t closing = length_of_any(text_.substr(end), kQuotes);
        const std::size_t begin = at_ + opening;
        tokens_.push_back({.kind = Kind::comment,
                           .text = trim(text_.substr(begin, end - begin)),
                           .position = at_});
        at_ = end + closing;
        return true;
    }

    bool read_number() {
        std::size_t length = 0;
        while (at_ + length < text_.size() && is_digit(text_[at_ + length])) ++length;
        if (length == 0) return false;
        const bool after_colon = !tokens_.empty() && tokens_.back().kind == Kind::colon;
        if (rest().starts_with("24/7") && !after_colon &&
            (rest().size() == 4 || !is_digit(rest()[4]))) {
            add(Kind::always, 4);
            return true;
        }
        if (length > kDigitsMax) {
            add(Kind::other, length);
            return true;
        }
        int value = 0;
        for (const char digit : rest().substr(0, length)) value = value * 10 + (digit - '0');
        add(Kind::number, length, value);
        return true;
    }

    bool read_half_day() {
        if (starts_with_ignoring_case(rest(), "a.m.")) return add(Kind::am, 4), true;
        if (starts_with_ignoring_case(rest(), "p.m.")) return add(Kind::pm, 4), true;
        return false;
    }

    // Letters, accented Latin ones included (two bytes in UTF-8).
    std::size_t word_length() const {
        std::size_t end = at_;
        while (end < text_.size()) {
            if (is_letter(text_[end]))
                ++end;
            else if (is_two_byte_lead(text_[end]) && length_of_any(text_.substr(end), kSpaces) == 0)
                end += 2;
            else
                break;
        }
        return end - at_;
    }

    bool read_word() {
        const std::size_t length = word_length();
        if (length == 0) return false;
        const std::string_view written = rest().substr(0, length);
        const std::string word =
            std::ranges::all_of(written, is_letter) ? to_lower_ascii(written) : fold(written);
        if (is_filler_word(word)) {
            at_ += length;
            return true;
        }
        const auto meaning = meaning_of_word(word);
        if (!meaning) {
            add(Kind::other, length);
            return true;
        }
        add(meaning->kind, length, meaning->value);
        const bool is_name = meaning->kind == Kind::weekday || meaning->kind == Kind::month;
        if (is_name && rest().starts_with('.')) ++at_;  // "Mo.", "Dez."
        return true;
    }

    bool read_sign() {
        for (const Sign& sign : kSigns)
            if (rest().starts_with(sign.text)) return add(sign.kind, sign.text.size()), true;
        return false;
    }

    void read_other() {
        std::size_t length = 1;
        while (at_ + length < text_.size() && is_utf8_continuation(text_[at_ + length])) ++length;
        add(Kind::other, length);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) { return Lexer(text).run(); }

}  // namespace emplettes::geo
