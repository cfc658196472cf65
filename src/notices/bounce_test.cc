#include "notices/bounce.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <iterator>

#include "base/text.h"

namespace emplettes::notices {
namespace {

std::string file(const std::string& name) {
    std::ifstream stream(
        std::string(EMPLETTES_SOURCE_DIR) + "/tests/fuzz/corpus/bounce_fuzz/" + name,
        std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Bounce, OfPostfixIsRead) {
    const auto bounce = parse_bounce(file("postfix.eml"));
    ASSERT_TRUE(bounce);
    ASSERT_EQ(bounce->recipients.size(), 1u);
    const BouncedRecipient& one = bounce->recipients[0];
    EXPECT_EQ(one.address, "nobody@example.net");
    EXPECT_EQ(one.status, "5.1.1");
    EXPECT_EQ(one.words(),
              "5.1.1 550 5.1.1 <nobody@example.net>: Recipient address rejected: User "
              "unknown in virtual mailbox table");
    EXPECT_TRUE(one.is_dead());
    ASSERT_FALSE(bounce->addressed_to.empty());
    EXPECT_EQ(bounce->addressed_to[0], "bounces+0000000000002a0123456789abcdef0123@example.org");
}

TEST(Bounce, OfEximIsRead) {
    const auto bounce = parse_bounce(file("exim.eml"));
    ASSERT_TRUE(bounce);
    ASSERT_EQ(bounce->recipients.size(), 1u);
    EXPECT_EQ(bounce->recipients[0].status, "5.0.0");
    EXPECT_TRUE(bounce->recipients[0].is_dead());  // by its diagnostic
}

TEST(Bounce, ADelayIsNoFailure) {
    const auto bounce = parse_bounce(file("delayed.eml"));
    ASSERT_TRUE(bounce);
    EXPECT_FALSE(bounce->recipients[0].has_failed());
    EXPECT_FALSE(bounce->recipients[0].is_dead());
}

TEST(Bounce, AFullMailboxAndSpamAreNoDeadAddresses) {
    for (const char* status : {"5.2.2", "5.7.1", "4.4.7", "5.3.4", "5"})
        EXPECT_FALSE(
            (BouncedRecipient{
                 .address = "a@b.fr", .action = "failed", .status = status, .diagnostic = "550 no"})
                .is_dead())
            << status;
    for (const char* diagnostic : {"", "5", "55", "55x", "552 full", "550 5.7.1 spam"})
        EXPECT_FALSE((BouncedRecipient{.address = "a@b.fr",
                                       .action = "failed",
                                       .status = "5.0.0",
                                       .diagnostic = diagnostic})
                         .is_dead())
            << diagnostic;
}

TEST(Bounce, AnAnswerOfAPersonIsNone) {
    EXPECT_FALSE(parse_bounce("From: zoe@example.org\nTo: bounces@example.org\n\nOn holidays!\n"));
    EXPECT_FALSE(parse_bounce(""));
    EXPECT_FALSE(parse_bounce(file("vacation.eml")));
}

TEST(Bounce, ARecipientWithoutAnAddressIsNone) {
    const std::string head =
        "Content-Type: multipart/report; boundary=b\n\n--b\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n";
    EXPECT_FALSE(parse_bounce(head + "Final-Recipient: rfc822;\nAction: failed\n\n--b--\n"));
    EXPECT_TRUE(parse_bounce(head + "Final-Recipient: rfc822; a@b\nAction: failed\n\n--b--\n"));
}

TEST(Bounce, LinesMayEndAsTheyLike) {
    const std::string unix_lines = file("postfix.eml");
    std::string mail_lines;
    for (const char c : unix_lines) mail_lines += c == '\n' ? std::string("\r\n") : std::string{c};
    EXPECT_EQ(parse_bounce(mail_lines), parse_bounce(unix_lines));
    EXPECT_EQ(parse_bounce("From MAILER-DAEMON Mon Nov 30 16:00:00 2026\n" + unix_lines),
              parse_bounce(unix_lines));
}

RC_GTEST_PROP(Bounce, AnythingIsReadWithoutHarm, (const std::string& noise)) {
    std::string message = file("postfix.eml");
    const std::size_t place = noise.size() * 131 % message.size();
    message.replace(place, noise.size() / 2, noise);
    parse_bounce(message);
}

}  // namespace
}  // namespace emplettes::notices
