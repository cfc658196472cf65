#pragma once
#include <vector>

#include "planner/search/route.h"

namespace emplettes::planner {

// Where an order fits best into a route, and what that adds to the energy.
struct Insertion {
    Energy delta = kImpossible;
    int gap = 0;           // the first stop goes behind this position
    int delivery_gap = 0;  // of the route as it is, not before `gap`

    bool is_possible() const { return delta < kImpossible; }
    bool operator==(const Insertion&) const = default;
};

// Finds cheapest places. Exact for orders of one or two stops and routes of up to 24 where travel
// obeys the triangle inequality and, where spans are paid, each stop has one window; in longer
// routes the pickup goes where it is least out of the way, and several pickups are placed one after
// the other. Law is not looked at: see Route::is_possible. Keeps memory between calls.
class InsertionFinder {
  public:
    explicit InsertionFinder(const Instance& instance)
        : instance_(&instance), tried_(instance, 0) {}

    // What is still to be done of `order`, into a possible route of a shift that may serve it and
    // has none of it.
    Insertion find(const Route& route, int order);
    // Does what find() has found.
    void apply(Route& route, int order, const Insertion& insertion);

  private:
    // What a stop costs behind each position if nothing else changes; kImpossible where it cannot
    // be, and the least of that from each position on.
    struct Detours {
        std::vector<Energy> at;
        std::vector<Energy> least_from;
    };
    struct Pair;

    Energy opening_cost(const Route& route) const;
    void scan(const Route& route, const Stop& stop, Detours& detours) const;
    void note_fits(const Route& route, const Load& load);
    Insertion find_single(const Route& route, int number, int gap_max);
    Energy pickup_detour_max(const Route& route);
    bool fits_single(const Route& route, const Stop& stop, int gap) const;
    template <bool kPaid>
    Insertion find_pair(const Route& route, const Stop& pickup, const Stop& delivery);
    template <bool kPaid>
    void try_adjacent(const Pair& pair, int gap, Insertion& best) const;
    template <bool kPaid>
    void walk(const Pair& pair, int gap, Insertion& best) const;
    Insertion find_group(const Route& route, const Errand& errand);
    Energy place_group(Route& route, const Errand& errand, std::size_t first);

    const Instance* instance_;
    Detours pickup_;
    Detours delivery_;
    std::vector<Energy> sorted_;
    std::vector<char> fits_;
    Route tried_;
    std::vector<int> group_;  // the stops of the route that the last find_group made
};

}  // namespace emplettes::planner
