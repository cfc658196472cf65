#pragma once
#include <optional>
#include <string_view>

#include "geo/opening_hours_lexer.h"

namespace emplettes::geo {

struct WordMeaning {
    Token::Kind kind = Token::Kind::other;
    int value = 0;  // as Token::value
};

// `folded` as base::fold makes it. Names and abbreviations of days and months in English, French
// and German, and the language's own words; none for anything else.
std::optional<WordMeaning> meaning_of_word(std::string_view folded);

// Said beside a day or a time, without meaning of its own: "du lundi au vendredi", "klo 8.00".
bool is_filler_word(std::string_view folded);

}  // namespace emplettes::geo
