#include "catalogue/askers.h"

#include <sodium.h>

#include <cstring>
#include <string>

namespace emplettes::catalogue {

void Askers::begin(LocalDay day, Random& random) {
    random.fill(key_);
    seen_.clear();
    words_of_network_.clear();
    day_ = day;
    has_key_ = true;
}

void Askers::forget_before(LocalDay today) {
    if (!has_key_ || today <= day_) return;
    sodium_memzero(key_.data(), key_.size());
    seen_.clear();
    words_of_network_.clear();
    has_key_ = false;
}

std::uint64_t Askers::hash_of(std::string_view text) const {
    static_assert(crypto_shorthash_KEYBYTES == std::tuple_size_v<decltype(key_)>);
    std::array<unsigned char, crypto_shorthash_BYTES> hash{};
    crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                     key_.data());
    std::uint64_t number = 0;
    std::memcpy(&number, hash.data(), sizeof number);
    return number;
}

Asking Askers::tell(LocalDay day, std::string_view network, std::string_view words,
                    Random& random) {
    if (!has_key_ || day > day_) begin(day, random);
    const std::uint64_t asked = hash_of(std::string(network) + '\n' + std::string(words));
    if (seen_.contains(asked)) return Asking::again;
    if (seen_.size() >= kAskersPerDayMax) return Asking::unknown;
    std::size_t& words_of_network = words_of_network_[hash_of(network)];
    if (words_of_network >= kWordsPerNetworkMax) return Asking::again;
    ++words_of_network;
    seen_.insert(asked);
    return Asking::first;
}

}  // namespace emplettes::catalogue
