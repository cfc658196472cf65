#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/opening_hours_lexer.h"

namespace emplettes::geo {

// A place in the tokens of one text, and why reading stopped there. After fail() the reader stays
// failed; every read_* function returns false then, and its result is not to be used.
class TokenReader {
  public:
    explicit TokenReader(std::string_view text);

    const Token& peek(std::size_t ahead = 0) const;
    bool at(Token::Kind kind, std::size_t ahead = 0) const { return peek(ahead).kind == kind; }
    Token take();
    bool accept(Token::Kind kind);

    // Remembers the first failure, at the next token; returns false.
    bool fail(std::string_view why);
    // "character 14, at \"Lunch\": a time was expected"
    const std::string& error() const { return error_; }

  private:
    std::string_view text_;
    std::vector<Token> tokens_;
    std::size_t next_ = 0;
    std::string error_;
};

}  // namespace emplettes::geo
