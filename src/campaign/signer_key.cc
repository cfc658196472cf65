#include "campaign/signer_key.h"

#include <sodium.h>

namespace emplettes::campaign {
namespace {

constexpr std::size_t kHashBytes = 16;

void hash_in(crypto_generichash_state& state, std::string_view text) {
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                              text.size());
}

}  // namespace

std::string keyed_hash(const SignerKey& key, std::string_view purpose, std::string_view text) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, key.data(), key.size(), kHashBytes);
    // With its length before it, so that no part of a text can pass for a purpose.
    hash_in(state, std::to_string(purpose.size()) + " ");
    hash_in(state, purpose);
    hash_in(state, text);
    unsigned char hash[kHashBytes];
    crypto_generichash_final(&state, hash, sizeof hash);
    char hex[2 * kHashBytes + 1];
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    return hex;
}

}  // namespace emplettes::campaign
