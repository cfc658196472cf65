#include "notices/unsubscription.h"

#include <sodium.h>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::notices {
namespace {

constexpr std::string_view kIsUnsubscribed = R"sql(
    SELECT COUNT(*) FROM unsubscription
    WHERE territory_id = :territory AND kind = :kind AND address = :address
)sql";

constexpr std::string_view kUnsubscribe = R"sql(
    INSERT INTO unsubscription (territory_id, kind, address, created_at)
    VALUES (:territory, :kind, :address, :now)
    ON CONFLICT (territory_id, kind, address) DO NOTHING
)sql";

constexpr std::string_view kSubscribe = R"sql(
    DELETE FROM unsubscription
    WHERE territory_id = :territory AND kind = :kind AND address = :address
)sql";

constexpr std::string_view kUnsubscribePurpose = "emplettes unsubscribe";
constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t kTokenMax = 400;
constexpr char kBetween = '\n';

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

SecretKey sealing_key(const SecretKey& key) {
    SecretKey derived{};
    crypto_generichash(derived.data(), derived.size(), bytes_of(kUnsubscribePurpose),
                       kUnsubscribePurpose.size(), key.data(), key.size());
    return derived;
}

// Of what is sealed itself, so that the same is sealed the same and two never share one.
std::string nonce_of(const SecretKey& key, std::string_view plain) {
    std::string nonce(crypto_secretbox_NONCEBYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(nonce.data()), nonce.size(),
                       bytes_of(plain), plain.size(), key.data(), key.size());
    return nonce;
}

}  // namespace

std::string make_unsubscribe_token(const SecretKey& key, const Subscription& subscription) {
    const SecretKey sealing = sealing_key(key);
    const std::string plain = subscription.kind + kBetween + to_lower_ascii(subscription.address);
    const std::string nonce = nonce_of(sealing, plain);
    std::string box(plain.size() + crypto_secretbox_MACBYTES, '\0');
    crypto_secretbox_easy(reinterpret_cast<unsigned char*>(box.data()), bytes_of(plain),
                          plain.size(), bytes_of(nonce), sealing.data());
    const std::string sealed = nonce + box;
    std::string token(sodium_base64_encoded_len(sealed.size(), kBase64), '\0');
    sodium_bin2base64(token.data(), token.size(), bytes_of(sealed), sealed.size(), kBase64);
    token.pop_back();  // its terminating zero
    return token;
}

std::optional<Subscription> read_unsubscribe_token(const SecretKey& key, std::string_view token) {
    if (token.size() > kTokenMax) return std::nullopt;
    std::string sealed(token.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(sealed.data()), sealed.size(),
                          token.data(), token.size(), nullptr, &size, nullptr, kBase64) != 0 ||
        size < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
        return std::nullopt;
    const std::string_view nonce = std::string_view(sealed).substr(0, crypto_secretbox_NONCEBYTES);
    const std::string_view box = std::string_view(sealed).substr(nonce.size(), size - nonce.size());
    std::string plain(box.size() - crypto_secretbox_MACBYTES, '\0');
    if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(plain.data()), bytes_of(box),
                                   box.size(), bytes_of(nonce), sealing_key(key).data()) != 0)
        return std::nullopt;
    const auto between = plain.find(kBetween);
    check(between != std::string::npos);
    return Subscription{.kind = plain.substr(0, between), .address = plain.substr(between + 1)};
}

bool is_unsubscribed(store::Tx& tx, TerritoryId territory, const Subscription& subscription) {
    return tx.one<std::int64_t>(kIsUnsubscribed,
                                {{"territory", territory},
                                 {"kind", subscription.kind},
                                 {"address", to_lower_ascii(subscription.address)}})
               .value() > 0;
}

void unsubscribe(store::Tx& tx, TerritoryId territory, const Subscription& subscription,
                 Instant now) {
    tx.run(kUnsubscribe, {{"territory", territory},
                          {"kind", subscription.kind},
                          {"address", to_lower_ascii(subscription.address)},
                          {"now", now}});
}

void subscribe_again(store::Tx& tx, TerritoryId territory, const Subscription& subscription) {
    tx.run(kSubscribe, {{"territory", territory},
                        {"kind", subscription.kind},
                        {"address", to_lower_ascii(subscription.address)}});
}

}  // namespace emplettes::notices
