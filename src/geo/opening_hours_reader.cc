#include "geo/opening_hours_reader.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes::geo {

TokenReader::TokenReader(std::string_view text) : text_(text), tokens_(tokenize(text)) {}

const Token& TokenReader::peek(std::size_t ahead) const {
    return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

Token TokenReader::take() {
    const Token token = peek();
    if (next_ + 1 < tokens_.size()) ++next_;
    return token;
}

bool TokenReader::accept(Token::Kind kind) {
    if (!at(kind)) return false;
    take();
    return true;
}

bool TokenReader::fail(std::string_view why) {
    if (!error_.empty()) return false;
    const Token& token = peek();
    const std::size_t character = utf8_length(text_.substr(0, token.position)) + 1;
    error_ = "character " + std::to_string(character);
    error_ += token.kind == Token::Kind::end ? ", at the end: "
                                             : ", at \"" + std::string(token.text) + "\": ";
    error_ += why;
    return false;
}

}  // namespace emplettes::geo
