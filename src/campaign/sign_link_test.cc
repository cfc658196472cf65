#include "campaign/sign_link.h"

#include <gtest/gtest.h>

namespace emplettes::campaign {
namespace {

using namespace std::chrono_literals;

constexpr SignerKey kLinkKey{7};
constexpr Instant kLinkNow = instant_from_unix(1'790'000'000);

TEST(SignLinkTest, LeadsToItsSignatureOnly) {
    const std::string token = make_sign_token(kLinkKey, PledgeId{3}, SignatureId{42});
    EXPECT_EQ(read_sign_token(kLinkKey, PledgeId{3}, token), SignatureId{42});
    EXPECT_EQ(token, make_sign_token(kLinkKey, PledgeId{3}, SignatureId{42}));
    EXPECT_FALSE(read_sign_token(kLinkKey, PledgeId{4}, token));
    EXPECT_FALSE(read_sign_token(SignerKey{8}, PledgeId{3}, token));
}

TEST(SignLinkTest, NoSignOfItCanBeAnother) {
    const std::string token = make_sign_token(kLinkKey, PledgeId{3}, SignatureId{42});
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string other = token;
        other[i] = other[i] == '1' ? '2' : '1';
        EXPECT_FALSE(read_sign_token(kLinkKey, PledgeId{3}, other)) << other;
    }
    for (const char* odd : {"", "-", "42", "42-", "x-y", "99999999999999999999-00"})
        EXPECT_FALSE(read_sign_token(kLinkKey, PledgeId{3}, odd)) << odd;
}

TEST(SignLinkTest, AListIsReadForADay) {
    const std::string token = make_list_token(kLinkKey, "abcdef", kLinkNow);
    EXPECT_EQ(read_list_token(kLinkKey, token, kLinkNow), "abcdef");
    EXPECT_EQ(read_list_token(kLinkKey, token, kLinkNow + kListLinkLasts), "abcdef");
    EXPECT_FALSE(read_list_token(kLinkKey, token, kLinkNow + kListLinkLasts + 1s));
    EXPECT_FALSE(read_list_token(SignerKey{8}, token, kLinkNow));
    EXPECT_FALSE(read_list_token(kLinkKey, "a" + token, kLinkNow));
    // Its end cannot be put off by who has it.
    std::string longer = token;
    longer[token.find('-') + 1] = '9';
    EXPECT_FALSE(read_list_token(kLinkKey, longer, kLinkNow));
}

}  // namespace
}  // namespace emplettes::campaign
