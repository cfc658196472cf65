#pragma once
#include <source_location>
#include <stdexcept>

namespace emplettes {

// A broken invariant: a bug of ours. Nobody handles it but the three boundaries (request, job,
// main), where the transaction rolls back and a counter goes up.
class Bug final : public std::logic_error {
  public:
    explicit Bug(std::source_location where);
};

// Always on. Tests and fuzzers let Bug escape and so fail.
inline void check(bool condition,
                  std::source_location where = std::source_location::current()) {
    if (!condition) [[unlikely]] {
        throw Bug(where);
    }
}

}  // namespace emplettes
