#include "notices/smtp_relay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "notices/mail.h"
#include "notices/test_peer.h"

// Against a real SMTP server: Debian's aiosmtpd, whose answers testdata/smtp_server.py decides.
namespace emplettes::notices {
namespace {

using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Kind = Outcome::Kind;

Outgoing mail(const std::string& to, const std::string& text = "Bonjour Zoé,\n.\n..pointu\n") {
    return {.name = "42.eml",
            .recipient = to,
            .return_path = "bounces+42@example.org",
            .content = to_message({.from = {.name = "Emplettes", .address = "bonjour@example.org"},
                                   .to = {.name = "", .address = to},
                                   .subject = "Gardé",
                                   .text = text,
                                   .html = ""},
                                  {.date = instant_from_unix(1'800'000'000), .id = "42"})};
}

class SmtpRelayTest : public testing::Test {
  protected:
    void start(std::vector<std::string> arguments = {}, const std::string& port = "0") {
        arguments.insert(arguments.end(), {"--folder", folder_.path().string(), "--port", port});
        peer_.emplace("smtp_server.py", arguments);
    }
    void start_tls(const std::string& kind, std::vector<std::string> more = {}) {
        folder_.make_certificate();
        more.insert(more.end(), {"--tls", kind, "--certificate", folder_.file("cert.pem"), "--key",
                                 folder_.file("key.pem")});
        start(more);
    }
    SmtpConfig plain() const {
        return {.url = "smtp://127.0.0.1:" + peer_->port(),
                .helo = "emplettes.test",
                .tls = Tls::none,
                .connect_deadline = std::chrono::seconds{5},
                .deadline = std::chrono::seconds{10}};
    }
    SmtpConfig secure(const std::string& scheme = "smtp") const {
        SmtpConfig config = plain();
        config.url = scheme + "://127.0.0.1:" + peer_->port();
        config.tls = Tls::required;
        config.ca_file = folder_.file("cert.pem");
        return config;
    }
    std::vector<Json> taken() const { return folder_.lines("mails.jsonl"); }

    TestFolder folder_;
    std::optional<TestPeer> peer_;
};

TEST_F(SmtpRelayTest, AMailArrivesAsItWasWritten) {
    start();
    SmtpRelay relay(plain());
    const Outgoing sent = mail("zoe@example.org");
    EXPECT_EQ(relay.send(sent), Outcome{});
    ASSERT_EQ(taken().size(), 1u);
    const Json got = taken()[0];
    EXPECT_EQ(got.at("content").get<std::string>(), sent.content);  // lines that begin with a point
    EXPECT_EQ(got.at("from"), "bounces+42@example.org");
    EXPECT_EQ(got.at("to"), Json::array({"zoe@example.org"}));
    EXPECT_EQ(got.at("helo"), "emplettes.test");
    EXPECT_EQ(got.at("tls"), false);
}

TEST_F(SmtpRelayTest, ABatchIsOneConnection) {
    start();
    SmtpRelay relay(plain());
    for (int i = 0; i < 5; ++i) EXPECT_EQ(relay.send(mail("zoe@example.org")), Outcome{});
    relay.end_batch();
    EXPECT_EQ(relay.send(mail("zoe@example.org")), Outcome{});
    std::set<int> peers;
    for (const Json& one : taken()) peers.insert(one.at("peer").get<int>());
    EXPECT_EQ(taken().size(), 6u);
    EXPECT_EQ(peers.size(), 2u);
}

TEST_F(SmtpRelayTest, StartTlsWithAPassword) {
    start_tls("starttls", {"--login", "emplettes:geheim"});
    SmtpConfig config = secure();
    config.user = "emplettes";
    config.password = "geheim";
    SmtpRelay relay(config);
    EXPECT_EQ(relay.send(mail("zoe@example.org")), Outcome{});
    ASSERT_EQ(taken().size(), 1u);
    EXPECT_EQ(taken()[0].at("tls"), true);
    EXPECT_EQ(taken()[0].at("user"), "emplettes");
    for (const std::string& line : relay.dialogue()) {
        EXPECT_THAT(line, Not(HasSubstr("geheim")));
        EXPECT_THAT(line, Not(HasSubstr("Z2VoZWlt")));                 // in base64
        EXPECT_THAT(line, Not(HasSubstr("AGVtcGxldHRlcwBnZWhlaW0")));  // of AUTH PLAIN
    }
    EXPECT_THAT(relay.dialogue(), Contains(StartsWith("> AUTH ")));
    EXPECT_THAT(relay.dialogue(), Contains("> (hidden)"));
}

TEST_F(SmtpRelayTest, AWrongPasswordIsTheRelaysTroubleNotTheMails) {
    start_tls("starttls", {"--login", "emplettes:geheim"});
    SmtpConfig config = secure();
    config.user = "emplettes";
    config.password = "falsch";
    SmtpRelay relay(config);
    const Outcome outcome = relay.send(mail("zoe@example.org"));
    EXPECT_EQ(outcome.kind, Kind::is_down);
    EXPECT_THAT(outcome.words, HasSubstr("535"));
    config.user.clear();
    config.password.clear();
    SmtpRelay unsigned_relay(config);
    EXPECT_EQ(unsigned_relay.send(mail("zoe@example.org")).kind, Kind::is_down);  // 530
    EXPECT_TRUE(taken().empty());
}

TEST_F(SmtpRelayTest, TlsFromTheBeginning) {
    start_tls("smtps");
    SmtpRelay relay(secure("smtps"));
    EXPECT_EQ(relay.send(mail("zoe@example.org")), Outcome{});
    EXPECT_EQ(taken().size(), 1u);
}

// The negative controls of "required": who cannot be trusted, and who speaks in the open, hears
// nothing.
TEST_F(SmtpRelayTest, ACertificateThatNobodyKnowsIsNotBelieved) {
    start_tls("starttls");
    SmtpConfig config = secure();
    config.ca_file.clear();
    SmtpRelay relay(config);
    const Outcome outcome = relay.send(mail("zoe@example.org"));
    EXPECT_EQ(outcome.kind, Kind::is_down);
    EXPECT_THAT(outcome.words, HasSubstr("certificate"));
    EXPECT_TRUE(taken().empty());
}

TEST_F(SmtpRelayTest, ARelayWithoutTlsHearsNothing) {
    start();
    folder_.make_certificate();
    SmtpRelay relay(secure());
    EXPECT_EQ(relay.send(mail("zoe@example.org")).kind, Kind::is_down);
    EXPECT_TRUE(taken().empty());
    EXPECT_THAT(relay.dialogue(), Each(Not(StartsWith("> MAIL"))));
}

TEST_F(SmtpRelayTest, PutOffThenTaken) {
    start();
    SmtpRelay relay(plain());
    for (int i = 0; i < 2; ++i) {
        const Outcome outcome = relay.send(mail("later2@example.org"));
        EXPECT_EQ(outcome.kind, Kind::retry);
        EXPECT_EQ(outcome.words, "451 4.7.1 greylisted, come again");
        EXPECT_FALSE(outcome.is_address_dead);
        relay.end_batch();
    }
    EXPECT_EQ(relay.send(mail("later2@example.org")), Outcome{});
    EXPECT_EQ(taken().size(), 1u);
}

TEST_F(SmtpRelayTest, WhoIsNotThereIsRefusedForGood) {
    start();
    SmtpRelay relay(plain());
    EXPECT_EQ(relay.send(mail("nobody@example.org")),
              (Outcome{.kind = Kind::refused,
                       .words = "550 5.1.1 no such user here",
                       .is_address_dead = true}));
    // and the next of the batch is not concerned
    EXPECT_EQ(relay.send(mail("zoe@example.org")), Outcome{});
}

TEST_F(SmtpRelayTest, ARefusalOfTheContentSaysNothingOfTheAddress) {
    start();
    SmtpRelay relay(plain());
    EXPECT_EQ(relay.send(mail("spam@example.org")),
              (Outcome{.kind = Kind::refused, .words = "554 5.7.1 this looks like spam"}));
    EXPECT_EQ(relay.send(mail("relaying@example.org")),
              (Outcome{.kind = Kind::refused, .words = "550 5.7.1 relaying denied"}));
}

// The mail was taken and the answer lost: nobody here can know. It goes again, and whoever gets it
// twice sees by its Message-ID that it is one.
TEST_F(SmtpRelayTest, AnAnswerThatGotLostSendsTheSameMailAgain) {
    start();
    SmtpRelay relay(plain());
    const Outcome outcome = relay.send(mail("cut@example.org"));
    EXPECT_EQ(outcome.kind, Kind::retry) << outcome.words;
    relay.end_batch();
    EXPECT_EQ(relay.send(mail("cut@example.org")), Outcome{});
    ASSERT_EQ(taken().size(), 2u);
    EXPECT_EQ(taken()[0].at("content"), taken()[1].at("content"));
    EXPECT_THAT(taken()[0].at("content").get<std::string>(),
                HasSubstr("Message-ID: <42@example.org>"));
}

TEST_F(SmtpRelayTest, AServerThatIsDownIsDown) {
    start();
    const std::string port = peer_->port();
    SmtpRelay relay(plain());
    peer_.reset();
    EXPECT_EQ(relay.send(mail("zoe@example.org")).kind, Kind::is_down);
    relay.end_batch();
    start({}, port);
    EXPECT_EQ(relay.send(mail("zoe@example.org")), Outcome{});
}

TEST_F(SmtpRelayTest, AServerThatRestartsBetweenTwoMailsIsMet) {
    start();
    const std::string port = peer_->port();
    SmtpRelay relay(plain());
    EXPECT_EQ(relay.send(mail("zoe@example.org")), Outcome{});
    peer_.reset();
    start({}, port);
    EXPECT_EQ(relay.send(mail("zoe@example.org")), Outcome{});
    EXPECT_EQ(taken().size(), 2u);
}

TEST_F(SmtpRelayTest, WhatIsTooLargeIsNotSent) {
    start();
    SmtpConfig config = plain();
    config.bytes_max = 1'000;
    SmtpRelay careful(config);
    const Outcome outcome = careful.send(mail("zoe@example.org", std::string(2'000, 'a')));
    EXPECT_EQ(outcome.kind, Kind::refused);
    EXPECT_THAT(outcome.words, HasSubstr("bytes_max = 1000"));

    SmtpRelay relay(plain());  // the server's own limit is 200,000
    EXPECT_EQ(relay.send(mail("zoe@example.org", std::string(300'000, 'a'))).kind, Kind::refused);
    EXPECT_EQ(relay.send(mail("zoe@example.org")), Outcome{});
    EXPECT_EQ(taken().size(), 1u);
}

TEST_F(SmtpRelayTest, NoAddressSaysMoreThanAnAddress) {
    start();
    SmtpRelay relay(plain());
    for (const char* wrong : {"zoe@example.org>\r\nRCPT TO:<all@example.org", "zoe", "",
                              "zoe@example.org all@example.org"}) {
        Outgoing bad = mail("zoe@example.org");
        bad.recipient = wrong;
        EXPECT_EQ(relay.send(bad).kind, Kind::refused) << wrong;
        bad = mail("zoe@example.org");
        bad.return_path = wrong;
        EXPECT_EQ(relay.send(bad).kind, Kind::refused) << wrong;
    }
    EXPECT_TRUE(taken().empty());
}

TEST(SmtpConfig, SaysWhatIsWrong) {
    const auto problems = [](SmtpConfig config) { return problems_of(config).size(); };
    EXPECT_EQ(problems({.url = "smtp://relay.example:587"}), 0u);
    EXPECT_EQ(problems({.url = "smtps://relay.example"}), 0u);
    EXPECT_EQ(problems({.url = "smtp://localhost", .tls = Tls::none}), 0u);
    for (const char* url : {"", "relay.example", "http://relay.example", "smtp://u:p@relay.example",
                            "smtp://relay.example/path"})
        EXPECT_EQ(problems({.url = url}), 1u) << url;
    EXPECT_EQ(problems({.url = "smtp://relay.example", .tls = Tls::none}), 1u);
    EXPECT_EQ(problems({.url = "smtp://127.0.0.1.example", .tls = Tls::none}), 1u);
    EXPECT_EQ(problems({.url = "smtp://relay.example", .user = "u"}), 1u);
}

}  // namespace
}  // namespace emplettes::notices
