#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "planner/problem.h"
#include "planner/search/segment.h"

namespace emplettes::planner {

// What the search minimises: a sum whose terms stand for the levels. Which of two plans is better
// is decided by the levels themselves (is_better), never by this.
using Energy = std::int64_t;
inline constexpr Energy kImpossible = std::numeric_limits<Energy>::max() / 4;

// What each term of the energy weighs.
struct EnergyWeights {
    Energy travel = 0;      // per tick
    Energy paid = 0;        // per tick of span
    Energy opened = 0;      // per shift
    Energy unserved = 0;    // times unserved_weight
    Energy unfairness = 0;  // times the square of a shift's span, scaled by Instance
    Energy change = 0;      // per order that another shift brings than was published
};

// A stop as the search sees it: all that its innermost loops read lies together.
struct Stop {
    int order = 0;
    int place = 0;
    Time service = 0;
    Time open = 0;   // of the first window
    Time close = 0;  // of the last window
    Load takes{};
    Load leaves{};
    int pickup = 0;                   // as in StopRef
    bool is_done = false;             // already, and in no route
    int cold_change = 0;              // of the number of cold parcels aboard
    std::uint32_t window_count = 1;   // more than one: windows
    const Window* windows = nullptr;  // of the problem

    // Service can begin at `time` or at the first moment after it that a window allows; kNoWay
    // when there is none.
    Time start_from(Time time) const {
        if (window_count == 1) [[likely]]
            return time > close ? kNoWay : std::max(time, open);
        return start_in_windows(time);
    }
    // The last moment until which service may begin, not after `time`; -1 when there is none.
    Time start_until(Time time) const;
    // The window in which service begins at `time`.
    Window window_at(Time time) const;

  private:
    Time start_in_windows(Time time) const;
};

// What of an order is still to be done.
struct Errand {
    std::vector<int> stops;  // to be done: pickups first, then the delivery if has_delivery
    bool has_delivery = true;
    bool is_aboard_at_start = false;  // a delivery alone, loaded where the shift begins
    bool is_done = false;
    bool is_cold = false;
    int bound_to = -1;  // the shift that has begun it
    int published_to = -1;
    Time aboard_max = 0;
    std::uint64_t skills = 0;
    Load load{};  // all that it brings
    Energy unserved = 0;
};

// A shift as the search sees it.
struct Bike {
    int place_start = 0;
    int place_end = 0;
    Segment start;  // what has been done, or the moment when the shift may begin
    Window end;
    Load capacity{};
    Load aboard{};  // what it carries when the search begins
    int cold_aboard = 0;
    std::uint64_t skills = 0;
    int matrix = 0;
    DutyLimits limits;
    Time worked_since_break = 0;
    bool has_begun = false;
    bool is_off = false;
    int kind = 0;  // shifts of one kind are alike in everything
};

// Travel times of one kind of bike, both ways round, so that the times to a stop lie together as
// well as those from it. The last place is nowhere: no time from or to it.
class TravelTable {
  public:
    explicit TravelTable(const Matrix& matrix);

    Time time(int from, int to) const { return row_from(from)[to]; }
    const Time* row_from(int place) const { return times_.data() + offset(place); }
    const Time* row_to(int place) const { return turned_.data() + offset(place); }
    std::int32_t metres(int from, int to) const;
    int nowhere() const { return static_cast<int>(size_) - 1; }

  private:
    std::size_t offset(int place) const { return static_cast<std::size_t>(place) * size_; }

    std::size_t size_;
    std::vector<Time> times_;
    std::vector<Time> turned_;
    const Matrix* matrix_;
};

// A problem, prepared for the search. Immutable; refers to the problem, which must outlive it.
class Instance {
  public:
    // `problem` is without fault.
    explicit Instance(const Problem& problem) : Instance(problem, nullptr) {}
    // With the travel times of another instance, whose problem has the same matrices and outlives
    // this one, too.
    Instance(const Problem& problem, const Instance& same_travel)
        : Instance(problem, same_travel.travel_) {}

    // For asking "what if": each changes a copy.
    void promise(int stop, Window window);
    void widen(int stop, Time later);
    void lengthen(int shift, Window by);
    void enlarge(int shift, std::size_t dimension, std::int32_t by);
    void teach(int shift, std::uint64_t skills);

    const Problem& problem() const { return *problem_; }
    const EnergyWeights& weights() const { return weights_; }
    const Stop& stop(int index) const { return stops_[static_cast<std::size_t>(index)]; }
    const std::vector<Stop>& stops() const { return stops_; }
    const Errand& errand(int order) const { return errands_[static_cast<std::size_t>(order)]; }
    const Bike& bike(int shift) const { return bikes_[static_cast<std::size_t>(shift)]; }
    const TravelTable& travel(const Bike& bike) const {
        return (*travel_)[static_cast<std::size_t>(bike.matrix)];
    }
    int order_count() const { return static_cast<int>(errands_.size()); }
    int shift_count() const { return static_cast<int>(bikes_.size()); }
    std::size_t dimensions() const { return dimensions_; }  // of loads, those in use
    bool has_law() const { return has_law_; }               // some shift has limits
    bool has_aboard_limits() const { return has_aboard_limits_; }
    bool pays_span() const { return weights_.paid > 0; }
    // Orders not done yet.
    const std::vector<int>& open_orders() const { return open_orders_; }
    bool may_serve(int shift, int order) const {
        return may_serve_[static_cast<std::size_t>(shift) * errands_.size() +
                          static_cast<std::size_t>(order)] != 0;
    }
    // What a span costs: paid time, and fairness, for which a long one costs more.
    Energy span_cost(Time span) const {
        return weights_.paid * span + weights_.unfairness * ((Energy{span} * span) >> kFairShift);
    }
    // What leaving `order` to `shift` costs against the published plan.
    Energy change_cost(int shift, int order) const;

  private:
    using TravelTables = std::vector<TravelTable>;

    Instance(const Problem& problem, std::shared_ptr<const TravelTables> travel);
    void add_order(int order);
    void add_shift(const Shift& shift);
    void note_progress();
    void weigh();
    void count_dimensions();
    void match();
    bool matches(int shift, int order) const;

    // Ten hours squared are then some ten minutes of pay.
    static constexpr int kFairShift = 17;

    const Problem* problem_;
    EnergyWeights weights_;
    std::vector<Stop> stops_;
    std::vector<Errand> errands_;
    std::vector<Bike> bikes_;
    std::shared_ptr<const TravelTables> travel_;
    std::vector<int> open_orders_;
    std::vector<char> may_serve_;  // by shift and order
    std::size_t dimensions_ = 1;
    bool has_law_ = false;
    bool has_aboard_limits_ = false;
    bool has_published_ = false;
};

}  // namespace emplettes::planner
