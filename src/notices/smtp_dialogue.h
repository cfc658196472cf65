#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emplettes::notices {

// What was said over one connection, as far as it explains what became of a mail. Strangers' words
// are cut to a length.
class SmtpDialogue {
  public:
    void begin_mail();
    // Whole or in parts, as they come; passwords are replaced.
    void heard(std::string_view bytes);
    void said(std::string_view bytes);
    void noted(std::string_view text);  // by the library: "SSL certificate …"
    void said_content();                // of the mail; it is not repeated here

    const std::vector<std::string>& lines() const { return lines_; }
    // The code of the last reply, 0 without one, and all of its text on one line. That to a QUIT,
    // which explains nothing, does not count, here and below.
    int code() const { return code_; }
    const std::string& reply() const { return reply_; }
    // In capitals: "RCPT", "DATA", "." for the end of a mail's content.
    const std::string& command() const { return command_; }

  private:
    void add(char side, std::string_view text);

    std::vector<std::string> lines_;
    std::string command_;
    std::string reply_;
    int code_ = 0;
    bool is_reply_open_ = false;  // "250-": more lines of it follow
    bool is_secret_ = false;
    bool is_leaving_ = false;
};

// "550 5.1.1 no such user": whether the words of a refusal mean that nobody is there, and never
// will be, rather than that something was wrong with the mail or with us. `enhanced` is RFC 3463's
// "5.1.1" where it is known apart.
bool means_dead_address(int code, std::string_view words);
bool means_dead_address(std::string_view enhanced);

}  // namespace emplettes::notices
