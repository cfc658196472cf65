#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace emplettes::web {

// Says that its bearer has done something real here: had a reservation confirmed, signed in. It
// names nobody: a number that is one deed's, however often it is told, the moment, and a MAC over
// both (HMAC-SHA-512-256). Nothing is stored. Thread-safe.
class History {
  public:
    using Key = std::array<unsigned char, 32>;  // secret, the same on all nodes
    static constexpr std::string_view kCookie = "history";
    static constexpr std::chrono::hours kLifetime{24 * 30};

    explicit History(const Key& key) : key_(key) {}

    struct Deed {
        std::uint64_t number = 0;
        Instant at;
    };
    // The cookie's value. `deed` is what was done, by its own code: "reservation/N6REZ9YNJV".
    std::string issue(std::string_view deed, Instant now) const;
    std::string write(const Deed& deed) const;
    // None: it is not ours, or older than its lifetime, or from the future.
    std::optional<Deed> read(std::string_view cookie, Instant now) const;

  private:
    const Key key_;
};

}  // namespace emplettes::web
