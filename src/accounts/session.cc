#include "accounts/session.h"

#include "base/check.h"
#include "store/sha256.h"

namespace emplettes::accounts {
namespace {

constexpr std::string_view kInsertSession = R"sql(
    INSERT INTO session (territory_id, session_id, token_sha256, account_id, device, created_at,
                         last_seen_at, expires_at)
    VALUES (:territory, :session, :token, :account, :device, :now, :now, :expires)
)sql";

constexpr std::string_view kEndSurplus = R"sql(
    DELETE FROM session WHERE territory_id = :territory AND account_id = :account
      AND session_id NOT IN (
        SELECT session_id FROM session
        WHERE territory_id = :territory AND account_id = :account
        ORDER BY last_seen_at DESC, session_id DESC
        LIMIT :limit)
)sql";

constexpr std::string_view kNoteSignIn = R"sql(
    UPDATE account SET last_seen_at = :now
    WHERE territory_id = :territory AND account_id = :account AND last_seen_at < :now
)sql";

constexpr std::string_view kFindSession = R"sql(
    SELECT session_id, token_sha256, account_id, device, created_at, last_seen_at, expires_at
    FROM session
    WHERE territory_id = :territory AND token_sha256 = :token AND expires_at > :now
)sql";

constexpr std::string_view kNoteSeen = R"sql(
    UPDATE session SET last_seen_at = :now, expires_at = :expires
    WHERE territory_id = :territory AND session_id = :session AND last_seen_at < :now
)sql";

constexpr std::string_view kLoadSessions = R"sql(
    SELECT session_id, token_sha256, account_id, device, created_at, last_seen_at, expires_at
    FROM session
    WHERE territory_id = :territory AND account_id = :account AND expires_at > :now
    ORDER BY last_seen_at DESC, session_id DESC
    LIMIT :limit
)sql";

constexpr std::string_view kEndSession = R"sql(
    DELETE FROM session
    WHERE territory_id = :territory AND account_id = :account AND session_id = :session
)sql";

constexpr std::string_view kEndOthers = R"sql(
    DELETE FROM session
    WHERE territory_id = :territory AND account_id = :account AND session_id <> :session
)sql";

constexpr std::string_view kPurgeSessions = R"sql(
    DELETE FROM session WHERE territory_id = :territory AND session_id IN (
        SELECT session_id FROM session
        WHERE territory_id = :territory AND expires_at <= :now
        LIMIT 1000)
)sql";

std::vector<Session> load_rows(store::Tx& tx, std::string_view sql, store::Params params) {
    std::vector<Session> sessions;
    tx.each<SessionId, std::string, AccountId, std::string, Instant, Instant, Instant>(
        sql, params,
        [&](SessionId id, std::string token_sha256, AccountId account, std::string device,
            Instant created_at, Instant last_seen_at, Instant expires_at) {
            sessions.push_back({.id = id,
                                .token_sha256 = std::move(token_sha256),
                                .account = account,
                                .device = std::move(device),
                                .created_at = created_at,
                                .last_seen_at = last_seen_at,
                                .expires_at = expires_at});
        });
    return sessions;
}

}  // namespace

void start_session(store::Tx& tx, TerritoryId territory, const SessionStart& start, Instant now) {
    tx.run(kInsertSession, {{"territory", territory},
                            {"session", start.id},
                            {"token", store::sha256(start.token)},
                            {"account", start.account},
                            {"device", start.device},
                            {"now", now},
                            {"expires", now + kSessionLasts}});
    tx.run(
        kEndSurplus,
        {{"territory", territory}, {"account", start.account}, {"limit", kSessionsPerAccountMax}});
    tx.run(kNoteSignIn, {{"territory", territory}, {"account", start.account}, {"now", now}});
}

std::optional<SignedIn> find_signed_in(store::Tx& tx, TerritoryId territory, std::string_view token,
                                       Instant now) {
    auto sessions =
        load_rows(tx, kFindSession,
                  {{"territory", territory}, {"token", store::sha256(token)}, {"now", now}});
    if (sessions.empty()) return std::nullopt;
    auto account = find_account(tx, territory, sessions.front().account);
    check(account.has_value());
    return SignedIn{.session = std::move(sessions.front()), .account = std::move(*account)};
}

bool is_to_be_noted(const Session& session, Instant now) {
    return now >= session.last_seen_at + kSessionNotedEvery;
}

void note_seen(store::Tx& tx, TerritoryId territory, const Session& session, Instant now) {
    tx.run(kNoteSeen, {{"territory", territory},
                       {"session", session.id},
                       {"now", now},
                       {"expires", now + kSessionLasts}});
    tx.run(kNoteSignIn, {{"territory", territory}, {"account", session.account}, {"now", now}});
}

std::vector<Session> load_sessions(store::Tx& tx, TerritoryId territory, AccountId account,
                                   Instant now) {
    return load_rows(tx, kLoadSessions,
                     {{"territory", territory},
                      {"account", account},
                      {"now", now},
                      {"limit", kSessionsPerAccountMax}});
}

bool end_session(store::Tx& tx, TerritoryId territory, AccountId account, SessionId session) {
    return tx.run(kEndSession,
                  {{"territory", territory}, {"account", account}, {"session", session}}) > 0;
}

void end_other_sessions(store::Tx& tx, TerritoryId territory, const Session& kept) {
    tx.run(kEndOthers, {{"territory", territory}, {"account", kept.account}, {"session", kept.id}});
}

std::int64_t purge_sessions(store::Tx& tx, TerritoryId territory, Instant now) {
    return tx.run(kPurgeSessions, {{"territory", territory}, {"now", now}});
}

}  // namespace emplettes::accounts
