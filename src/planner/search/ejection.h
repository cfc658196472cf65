#pragma once
#include <cstdint>
#include <vector>

#include "planner/search/dice.h"
#include "planner/search/recreate.h"

namespace emplettes::planner {

// Makes place for an order by turning out one or two others that are easier to place elsewhere
// (Nagata and Kobayashi 2010, guided by how often each was left over).
class Ejection {
  public:
    Ejection(const Instance& instance, Recreate& recreate);

    // Whether it found such a place and changed the solution: those turned out weigh less together
    // than `order` does. `weights` is by order.
    bool run(Solution& solution, int order, const std::vector<std::int64_t>& weights, Dice& dice);

  private:
    struct Candidate {
        std::int64_t weight = 0;
        int shift = -1;
        std::vector<int> orders;
    };

    void look_at(const Solution& solution, int shift, int order,
                 const std::vector<std::int64_t>& weights, Dice& dice);
    void consider(const Route& route, int order, std::int64_t weight,
                  const std::vector<int>& turned_out);

    const Instance* instance_;
    Recreate* recreate_;
    Candidate best_;
    std::vector<int> orders_;
    Route scratch_;
};

}  // namespace emplettes::planner
