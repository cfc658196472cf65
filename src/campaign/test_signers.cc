#include "campaign/test_signers.h"

#include <gtest/gtest.h>

#include "campaign/forgetting.h"
#include "campaign/soundness.h"

namespace emplettes::campaign {

using std::chrono::days;

TestSigners::TestSigners(store::Database& db) : db_(db) {
    const Pledge wanted = draft("noel-ici");
    pledge_ = db_.write([&](store::Tx& tx) {
        const auto id = add_draft(tx, kTerritory, wanted, ids_, kStart).value();
        set_status(tx, kTerritory, id, PledgeStatus::published);
        return find_pledge(tx, kTerritory, id).value();
    });
}

Pledge TestSigners::draft(const std::string& slug) {
    const PledgeText text{.title = "Noël ici",
                          .body = "Cette année, nos cadeaux viennent d’à côté.",
                          .thanks = "Merci."};
    return {.slug = slug,
            .called_by = "Les boutiques de la rue",
            .goal = 1'000,
            .begins_at = kStart,
            .ends_at = kStart + days{23},
            .anonymise_at = kStart + days{61},
            .texts = {{"en", text}, {"fr", text}},
            .milestones = {
                {.signatures = 500,
                 .owner = "La mairie",
                 .due_at = kStart + days{40},
                 .promises = {{"en", "A day without cars."}, {"fr", "Un jour sans voitures."}}}}};
}

SignRequest TestSigners::request(const std::string& name, const std::string& email) {
    return {.name = name,
            .email = email,
            .language = "fr",
            .has_consented = true,
            .network = "192.0.2.0/24"};
}

SignContext TestSigners::context() {
    return {
        .territory = kTerritory, .key = kKey, .ids = ids_, .random = random_, .now = clock_.now()};
}

CountContext TestSigners::count_context() {
    return {.territory = kTerritory, .pledge = pledge_.id, .ids = ids_, .now = clock_.now()};
}

void TestSigners::sign(const SignRequest& request) {
    db_.write([&](store::Tx& tx) { campaign::sign(tx, pledge_, request, context()); });
}

Result<Confirmed, ConfirmError> TestSigners::confirm(SignatureId id) {
    return db_.write([&](store::Tx& tx) { return campaign::confirm(tx, pledge_, id, context()); });
}

bool TestSigners::withdraw(SignatureId id) {
    return db_.write(
        [&](store::Tx& tx) { return campaign::withdraw(tx, pledge_.id, id, context()); });
}

Count TestSigners::count() {
    return db_.read([&](store::Tx& tx) { return load_count(tx, kTerritory, pledge_.id); });
}

std::vector<notices::Notice> TestSigners::mails() {
    return db_.read(
        [&](store::Tx& tx) { return notices::load_waiting(tx, kTerritory, clock_.now(), 1'000); });
}

SignatureId TestSigners::link_of(const notices::Notice& mail) {
    return read_sign_token(kKey, pledge_.id, mail.facts.at("token").get<std::string>()).value();
}

SignatureId TestSigners::signed_by(const std::string& name, const std::string& email) {
    sign(name, email);
    const auto id = link_of(mails().back());
    EXPECT_TRUE(confirm(id).ok());
    return id;
}

std::vector<std::string> TestSigners::contradictions() {
    return db_.read([&](store::Tx& tx) { return find_contradictions(tx, kTerritory); });
}

void TestSigners::forget() {
    while (db_.write([&](store::Tx& tx) { return forget_signers(tx, kTerritory, clock_.now()); }) >
           0) {
    }
}

}  // namespace emplettes::campaign
