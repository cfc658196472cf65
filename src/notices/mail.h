#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace emplettes::notices {

// Who writes or is written to. Without an address it is written as an empty group ("name:;"):
// a mail that is printed instead of sent.
struct Mailbox {
    std::string name;
    std::string address;

    bool operator==(const Mailbox&) const = default;
};

// A mail as people see it: UTF-8, lines end with '\n'. `html` may be empty.
struct Mail {
    Mailbox from;
    Mailbox to;
    std::string subject;
    std::string text;
    std::string html;
    // Where the reader says that no more of the kind are wanted, by one POST (RFC 8058): only for
    // what nobody has asked for; empty for all that belongs to something they did.
    std::string unsubscribe_url = {};

    bool operator==(const Mail&) const = default;
};

// What makes one sending of a mail different from another.
struct Postmark {
    Instant date;
    std::string id;  // letters and digits; becomes the left part of the Message-ID
};

// The mail as it travels: RFC 5322 with MIME (RFC 2045, 2047), lines of at most 76 characters
// where the standard allows to break them, CRLF ends. Throws std::invalid_argument when an address
// holds anything that could break a header.
std::string to_message(const Mail& mail, const Postmark& postmark);

struct ReadMail {
    Mail mail;
    Instant date;
    std::string message_id;

    bool operator==(const ReadMail&) const = default;
};

// Reads what to_message wrote; none when a part that it always writes is missing or damaged.
std::optional<ReadMail> parse_message(std::string_view message);

}  // namespace emplettes::notices
