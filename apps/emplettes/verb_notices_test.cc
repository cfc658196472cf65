#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "emplettes/test_installation.h"
#include "emplettes/test_typed.h"
#include "notices/gsm7.h"
#include "notices/mail.h"
#include "notices/notice.h"
#include "notices/notice_queue.h"
#include "notices/test_peer.h"

// A whole installation with a real relay and a real gateway beside it.
namespace emplettes {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class NoticesVerbTest : public testing::Test {
  protected:
    NoticesVerbTest() { installation_.add_territory("ville"); }

    void set(const std::string& text) {
        std::ofstream(installation_.path() / "notices.toml") << text;
    }
    void set_relay() {
        relay_.emplace("smtp_server.py",
                       std::vector<std::string>{"--folder", folder_.path().string()});
        set("[mail]\nrelay = \"smtp://127.0.0.1:" + relay_->port() +
            "\"\nreturn_path = \"bounces+{token}@ville.example\"\n");
    }
    void set_gateway() {
        gateway_.emplace("sms_server.py",
                         std::vector<std::string>{"--folder", folder_.path().string()});
        set("[sms]\nurl = \"http://127.0.0.1:" + gateway_->port() +
            "/send\"\nbody = '{\"to\": \"{to}\", \"text\": \"{text}\"}'\ncountry = \"+33\"\n");
    }
    Typed notices(std::vector<std::string> words) const {
        words.insert(words.begin(), "notices");
        words.insert(words.end(), {"--data", installation_.path().string()});
        return type_in(std::move(words));
    }
    // What a mail server pipes.
    Typed piped(const std::string& message, std::vector<std::string> words = {"bounce"}) const {
        std::istringstream input(message);
        auto* const before = std::cin.rdbuf(input.rdbuf());
        std::cin.clear();
        Typed typed = notices(std::move(words));
        std::cin.rdbuf(before);
        return typed;
    }
    void write(std::int64_t id, const std::string& recipient, const std::string& kind = "held",
               const std::string& language = "fr") {
        const Json facts = {{"code", "ABCDEFGHJK"},
                            {"status", kind},
                            {"reason", "sold_out"},
                            {"product",
                             "Le Petit Prince, édition du centenaire illustrée par "
                             "l’auteur, grand format relié sous étui"},
                            {"product_id", 1},
                            {"quantity", 1},
                            {"price_cents", 890},
                            {"held_until", to_unix(installation_.clock.now()) + 86'400},
                            {"person", "Zoé"},
                            {"shop", "Librairie-papeterie L’Écume des pages et des jours"},
                            {"street", ""},
                            {"city", ""},
                            {"pickup_code", "7K4P2M"}};
        installation_.app().database().write([&](store::Tx& tx) {
            notices::enqueue(tx, {.id = NoticeId{id},
                                  .territory = installation_.territory("ville"),
                                  .kind = "reservation_" + kind,
                                  .recipient = recipient,
                                  .language = language,
                                  .facts = facts,
                                  .created_at = installation_.clock.now()});
        });
    }
    void write_request(std::int64_t id) {
        const std::string code = "ABCDEFGH" + std::to_string(id);
        const Json facts = {{"code", code},       {"status", "requested"},
                            {"reason", ""},       {"product", "Thé vert"},
                            {"product_id", 1},    {"quantity", 1},
                            {"price_cents", 890}, {"held_until", 1'800'000'000},
                            {"person", "Zoé"},    {"contact", "zoe@example.org"},
                            {"shop", "Épicerie"}, {"shop_secret", "s3cret"}};
        installation_.app().database().write([&](store::Tx& tx) {
            notices::enqueue(tx, {.id = NoticeId{id},
                                  .territory = installation_.territory("ville"),
                                  .kind = "reservation_requested",
                                  .audience = notices::Audience::shop,
                                  .recipient = "shop@example.org",
                                  .language = "fr",
                                  .facts = facts,
                                  .created_at = installation_.clock.now(),
                                  .pace = notices::Pace::may_gather});
        });
    }
    notices::NoticeCounts counts() {
        return installation_.app().database().read([&](store::Tx& tx) {
            return notices::count_notices(tx, installation_.territory("ville"));
        });
    }

    TestInstallation installation_;
    notices::TestFolder folder_;
    std::optional<notices::TestPeer> relay_;
    std::optional<notices::TestPeer> gateway_;
};

std::string report(const std::string& to, const std::string& status = "5.1.1") {
    return "From: MAILER-DAEMON@relay.example\nTo: <" + to +
           ">\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n"
           "--b\nContent-Type: text/plain\n\nSorry.\n\n--b\nContent-Type: message/delivery-status\n"
           "\nReporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; zoe@example.org\n"
           "Action: failed\nStatus: " +
           status + "\nDiagnostic-Code: smtp; 550 " + status + " no such user\n\n--b--\n";
}

TEST_F(NoticesVerbTest, SaysThatThereIsNothingToTry) {
    EXPECT_THAT(notices({"test", "--to", "me@example.org"}).err, HasSubstr("no relay is set"));
    EXPECT_THAT(notices({"test", "--to", "+33600000000"}).err, HasSubstr("no text gateway"));
}

TEST_F(NoticesVerbTest, ATestMailArrivesAndTheDialogueIsTold) {
    set_relay();
    const Typed sent = notices({"test", "--to", "me@example.org"});
    EXPECT_EQ(sent.status, 0) << sent.err;
    EXPECT_THAT(sent.out, AllOf(HasSubstr("> RCPT TO:<me@example.org>"), HasSubstr("\ntaken: ")));
    ASSERT_EQ(folder_.lines("mails.jsonl").size(), 1u);
    EXPECT_THAT(folder_.lines("mails.jsonl")[0].at("from").get<std::string>(),
                StartsWith("bounces+"));

    const Typed refused = notices({"test", "--to", "nobody@example.org"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.out, AllOf(HasSubstr("< 550 5.1.1 no such user here"),
                                   HasSubstr("not taken: 550 5.1.1 no such user here")));
    EXPECT_THAT(notices({"test", "--to", "me@nowhere"}).err, HasSubstr("is not a mail address"));

    relay_.reset();
    const Typed down = notices({"test", "--to", "me@example.org"});
    EXPECT_EQ(down.status, 1);
    EXPECT_THAT(down.out, HasSubstr("not taken: Failed to connect"));
}

TEST_F(NoticesVerbTest, ATestTextArrives) {
    set_gateway();
    EXPECT_EQ(notices({"test", "--to", "06 12 34 56 78"}).status, 0);
    ASSERT_EQ(folder_.lines("texts.jsonl").size(), 1u);
}

TEST_F(NoticesVerbTest, WrongSettingsStopTheServerWithAllThatIsWrong) {
    set("[mail]\nrelay = \"smtp://relay.example\"\ntls = \"none\"\ncolour = 1\n");
    try {
        installation_.start();
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_THAT(error.what(), AllOf(HasSubstr("mail.tls"), HasSubstr("mail.colour")));
    }
    const Typed checked = type_in({"check-config", "--data", installation_.path().string()});
    EXPECT_EQ(checked.status, 1);
    EXPECT_THAT(checked.err, HasSubstr("mail.colour: unknown key"));
}

TEST_F(NoticesVerbTest, TheServerSendsThroughTheRelay) {
    set_relay();
    App& app = installation_.start();
    write(1, "zoe@example.org");
    app.run_jobs();
    const auto taken = folder_.lines("mails.jsonl");
    ASSERT_EQ(taken.size(), 1u);
    const auto read = notices::parse_message(taken[0].at("content").get<std::string>());
    ASSERT_TRUE(read);
    EXPECT_THAT(read->mail.text, HasSubstr("Votre ticket\u00A0: http://ville.example:"));
    EXPECT_THAT(read->mail.html, HasSubstr("<a href=\"http://ville.example:"));
    EXPECT_EQ(read->mail.unsubscribe_url, "");  // it belongs to what Zoé has done
    EXPECT_TRUE(installation_.mails().empty());
    EXPECT_EQ(counts(), (notices::NoticeCounts{.sent = 1}));
}

TEST_F(NoticesVerbTest, AFloodOfRequestsIsOneMailThatListsThem) {
    set_relay();
    App& app = installation_.start();
    for (int id = 11; id <= 18; ++id) write_request(id);
    app.run_jobs();
    const auto taken = folder_.lines("mails.jsonl");
    ASSERT_EQ(taken.size(), 1u);
    const auto read = notices::parse_message(taken[0].at("content").get<std::string>());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->mail.subject, "8 nouvelles à votre comptoir");
    for (int id = 11; id <= 18; ++id)
        EXPECT_THAT(read->mail.text,
                    HasSubstr("/fr/requests/s3cret?next=ABCDEFGH" + std::to_string(id) + "\n"));
    EXPECT_EQ(counts(), (notices::NoticeCounts{.sent = 8}));
}

TEST_F(NoticesVerbTest, AMailThatComesBackFailsItsNoticeAndNoOther) {
    set_relay();
    App& app = installation_.start();
    for (int id = 1; id <= 2; ++id) write(id, "zoe@example.org");
    app.run_jobs();
    const auto taken = folder_.lines("mails.jsonl");
    ASSERT_EQ(taken.size(), 2u);
    const auto back = [&](std::size_t i) { return taken[i].at("from").get<std::string>(); };

    EXPECT_THAT(piped(report("bounces+forged@ville.example")).out, HasSubstr("no mail of ours"));
    EXPECT_THAT(piped("To: " + back(0) + "\n\nI am on holiday").out,
                HasSubstr("no delivery report"));
    EXPECT_EQ(counts().failed, 0);

    EXPECT_THAT(piped(report(back(0))).out, HasSubstr("noted"));
    EXPECT_EQ(counts(), (notices::NoticeCounts{.sent = 1, .failed = 1}));
    EXPECT_THAT(piped(report(back(0))).out, HasSubstr("nothing to note"));
    EXPECT_THAT(piped(report("bounces@ville.example"), {"bounce", "--to", back(1)}).out,
                HasSubstr("noted"));
    EXPECT_EQ(counts(), (notices::NoticeCounts{.failed = 2}));

    // Twice: nothing more is sent there.
    write(3, "zoe@example.org");
    app.run_jobs();
    EXPECT_EQ(folder_.lines("mails.jsonl").size(), 2u);
    EXPECT_EQ(counts(), (notices::NoticeCounts{.failed = 3}));
}

TEST_F(NoticesVerbTest, AReportIsKeptWhileSomethingIsWrongHere) {
    set("[mail]\nrelay = \"nonsense\"\n");
    const Typed kept = piped(report("bounces+x@ville.example"));
    EXPECT_EQ(kept.status, 75);
    EXPECT_THAT(kept.err, HasSubstr("mail.relay"));
}

TEST_F(NoticesVerbTest, MetricsTellOfARelayThatIsDown) {
    set_relay();
    App& app = installation_.start();
    relay_.reset();
    write(1, "zoe@example.org");
    app.run_jobs();
    installation_.clock.advance(std::chrono::minutes{5});
    app.run_jobs();
    EXPECT_THAT(installation_.get("ville", "/metrics"),
                AllOf(HasSubstr("\nmail_relay_down_seconds 301"),
                      HasSubstr("\nnotices_oldest_waiting_seconds{territory=\"ville\"} 300")));
}

TEST_F(NoticesVerbTest, ATelephoneIsToldInOneMessageInBothLanguages) {
    set_gateway();
    App& app = installation_.start();
    std::int64_t id = 0;
    for (const char* language : {"fr", "en"})
        for (const char* kind : {"held", "ready", "declined", "expired"})
            write(++id, "06 12 34 56 78", kind, language);
    app.run_jobs();
    const auto texts = folder_.lines("texts.jsonl");
    ASSERT_EQ(texts.size(), 8u);
    for (const Json& asked : texts) {
        const Json body = parse_json(asked.at("body").get<std::string>());
        const auto text = body.at("text").get<std::string>();
        EXPECT_EQ(body.at("to"), "+33612345678");
        EXPECT_EQ(notices::in_text_alphabet(text), text);
        EXPECT_EQ(notices::text_parts(text), 1u) << notices::text_units(text) << ": " << text;
        EXPECT_THAT(text, HasSubstr("http://ville.example:"));
    }
    EXPECT_EQ(counts(), (notices::NoticeCounts{.sent = 8}));
}

}  // namespace
}  // namespace emplettes
