#include "notices/smtp_dialogue.h"

#include <algorithm>

#include "base/text.h"

namespace emplettes::notices {
namespace {

constexpr std::size_t kDialogueLinesMax = 200;
constexpr std::size_t kDialogueLineMax = 300;
constexpr std::size_t kReplyMax = 500;
constexpr std::size_t kReplyDigits = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "5.1.1" at the beginning of a reply's text; empty without one (RFC 3463 §2).
std::string_view enhanced_code(std::string_view text) {
    const std::string_view word = text.substr(0, text.find(' '));
    const auto parts = split(word, '.');
    const bool is_code =
        parts.size() == 3 && std::ranges::all_of(parts, [](std::string_view part) {
            return !part.empty() && part.size() <= 3 && std::ranges::all_of(part, is_digit);
        });
    return is_code ? word : std::string_view();
}

}  // namespace

void SmtpDialogue::begin_mail() {
    lines_.clear();
    command_.clear();
    reply_.clear();
    code_ = 0;
    is_reply_open_ = false;
    is_secret_ = false;
    is_leaving_ = false;
}

void SmtpDialogue::add(char side, std::string_view text) {
    if (lines_.size() >= kDialogueLinesMax) return;
    lines_.push_back(std::string{side} + ' ' + std::string(text.substr(0, kDialogueLineMax)));
}

void SmtpDialogue::heard(std::string_view bytes) {
    for (const std::string_view raw : split(bytes, '\n')) {
        const std::string_view line = trim(raw);
        if (line.size() < kReplyDigits || !std::all_of(line.begin(), line.begin() + 3, is_digit))
            continue;
        add('<', line);
        if (is_leaving_) continue;
        if (!is_reply_open_) reply_.clear();
        code_ = static_cast<int>(parse_int(line.substr(0, kReplyDigits)).value_or(0));
        const std::string_view text = line.substr(std::min(line.size(), kReplyDigits + 1));
        if (reply_.size() < kReplyMax) reply_ += (reply_.empty() ? "" : " ") + std::string(text);
        is_reply_open_ = line.size() > kReplyDigits && line[kReplyDigits] == '-';
        // 334 asks for more of the secret; everything else ends it.
        is_secret_ = is_secret_ && code_ == 334;
    }
}

void SmtpDialogue::said(std::string_view bytes) {
    for (const std::string_view raw : split(bytes, '\n')) {
        const std::string_view line = trim(raw);
        if (line.empty()) continue;
        if (is_secret_) {
            add('>', "(hidden)");
            continue;
        }
        const std::string command = to_upper_ascii(line.substr(0, line.find(' ')));
        is_leaving_ = is_leaving_ || command == "QUIT";
        if (!is_leaving_) command_ = command;
        is_secret_ = command == "AUTH";
        const auto method_end = line.find(' ', command.size() + 1);
        add('>', is_secret_ && method_end != std::string_view::npos
                     ? std::string(line.substr(0, method_end)) + " (hidden)"
                     : std::string(line));
    }
}

void SmtpDialogue::noted(std::string_view text) {
    for (const std::string_view line : split(text, '\n'))
        if (!trim(line).empty()) add('*', trim(line));
}

void SmtpDialogue::said_content() {
    if (command_ == ".") return;
    command_ = ".";
    add('>', "(the mail)");
}

bool means_dead_address(std::string_view enhanced) {
    // RFC 3463 §3.2 and §3.3; 5.1.8 and 5.1.7 are about the sender.
    constexpr std::string_view kDead[] = {"5.1.0", "5.1.1",  "5.1.2", "5.1.3",
                                          "5.1.6", "5.1.10", "5.2.1"};
    return std::ranges::find(kDead, enhanced) != std::ranges::end(kDead);
}

bool means_dead_address(int code, std::string_view words) {
    const std::string_view enhanced = enhanced_code(words);
    if (!enhanced.empty()) return means_dead_address(enhanced);
    return code == 550 || code == 551 || code == 553;  // RFC 5321 §4.2.3
}

}  // namespace emplettes::notices
