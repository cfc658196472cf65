#include "planner/search/fleet_bound.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "planner/search/insertion.h"

namespace emplettes::planner {
namespace {

// Which orders cannot be brought by one courier.
class Conflicts {
  public:
    explicit Conflicts(const Instance& instance)
        : count_(static_cast<std::size_t>(instance.order_count())), apart_(count_ * count_, 0) {
        InsertionFinder finder(instance);
        for (std::size_t a = 0; a < count_; ++a) {
            Route alone(instance, 0);
            const Insertion first = finder.find(alone, static_cast<int>(a));
            if (!first.is_possible()) continue;
            finder.apply(alone, static_cast<int>(a), first);
            for (std::size_t b = a + 1; b < count_; ++b)
                if (!finder.find(alone, static_cast<int>(b)).is_possible()) note(a, b);
        }
    }

    bool are_apart(std::size_t a, std::size_t b) const { return apart_[a * count_ + b] != 0; }
    int degree(std::size_t a) const {
        const auto row = apart_.begin() + static_cast<std::ptrdiff_t>(a * count_);
        return std::accumulate(row, row + static_cast<std::ptrdiff_t>(count_), 0);
    }
    std::size_t count() const { return count_; }

  private:
    void note(std::size_t a, std::size_t b) {
        apart_[a * count_ + b] = 1;
        apart_[b * count_ + a] = 1;
    }

    std::size_t count_;
    std::vector<char> apart_;
};

// The size of a set of orders that are apart from each other, grown from one by degree.
std::size_t clique_from(const Conflicts& conflicts, const std::vector<std::size_t>& by_degree,
                        std::size_t seed) {
    std::vector<std::size_t> clique = {seed};
    for (const std::size_t next : by_degree) {
        const auto is_apart = [&](std::size_t other) { return conflicts.are_apart(next, other); };
        if (std::ranges::all_of(clique, is_apart)) clique.push_back(next);
    }
    return clique.size();
}

std::size_t largest_clique(const Conflicts& conflicts) {
    std::vector<std::size_t> by_degree(conflicts.count());
    std::iota(by_degree.begin(), by_degree.end(), std::size_t{0});
    std::ranges::stable_sort(by_degree, std::greater{},
                             [&](std::size_t order) { return conflicts.degree(order); });
    std::size_t largest = 1;
    for (const std::size_t seed : by_degree)
        largest = std::max(largest, clique_from(conflicts, by_degree, seed));
    return largest;
}

std::int64_t bikes_for_starting_loads(const Instance& instance) {
    std::int64_t most = 1;
    for (std::size_t d = 0; d < kDimensions; ++d) {
        std::int64_t sum = 0;
        for (const int order : instance.open_orders())
            if (instance.errand(order).is_aboard_at_start) sum += instance.errand(order).load[d];
        const std::int64_t capacity = std::max(instance.bike(0).capacity[d], 1);
        most = std::max(most, (sum + capacity - 1) / capacity);
    }
    return most;
}

}  // namespace

int fleet_bound(const Instance& instance) {
    for (int shift = 0; shift < instance.shift_count(); ++shift)
        if (instance.bike(shift).kind != 0) return 1;
    const std::size_t clique = largest_clique(Conflicts(instance));
    return std::max(static_cast<int>(clique), static_cast<int>(bikes_for_starting_loads(instance)));
}

}  // namespace emplettes::planner
