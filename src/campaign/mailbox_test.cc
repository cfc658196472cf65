#include "campaign/mailbox.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace emplettes::campaign {
namespace {

constexpr SignerKey kMailboxKey{1, 2, 3};

TEST(MailboxTest, WhatAHostIgnoresMakesNoOtherPerson) {
    EXPECT_EQ(mailbox_of("c.a.mille+noel@gmail.com"), "camille@gmail.com");
    EXPECT_EQ(mailbox_of("camille@googlemail.com"), "camille@gmail.com");
    EXPECT_EQ(mailbox_of("camille+a+b@outlook.com"), "camille@outlook.com");
    EXPECT_EQ(mailbox_of("ca.mille@pm.me"), mailbox_of("camille@proton.me"));
}

TEST(MailboxTest, DotsAreKeptWhereTheyCount) {
    EXPECT_EQ(mailbox_of("c.mille@outlook.com"), "c.mille@outlook.com");
    EXPECT_EQ(mailbox_of("a.b+c@mairie.example"), "a.b+c@mairie.example");
    EXPECT_EQ(mailbox_of("a.b@gmail.com.example"), "a.b@gmail.com.example");
}

TEST(MailboxTest, AHashIsOfOneMailboxOneTerritoryAndOneKey) {
    const std::string hash = mailbox_hash(kMailboxKey, TerritoryId{1}, "ca.mille@gmail.com");
    EXPECT_EQ(hash.size(), 32U);
    EXPECT_EQ(hash, mailbox_hash(kMailboxKey, TerritoryId{1}, "camille@gmail.com"));
    EXPECT_NE(hash, mailbox_hash(kMailboxKey, TerritoryId{2}, "camille@gmail.com"));
    EXPECT_NE(hash, mailbox_hash(SignerKey{9}, TerritoryId{1}, "camille@gmail.com"));
    EXPECT_EQ(hash.find("camille"), std::string::npos);
}

TEST(MailboxTest, NoPurposeCanPassForAnother) {
    EXPECT_NE(keyed_hash(kMailboxKey, "ab", "c"), keyed_hash(kMailboxKey, "a", "bc"));
    EXPECT_NE(keyed_hash(kMailboxKey, "1", "1 x"), keyed_hash(kMailboxKey, "11", " x"));
}

RC_GTEST_PROP(MailboxTest, DotsAndPlusChangeNothingAtGmail, (const std::string& more)) {
    std::string tail;
    for (const char c : more) tail += static_cast<char>('a' + static_cast<unsigned char>(c) % 26);
    RC_ASSERT(mailbox_of("a.bc+" + tail + "@gmail.com") == mailbox_of("abc@gmail.com"));
    RC_ASSERT(mailbox_of("abc" + tail + "@gmail.com") != mailbox_of("ab" + tail + "@gmail.com"));
}

}  // namespace
}  // namespace emplettes::campaign
