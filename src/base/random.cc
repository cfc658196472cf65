#include "base/random.h"

#include <sodium.h>

#include <array>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

#include "base/check.h"

namespace emplettes {
namespace {

constexpr std::string_view kReadableSigns = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

}  // namespace

std::uint64_t Random::below(std::uint64_t bound) {
    check(bound > 0);
    // Rejects the uneven tail, so that no remainder is likelier than another.
    constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t limit = kMax - kMax % bound;
    while (true) {
        std::array<unsigned char, sizeof(std::uint64_t)> bytes{};
        fill(bytes);
        std::uint64_t value = 0;
        std::memcpy(&value, bytes.data(), sizeof value);
        if (value < limit) return value % bound;
    }
}

std::string Random::readable_code(std::size_t length) {
    std::string code;
    code.reserve(length);
    while (code.size() < length) code += kReadableSigns[below(kReadableSigns.size())];
    return code;
}

std::string Random::url_token(std::size_t bytes) {
    std::vector<unsigned char> raw(bytes);
    fill(raw);
    std::string token(sodium_base64_encoded_len(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                      '\0');
    sodium_bin2base64(token.data(), token.size(), raw.data(), raw.size(),
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    token.pop_back();  // the terminating zero
    return token;
}

SystemRandom::SystemRandom() { check(sodium_init() >= 0); }

void SystemRandom::fill(std::span<unsigned char> bytes) {
    randombytes_buf(bytes.data(), bytes.size());
}

void SeededRandom::fill(std::span<unsigned char> bytes) {
    const std::lock_guard lock(mutex_);
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
        const std::uint64_t value = engine_();
        std::memcpy(bytes.data() + at, &value, std::min(sizeof value, bytes.size() - at));
    }
}

}  // namespace emplettes
