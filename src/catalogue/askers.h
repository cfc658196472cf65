#pragma once
#include <array>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/random.h"
#include "base/zone.h"

namespace emplettes::catalogue {

enum class Asking : std::uint8_t {
    first,
    again,    // of the same words, or the network has asked kWordsPerNetworkMax others
    unknown,  // kAskersPerDayMax askings are remembered, and no more
};
inline constexpr std::size_t kAskersPerDayMax = 100'000;
// So that nobody alone fills up a day.
inline constexpr std::size_t kWordsPerNetworkMax = 100;

// Tells the first asking of the same words from one network on one day from the others, so that
// askings on purpose do not add up. Of network and words it keeps 64 bits of a keyed hash
// (SipHash-2-4), in memory alone; the key is drawn for the day and thrown away with its hashes, so
// that nobody can find out later who asked, or that somebody asked on two days. Bounded. Not
// thread-safe.
class Askers {
  public:
    // `network`: any name of it. A day before the last one counts as that.
    Asking tell(LocalDay day, std::string_view network, std::string_view words, Random& random);
    // Throws away the key and the hashes of a day that is over.
    void forget_before(LocalDay today);

  private:
    void begin(LocalDay day, Random& random);
    std::uint64_t hash_of(std::string_view text) const;

    LocalDay day_{};
    bool has_key_ = false;
    std::array<unsigned char, 16> key_{};
    std::unordered_set<std::uint64_t> seen_;
    std::unordered_map<std::uint64_t, std::size_t> words_of_network_;
};

}  // namespace emplettes::catalogue
