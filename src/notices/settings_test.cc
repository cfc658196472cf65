#include "notices/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace emplettes::notices {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

class SettingsTest : public testing::Test {
  protected:
    SettingsTest()
        : path_(std::filesystem::temp_directory_path() /
                ("emplettes_settings_" + std::to_string(::getpid()) + ".toml")) {
        ::setenv("EMPLETTES_MAIL_PASSWORD", "geheim", 1);
    }
    ~SettingsTest() override {
        std::filesystem::remove(path_);
        ::unsetenv("EMPLETTES_MAIL_PASSWORD");
    }

    Settings read(const std::string& text) {
        std::ofstream(path_) << text;
        return read_settings(path_.string());
    }
    std::string problems(const std::string& text) {
        try {
            read(text);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "none";
    }

    std::filesystem::path path_;
};

TEST_F(SettingsTest, WithoutAFileMailsStayHere) {
    const Settings settings = read_settings("/nowhere/notices.toml");
    EXPECT_FALSE(settings.relay);
    EXPECT_FALSE(settings.sms);
    EXPECT_THAT(describe(settings), Contains(HasSubstr("stay in the folder")));
}

TEST_F(SettingsTest, AreReadWithTheirSecretsFromTheEnvironment) {
    const Settings settings = read(R"(
[mail]
relay = "smtp://relay.example:587"
user = "emplettes"
return_path = "bounces+{token}@example.org"
[gathering]
mails_max = 3
window_minutes = 10
[sms]
url = "https://sms.example/send"
body = '{"to": "{to}", "text": "{text}"}'
country = "+33"
)");
    ASSERT_TRUE(settings.relay);
    EXPECT_EQ(settings.relay->password, "geheim");
    EXPECT_EQ(settings.relay->tls, Tls::required);
    EXPECT_EQ(settings.gathering.mails_max, 3);
    EXPECT_EQ(settings.gathering.window, std::chrono::minutes{10});
    ASSERT_TRUE(settings.sms);
    EXPECT_THAT(describe(settings),
                AllOf(Contains(HasSubstr("as emplettes")), Each(Not(HasSubstr("geheim")))));
}

TEST_F(SettingsTest, ARelayOnThisMachineNeedsNoTls) {
    EXPECT_EQ(read("[mail]\nrelay = \"smtp://localhost:25\"").relay->tls, Tls::none);
    EXPECT_EQ(read("[mail]\nrelay = \"smtp://localhost:25\"\ntls = \"required\"").relay->tls,
              Tls::required);
    EXPECT_THAT(problems("[mail]\nrelay = \"smtp://relay.example\"\ntls = \"none\""),
                HasSubstr("mail.tls: \"none\" is for a relay on this machine"));
}

TEST_F(SettingsTest, AllProblemsAreToldAtOnce) {
    const std::string told = problems(R"(
[mail]
relay = "http://relay.example"
return_path = "bounces@example.org"
bytes_max = 1
colour = "red"
[gathering]
mails_max = 0
[sms]
url = "http://sms.example/"
method = "BREW"
headers = ["nonsense"]
country = "33"
)");
    for (const char* problem :
         {"mail.relay: ", "mail.return_path: ", "mail.bytes_max: ", "mail.colour: unknown key",
          "gathering.mails_max: ", "sms.url: ", "sms.method: ", "sms.headers: ", "sms.country: ",
          "sms.body: neither it nor url holds {text}"})
        EXPECT_THAT(told, HasSubstr(problem));
}

TEST_F(SettingsTest, AUserNeedsAPassword) {
    ::unsetenv("EMPLETTES_MAIL_PASSWORD");
    const std::string text = "[mail]\nrelay = \"smtps://relay.example\"\nuser = \"me\"";
    EXPECT_THAT(problems(text), HasSubstr("mail.user: has no password"));
    // The pipe of a mail server has none, and sends nothing.
    EXPECT_EQ(read_settings(path_.string(), Secrets::not_needed).relay->user, "");
}

}  // namespace
}  // namespace emplettes::notices
