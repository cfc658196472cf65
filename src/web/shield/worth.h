#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace emplettes::web {

using SteadyTime = std::chrono::steady_clock::time_point;

// What a request is worth when there is not enough for all. Answers from memory are not among
// them: they are given at once by the thread that read the request.
enum class Worth : std::uint8_t {
    callback,  // what a partner signs and sends, such as a payment provider
    known,     // a write by somebody who has done something real here before
    proven,    // a newcomer's write, with a proof of work
    newcomer,  // a newcomer's write
    read,      // a page or an answer that is made for it
};
inline constexpr std::size_t kWorths = 5;

// Whose turn a request takes, from the largest down: numbers from a KeyedHash. Who has a history
// here is alone in all four, so that no neighbour counts against them.
struct Asker {
    Worth worth = Worth::read;
    std::array<std::uint64_t, 4> shares{};  // region, prefix, host, session
};

}  // namespace emplettes::web
