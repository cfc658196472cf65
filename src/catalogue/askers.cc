#include "catalogue/askers.h"

#include <sodium.h>

#include <cstring>
#include <string>

namespace emplettes::catalogue {

void Askers::begin(LocalDay day, Random& random) {
    random.fill(key_);
    seen_.clear();
    day_ = day;
    has_key_ = true;
}

void Askers::forget_before(LocalDay today) {
    if (!has_key_ || today <= day_) return;
    sodium_memzero(key_.data(), key_.size());
    seen_.clear();
    has_key_ = false;
}

bool Askers::is_first(LocalDay day, std::string_view network, std::string_view words,
                      Random& random) {
    static_assert(crypto_shorthash_KEYBYTES == std::tuple_size_v<decltype(key_)>);
    if (!has_key_ || day > day_) begin(day, random);
    if (seen_.size() >= kAskersPerDayMax) return false;
    const std::string asked = std::string(network) + '\n' + std::string(words);
    std::array<unsigned char, crypto_shorthash_BYTES> hash{};
    crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(asked.data()),
                     asked.size(), key_.data());
    std::uint64_t number = 0;
    std::memcpy(&number, hash.data(), sizeof number);
    return seen_.insert(number).second;
}

}  // namespace emplettes::catalogue
