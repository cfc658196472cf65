#include "web/shield/network_prefix.h"

#include <sodium.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace emplettes::web {
namespace {

namespace ip = boost::asio::ip;

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr int kMappedBits = 96;

static_assert(crypto_shorthash_KEYBYTES == sizeof(KeyedHash::Secret));
static_assert(crypto_shorthash_BYTES == sizeof(std::uint64_t));

std::uint64_t siphash(const KeyedHash::Secret& secret, const unsigned char* bytes,
                      std::size_t count) {
    unsigned char out[crypto_shorthash_BYTES];
    crypto_shorthash(out, bytes, count, secret.data());
    std::uint64_t hash = 0;
    for (const unsigned char byte : out) hash = hash << 8 | byte;
    return hash;
}

}  // namespace

bool NetworkAddress::is_v4() const {
    return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

NetworkAddress read_network_address(std::string_view text) {
    boost::system::error_code error;
    const auto read = ip::make_address(text, error);
    NetworkAddress address;
    if (error) return address;
    if (read.is_v6()) {
        address.bytes = read.to_v6().to_bytes();
        return address;
    }
    std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
    const auto bytes = read.to_v4().to_bytes();
    std::copy(bytes.begin(), bytes.end(), address.bytes.begin() + kMapped.size());
    return address;
}

int prefix_bits(bool is_v4, Reach reach) {
    switch (reach) {
        case Reach::host: return is_v4 ? 32 : 64;
        case Reach::prefix: return is_v4 ? 24 : 48;
        case Reach::region: return is_v4 ? 16 : 40;
    }
    return 0;
}

NetworkAddress network_prefix(const NetworkAddress& address, Reach reach) {
    const bool is_v4 = address.is_v4();
    const int bits = prefix_bits(is_v4, reach) + (is_v4 ? kMappedBits : 0);
    NetworkAddress prefix;
    std::copy_n(address.bytes.begin(), bits / 8, prefix.bytes.begin());  // all are whole bytes
    return prefix;
}

std::string prefix_text(const NetworkAddress& address, Reach reach) {
    const NetworkAddress prefix = network_prefix(address, reach);
    const ip::address_v6 long_one(prefix.bytes);
    const bool is_v4 = address.is_v4();
    const std::string text =
        is_v4 ? ip::make_address_v4(ip::v4_mapped, long_one).to_string() : long_one.to_string();
    return text + '/' + std::to_string(prefix_bits(is_v4, reach));
}

std::uint64_t KeyedHash::of(const NetworkAddress& address, Reach reach) const {
    std::array<unsigned char, 17> message{};
    const NetworkAddress prefix = network_prefix(address, reach);
    std::copy(prefix.bytes.begin(), prefix.bytes.end(), message.begin());
    message.back() = static_cast<unsigned char>(reach);
    return siphash(secret_, message.data(), message.size());
}

std::uint64_t KeyedHash::of(std::string_view text) const {
    return siphash(secret_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

}  // namespace emplettes::web
