#pragma once
#include <stdexcept>

namespace emplettes {

// A broken invariant: a bug of ours. Nobody handles it but the three boundaries (request, job,
// main), where the transaction rolls back and a counter goes up.
class Bug final : public std::logic_error {
  public:
    Bug(const char* file, int line, const char* function);
};

// Always on. Tests and fuzzers let Bug escape and so fail. The place is the caller's: these are
// what std::source_location is made of, which clang 14 (fuzzing, clang-tidy) does not have.
inline void check(bool condition, const char* file = __builtin_FILE(), int line = __builtin_LINE(),
                  const char* function = __builtin_FUNCTION()) {
    if (!condition) [[unlikely]] {
        throw Bug(file, line, function);
    }
}

}  // namespace emplettes
