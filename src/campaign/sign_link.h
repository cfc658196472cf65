#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "campaign/signer_key.h"

namespace emplettes::campaign {

using PledgeId = Id<struct PledgeTag>;
using SignatureId = Id<struct SignatureTag>;

// Links of mails. Nothing is stored for them: they carry what they lead to and a MAC, so that the
// same link comes with every mail, whichever arrives.

// Leads to one signature: to confirm it and, ever after, to withdraw it.
std::string make_sign_token(const SignerKey& key, PledgeId pledge, SignatureId signature);
std::optional<SignatureId> read_sign_token(const SignerKey& key, PledgeId pledge,
                                           std::string_view token);

// Leads to all that one mailbox signed.
inline constexpr std::chrono::hours kListLinkLasts{24};
std::string make_list_token(const SignerKey& key, std::string_view email_hash, Instant now);
// The mailbox's hash.
std::optional<std::string> read_list_token(const SignerKey& key, std::string_view token,
                                           Instant now);

}  // namespace emplettes::campaign
