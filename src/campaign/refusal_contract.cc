#include "campaign/refusal.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>

#include "campaign/signer_database.h"
#include "campaign/test_signers.h"
#include "store/contract.h"
#include "store/migrations.h"

namespace emplettes::campaign {
namespace {

using namespace std::chrono_literals;

// The flood of reliability.md is 40,000 false signatures among 5,000 true ones; here a part of it,
// all of it with EMPLETTES_WHOLE_FLOOD set.
int part_of(int whole, store::Dialect dialect) {
    if (std::getenv("EMPLETTES_WHOLE_FLOOD") != nullptr) return whole;
    return whole / (dialect == store::Dialect::sqlite ? 20 : 50);
}

class RefusalContract : public store::Contract {
  protected:
    RefusalContract() {
        store::migrate(*db_, embedded_pledge_migrations(), SystemClock());
        signers_.emplace(*db_);
    }
    // Signs and confirms in one transaction, as fast as may be.
    void flood(int count, const std::function<SignRequest(int)>& request) {
        const auto& pledge = signers_->pledge();
        for (int done = 0; done < count; done += 500)
            db_->write([&](store::Tx& tx) {
                tx.allow(60s);
                for (int i = done; i < std::min(done + 500, count); ++i) {
                    sign(tx, pledge, request(i), signers_->context());
                    const auto mails = notices::load_waiting(tx, TestSigners::kTerritory,
                                                             signers_->clock().now(), 1);
                    const auto& mail = mails.at(0);
                    EXPECT_TRUE(
                        confirm(tx, pledge, signers_->link_of(mail), signers_->context()).ok());
                    notices::forget_notice(tx, mail);
                    for (const auto& thanks : notices::load_waiting(tx, TestSigners::kTerritory,
                                                                    signers_->clock().now(), 1))
                        notices::forget_notice(tx, thanks);
                }
            });
    }
    static SignRequest from(const std::string& network, const std::string& name,
                            const std::string& email) {
        auto request = TestSigners::request(name, email);
        request.network = network;
        return request;
    }
    RefusalQuery of_network(const std::string& network) {
        return {.networks = db_->read([&](store::Tx& tx) {
            return load_traces(tx, TestSigners::kTerritory, TestSigners::kKey, network);
        })};
    }
    RefusalPreview preview(const RefusalQuery& query) {
        return db_->read([&](store::Tx& tx) {
            return preview_refusal(tx, TestSigners::kTerritory, signers_->pledge().id, query);
        });
    }
    Result<std::int64_t, RefusalError> refuse(const RefusalQuery& query,
                                              const std::string& reason = "a flood") {
        return db_->write([&](store::Tx& tx) {
            return refuse_signatures(tx, signers_->count_context(),
                                     {.query = query, .reason = reason, .by = "op@example.org"});
        });
    }
    std::vector<Refusal> refusals() {
        return db_->read([&](store::Tx& tx) {
            return load_refusals(tx, TestSigners::kTerritory, signers_->pledge().id);
        });
    }
    bool undo(BatchId batch) {
        return db_->write([&](store::Tx& tx) {
            return undo_refusal(tx, signers_->count_context(), batch, "other@example.org");
        });
    }

    std::optional<TestSigners> signers_;
};

INSTANTIATE_TEST_SUITE_P(Databases, RefusalContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(RefusalContract, AFloodIsTakenOutAndNobodyElse) {
    const int people = part_of(5'000, GetParam());
    const int attackers = part_of(40'000, GetParam());
    const auto half = static_cast<std::int64_t>(attackers / 2);
    flood(people, [](int i) {
        return from("198.51." + std::to_string(i % 250) + ".0/24", "Neighbour " + std::to_string(i),
                    "n" + std::to_string(i) + "@example.org");
    });
    // One half from one network with names of their own, the other from everywhere with one name;
    // one neighbour lives in the attackers' network.
    flood(attackers / 2, [](int i) {
        return from("203.0.113.0/24", "N" + std::to_string(i),
                    "a" + std::to_string(i) + "@throwaway.example");
    });
    flood(attackers / 2, [](int i) {
        return from("198.51." + std::to_string(i % 250) + ".0/24", "Jeff Bezos",
                    "j" + std::to_string(i) + "@mail.example");
    });
    signers_->clock().advance(1s);
    flood(1, [](int) { return from("203.0.113.0/24", "Ada", "ada@example.org"); });
    const std::int64_t honest = people + 1;
    ASSERT_EQ(signers_->count().counted(), honest + 2 * half);

    RefusalQuery network = of_network("203.0.113.0/24");
    network.until = signers_->clock().now();  // the neighbour came later
    EXPECT_EQ(preview(network).signatures, half);
    EXPECT_EQ(refuse(network).value(), half);
    const RefusalQuery name{.name = "jeff b*"};
    const auto seen = preview(name);
    EXPECT_EQ(seen.signatures, half);
    EXPECT_EQ(seen.names.at(0), "Jeff Bezos");
    EXPECT_EQ(refuse(name).value(), half);
    // Precision and recall are 1: every false one, and nobody true.
    EXPECT_EQ(signers_->count().counted(), honest);
    EXPECT_EQ(signers_->count().refused, 2 * half);
    EXPECT_TRUE(signers_->contradictions().empty());

    for (const Refusal& refusal : refusals()) {
        EXPECT_TRUE(undo(refusal.id));
        EXPECT_FALSE(undo(refusal.id));
        EXPECT_TRUE(signers_->contradictions().empty());
    }
    EXPECT_EQ(signers_->count(), Count{.confirmed = honest + 2 * half});
}

TEST_P(RefusalContract, WhoWithdrawsWhatWasRefusedIsCountedOnce) {
    const auto ada = signers_->signed_by("Jeff", "ada@example.org");
    signers_->signed_by("Jeff", "bob@example.org");
    signers_->signed_by("Eve", "eve@example.org");
    ASSERT_EQ(refuse({.name = "JEFF"}).value(), 2);
    EXPECT_TRUE(signers_->withdraw(ada));
    EXPECT_EQ(signers_->count(), (Count{.confirmed = 3, .withdrawn = 1, .refused = 1}));
    EXPECT_EQ(refusals().at(0).signatures, 1);
    EXPECT_TRUE(signers_->contradictions().empty());
    EXPECT_TRUE(undo(refusals().at(0).id));
    EXPECT_EQ(signers_->count(), (Count{.confirmed = 3, .withdrawn = 1}));
    EXPECT_TRUE(signers_->contradictions().empty());
}

TEST_P(RefusalContract, WhatSaysNothingMeansNobody) {
    signers_->signed_by("100%_sure!", "ada@example.org");
    EXPECT_EQ(refuse({}).error(), RefusalError::query_empty);
    EXPECT_EQ(refuse({.from = TestSigners::kStart}).error(), RefusalError::query_empty);
    EXPECT_EQ(refuse({.name = "*"}, " ").error(), RefusalError::reason_missing);
    EXPECT_EQ(refuse({.name = "*"}, std::string(201, 'a')).error(), RefusalError::reason_too_long);
    EXPECT_EQ(refuse({.name = "1%"}).error(), RefusalError::nobody_meant);
    EXPECT_EQ(refuse({.name = "100%%sure!"}).error(), RefusalError::nobody_meant);
    EXPECT_EQ(refuse({.mail_domain = "other.example"}).error(), RefusalError::nobody_meant);
    EXPECT_EQ(refuse({.name = "*", .in_alarm = true}).error(), RefusalError::nobody_meant);
    EXPECT_EQ(signers_->count(), Count{.confirmed = 1});
    EXPECT_EQ(refuse({.name = "100%_sure!", .mail_domain = "example.org"}).value(), 1);
    EXPECT_EQ(signers_->count().counted(), 0);
}

TEST_P(RefusalContract, AQueryIsWrittenDownAndRead) {
    const RefusalQuery query{.networks = {{.hash = "abc", .day = 20'000}},
                             .name = "Jeff*",
                             .mail_domain = "example.org",
                             .in_alarm = true,
                             .from = TestSigners::kStart,
                             .until = TestSigners::kStart + 1h};
    EXPECT_EQ(parse_refusal_query(to_text(query)), query);
    EXPECT_FALSE(parse_refusal_query("{}"));
    EXPECT_FALSE(parse_refusal_query("nothing"));
}

TEST_P(RefusalContract, TracesAreForgottenAfterNinetyDays) {
    signers_->signed_by("Ada", "ada@example.org");
    EXPECT_EQ(preview(of_network("192.0.2.0/24")).signatures, 1);
    signers_->clock().advance(std::chrono::days{55});  // before everything is erased
    signers_->forget();
    EXPECT_EQ(preview(of_network("192.0.2.0/24")).signatures, 1);
    db_->write([](store::Tx& tx) { tx.run("UPDATE pledge SET anonymise_at = anonymise_at * 2"); });
    signers_->clock().advance(std::chrono::days{36});
    signers_->forget();
    EXPECT_TRUE(of_network("192.0.2.0/24").networks.empty());
    EXPECT_EQ(store::count_rows(*db_, "signature WHERE network_hash <> '' OR mail_domain <> ''"),
              0);
    EXPECT_EQ(signers_->count(), Count{.confirmed = 1});
}

}  // namespace
}  // namespace emplettes::campaign
