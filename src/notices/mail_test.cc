#include "notices/mail.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace emplettes::notices {
namespace {

using namespace std::chrono;

constexpr Instant kNow = sys_days{2026y / 11 / 22} + 13h + 5min + 9s;

Mail example() {
    return {.from = {.name = "Emplettes Paris 9e", .address = "bonjour@example.org"},
            .to = {.name = "Zoé Lœb", .address = "zoe@example.org"},
            .subject = "K7M4PX : gardé pour vous jusqu’à demain samedi, 20 h",
            .text = "Bonjour Zoé,\n\nVotre code : K7M4PX\n",
            .html = ""};
}

TEST(Mail, IsWrittenAsTheStandardsSay) {
    const std::string message = to_message(example(), {.date = kNow, .id = "42"});
    EXPECT_EQ(message,
              "Date: Sun, 22 Nov 2026 13:05:09 +0000\r\n"
              "From: Emplettes Paris 9e\r\n <bonjour@example.org>\r\n"
              "To: =?UTF-8?B?Wm/DqSBMxZNi?=\r\n <zoe@example.org>\r\n"
              "Subject: =?UTF-8?B?SzdNNFBYIDogZ2FyZMOpIHBvdXIgdm91cyBqdXNxdeKAmcOg?=\r\n"
              " =?UTF-8?B?IGRlbWFpbiBzYW1lZGksIDIwIGg=?=\r\n"
              "Message-ID: <42@example.org>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "\r\n"
              "Bonjour Zo=C3=A9,\r\n\r\nVotre code : K7M4PX\r\n\r\n");
}

TEST(Mail, IsReadAgain) {
    const Mail mail = example();
    const auto read = parse_message(to_message(mail, {.date = kNow, .id = "42"}));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->mail, mail);
    EXPECT_EQ(read->date, kNow);
    EXPECT_EQ(read->message_id, "<42@example.org>");
}

TEST(Mail, WithHtmlHasBothParts) {
    Mail mail = example();
    mail.html = "<p>Votre code : <b>K7M4PX</b> =_emplettes_part</p>";
    const std::string message = to_message(mail, {.date = kNow, .id = "42"});
    EXPECT_NE(message.find("multipart/alternative"), std::string::npos);
    const auto read = parse_message(message);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->mail, mail);
}

TEST(Mail, WithoutAnAddressIsAddressedToAnEmptyGroup) {
    Mail mail = example();
    mail.to = {.name = "Librairie Été", .address = ""};
    const std::string message = to_message(mail, {.date = kNow, .id = "42"});
    EXPECT_NE(message.find("To: =?UTF-8?B?TGlicmFpcmllIMOJdMOp?=:;\r\n"), std::string::npos);
    EXPECT_EQ(parse_message(message)->mail.to, mail.to);
}

TEST(Mail, NothingSlipsIntoItsHeaders) {
    Mail mail = example();
    mail.subject = "Bonjour\r\nBcc: all@example.org";
    mail.to.name = "x\r\nBcc: all@example.org";
    const std::string message = to_message(mail, {.date = kNow, .id = "42"});
    EXPECT_EQ(message.find("\nBcc"), std::string::npos);
    for (const char* address :
         {"a@example.org\r\nBcc: b@example.org", "a b@example.org", "a@b@c", "no", "<a@b.fr>"}) {
        mail.to.address = address;
        EXPECT_THROW(to_message(mail, {.date = kNow, .id = "42"}), std::invalid_argument)
            << address;
    }
}

TEST(Mail, OffersToEndWhatNobodyAskedFor) {
    Mail mail = example();
    EXPECT_EQ(to_message(mail, {.date = kNow, .id = "42"}).find("List-"), std::string::npos);
    mail.unsubscribe_url = "https://example.org/fr/unsubscribe/abc-_1";
    const std::string message = to_message(mail, {.date = kNow, .id = "42"});
    EXPECT_NE(message.find("\r\nList-Unsubscribe: <https://example.org/fr/unsubscribe/abc-_1>\r\n"
                           "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"),
              std::string::npos);
    EXPECT_EQ(parse_message(message)->mail, mail);
    mail.unsubscribe_url = "https://example.org/>\r\nBcc: all@example.org";
    EXPECT_THROW(to_message(mail, {.date = kNow, .id = "42"}), std::invalid_argument);
}

TEST(Mail, DamagedOnesAreRefused) {
    Mail mail = example();
    mail.html = "<p>1</p>";
    const std::string message = to_message(mail, {.date = kNow, .id = "42"});
    const std::size_t last_part_end = message.rfind("\r\n--");
    for (std::size_t length = 0; length < last_part_end; ++length) {
        EXPECT_FALSE(parse_message(std::string_view(message).substr(0, length))) << length;
    }
    EXPECT_FALSE(parse_message("no colon\r\n\r\n"));
}

RC_GTEST_PROP(Mail, RoundTripsAnyText,
              (const std::string& subject, const std::string& text, const std::string& html)) {
    Mail mail = example();
    mail.subject = subject;
    mail.text = text;
    mail.html = html;
    const auto read = parse_message(to_message(mail, {.date = kNow, .id = "42"}));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->mail == mail);
}

RC_GTEST_PROP(Mail, ParsesAnythingWithoutHarm, (const std::string& noise)) {
    std::string message = to_message(example(), {.date = kNow, .id = "42"});
    const std::size_t place = noise.size() * 37 % message.size();
    message.replace(place, noise.size() / 2, noise);
    parse_message(message);
}

// The judgement of an implementation that is not ours: Python's.
TEST(Mail, IsUnderstoodByOthers) {
    Mail mail = example();
    mail.html = "<p>Zoé & " + std::string(300, 'x') + "</p>";
    const auto folder = std::filesystem::temp_directory_path() / "emplettes_mail_test";
    std::filesystem::create_directories(folder);
    const auto path = folder / (std::to_string(::getpid()) + ".eml");
    std::ofstream(path, std::ios::binary) << to_message(mail, {.date = kNow, .id = "42"});
    const std::string program =
        "import email.policy, email.parser\n"
        "m = email.parser.BytesParser(policy=email.policy.default).parse(open('" +
        path.string() +
        "', 'rb'))\n"
        "assert not m.defects, m.defects\n"
        "assert m['subject'] == '" +
        mail.subject +
        "', m['subject']\n"
        "to = m['to'].addresses[0]\n"
        "assert (to.display_name, to.addr_spec) == ('Zoé Lœb', 'zoe@example.org'), to\n"
        "assert m['date'].datetime.isoformat() == '2026-11-22T13:05:09+00:00'\n"
        "text = m.get_body(('plain',)).get_content()\n"
        "assert text.strip() == 'Bonjour Zoé,\\n\\nVotre code : K7M4PX', text\n"
        "html = m.get_body(('html',)).get_content()\n"
        "assert html.strip() == '<p>Zoé & ' + 'x' * 300 + '</p>', html\n";
    std::ofstream(path.string() + ".py") << program;
    EXPECT_EQ(std::system(("python3 " + path.string() + ".py").c_str()), 0);
    std::filesystem::remove(path);
    std::filesystem::remove(path.string() + ".py");
}

}  // namespace
}  // namespace emplettes::notices
