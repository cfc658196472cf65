#include "emplettes/app.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "emplettes/test_installation.h"
#include "emplettes/test_typed.h"
#include "notices/eml_folder.h"
#include "notices/notice.h"
#include "store/migrations.h"

namespace emplettes {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class AppTest : public testing::Test {
  protected:
    // What became of the shop's place in the mail that says "it is kept for you".
    std::string held_mail(const Json& place) {
        installation_.app().database().write([&](store::Tx& tx) {
            Json facts = {{"code", "ABCDEFGHJK"}, {"status", "held"},     {"reason", ""},
                          {"product", "Thé"},     {"product_id", 1},      {"quantity", 1},
                          {"price_cents", 350},   {"held_until", 0},      {"person", "Zoé"},
                          {"shop", "Épicerie"},   {"pickup_code", "7K4P"}};
            facts.update(place);
            notices::enqueue(tx, {.id = NoticeId{77},
                                  .territory = installation_.territory("ville"),
                                  .kind = "reservation_held",
                                  .audience = notices::Audience::neighbour,
                                  .recipient = "zoe@example.org",
                                  .language = "en",
                                  .facts = facts,
                                  .created_at = installation_.clock.now()});
        });
        installation_.app().run_jobs();
        const notices::EmlFolder mails(installation_.path() / "mails" / "ville");
        const auto read = notices::read_mail(mails, notices::mail_name(77));
        return read ? read->mail.text : "no mail";
    }

    // Sent long ago.
    void add_old_notices(int count) {
        const TerritoryId ville = installation_.territory("ville");
        installation_.app().database().write([&](store::Tx& tx) {
            for (int i = 1; i <= count; ++i) {
                const notices::Notice notice{.id = NoticeId{i},
                                             .territory = ville,
                                             .kind = "reservation_held",
                                             .recipient = "zoe@example.org",
                                             .facts = Json::object(),
                                             .created_at = installation_.clock.now() - 31 * 24h};
                notices::enqueue(tx, notice);
                notices::mark_sent(tx, notice, notice.created_at);
            }
        });
    }

    std::int64_t rows(const std::string& sql) {
        return installation_.app().database().read(
            [&](store::Tx& tx) { return tx.one<std::int64_t>(sql).value(); });
    }

    TestInstallation installation_;
};

TEST_F(AppTest, ADemoShowsItsOwnMailsAndNoOtherTowns) {
    installation_.add_territory("demo", "demo = true");
    installation_.add_territory("ville");
    App& app = installation_.start();
    installation_.reserve("ville", "Zoé");
    app.run_jobs();
    const auto mails = installation_.mails();
    ASSERT_THAT(mails, Not(IsEmpty()));
    EXPECT_THAT(mails, Each(StartsWith("ville/")));
    const std::string name = mails.front().substr(std::string("ville/").size());
    EXPECT_THAT(installation_.get("demo", "/fr/dev/mails"), Not(HasSubstr(name)));
    EXPECT_THAT(installation_.get("demo", "/fr/dev/mails/" + name), StartsWith("404"));
    EXPECT_THAT(installation_.get("ville", "/fr/dev/mails"), StartsWith("404"));
    EXPECT_THAT(installation_.get("ville", "/fr/dev/mails/" + name), StartsWith("404"));

    installation_.reserve("demo", "Zoé");
    app.run_jobs();
    EXPECT_THAT(installation_.get("demo", "/fr/dev/mails"), HasSubstr("/fr/dev/mails/0"));
}

// As after a fail-over that lost what was heard: other news stand where the last ones were.
TEST_F(AppTest, ADatabaseThatIsNotTheOneThatWasFollowedIsReadAnew) {
    installation_.add_territory("ville");
    App& app = installation_.start();
    installation_.reserve("ville", "Zoé");
    app.run_jobs();
    const auto run = [&](const std::string& sql) {
        app.database().write([&](store::Tx& tx) { tx.run(sql); });
        app.run_jobs();
    };
    const auto peste = [&] { return installation_.get("ville", "/api/v1/search?q=peste"); };
    run("UPDATE product SET title = 'La Peste'");
    EXPECT_THAT(peste(), Not(HasSubstr("La Peste")));  // nobody told
    run("UPDATE outbox SET subject_id = subject_id + 1");
    EXPECT_THAT(peste(), HasSubstr("La Peste"));
    installation_.reserve("ville", "Zoé");
    app.run_jobs();
    EXPECT_THAT(peste(), HasSubstr("La Peste"));
}

TEST_F(AppTest, MailsAreErasedWithTheirNotices) {
    installation_.add_territory("ville");
    App& app = installation_.start();
    installation_.reserve("ville", "Zoé");
    app.run_jobs();
    installation_.clock.advance(10 * 24h);
    app.run_jobs();  // expired meanwhile, which is told
    const auto all = installation_.mails();
    installation_.clock.advance(19 * 24h);
    app.run_jobs();
    EXPECT_EQ(installation_.mails(), all);
    installation_.clock.advance(2 * 24h);
    app.run_jobs();
    EXPECT_LT(installation_.mails().size(), all.size());
    installation_.clock.advance(10 * 24h);
    app.run_jobs();
    EXPECT_THAT(installation_.mails(), IsEmpty());
}

TEST_F(AppTest, MailsOfATerritoryThatIsGoneAreErasedToo) {
    installation_.add_territory("ville");
    installation_.add_territory("gone");
    installation_.start();
    installation_.reserve("gone", "Zoé");
    installation_.app().run_jobs();
    ASSERT_THAT(installation_.mails(), Not(IsEmpty()));
    std::filesystem::remove(installation_.path() / "territories" / "gone.toml");
    App& app = installation_.start();
    installation_.clock.advance(31 * 24h);
    app.run_jobs();
    EXPECT_THAT(installation_.mails(), IsEmpty());
}

TEST_F(AppTest, OneRunForgetsABusyDay) {
    installation_.add_territory("ville");
    App& app = installation_.start();
    add_old_notices(2300);
    EXPECT_EQ(rows("SELECT COUNT(*) FROM notice"), 2300);
    app.run_jobs();
    EXPECT_EQ(rows("SELECT COUNT(*) FROM notice"), 0);
}

TEST_F(AppTest, OneRunEndsAllThatIsOverdue) {
    installation_.add_territory("ville");
    App& app = installation_.start();
    for (int i = 0; i < 210; ++i) installation_.reserve("ville", "Zoé");
    installation_.clock.advance(10 * 24h);
    app.run_jobs();
    EXPECT_EQ(rows("SELECT COUNT(*) FROM reservation WHERE status = 'expired'"), 210);
}

// A balancer names no territory.
TEST_F(AppTest, HealthIsToldByAnyName) {
    installation_.add_territory("ville");
    installation_.add_territory("village");
    installation_.start();
    EXPECT_THAT(installation_.get("nobody", "/api/v1/status"), HasSubstr("421 "));
    EXPECT_EQ(installation_.get("nobody", "/healthz"), "ok\n");
}

TEST_F(AppTest, MetricsTellOfDatabaseNoticesAndCatalogue) {
    installation_.add_territory("ville");
    App& app = installation_.start();
    installation_.reserve("ville", "Zoé");
    app.run_jobs();
    EXPECT_THAT(
        installation_.get("ville", "/metrics"),
        AllOf(HasSubstr("# TYPE database_commits_total counter"),
              HasSubstr("\ndatabase_reads_total "), HasSubstr("\ndatabase_writes_total "),
              HasSubstr("\ndatabase_retries_total 0"), HasSubstr("\ndatabase_unavailable_total 0"),
              HasSubstr("# TYPE catalogue_shops gauge"),
              HasSubstr("\ncatalogue_shops{territory=\"ville\"} 1"),
              HasSubstr("\ncatalogue_products{territory=\"ville\"} 1"),
              HasSubstr("\ncatalogue_offers{territory=\"ville\"} 1"),
              HasSubstr("\nnotices{territory=\"ville\",status=\"sent\"} 1"),
              HasSubstr("\nnotices{territory=\"ville\",status=\"waiting\"} 0"),
              HasSubstr("\nnotices{territory=\"ville\",status=\"to_print\"} 1"),
              HasSubstr("\nnotices_oldest_waiting_seconds{territory=\"ville\"} 0"),
              HasSubstr("\nmail_relay_down_seconds 0"), HasSubstr("\nhttp_requests_total{"),
              Not(HasSubstr("job_runs_total{"))));
}

TEST_F(AppTest, MetricsTellOfTheInstallation) {
    installation_.add_territory("ville");
    installation_.start();
    const std::string before = installation_.get("ville", "/metrics");
    EXPECT_THAT(
        before,
        AllOf(HasSubstr("\nprocess_start_time_seconds 1"), HasSubstr("\ndata_folder_free_bytes "),
              HasSubstr("\nprocess_resident_memory_bytes "), HasSubstr("\ndatabase_file_bytes "),
              HasSubstr("\nbackup_made_seconds 0\n")));
    ASSERT_EQ(
        type_in({"backup", installation_.file("a.tar"), "--data", installation_.path().string()})
            .status,
        0);
    EXPECT_THAT(installation_.get("ville", "/metrics"), Not(HasSubstr("backup_made_seconds 0\n")));
}

// What a program that comes later brings. The first only adds, so this one goes on beside it.
TEST_F(AppTest, ANewerProgramThatOnlyAddsDisturbsNobody) {
    installation_.add_territory("ville");
    const auto own = embedded_migrations();
    std::vector<EmbeddedFile> files(own.begin(), own.end());
    const auto name = [&](int more) {
        const std::string number =
            std::to_string(10'000 + own.size() + static_cast<unsigned>(more));
        return number.substr(1);
    };
    const std::string add = name(1) + "_wider.sql";
    const std::string adding =
        "-- serves from " + name(0) +
        "\nALTER TABLE reservation ADD COLUMN gift BIGINT NOT NULL DEFAULT 0;"
        "\nCREATE TABLE gift (territory_id BIGINT NOT NULL, id BIGINT);";
    const std::string take = name(2) + "_narrower.sql";
    const std::string taking = "ALTER TABLE reservation DROP COLUMN gift;";
    installation_.start();
    installation_.reserve("ville", "Before");
    const auto newer =
        store::Database::open({.location = DataFolder(installation_.path()).database()});
    files.push_back({.path = add, .bytes = adding});
    EXPECT_EQ(store::migrate(*newer, files, installation_.clock), 1);
    installation_.reserve("ville", "Meanwhile");  // by the old program, with its old statements
    installation_.app().run_jobs();
    EXPECT_EQ(rows("SELECT COUNT(*) FROM reservation WHERE gift = 0"), 2);
    installation_.app().stop();
    installation_.start();  // and starts again on what is newer than itself
    installation_.reserve("ville", "After");
    EXPECT_EQ(rows("SELECT COUNT(*) FROM reservation"), 3);
    installation_.app().stop();
    files.push_back({.path = take, .bytes = taking});
    EXPECT_EQ(store::migrate(*newer, files, installation_.clock), 1);
    EXPECT_THROW(installation_.start(), store::MigrationError);
}

TEST_F(AppTest, WithoutAMapProgramsAreToldToImportOne) {
    installation_.add_territory("ville");
    installation_.start();
    for (const char* question : {"geocode?q=rue", "reverse?lat=48.5&lon=2.5"})
        EXPECT_THAT(installation_.get("ville", "/api/v1/" + std::string(question)),
                    AllOf(StartsWith("503"), HasSubstr("no_addresses"), HasSubstr("import osm")))
            << question;
    for (const char* question : {"route?from=48.5,2.5&to=48.5,2.6", "matrix?from=48.5,2.5"})
        EXPECT_THAT(
            installation_.get("ville", "/api/v1/" + std::string(question) + "&profile=bike"),
            AllOf(StartsWith("503"), HasSubstr("no_streets"), HasSubstr("import osm")))
            << question;
    EXPECT_THAT(installation_.get("ville", "/fr/"), Not(HasSubstr("data-geocode")));
}

TEST_F(AppTest, MetricsTellOfJobsThatRunInTheBackground) {
    installation_.add_territory("ville");
    installation_.start(true);
    EXPECT_THAT(installation_.get("ville", "/metrics"),
                AllOf(HasSubstr("# TYPE job_runs_total counter"),
                      HasSubstr("\njob_runs_total{job=\"send_notices\"} "),
                      HasSubstr("\njob_failures_total{job=\"forget_old_records\"} 0")));
}

TEST_F(AppTest, AMailSaysOfAPlaceWhatIsKnown) {
    installation_.add_territory("ville");
    installation_.start();
    EXPECT_THAT(held_mail({{"street", "12 rue Cadet"}, {"city", "75009 Paris"}}),
                HasSubstr("Where: Épicerie, 12 rue Cadet, 75009 Paris\n"));
}

TEST_F(AppTest, AMailSaysNoEmptyStreet) {
    installation_.add_territory("ville");
    installation_.start();
    EXPECT_THAT(held_mail({{"street", ""}, {"city", "75009 Paris"}}),
                HasSubstr("Where: Épicerie, 75009 Paris\n"));
}

TEST_F(AppTest, AMailOfAShopWithoutAddressSaysItsName) {
    installation_.add_territory("ville");
    installation_.start();
    EXPECT_THAT(held_mail({{"street", ""}, {"city", ""}}), HasSubstr("Where: Épicerie\n"));
}

}  // namespace
}  // namespace emplettes
