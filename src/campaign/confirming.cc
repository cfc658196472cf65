#include "base/check.h"
#include "base/mail_address.h"
#include "campaign/count.h"
#include "campaign/mail_allowance.h"
#include "campaign/mailbox.h"
#include "campaign/refusal.h"
#include "campaign/sign_notice.h"
#include "campaign/signature.h"

namespace emplettes::campaign {
namespace {

constexpr std::int64_t kListedMax = 100;

constexpr std::string_view kFindSignature = R"sql(
    SELECT signature_id, pledge_id, status, name, organisation, comment, is_public, wants_news,
           signed_at
    FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND signature_id = :signature
)sql";
constexpr std::string_view kSignedBy = R"sql(
    SELECT signature_id, pledge_id, status, name, organisation, comment, is_public, wants_news,
           signed_at
    FROM signature WHERE territory_id = :territory AND email_hash = :mailbox
    ORDER BY signed_at DESC, signature_id DESC LIMIT :limit
)sql";
// The lower of the two seats that is free; none: nothing changes.
constexpr std::string_view kConfirm = R"sql(
    UPDATE signature SET status = 'confirmed', unconfirmed_email = '', confirmed_at = :now,
        wants_news = 0,
        comment_status = CASE WHEN comment <> '' OR organisation <> '' THEN 'waiting'
                              ELSE 'none' END,
        seat = (SELECT CASE WHEN COALESCE(MIN(o.seat), 2) = 2 THEN 1 ELSE 2 END FROM signature o
                WHERE o.territory_id = :territory AND o.pledge_id = :pledge
                      AND o.email_hash = signature.email_hash AND o.seat > 0)
    WHERE territory_id = :territory AND pledge_id = :pledge AND signature_id = :signature
          AND status = 'waiting'
          AND (SELECT COUNT(*) FROM signature o
               WHERE o.territory_id = :territory AND o.pledge_id = :pledge
                     AND o.email_hash = signature.email_hash AND o.seat > 0) < :most
)sql";
constexpr std::string_view kAddressOf = R"sql(
    SELECT unconfirmed_email, language FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND signature_id = :signature
)sql";
// Without a moment, which would say who signed what.
constexpr std::string_view kAddReader = R"sql(
    INSERT INTO news_reader (territory_id, news_email, language)
    VALUES (:territory, :email, :language)
    ON CONFLICT (territory_id, news_email) DO NOTHING
)sql";
constexpr std::string_view kRemove = R"sql(
    DELETE FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND signature_id = :signature
    RETURNING status, batch_id
)sql";
constexpr std::string_view kPublic = R"sql(
    SELECT name, CASE WHEN comment_status = 'shown' THEN organisation ELSE '' END,
           CASE WHEN comment_status = 'shown' THEN comment ELSE '' END, confirmed_at
    FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND status = 'confirmed'
          AND is_public = 1
    ORDER BY confirmed_at DESC, signature_id DESC LIMIT :limit
)sql";
constexpr std::string_view kHasSigned =
    "SELECT COUNT(*) FROM signature WHERE territory_id = :territory AND email_hash = :mailbox";

SignatureStatus parse_signature_status(std::string_view word) {
    if (word == "waiting") return SignatureStatus::waiting;
    if (word == "confirmed") return SignatureStatus::confirmed;
    check(word == "refused");
    return SignatureStatus::refused;
}

std::vector<Signature> read_signatures(store::Tx& tx, std::string_view query,
                                       store::Params params) {
    std::vector<Signature> found;
    tx.each<SignatureId, PledgeId, std::string, std::string, std::string, std::string, int, int,
            Instant>(query, params,
                     [&](SignatureId id, PledgeId pledge, const std::string& status,
                         std::string name, std::string organisation, std::string comment,
                         int is_public, int wants_news, Instant signed_at) {
                         found.push_back({.id = id,
                                          .pledge = pledge,
                                          .status = parse_signature_status(status),
                                          .name = std::move(name),
                                          .organisation = std::move(organisation),
                                          .comment = std::move(comment),
                                          .is_public = is_public != 0,
                                          .wants_news = wants_news != 0,
                                          .signed_at = signed_at});
                     });
    return found;
}

CountContext count_context(const SignContext& context, PledgeId pledge) {
    return {
        .territory = context.territory, .pledge = pledge, .ids = context.ids, .now = context.now};
}

}  // namespace

std::optional<Signature> find_signature(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                                        SignatureId id) {
    auto found = read_signatures(tx, kFindSignature,
                                 {{"territory", territory}, {"pledge", pledge}, {"signature", id}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

bool may_confirm(const Pledge& pledge, const Signature& signature, Instant now) {
    return pledge.status == PledgeStatus::published && now < pledge.ends_at + kLateClicks &&
           now < signature.signed_at + kSignLinkLasts;
}

Result<Confirmed, ConfirmError> confirm(store::Tx& tx, const Pledge& pledge, SignatureId id,
                                        const SignContext& context) {
    const auto signature = find_signature(tx, context.territory, pledge.id, id);
    if (!signature) return ConfirmError::not_there;
    if (signature->status != SignatureStatus::waiting) return Confirmed::counted_before;
    if (!may_confirm(pledge, *signature, context.now)) return ConfirmError::too_late;
    const auto address = tx.one<std::string, std::string>(
        kAddressOf, {{"territory", context.territory}, {"pledge", pledge.id}, {"signature", id}});
    const auto& [email, language] = address.value();
    const auto confirmed = tx.run(kConfirm, {{"now", context.now},
                                             {"territory", context.territory},
                                             {"pledge", pledge.id},
                                             {"signature", id},
                                             {"most", kPeoplePerMailbox}});
    if (confirmed == 0) return ConfirmError::mailbox_full;
    enter_count(tx, count_context(context, pledge.id), {.change = Change::confirmed});
    if (signature->wants_news)
        tx.run(kAddReader,
               {{"territory", context.territory}, {"email", email}, {"language", language}});
    write_sign_notice(
        tx, {.kind = kSignedKind, .email = email, .language = language, .name = signature->name},
        pledge, id, context);
    return Confirmed::now_counted;
}

bool withdraw(store::Tx& tx, PledgeId pledge, SignatureId id, const SignContext& context) {
    const auto removed = tx.one<std::string, BatchId>(
        kRemove, {{"territory", context.territory}, {"pledge", pledge}, {"signature", id}});
    if (!removed) return false;
    const auto status = parse_signature_status(std::get<0>(*removed));
    if (status == SignatureStatus::waiting) return true;  // never counted
    const CountContext count = count_context(context, pledge);
    // What was refused is no longer: it is withdrawn, and counted once all the same.
    if (status == SignatureStatus::refused) take_out_of_batch(tx, count, std::get<1>(*removed));
    enter_count(tx, count, {.change = Change::withdrawn});
    return true;
}

void send_list(store::Tx& tx, std::string_view email, const std::string& language,
               const SignContext& context) {
    const auto address = parse_mail_address(email);
    check(address.has_value());
    const std::string mailbox = mailbox_hash(context.key, context.territory, *address);
    const auto found =
        tx.one<std::int64_t>(kHasSigned, {{"territory", context.territory}, {"mailbox", mailbox}});
    if (found.value() == 0) return;
    if (!take_mail(tx, context.territory, mailbox, context.now)) return;
    write_list_notice(tx, {.kind = kSignedListKind, .email = *address, .language = language},
                      nullptr, context);
}

std::vector<Signature> load_signed(store::Tx& tx, TerritoryId territory,
                                   std::string_view email_hash) {
    return read_signatures(
        tx, kSignedBy, {{"territory", territory}, {"mailbox", email_hash}, {"limit", kListedMax}});
}

std::vector<PublicSignature> load_public(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                                         std::int64_t limit) {
    std::vector<PublicSignature> list;
    tx.each<std::string, std::string, std::string, Instant>(
        kPublic, {{"territory", territory}, {"pledge", pledge}, {"limit", limit}},
        [&](std::string name, std::string organisation, std::string comment, Instant at) {
            list.push_back({.name = std::move(name),
                            .organisation = std::move(organisation),
                            .comment = std::move(comment),
                            .confirmed_at = at});
        });
    return list;
}

}  // namespace emplettes::campaign
