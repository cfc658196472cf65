#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>

namespace emplettes::planner {

// How long a search may take: so many iterations, which makes it the same everywhere, or so much of
// the time that `elapsed_s` tells, or until it is cancelled. Without `elapsed_s` only iterations
// count.
struct Budget {
    std::int64_t iterations_max = std::int64_t{1} << 60;
    double seconds_max = 1e9;
    std::function<double()> elapsed_s;
    std::function<bool()> is_cancelled;
};

// How much of a budget is used. Looks at the clock only now and then.
class Spending {
  public:
    explicit Spending(const Budget& budget) : budget_(&budget) { look(); }

    // One iteration more. Returns whether there is any left.
    bool spend() {
        if (++iterations_ % kIterationsPerLook == 0) look();
        return fraction() < 1;
    }
    // From 0 to 1 when nothing is left.
    double fraction() const {
        return std::max(clock_fraction_, static_cast<double>(iterations_) /
                                             static_cast<double>(budget_->iterations_max));
    }
    std::int64_t iterations() const { return iterations_; }

  private:
    static constexpr std::int64_t kIterationsPerLook = 16;

    void look() {
        if (budget_->elapsed_s) clock_fraction_ = budget_->elapsed_s() / budget_->seconds_max;
        if (budget_->is_cancelled && budget_->is_cancelled()) clock_fraction_ = 1;
    }

    const Budget* budget_;
    std::int64_t iterations_ = 0;
    double clock_fraction_ = 0;
};

}  // namespace emplettes::planner
