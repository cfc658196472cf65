#pragma once
#include <vector>

#include "planner/plan.h"
#include "planner/search/route.h"

namespace emplettes::planner {

// All routes and the orders in none of them, with a way back: what has changed since begin_trial()
// can be kept or undone.
class Solution {
  public:
    explicit Solution(const Instance& instance);

    const Instance& instance() const { return *instance_; }
    const Route& route(int shift) const { return routes_[static_cast<std::size_t>(shift)]; }
    // -1: in none.
    int shift_of(int order) const { return shift_of_[static_cast<std::size_t>(order)]; }
    const std::vector<int>& unserved() const { return unserved_; }
    // Shifts with stops, in no order that means anything.
    const std::vector<int>& used() const { return used_; }
    // One empty shift of each kind.
    void find_openable(std::vector<int>& shifts) const;
    Energy energy() const { return energy_; }

    void begin_trial();
    void keep() { journal_size_ = 0; }
    void undo();

    // The route of a shift, to be changed; call note_change afterwards.
    Route& change(int shift);
    void note_change(int shift, Energy energy_before);
    // Takes orders out of a route; they are unserved then.
    void remove(int shift, const std::vector<int>& orders);
    // The order has been put into the shift's route, or the last of them leaves the list.
    void note_served(int order, int shift);

    // The stops of each shift; load() makes a solution of them again.
    std::vector<std::vector<int>> stops() const;
    void load(const std::vector<std::vector<int>>& stops);
    Levels levels() const;

  private:
    struct Saved {
        int shift = 0;
        Route route;
    };

    void note_use(int shift);

    const Instance* instance_;
    std::vector<Route> routes_;
    std::vector<int> shift_of_;
    std::vector<int> unserved_;
    std::vector<int> used_;
    std::vector<char> is_used_;
    std::vector<char> is_removed_;  // scratch of remove(), by order
    Energy energy_ = 0;

    std::vector<Saved> journal_;  // its memory is used again: the first journal_size_ count
    std::size_t journal_size_ = 0;
    std::vector<int> touched_;  // journal position by shift, -1: not in it
    struct Before {
        std::vector<int> unserved;
        std::vector<int> used;
        std::vector<std::pair<int, int>> shift_of;
        Energy energy = 0;
    } before_;
};

}  // namespace emplettes::planner
