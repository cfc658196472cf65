#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/random.h"
#include "base/result.h"
#include "campaign/pledge.h"
#include "campaign/signer_key.h"
#include "store/tx.h"

namespace emplettes::campaign {

inline constexpr std::size_t kSignerNameMax = 80;  // characters, of an organisation, too
inline constexpr std::size_t kCommentMax = 500;    // characters
inline constexpr std::int64_t kPeoplePerMailbox = 2;
inline constexpr std::chrono::days kSignLinkLasts{7};
// Mails are late: who signed in time confirms in time for two days more.
inline constexpr std::chrono::days kLateClicks{2};

// Notices to who signs. Facts: pledge (its title), slug, name, token; of the list only the token.
inline constexpr std::string_view kSignLinkKind = "pledge_sign_link";
inline constexpr std::string_view kSignedBeforeKind = "pledge_signed_before";
inline constexpr std::string_view kSignedKind = "pledge_signed";
inline constexpr std::string_view kSignedListKind = "pledge_list";

// What is known of who asks, as the shield sees it.
enum class Asker { known, newcomer, unknown };
std::string_view to_string(Asker asker);

struct SignRequest {
    std::string name;
    std::string email;
    std::string organisation;  // that the person signs for; empty: for themselves
    std::string comment;
    std::string language;
    bool has_consented = false;  // that an opinion is kept (GDPR art. 9.2.a)
    bool is_public = false;      // the name may be shown
    bool wants_news = false;
    std::string network;  // web::network_of
    Asker asker = Asker::unknown;
    bool in_alarm = false;
};

enum class SignError {
    name_missing,
    name_too_long,
    name_not_valid,
    email_not_valid,
    organisation_not_valid,
    comment_not_valid,  // too long, or with signs that are none
    consent_missing,
};
std::optional<SignError> find_sign_fault(const SignRequest& request);

struct SignContext {
    TerritoryId territory;
    const SignerKey& key;
    IdSource& ids;
    Random& random;
    Instant now;
};

// Writes the signature down, which counts for nothing yet, and a mail with the link that confirms
// it; or a mail that tells the mailbox's owner that it is there already. Nothing when the mailbox
// had its mails of the day. Whoever asks learns none of this. The request is without fault and the
// pledge open.
void sign(store::Tx& tx, const Pledge& pledge, const SignRequest& request,
          const SignContext& context);

enum class SignatureStatus { waiting, confirmed, refused };

// A signature, as the person who made it sees it.
struct Signature {
    SignatureId id;
    PledgeId pledge;
    SignatureStatus status = SignatureStatus::waiting;
    std::string name;
    std::string organisation;
    std::string comment;
    bool is_public = false;
    bool wants_news = false;
    Instant signed_at;

    bool operator==(const Signature&) const = default;
};
// None: it was withdrawn, or its link grew old, or everything was erased.
std::optional<Signature> find_signature(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                                        SignatureId id);
// Whether a link that has been sent may still confirm.
bool may_confirm(const Pledge& pledge, const Signature& signature, Instant now);

enum class ConfirmError {
    not_there,     // withdrawn, or forgotten
    too_late,      // may_confirm says no
    mailbox_full,  // others of the mailbox have signed
};
// What the click changed: a repeated one nothing.
enum class Confirmed { now_counted, counted_before };
// The signature counts, and its address is forgotten; a mail thanks and tells how to withdraw.
Result<Confirmed, ConfirmError> confirm(store::Tx& tx, const Pledge& pledge, SignatureId id,
                                        const SignContext& context);

// It is gone, and nothing about who signed stays. Whether it was there. At any time, also after the
// end.
bool withdraw(store::Tx& tx, PledgeId pledge, SignatureId id, const SignContext& context);

// A mail with a link to everything that this mailbox has signed, if it signed anything.
void send_list(store::Tx& tx, std::string_view email, const std::string& language,
               const SignContext& context);
// By mailbox_hash: what waits, counts and was refused, newest first.
std::vector<Signature> load_signed(store::Tx& tx, TerritoryId territory,
                                   std::string_view email_hash);

// What everybody may see: confirmed signatures whose people want to be named.
struct PublicSignature {
    std::string name;
    std::string organisation;  // seen by an operator
    std::string comment;       // seen by an operator
    Instant confirmed_at;

    bool operator==(const PublicSignature&) const = default;
};
// Newest first.
std::vector<PublicSignature> load_public(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                                         std::int64_t limit);

}  // namespace emplettes::campaign
