#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "campaign/decision.h"
#include "campaign/signature.h"
#include "catalogue/soundness.h"
#include "emplettes/databases.h"
#include "emplettes/test_installation.h"
#include "emplettes/test_typed.h"
#include "notices/notice.h"
#include "store/table_text.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const std::string kFile = EMPLETTES_SOURCE_DIR "/demo/pledges/noel-ici.toml";
const std::string kMayor = "mairie@ville.example";
const std::string kDeputy = "adjointe@ville.example";
constexpr Instant kDuring = instant_from_unix(1'796'119'200);  // while that pledge is open
constexpr int kTestNode = 3;

std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

class PledgeVerbTest : public testing::Test {
  protected:
    PledgeVerbTest() {
        here_.add_territory("ville");
        type_in({"user", "add", kMayor, "--operator", "--data", data()});
    }
    std::string data() const { return here_.path().string(); }
    Typed draft(const std::string& by) {
        return type_in({"pledge", kFile, "--by", by, "--data", data()});
    }
    // Publishes what was drafted, and somebody signs it.
    void publish_and_sign() {
        const auto main = open_database(DataFolder(data()).database(), clock_);
        const auto here = main->read(catalogue::load_territories).at("ville");
        const auto signers = open_signers(DataFolder(data()), *main, "", clock_);
        signers->database().write([&](store::Tx& tx) {
            auto pledge = campaign::find_pledge(tx, here, "noel-ici").value();
            const auto open = campaign::load_proposals(tx, here, pledge.id, SystemClock().now());
            ASSERT_EQ(open.size(), 1U);
            EXPECT_EQ(open[0].proposed_by, kMayor);
            EXPECT_TRUE(
                campaign::second(
                    tx, open[0].id,
                    {.territory = here, .ids = ids_, .by = kDeputy, .now = SystemClock().now()})
                    .ok());
            pledge.status = campaign::PledgeStatus::published;
            const campaign::SignContext context{.territory = here,
                                                .key = signers->key(),
                                                .ids = ids_,
                                                .random = random_,
                                                .now = kDuring};
            campaign::sign(tx, pledge,
                           {.name = "Ada",
                            .email = "ada@example.org",
                            .language = "fr",
                            .has_consented = true},
                           context);
            const auto mail = notices::load_waiting(tx, here, kDuring, 1).at(0);
            const auto id = campaign::read_sign_token(signers->key(), pledge.id,
                                                      mail.facts.at("token").get<std::string>());
            EXPECT_TRUE(campaign::confirm(tx, pledge, id.value(), context).ok());
        });
    }
    static std::string rows_of(const fs::path& folder) {
        const auto db = store::Database::open({.location = DataFolder(folder).pledge_database()});
        return db->read([](store::Tx& tx) {
            std::string all;
            for (const auto& table : store::list_tables(tx))
                store::write_table(tx, table, [&](std::string_view lines) { all += lines; });
            return all;
        });
    }

    TestInstallation here_;
    const ManualClock clock_{kDuring};
    IdSource ids_{clock_, kTestNode};
    SeededRandom random_{1};
};

TEST_F(PledgeVerbTest, AnOperatorProposesAndNobodyElse) {
    EXPECT_THAT(draft("paul@example.org").err, HasSubstr("is no operator"));
    const Typed drafted = draft(kMayor);
    EXPECT_EQ(drafted.status, 0) << drafted.err;
    EXPECT_THAT(drafted.out, HasSubstr("another operator than mairie@ville.example"));
    EXPECT_THAT(draft(kMayor).err, HasSubstr("already: say another slug"));
    const std::string wrong = here_.file("wrong.toml");
    std::ofstream(wrong) << "slug = \"a\"\n";
    EXPECT_THAT(type_in({"pledge", wrong, "--by", kMayor, "--data", data()}).err,
                HasSubstr("goal: is missing"));
}

TEST_F(PledgeVerbTest, SignersAreKeptAndRestoredAndVerified) {
    ASSERT_EQ(draft(kMayor).status, 0);
    publish_and_sign();
    EXPECT_THAT(type_in({"verify", "--data", data()}).out, HasSubstr("\n0 problems\n"));
    const std::string backup = here_.file("kept.tar");
    const Typed backed_up = type_in({"backup", backup, "--data", data()});
    ASSERT_EQ(backed_up.status, 0) << backed_up.err;
    const fs::path there = here_.path() / "there";
    const Typed restored = type_in({"restore", backup, "--data", there.string()});
    ASSERT_EQ(restored.status, 0) << restored.err;
    EXPECT_THAT(rows_of(there), HasSubstr("Ada"));
    EXPECT_EQ(rows_of(there), rows_of(here_.path()));
    EXPECT_EQ(content_of(there / "pledges.key"), content_of(here_.path() / "pledges.key"));
    EXPECT_THAT(type_in({"verify", "--data", there.string()}).out, HasSubstr("\n0 problems\n"));

    const auto db = store::Database::open({.location = DataFolder(there).pledge_database()});
    db->write([](store::Tx& tx) { tx.run("UPDATE count_shard SET confirmed = 33764"); });
    const Typed verified = type_in({"verify", "--data", there.string()});
    EXPECT_EQ(verified.status, 1);
    EXPECT_THAT(verified.out, HasSubstr("ville, pledges and their counts: NOT SOUND"));
    EXPECT_THAT(verified.out, HasSubstr("ledger's sum 1, shown as counted 33764"));
}

}  // namespace
}  // namespace emplettes
