#include <gtest/gtest.h>

#include "campaign/signature.h"

namespace emplettes::campaign {
namespace {

SignRequest of(std::string name) {
    return {.name = std::move(name), .email = "ada@example.org", .has_consented = true};
}

TEST(SignFault, NamesAreNames) {
    for (const char* name : {"Ada Lovelace", "Jean-Noël d’Ormesson", "O'Neill, J.", "Wwe"})
        EXPECT_EQ(find_sign_fault(of(name)), std::nullopt) << name;
    EXPECT_EQ(find_sign_fault(of(" ")), SignError::name_missing);
    EXPECT_EQ(find_sign_fault(of("a\nb")), SignError::name_not_valid);
}

// They stand in mails to people who have not asked for any.
TEST(SignFault, NamesLeadNowhere) {
    for (const char* name : {"Gagnez sur www.evil.example", "HTTP://evil.example/x",
                             "WWW.EVIL.EXAMPLE", "write to me@evil.example"})
        EXPECT_EQ(find_sign_fault(of(name)), SignError::name_not_valid) << name;
}

}  // namespace
}  // namespace emplettes::campaign
