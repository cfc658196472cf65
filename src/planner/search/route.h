#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "planner/search/duty.h"
#include "planner/search/instance.h"

namespace emplettes::planner {

// One position of a route as insertions read it. Position 0 is the start, the last the end.
struct RoutePoint {
    Time ready = 0;   // leaves here at the earliest
    Time latest = 0;  // service may begin so late and all after it still in time
    Time open = 0;
    Time service = 0;
    Time leg = 0;  // travel to the next position
    int place = 0;
    int stop = -1;
    bool has_windows = false;  // more than one
};

// The stops of one shift in their order, and what is known about them by position. Windows, travel
// times and, with the law, breaks can be kept unless is_possible() says otherwise. Copying is how
// the search remembers.
class Route {
  public:
    Route(const Instance& instance, int shift);

    int shift() const { return shift_; }
    int size() const { return static_cast<int>(stops_.size()); }
    bool is_empty() const { return stops_.empty(); }
    const std::vector<int>& stops() const { return stops_; }
    bool is_possible() const { return is_possible_; }
    // The first position whose windows cannot be kept; 0: that is not what is impossible.
    int first_missed() const { return first_missed_; }
    // Names the content: equal for equal stops in equal order of shifts of one kind.
    std::uint64_t fingerprint() const { return fingerprint_; }

    // What it contributes to the energy of the plan; changes against the published plan apart.
    Energy energy() const { return energy_; }
    Time travel() const { return travel_; }
    // From first duty to release, without and with the break that the law wants.
    Time span() const { return whole_.span; }
    Time paid_span() const { return duty_.span; }
    Time idle() const { return idle_; }  // waiting within span()
    const Duty& duty() const { return duty_; }
    bool has_aboard_limit() const;  // some order of it must not be aboard too long

    // From 0 to size() + 1.
    const RoutePoint& point(int position) const { return points_[index(position)]; }
    // Room left on leaving a position, and the least of it until and from there.
    const Load& room(int position) const { return room_[index(position)]; }
    const Load& room_until(int position) const { return room_until_[index(position)]; }
    const Load& room_from(int position) const { return room_from_[index(position)]; }
    // Everything up to and including a position; everything from it on. Only where spans are paid
    // or limited.
    const Segment& until(int position) const { return until_[index(position)]; }
    const Segment& from(int position) const { return from_[index(position)]; }

    // From now on only windows, travel and room count: for trying where to insert.
    void ignore_law();
    // Makes spans known where neither pay nor law asks for them.
    void measure_spans() { join_segments(); }

    // Each leaves everything known up to date.
    void assign(const std::vector<int>& stops);
    // Behind position `gap` of the route as it is, `second` behind `second_gap` >= gap.
    void insert(int stop, int gap);
    void insert_pair(int first, int gap, int second, int second_gap);
    // All stops of these orders.
    template <typename IsGone>
    void remove_if(IsGone is_gone) {
        std::erase_if(stops_, is_gone);
        refresh();
    }

  private:
    Time point_leg(int position) const { return points_[index(position)].leg; }
    static std::size_t index(int position) { return static_cast<std::size_t>(position); }

    void refresh();
    void lay_out();
    void forward();
    void backward();
    void measure_room();
    void join_segments();
    bool is_watched() const;
    bool obey_law();
    void weigh();

    const Instance* instance_;
    int shift_;
    std::vector<int> stops_;
    std::vector<RoutePoint> points_;
    std::vector<Load> room_;
    std::vector<Load> room_until_;
    std::vector<Load> room_from_;
    std::vector<Segment> until_;
    std::vector<Segment> from_;
    Segment whole_;
    Duty duty_;
    Time travel_ = 0;
    Time idle_ = 0;
    Energy energy_ = 0;
    std::uint64_t fingerprint_ = 0;
    int first_missed_ = 0;
    bool is_possible_ = true;
    bool ignores_law_ = false;
};

}  // namespace emplettes::planner
