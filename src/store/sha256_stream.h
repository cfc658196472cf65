#pragma once
#include <string>
#include <string_view>

#include <sodium.h>

namespace emplettes::store {

// As sha256 (sha256.h), of bytes that come one after the other.
class Sha256 {
  public:
    Sha256() { crypto_hash_sha256_init(&state_); }

    void add(std::string_view bytes);
    std::string digest();  // the end: nothing can be added any more

  private:
    crypto_hash_sha256_state state_;
};

}  // namespace emplettes::store
