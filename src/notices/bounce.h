#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emplettes::notices {

inline constexpr std::size_t kBounceBytesMax = 1 << 20;
inline constexpr std::size_t kBouncedRecipientsMax = 20;

// What a mail server tells about a mail that came back: RFC 3464.
struct BouncedRecipient {
    std::string address;     // as that server knows it
    std::string action;      // "failed", "delayed", "delivered", "relayed", "expanded"
    std::string status;      // "5.1.1" (RFC 3463)
    std::string diagnostic;  // "550 5.1.1 no such user": the last server's own words

    bool has_failed() const { return action == "failed"; }
    // Failed because nobody is there, which is no fault of the mail.
    bool is_dead() const;
    // "5.1.1 550 no such user", for people.
    std::string words() const;

    bool operator==(const BouncedRecipient&) const = default;
};

struct Bounce {
    // To whom the report was sent, in the order of what is sure: one of these is the return path of
    // the mail (return_path.h).
    std::vector<std::string> addressed_to;
    std::vector<BouncedRecipient> recipients;

    bool operator==(const Bounce&) const = default;
};

// Lines may end with or without carriage return, as pipes of mail servers have it. None when it is
// no such report: an answer of a person or a machine, which says nothing about an address.
std::optional<Bounce> parse_bounce(std::string_view message);

}  // namespace emplettes::notices
