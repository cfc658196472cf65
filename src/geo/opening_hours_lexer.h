#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace emplettes::geo {

// Words and signs of an opening_hours text, with the usual misspellings already put right:
// any case, English, French and German names, typographic dashes and quotes, "to" and "and".
struct Token {
    enum class Kind : std::uint8_t {
        number,   // value, and how many digits it had
        weekday,  // value: 0 is Sunday
        month,    // value: 1..12
        public_holiday,
        school_holiday,
        easter,
        sun_event,  // value: minutes after midnight where the sun's times are not known
        week,
        open,
        closed,
        unknown,
        day_unit,  // "day", "days"
        am,
        pm,
        hour_sign,  // the h of 9h30
        comment,    // text without its quotes
        always,     // 24/7
        semicolon,
        comma,
        fallback,  // ||
        dash,
        colon,
        dot,
        plus,
        slash,
        open_paren,
        close_paren,
        open_bracket,
        close_bracket,
        other,  // nothing of the language
        end,
    };
    Kind kind = Kind::end;
    int value = 0;
    std::size_t digits = 0;
    std::string_view text;     // as written
    std::size_t position = 0;  // bytes before it
};

// Never fails: what is not of the language becomes Kind::other. Ends with one Kind::end. `text`
// must be valid UTF-8 and outlive the tokens.
std::vector<Token> tokenize(std::string_view text);

}  // namespace emplettes::geo
