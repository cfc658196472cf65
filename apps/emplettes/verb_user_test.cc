#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/shop.h"
#include "emplettes/test_installation.h"
#include "emplettes/test_typed.h"

namespace emplettes {
namespace {

using testing::HasSubstr;
using testing::Not;

class UserVerbTest : public testing::Test {
  protected:
    UserVerbTest() {
        installation_.add_territory("ville");
        App& app = installation_.start();
        catalogue::Shop shop;
        shop.id = ShopId{11};
        shop.slug = "ecume";
        shop.name = "L’Écume";
        shop.secret = "s";
        app.database().write([&](store::Tx& tx) {
            catalogue::save_shop(tx, installation_.territory("ville"), shop);
        });
        app.stop();
    }

    Typed user(std::vector<std::string> words) const {
        words.insert(words.begin(), "user");
        words.insert(words.end(), {"--data", installation_.path().string()});
        return type_in(std::move(words));
    }

    TestInstallation installation_;
};

TEST_F(UserVerbTest, SaysWhoMayDoWhat) {
    EXPECT_THAT(user({"list"}).out, HasSubstr("nobody"));
    EXPECT_EQ(user({"add", "Mairie@Ville.example", "--operator"}).status, 0);
    EXPECT_EQ(user({"add", "claire@example.org", "--shop", "ecume"}).status, 0);
    EXPECT_EQ(user({"add", "paul@example.org", "--shop", "ecume", "--staff"}).status, 0);
    EXPECT_EQ(user({"list"}).out,
              "claire@example.org  shopkeeper of ecume\n"
              "mairie@ville.example  operator\n"
              "paul@example.org  staff of ecume\n");
}

TEST_F(UserVerbTest, TakesARoleOrEverythingAway) {
    EXPECT_EQ(user({"add", "paul@example.org", "--shop", "ecume", "--staff"}).status, 0);
    EXPECT_EQ(user({"remove", "paul@example.org", "--shop", "ecume"}).status, 0);
    EXPECT_EQ(user({"list"}).out, "paul@example.org\n");
    EXPECT_THAT(user({"remove", "paul@example.org", "--shop", "ecume"}).err,
                HasSubstr("has no role in L’Écume"));
    EXPECT_EQ(user({"remove", "paul@example.org"}).status, 0);
    EXPECT_THAT(user({"list"}).out, Not(HasSubstr("paul")));
    EXPECT_THAT(user({"remove", "paul@example.org"}).err, HasSubstr("nobody has the address"));
}

TEST_F(UserVerbTest, SaysWhatIsMissing) {
    EXPECT_THAT(user({"add", "claire", "--operator"}).err, HasSubstr("is not a mail address"));
    EXPECT_THAT(user({"add", "claire@example.org"}).err, HasSubstr("--operator, or --shop"));
    EXPECT_THAT(user({"add", "claire@example.org", "--operator", "--shop", "ecume"}).err,
                HasSubstr("--operator, or --shop"));
    EXPECT_THAT(user({"add", "claire@example.org", "--operator", "--staff"}).err,
                HasSubstr("--staff goes with --shop"));
    EXPECT_THAT(user({"add", "claire@example.org", "--shop", "none"}).err,
                HasSubstr("there is no shop \"none\""));
    EXPECT_THAT(user({"list"}).out, HasSubstr("nobody")) << "nothing of it is kept";
}

}  // namespace
}  // namespace emplettes
