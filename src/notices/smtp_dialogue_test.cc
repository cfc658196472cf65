#include "notices/smtp_dialogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace emplettes::notices {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(SmtpDialogue, KnowsTheLastCommandAndItsReply) {
    SmtpDialogue dialogue;
    dialogue.said("EHLO emplettes.test\r\n");
    dialogue.heard("250-relay.test\r\n250-SIZE 1000\r\n");
    dialogue.heard("250 HELP\r\n");
    dialogue.said("RCPT TO:<zoe@example.org>\r\n");
    dialogue.heard("550-5.1.1 no such\r\n");
    dialogue.heard("550 5.1.1 user\r\n");
    EXPECT_EQ(dialogue.command(), "RCPT");
    EXPECT_EQ(dialogue.code(), 550);
    EXPECT_EQ(dialogue.reply(), "5.1.1 no such 5.1.1 user");
    dialogue.said_content();
    dialogue.said_content();
    EXPECT_EQ(dialogue.command(), ".");
    EXPECT_EQ(dialogue.lines().back(), "> (the mail)");
}

TEST(SmtpDialogue, HidesPasswords) {
    SmtpDialogue dialogue;
    dialogue.said("AUTH LOGIN\r\n");
    dialogue.heard("334 VXNlcm5hbWU6\r\n");
    dialogue.said("ZW1wbGV0dGVz\r\n");
    dialogue.heard("334 UGFzc3dvcmQ6\r\n");
    dialogue.said("Z2VoZWlt\r\n");
    dialogue.heard("235 ok\r\n");
    dialogue.said("AUTH PLAIN AGEAYg==\r\n");
    dialogue.heard("235 ok\r\n");
    dialogue.said("MAIL FROM:<a@b.fr>\r\n");
    EXPECT_THAT(dialogue.lines(),
                ElementsAre("> AUTH LOGIN", "< 334 VXNlcm5hbWU6", "> (hidden)",
                            "< 334 UGFzc3dvcmQ6", "> (hidden)", "< 235 ok", "> AUTH PLAIN (hidden)",
                            "< 235 ok", "> MAIL FROM:<a@b.fr>"));
}

TEST(SmtpDialogue, AGoodbyeExplainsNothing) {
    SmtpDialogue dialogue;
    dialogue.said("RCPT TO:<zoe@example.org>\r\n");
    dialogue.heard("451 4.7.1 later\r\n");
    dialogue.said("QUIT\r\n");
    dialogue.heard("221 bye\r\n");
    EXPECT_EQ(dialogue.command(), "RCPT");
    EXPECT_EQ(dialogue.code(), 451);
    EXPECT_EQ(dialogue.lines().back(), "< 221 bye");
}

TEST(SmtpDialogue, LeavesStrangersNoRoom) {
    SmtpDialogue dialogue;
    for (int i = 0; i < 1'000; ++i) dialogue.heard("250-" + std::string(10'000, 'a') + "\r\n");
    EXPECT_LE(dialogue.lines().size(), 200u);
    EXPECT_LE(dialogue.lines()[0].size(), 310u);
    dialogue.heard("9\n99\n999");
    EXPECT_EQ(dialogue.code(), 999);
}

TEST(DeadAddress, IsToldFromOtherRefusals) {
    EXPECT_TRUE(means_dead_address(550, "5.1.1 no such user"));
    EXPECT_TRUE(means_dead_address(550, "no such user"));
    EXPECT_TRUE(means_dead_address(553, "mailbox name not allowed"));
    EXPECT_FALSE(means_dead_address(550, "5.7.1 relaying denied"));
    EXPECT_FALSE(means_dead_address(550, "5.1.8 sender's domain does not exist"));
    EXPECT_FALSE(means_dead_address(552, "mailbox full"));
    EXPECT_FALSE(means_dead_address(554, "no"));
}

}  // namespace
}  // namespace emplettes::notices
