#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "store/tx.h"

namespace emplettes::accounts {

// Signing in by a link in a mail: who can read the mail is who they say. Nobody has a password.

inline constexpr std::size_t kTokenBytes = 32;  // of a link's and of a session's secret
inline constexpr std::chrono::minutes kLinkLasts{10};
// More within an hour are not sent, so that no address can be flooded from here.
inline constexpr std::int64_t kLinksPerAddressMax = 5;
inline constexpr std::int64_t kLinksPerAddressInDemoMax = 500;  // no mail leaves a demo
// Nor more for one network (web/network.h), whomever they are for.
inline constexpr std::int64_t kLinksPerNetworkMax = 30;
inline constexpr std::int64_t kLinksPerNetworkInDemoMax = 5'000;
inline constexpr std::chrono::hours kLinksCountedFor{1};
inline constexpr std::size_t kReturnToLengthMax = 500;

struct LinkRequest {
    std::string email;      // as parse_mail_address makes it
    std::string return_to;  // the page that wanted to know who they are; may be empty
    std::string token;      // Random::url_token(kTokenBytes); only its hash is kept
    std::string network;    // that asks; kept as long as the link counts
    std::int64_t links_max = kLinksPerAddressMax;  // within the hour, as the next
    std::int64_t links_of_network_max = kLinksPerNetworkMax;
};

enum class LinkError {
    too_many,  // for this address
    too_many_of_network,
};

// Notes the link down. Its mail is for the caller to send, in the same transaction.
Result<Done, LinkError> ask_for_link(store::Tx& tx, TerritoryId territory,
                                     const LinkRequest& request, Instant now);

struct Link {
    std::string email;
    std::string return_to;

    bool operator==(const Link&) const = default;
};
// Whose link this is, while it can be used. Uses nothing up: programs that check mails for their
// readers open links, too.
std::optional<Link> find_link(store::Tx& tx, TerritoryId territory, std::string_view token,
                              Instant now);
// The same, and never again: of two who come at once, one has it.
std::optional<Link> use_link(store::Tx& tx, TerritoryId territory, std::string_view token,
                             Instant now);

// Forgets links that no longer count, at most 1,000 a call; returns how many.
std::int64_t purge_links(store::Tx& tx, TerritoryId territory, Instant now);

}  // namespace emplettes::accounts
