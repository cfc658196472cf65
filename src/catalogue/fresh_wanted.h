#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "catalogue/wanted.h"

namespace emplettes::catalogue {

inline constexpr std::chrono::minutes kWantedFresh{10};

// What people look for, at most kWantedFresh old. One thread at a time counts it anew; the others
// get the last one meanwhile, and wait only when there is none. Thread-safe.
class FreshWanted {
  public:
    // `make` may take its time and throw; then the next call tries again. While the database does
    // not answer, the last one is given however old it is.
    std::shared_ptr<const Wanted> get(Instant now, const std::function<Wanted()>& make);
    // Takes words off the lists at once, also off those that are being counted (words_mark()).
    void forget(const std::string& mark);

  private:
    void end_making();

    std::mutex mutex_;
    std::condition_variable made_;
    std::shared_ptr<const Wanted> last_;
    bool is_making_ = false;
    std::vector<std::string> forgotten_;  // since the counting began
};

}  // namespace emplettes::catalogue
