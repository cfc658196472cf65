#pragma once
#include <string>
#include <string_view>

namespace emplettes::notices {

// The two encodings that carry UTF-8 through mail. Decoders drop what is damaged; they never fail.

// RFC 2045 §6.7 for text: lines of at most 76 characters, '\n' becomes CRLF.
std::string quoted_printable(std::string_view text);
std::string decode_quoted_printable(std::string_view encoded);

// RFC 2047 "B": words of at most 75 characters, each whole UTF-8, a folded line each.
std::string encoded_words(std::string_view text);
// Replaces the encoded words of a header's value by their text.
std::string decode_words(std::string_view value);

}  // namespace emplettes::notices
