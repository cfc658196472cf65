#pragma once
#include <string>
#include <string_view>

namespace emplettes::search {

// What stands between words in folded text. Everything else that is not a letter or a digit
// becomes a space.
inline constexpr char kApostrophe = '\'';
// An apostrophe before a capitalised name: the L'Oréal of a catalogue, not the l'huile.
inline constexpr char kNameApostrophe = '\x02';
inline constexpr char kHyphen = '-';

// Replaces `out` by the text in lower case, Latin letters without accents (œ to oe, æ to ae, ß to
// ss), one form of apostrophe and hyphen; '.' and ',' stay. Other scripts are case-folded and lose
// their combining marks, as UTF-8. Bytes that are not UTF-8 become spaces: nothing throws.
void fold_text(std::string_view text, std::string& out);

// The words of a text as they stand, folded, with a space between them: the same for texts that
// differ in accents, capitals and punctuation alone.
std::string plain_words(std::string_view text);

// A letter or a digit of folded text; bytes of other scripts are letters.
constexpr bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }

}  // namespace emplettes::search
