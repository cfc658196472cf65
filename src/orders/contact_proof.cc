#include "orders/contact_proof.h"

#include <algorithm>

#include "notices/notice.h"
#include "orders/contact_rule.h"
#include "store/sha256.h"

namespace emplettes::orders {
namespace {

constexpr std::string_view kSelectSent = R"sql(
    SELECT sent, first_sent_at
    FROM contact_proof
    WHERE territory_id = :territory AND contact_hash = :contact
)sql";

constexpr std::string_view kSave = R"sql(
    INSERT INTO contact_proof (territory_id, contact_hash, code_hash, tries, sent, first_sent_at,
        expires_at, proven_at)
    VALUES (:territory, :contact, :code, 0, :sent, :first_sent_at, :expires_at, 0)
    ON CONFLICT (territory_id, contact_hash) DO UPDATE SET code_hash = :code, tries = 0,
        sent = :sent, first_sent_at = :first_sent_at, expires_at = :expires_at
)sql";

constexpr std::string_view kTry = R"sql(
    UPDATE contact_proof SET tries = tries + 1
    WHERE territory_id = :territory AND contact_hash = :contact AND tries < :tries_max
      AND expires_at > :now AND code_hash <> ''
    RETURNING code_hash
)sql";

constexpr std::string_view kProve = R"sql(
    UPDATE contact_proof SET code_hash = '', proven_at = :now, expires_at = :until
    WHERE territory_id = :territory AND contact_hash = :contact
)sql";

constexpr std::string_view kIsProven = R"sql(
    SELECT COUNT(*)
    FROM contact_proof
    WHERE territory_id = :territory AND contact_hash = :contact AND proven_at > :since
)sql";

constexpr std::string_view kPurge = R"sql(
    DELETE FROM contact_proof
    WHERE territory_id = :territory AND contact_hash IN (
        SELECT contact_hash FROM contact_proof
        WHERE territory_id = :territory AND expires_at < :before
        LIMIT :limit)
)sql";

// The territory makes it another one for the same contact elsewhere.
std::string hash_of(TerritoryId territory, std::string_view contact) {
    return store::sha256(std::to_string(territory.value) + " " + contact_key(contact));
}

std::string code_hash(TerritoryId territory, std::string_view contact, std::string_view code) {
    return store::sha256(hash_of(territory, contact) + " " + std::string(code));
}

std::string draw_code(Random& random) {
    std::string code;
    while (code.size() < kProofCodeLength) code += static_cast<char>('0' + random.below(10));
    return code;
}

void send_code(store::Tx& tx, const ProofRequest& request, const ProofContext& context,
               const std::string& code) {
    notices::enqueue(tx, {.id = context.ids.next<NoticeId>(),
                          .territory = context.territory,
                          .kind = std::string(kContactCodeKind),
                          .audience = notices::Audience::neighbour,
                          .recipient = request.contact,
                          .language = request.language,
                          .facts = {{"code", code}, {"minutes", kProofLasts.count()}},
                          .created_at = context.now});
}

}  // namespace

ProofSent ask_for_proof(store::Tx& tx, const ProofRequest& request, const ProofContext& context) {
    const std::string contact = hash_of(context.territory, request.contact);
    std::int64_t sent = 0;
    Instant first = context.now;
    const auto before = tx.one<std::int64_t, Instant>(
        kSelectSent, {{"territory", context.territory}, {"contact", contact}});
    if (before && context.now - std::get<1>(*before) < kProofCodesPer)
        std::tie(sent, first) = *before;
    if (sent >= kProofCodesMax) return ProofSent::sent_before;

    const std::string code = draw_code(context.random);
    tx.run(kSave, {{"territory", context.territory},
                   {"contact", contact},
                   {"code", code_hash(context.territory, request.contact, code)},
                   {"sent", sent + 1},
                   {"first_sent_at", first},
                   {"expires_at", context.now + kProofLasts}});
    send_code(tx, request, context, code);
    return ProofSent::sent;
}

bool prove(store::Tx& tx, TerritoryId territory, std::string_view contact, std::string_view code,
           Instant now) {
    const auto expected = tx.one<std::string>(kTry, {{"territory", territory},
                                                     {"contact", hash_of(territory, contact)},
                                                     {"tries_max", kProofTriesMax},
                                                     {"now", now}});
    if (!expected || *expected != code_hash(territory, contact, code)) return false;
    tx.run(kProve, {{"now", now},
                    {"until", now + kProvenFor},
                    {"territory", territory},
                    {"contact", hash_of(territory, contact)}});
    return true;
}

bool is_proven(store::Tx& tx, TerritoryId territory, std::string_view contact, Instant now) {
    return tx.one<std::int64_t>(kIsProven, {{"territory", territory},
                                            {"contact", hash_of(territory, contact)},
                                            {"since", now - kProvenFor}})
               .value_or(0) > 0;
}

std::int64_t purge_proofs(store::Tx& tx, TerritoryId territory, Instant now, std::int64_t limit) {
    return tx.run(kPurge,
                  {{"territory", territory}, {"before", now - kProofCodesPer}, {"limit", limit}});
}

}  // namespace emplettes::orders
