#include <algorithm>

#include "base/check.h"
#include "base/mail_address.h"
#include "base/text.h"
#include "campaign/mail_allowance.h"
#include "campaign/mailbox.h"
#include "campaign/network_trace.h"
#include "campaign/sign_notice.h"
#include "campaign/signature.h"

namespace emplettes::campaign {
namespace {

constexpr std::string_view kFindSame = R"sql(
    SELECT signature_id, status FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND email_hash = :mailbox
          AND name_key = :name_key
)sql";
constexpr std::string_view kSeatsTaken = R"sql(
    SELECT COUNT(*) FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND email_hash = :mailbox AND seat > 0
)sql";
constexpr std::string_view kInsertSignature = R"sql(
    INSERT INTO signature (territory_id, pledge_id, signature_id, status, unconfirmed_email,
        email_hash, seat, name, name_key, organisation, language, is_public, wants_news, comment,
        comment_status, mail_domain, network_hash, network_day, asker, in_alarm, signed_at,
        confirmed_at, batch_id)
    VALUES (:territory, :pledge, :signature, 'waiting', :email, :mailbox, 0,
        :name, :name_key, :organisation, :language, :is_public, :wants_news, :comment, 'none',
        :mail_domain, :network_hash, :network_day, :asker, :in_alarm, :now, 0, 0)
)sql";
// The last word of who asked counts: they see it before they confirm.
constexpr std::string_view kSignAgain = R"sql(
    UPDATE signature SET unconfirmed_email = :email, name = :name, organisation = :organisation,
        language = :language, is_public = :is_public, wants_news = :wants_news,
        comment = :comment, mail_domain = :mail_domain, network_hash = :network_hash,
        network_day = :network_day, asker = :asker, in_alarm = :in_alarm, signed_at = :now
    WHERE territory_id = :territory AND pledge_id = :pledge AND signature_id = :signature
          AND status = 'waiting'
)sql";

bool is_control_sign(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_line(std::string_view text, std::size_t length_max) {
    return is_valid_utf8(text) && std::none_of(text.begin(), text.end(), is_control_sign) &&
           utf8_length(text) <= length_max;
}

// Mails to people who have not asked for any hold the name: it must not lead anywhere.
bool names_an_address(std::string_view text) {
    const std::string small = to_lower_ascii(text);
    return small.find("://") != std::string::npos || small.find("www.") != std::string::npos ||
           small.find('@') != std::string::npos;
}

// Several lines.
bool is_comment(const std::string& text) {
    const auto is_odd = [](char c) { return is_control_sign(c) && c != '\n' && c != '\r'; };
    return is_valid_utf8(text) && std::none_of(text.begin(), text.end(), is_odd) &&
           utf8_length(text) <= kCommentMax;
}

// A request to sign, with what is computed of it once.
struct Wish {
    Wish(const Pledge& the_pledge, const SignRequest& asked, const SignContext& the_context)
        : pledge(the_pledge),
          request(asked),
          context(the_context),
          email(parse_mail_address(asked.email).value()),
          mailbox(mailbox_hash(context.key, context.territory, email)),
          // The same person in the same mailbox, however the name is written.
          name_key(keyed_hash(context.key, "name",
                              fold(trim(asked.name)) + "\n" + fold(trim(asked.organisation)))) {}

    const Pledge& pledge;
    const SignRequest& request;
    const SignContext& context;
    std::string email;
    std::string mailbox;
    std::string name_key;
};

struct Same {
    SignatureId id;
    bool is_waiting = false;
};

std::optional<Same> find_same(store::Tx& tx, const Wish& wish) {
    const auto found =
        tx.one<SignatureId, std::string>(kFindSame, {{"territory", wish.context.territory},
                                                     {"pledge", wish.pledge.id},
                                                     {"mailbox", wish.mailbox},
                                                     {"name_key", wish.name_key}});
    if (!found) return std::nullopt;
    return Same{.id = std::get<0>(*found), .is_waiting = std::get<1>(*found) == "waiting"};
}

bool is_mailbox_full(store::Tx& tx, const Wish& wish) {
    return tx.one<std::int64_t>(kSeatsTaken, {{"territory", wish.context.territory},
                                              {"pledge", wish.pledge.id},
                                              {"mailbox", wish.mailbox}})
               .value() >= kPeoplePerMailbox;
}

NetworkTrace trace_of_wish(store::Tx& tx, const Wish& wish) {
    const SignContext& context = wish.context;
    return trace_network(tx, {context.territory, context.key, context.random}, wish.request.network,
                         context.now);
}

void update_waiting(store::Tx& tx, const Wish& wish, SignatureId id) {
    const NetworkTrace trace = trace_of_wish(tx, wish);
    const SignRequest& request = wish.request;
    tx.run(kSignAgain, {{"email", wish.email},
                        {"name", trim(request.name)},
                        {"organisation", trim(request.organisation)},
                        {"language", request.language},
                        {"is_public", request.is_public},
                        {"wants_news", request.wants_news},
                        {"comment", trim(request.comment)},
                        {"mail_domain", mail_domain_of(wish.email)},
                        {"network_hash", trace.hash},
                        {"network_day", trace.day},
                        {"asker", to_string(request.asker)},
                        {"in_alarm", request.in_alarm},
                        {"now", wish.context.now},
                        {"territory", wish.context.territory},
                        {"pledge", wish.pledge.id},
                        {"signature", id}});
}

void insert_waiting(store::Tx& tx, const Wish& wish, SignatureId id) {
    const NetworkTrace trace = trace_of_wish(tx, wish);
    const SignRequest& request = wish.request;
    tx.run(kInsertSignature, {{"territory", wish.context.territory},
                              {"pledge", wish.pledge.id},
                              {"signature", id},
                              {"email", wish.email},
                              {"mailbox", wish.mailbox},
                              {"name", trim(request.name)},
                              {"name_key", wish.name_key},
                              {"organisation", trim(request.organisation)},
                              {"language", request.language},
                              {"is_public", request.is_public},
                              {"wants_news", request.wants_news},
                              {"comment", trim(request.comment)},
                              {"mail_domain", mail_domain_of(wish.email)},
                              {"network_hash", trace.hash},
                              {"network_day", trace.day},
                              {"asker", to_string(request.asker)},
                              {"in_alarm", request.in_alarm},
                              {"now", wish.context.now}});
}

}  // namespace

std::string_view to_string(Asker asker) {
    switch (asker) {
        case Asker::known: return "known";
        case Asker::newcomer: return "newcomer";
        case Asker::unknown: return "unknown";
    }
    check(false);
    return {};
}

std::optional<SignError> find_sign_fault(const SignRequest& request) {
    if (trim(request.name).empty()) return SignError::name_missing;
    if (!is_line(request.name, std::string::npos) || names_an_address(request.name))
        return SignError::name_not_valid;
    if (!is_line(request.name, kSignerNameMax)) return SignError::name_too_long;
    if (!is_mail_address(request.email)) return SignError::email_not_valid;
    if (!is_line(request.organisation, kSignerNameMax)) return SignError::organisation_not_valid;
    if (!is_comment(request.comment)) return SignError::comment_not_valid;
    if (!request.has_consented) return SignError::consent_missing;
    return std::nullopt;
}

void sign(store::Tx& tx, const Pledge& pledge, const SignRequest& request,
          const SignContext& context) {
    check(!find_sign_fault(request) && pledge.is_open(context.now));
    const Wish wish(pledge, request, context);
    if (!take_mail(tx, context.territory, wish.mailbox, context.now)) return;
    SignNotice notice{.kind = kSignLinkKind,
                      .email = wish.email,
                      .language = request.language,
                      .name = std::string(trim(request.name))};
    const auto same = find_same(tx, wish);
    const bool is_there = same && !same->is_waiting;
    if (is_there || is_mailbox_full(tx, wish)) {
        notice.kind = kSignedBeforeKind;
        write_list_notice(tx, notice, &pledge, context);
        return;
    }
    const auto id = same ? same->id : context.ids.next<SignatureId>();
    if (same)
        update_waiting(tx, wish, id);
    else
        insert_waiting(tx, wish, id);
    write_sign_notice(tx, notice, pledge, id, context);
}

}  // namespace emplettes::campaign
