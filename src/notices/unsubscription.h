#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "notices/secret_key.h"
#include "store/tx.h"

namespace emplettes::notices {

// Mails that nobody has asked for can be ended by whoever reads them, without signing in (ePrivacy
// directive art. 13, code des postes L34-5, RFC 8058). Which kinds those are is said where they are
// written; what belongs to something that the reader did cannot be ended.
struct Subscription {
    std::string kind;     // of the notice
    std::string address;  // of the reader

    bool operator==(const Subscription&) const = default;
};

// For the end of a link: says nothing to who reads it, and nobody else can make one. The same for
// ever for the same subscription.
std::string make_unsubscribe_token(const SecretKey& key, const Subscription& subscription);
std::optional<Subscription> read_unsubscribe_token(const SecretKey& key, std::string_view token);

bool is_unsubscribed(store::Tx& tx, TerritoryId territory, const Subscription& subscription);
void unsubscribe(store::Tx& tx, TerritoryId territory, const Subscription& subscription,
                 Instant now);
void subscribe_again(store::Tx& tx, TerritoryId territory, const Subscription& subscription);

}  // namespace emplettes::notices
