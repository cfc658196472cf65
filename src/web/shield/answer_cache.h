#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "web/http.h"
#include "web/shield/network_prefix.h"
#include "web/shield/worth.h"

namespace emplettes::web {

// Answers that are the same for everybody for a moment (Route::shared_for): given again at once by
// the thread that reads requests, however long the queues are. Who asks once one has grown old
// makes the next; the others have the old one meanwhile, for kOldest at most. Bounded; the one kept
// first gives way to a new one. Not thread-safe.
class AnswerCache {
  public:
    static constexpr std::size_t kAnswersMax = 256;
    static constexpr std::size_t kBytesMax = 256 * 1024;  // of one answer
    static constexpr std::chrono::seconds kOldest{30};
    static constexpr std::chrono::seconds kRemaking{2};  // then somebody else makes it

    explicit AnswerCache(const KeyedHash& hash) : hash_(hash) {}

    // Whether this request has the answer that everybody has: a GET without a query or cookies but
    // that of a history.
    static bool is_for_all(const Request& request);

    struct Moment {
        SteadyTime now;
        Instant at;  // a test's clock may leap
    };
    // Null: the handler is to be asked. The answer is good until the next call.
    const Response* find(const Request& request, std::chrono::milliseconds shared_for,
                         const Moment& moment);
    // Whatever there is, for one who would have to go without.
    const Response* find_old(const Request& request, const Moment& moment);
    void keep(const Request& request, const Response& response, const Moment& moment);

  private:
    struct Kept {
        std::uint64_t key = 0;
        Response response;
        Moment made{};
        SteadyTime remade_until{};
    };
    std::uint64_t key_of(const Request& request) const;
    Kept* find(const Request& request, const Moment& moment);

    const KeyedHash hash_;
    std::vector<Kept> kept_;
    std::unordered_map<std::uint64_t, std::size_t> found_;  // by key; where in kept_
    std::size_t next_ = 0;
};

}  // namespace emplettes::web
