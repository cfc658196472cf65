#pragma once
#include <cstdint>
#include <mutex>
#include <random>
#include <span>
#include <string>

namespace emplettes {

// Where chance comes from. Passed in from main. Implementations are thread-safe.
class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<unsigned char> bytes) = 0;

    // Uniform in [0, bound); bound > 0.
    std::uint64_t below(std::uint64_t bound);
    // A code of `length` characters that people read aloud and type: digits and capitals without
    // 0 O 1 I L U, so 30 signs, about 4.9 bits each.
    std::string readable_code(std::size_t length);
    // `bytes` random bytes as URL-safe base64 without padding: for secret links.
    std::string url_token(std::size_t bytes);
};

// libsodium's generator: for every secret.
class SystemRandom final : public Random {
  public:
    SystemRandom();
    void fill(std::span<unsigned char> bytes) override;
};

// The same numbers for the same seed: for tests, simulations and the demo's made-up stock.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
    void fill(std::span<unsigned char> bytes) override;

  private:
    std::mutex mutex_;
    std::mt19937_64 engine_;
};

}  // namespace emplettes
