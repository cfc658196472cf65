#include "notices/eml_folder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <system_error>

namespace emplettes::notices {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class EmlFolderTest : public testing::Test {
  protected:
    EmlFolderTest()
        : path_(fs::temp_directory_path() / ("emplettes_eml_" + std::to_string(::getpid()))),
          folder_(path_ / "mails") {}
    ~EmlFolderTest() override { fs::remove_all(path_); }

    void write(std::int64_t number, const std::string& subject, Instant date = Instant{}) {
        const Mail mail{.from = {.name = "E", .address = "e@example.org"},
                        .to = {.name = "", .address = "z@example.org"},
                        .subject = subject,
                        .text = "Bonjour",
                        .html = ""};
        folder_.write(mail_name(number), to_message(mail, {.date = date, .id = "1"}));
    }

    fs::path path_;
    EmlFolder folder_;
};

TEST_F(EmlFolderTest, KeepsMailsAndListsTheNewestFirst) {
    for (int i = 1; i <= 12; ++i) write(i, "mail " + std::to_string(i));
    const auto mails = list_mails(folder_, 3);
    ASSERT_EQ(mails.size(), 3u);
    EXPECT_EQ(mails[0].subject, "mail 12");
    EXPECT_EQ(mails[2].subject, "mail 10");
    EXPECT_EQ(mails[0].to.address, "z@example.org");
    EXPECT_EQ(read_mail(folder_, mails[0].name)->mail.text, "Bonjour");
}

TEST_F(EmlFolderTest, WritingTwiceReplaces) {
    write(7, "first");
    write(7, "second");
    const auto mails = list_mails(folder_, 10);
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].subject, "second");
}

TEST_F(EmlFolderTest, LeavesNoDraftBehind) {
    write(7, "first");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
}

TEST_F(EmlFolderTest, PassesOverWhatIsNotOurs) {
    write(7, "ours");
    std::ofstream(folder_.path() / "note.txt") << "hello";
    std::ofstream(folder_.path() / mail_name(8)) << "damaged";
    fs::create_directory(folder_.path() / mail_name(9));
    const auto mails = list_mails(folder_, 10);
    ASSERT_EQ(mails.size(), 1u);
    EXPECT_EQ(mails[0].subject, "ours");
}

TEST_F(EmlFolderTest, ErasesWhatIsOlderAndNothingElse) {
    constexpr Instant kNow = instant_from_unix(1'800'000'000);
    for (int day = 1; day <= 6; ++day)
        write(day, "of day " + std::to_string(day), kNow + day * 24h);
    std::ofstream(folder_.path() / "note.txt") << "hello";
    EXPECT_EQ(erase_mails(folder_, kNow + 4 * 24h, 2), 2U);
    EXPECT_EQ(list_mails(folder_, 10).size(), 4U);
    EXPECT_EQ(erase_mails(folder_, kNow + 4 * 24h, 10), 1U);
    EXPECT_EQ(erase_mails(folder_, kNow + 4 * 24h, 10), 0U);
    const auto left = list_mails(folder_, 10);
    ASSERT_EQ(left.size(), 3U);
    EXPECT_EQ(left.back().subject, "of day 4");
    EXPECT_TRUE(fs::exists(folder_.path() / "note.txt"));
}

TEST_F(EmlFolderTest, ErasesWhatACrashLeft) {
    const auto draft = folder_.path() / ("." + mail_name(7) + ".part");
    const auto damaged = folder_.path() / mail_name(8);
    std::ofstream(draft) << "To: zoe@exa";
    std::ofstream(damaged) << "";
    const auto written = std::chrono::floor<std::chrono::seconds>(
        std::chrono::file_clock::to_sys(fs::last_write_time(draft)));
    EXPECT_EQ(erase_mails(folder_, written - 1h, 10), 0U);
    EXPECT_EQ(erase_mails(folder_, written + 1h, 10), 2U);
    EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(EmlFolderTest, NoNameLeadsOut) {
    std::ofstream(path_ / "secret.eml") << "secret";
    for (const char* name :
         {"../secret.eml", "", ".", "..", "/etc/passwd", "0000000000000007.eml/../x.eml",
          "000000000000007.eml", "0000000000000007.EML", "000000000000000a.eml",
          "..00000000000007.eml"}) {
        EXPECT_FALSE(is_mail_name(name)) << name;
        EXPECT_FALSE(read_mail(folder_, name)) << name;
    }
    EXPECT_FALSE(is_mail_name(std::string_view("000000000000007\0.eml", 20)));
    EXPECT_FALSE(read_mail(folder_, mail_name(7)));
    EXPECT_TRUE(is_mail_name(mail_name((std::int64_t{1} << 53) - 1)));
}

TEST_F(EmlFolderTest, SaysWhatFailed) {
    fs::remove_all(folder_.path());
    try {
        write(7, "nowhere to go");
        FAIL();
    } catch (const std::system_error& problem) {
        EXPECT_EQ(problem.code(), std::errc::no_such_file_or_directory);
        EXPECT_NE(std::string(problem.what()).find("0000000000000007.eml"), std::string::npos);
    }
}

TEST_F(EmlFolderTest, AFullDiskLeavesNoMail) {
    // /dev/full refuses every byte.
    fs::create_symlink("/dev/full", folder_.path() / ("." + mail_name(7) + ".part"));
    EXPECT_THROW(write(7, "too much"), std::system_error);
    EXPECT_TRUE(list_mails(folder_, 10).empty());
}

}  // namespace
}  // namespace emplettes::notices
