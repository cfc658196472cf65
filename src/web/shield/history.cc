#include "web/shield/history.h"

#include <sodium.h>

#include <algorithm>

namespace emplettes::web {
namespace {

constexpr std::string_view kHistoryPurpose = "history";  // the key has other uses, too
constexpr std::string_view kNumberPurpose = "number of the deed ";
constexpr std::size_t kDeedBytes = 16;
constexpr std::size_t kDeedBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
// Nodes of one service do not have quite the same time.
constexpr std::chrono::seconds kClockDrift{60};

using Sealed = std::array<unsigned char, kDeedBytes + crypto_auth_BYTES>;
constexpr std::size_t kSealedText = sodium_base64_ENCODED_LEN(sizeof(Sealed), kDeedBase64);

void put_number(std::uint64_t number, unsigned char* to) {
    for (int i = 7; i >= 0; --i, number >>= 8) to[i] = static_cast<unsigned char>(number & 0xFF);
}

std::uint64_t get_number(const unsigned char* from) {
    std::uint64_t number = 0;
    for (int i = 0; i < 8; ++i) number = number << 8 | from[i];
    return number;
}

// All parts have a fixed length.
void write_seal(const History::Key& key, const Sealed& sealed, unsigned char* mac) {
    std::string message(kHistoryPurpose);
    message.append(sealed.begin(), sealed.begin() + kDeedBytes);
    crypto_auth(mac, reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                key.data());
}

}  // namespace

std::string History::write(const Deed& deed) const {
    Sealed sealed;
    put_number(deed.number, sealed.data());
    put_number(static_cast<std::uint64_t>(to_unix(deed.at)), sealed.data() + 8);
    write_seal(key_, sealed, sealed.data() + kDeedBytes);
    char text[kSealedText];
    sodium_bin2base64(text, sizeof text, sealed.data(), sealed.size(), kDeedBase64);
    return text;
}

std::string History::issue(std::string_view deed, Instant now) const {
    const std::string message = std::string(kNumberPurpose).append(deed);
    unsigned char mac[crypto_auth_BYTES];
    crypto_auth(mac, reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                key_.data());
    return write({.number = get_number(mac), .at = now});
}

std::optional<History::Deed> History::read(std::string_view cookie, Instant now) const {
    Sealed sealed;
    std::size_t size = 0;
    const int result = sodium_base642bin(sealed.data(), sealed.size(), cookie.data(), cookie.size(),
                                         nullptr, &size, nullptr, kDeedBase64);
    if (result != 0 || size != sealed.size()) return std::nullopt;
    unsigned char mac[crypto_auth_BYTES];
    write_seal(key_, sealed, mac);
    if (sodium_memcmp(mac, sealed.data() + kDeedBytes, sizeof mac) != 0) return std::nullopt;
    const auto at = static_cast<std::int64_t>(get_number(sealed.data() + 8));
    if (at > to_unix(now + kClockDrift) || at < to_unix(now - kLifetime)) return std::nullopt;
    return Deed{.number = get_number(sealed.data()), .at = instant_from_unix(at)};
}

}  // namespace emplettes::web
