#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account.h"
#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::accounts {

inline constexpr std::chrono::days kSessionLasts{30};       // without being seen
inline constexpr std::chrono::hours kSessionNotedEvery{1};  // one write an hour at most
inline constexpr std::int64_t kSessionsPerAccountMax = 20;

// One device that is signed in. Its secret is in its cookie; here is the hash.
struct Session {
    SessionId id;
    std::string token_sha256;
    AccountId account;
    std::string device;  // "Firefox, Android": to be recognised in a list
    Instant created_at;
    Instant last_seen_at;  // to the hour
    Instant expires_at;

    bool operator==(const Session&) const = default;
};

struct SessionStart {
    SessionId id;
    std::string token;  // Random::url_token(kTokenBytes)
    AccountId account;
    std::string device;
};
// The longest unseen of an account's sessions end when it has more than kSessionsPerAccountMax.
void start_session(store::Tx& tx, TerritoryId territory, const SessionStart& start, Instant now);

// Who somebody is, and on which device.
struct SignedIn {
    Session session;
    Account account;

    bool operator==(const SignedIn&) const = default;
};
std::optional<SignedIn> find_signed_in(store::Tx& tx, TerritoryId territory, std::string_view token,
                                       Instant now);
// Whether it is time to note that this session was seen, which prolongs it.
bool is_to_be_noted(const Session& session, Instant now);
void note_seen(store::Tx& tx, TerritoryId territory, const Session& session, Instant now);

// The last seen first.
std::vector<Session> load_sessions(store::Tx& tx, TerritoryId territory, AccountId account,
                                   Instant now);
// Whether it was there, and this account's.
bool end_session(store::Tx& tx, TerritoryId territory, AccountId account, SessionId session);
void end_other_sessions(store::Tx& tx, TerritoryId territory, const Session& kept);

// Forgets what has expired, at most 1,000 a call; returns how many.
std::int64_t purge_sessions(store::Tx& tx, TerritoryId territory, Instant now);

}  // namespace emplettes::accounts
