#include "orders/collection_round.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <tuple>

#include "base/check.h"

namespace emplettes::orders {
namespace {

using std::chrono::seconds;

// When one may enter a shop and still leave it before it closes.
struct Window {
    Instant from;
    Instant to;
};
using Windows = std::vector<Window>;

Windows windows_of(const RoundStop& stop) {
    Windows windows;
    for (const catalogue::OpenSpan& span : stop.open) {
        const Instant last = std::min(span.closes_at, stop.until) - kAtShop;
        if (span.opens_at <= last) windows.push_back({span.opens_at, last});
    }
    return windows;
}

std::optional<Instant> earliest_entry(const Windows& windows, Instant arrival) {
    for (const Window& window : windows)
        if (arrival <= window.to) return std::max(arrival, window.from);
    return std::nullopt;
}

// At most `bound`; there must be one.
Instant latest_entry(const Windows& windows, Instant bound) {
    const auto after =
        std::ranges::find_if(windows, [&](const Window& window) { return window.from > bound; });
    check(after != windows.begin());
    return std::min(bound, std::prev(after)->to);
}

// The walks that set out at one moment, over sets of stops: bit i stands for stop i.
class WalkSearch {
  public:
    WalkSearch(const std::vector<Windows>& windows, const WalkTimes& walks)
        : windows_(windows), walks_(walks), labels_(sets() * stops()) {}

    struct Found {
        std::vector<std::size_t> order;
        Instant back_at;
    };
    Found run(Instant leaves_at);

  private:
    // The best way through a set that ends at one of its stops.
    struct Label {
        Instant enters_at = kNever;
        seconds walked{0};
        std::size_t before = 0;  // the stop before; of a set of one: meaningless

        auto rank() const { return std::tie(enters_at, walked); }
        bool is_reached() const { return enters_at != kNever; }
    };
    static constexpr Instant kNever = Instant::max();

    std::size_t stops() const { return windows_.size(); }
    std::size_t sets() const { return std::size_t{1} << stops(); }
    Label& label(std::size_t set, std::size_t last) { return labels_[set * stops() + last]; }
    seconds walk_home(std::size_t last) const { return walks_.at(last, stops()); }

    void enter_first(Instant leaves_at);
    void go_on(std::size_t set, std::size_t last, Instant end);
    std::vector<std::size_t> order_to(std::size_t set, std::size_t last);

    const std::vector<Windows>& windows_;
    const WalkTimes& walks_;
    std::vector<Label> labels_;
};

void WalkSearch::enter_first(Instant leaves_at) {
    for (std::size_t stop = 0; stop < stops(); ++stop) {
        const seconds walk = walks_.at(stops(), stop);
        if (const auto entry = earliest_entry(windows_[stop], leaves_at + walk))
            label(std::size_t{1} << stop, stop) = {.enters_at = *entry, .walked = walk};
    }
}

void WalkSearch::go_on(std::size_t set, std::size_t last, Instant end) {
    const Label here = label(set, last);
    if (!here.is_reached() || here.enters_at + kAtShop + walk_home(last) > end) return;
    for (std::size_t next = 0; next < stops(); ++next) {
        if (set >> next & 1) continue;
        const seconds walk = walks_.at(last, next);
        const auto entry = earliest_entry(windows_[next], here.enters_at + kAtShop + walk);
        if (!entry) continue;
        const Label there{.enters_at = *entry, .walked = here.walked + walk, .before = last};
        Label& known = label(set | std::size_t{1} << next, next);
        if (there.rank() < known.rank()) known = there;
    }
}

std::vector<std::size_t> WalkSearch::order_to(std::size_t set, std::size_t last) {
    std::vector<std::size_t> order;
    while (set != 0) {
        order.push_back(last);
        const std::size_t before = label(set, last).before;
        set &= ~(std::size_t{1} << last);
        last = before;
    }
    std::ranges::reverse(order);
    return order;
}

WalkSearch::Found WalkSearch::run(Instant leaves_at) {
    std::ranges::fill(labels_, Label());
    enter_first(leaves_at);
    const Instant end = leaves_at + kRoundLongest;
    struct Best {
        std::size_t set = 0;
        std::size_t last = 0;
        Instant back_at = kNever;
        seconds walked{0};
    } best;
    const auto is_better = [&](const Best& one) {
        const int more = std::popcount(one.set) - std::popcount(best.set);
        if (more != 0) return more > 0;
        return std::tie(one.back_at, one.walked) < std::tie(best.back_at, best.walked);
    };
    // A set has a larger number than those it was made from.
    for (std::size_t set = 1; set < sets(); ++set) {
        for (std::size_t last = 0; last < stops(); ++last) {
            const Label& here = label(set, last);
            if (!here.is_reached()) continue;
            const Best one{.set = set,
                           .last = last,
                           .back_at = here.enters_at + kAtShop + walk_home(last),
                           .walked = here.walked + walk_home(last)};
            if (one.back_at > end) continue;
            if (is_better(one)) best = one;
            go_on(set, last, end);
        }
    }
    return {.order = order_to(best.set, best.last), .back_at = best.back_at};
}

// When it may be worth to set out: at once, when a shop opens, or some time before, on whose way
// there are others that close.
std::vector<Instant> departures(const RoundWish& wish, const std::vector<Windows>& windows) {
    std::vector<Instant> departures{wish.earliest};
    const std::size_t home = windows.size();
    for (std::size_t stop = 0; stop < windows.size(); ++stop)
        for (const Window& window : windows[stop]) {
            const Instant direct = window.from - wish.walks.at(home, stop);
            for (const Instant departure : {direct, direct - kRoundLongest / 2})
                departures.push_back(std::max(wish.earliest, departure));
        }
    std::ranges::sort(departures);
    departures.erase(std::unique(departures.begin(), departures.end()), departures.end());
    return departures;
}

// As late as it can without coming back later.
CollectionRound timed(const RoundWish& wish, const std::vector<Windows>& windows,
                      const WalkSearch::Found& found) {
    const std::size_t home = windows.size();
    CollectionRound round{.back_at = found.back_at};
    Instant leave_by = found.back_at;
    std::size_t next = home;
    for (auto stop = found.order.rbegin(); stop != found.order.rend(); ++stop) {
        const Instant bound = leave_by - wish.walks.at(*stop, next) - kAtShop;
        const Instant entry = latest_entry(windows[*stop], bound);
        round.calls.push_back({.stop = *stop, .enters_at = entry, .leaves_at = entry + kAtShop});
        leave_by = entry;
        next = *stop;
    }
    std::ranges::reverse(round.calls);
    round.leaves_at = leave_by - wish.walks.at(home, next);
    Instant left = round.leaves_at;
    std::size_t before = home;
    for (RoundCall& call : round.calls) {
        call.walk = wish.walks.at(before, call.stop);
        call.arrives_at = left + call.walk;
        round.walking += call.walk;
        left = call.leaves_at;
        before = call.stop;
    }
    round.walking += wish.walks.at(before, home);
    return round;
}

}  // namespace

CollectionRound plan_round(const RoundWish& wish) {
    check(wish.stops.size() <= kRoundStopsMax);
    check(wish.walks.places() == wish.stops.size() + 1);
    std::vector<Windows> windows;
    windows.reserve(wish.stops.size());
    for (const RoundStop& stop : wish.stops) windows.push_back(windows_of(stop));
    WalkSearch search(windows, wish.walks);
    WalkSearch::Found best;
    for (const Instant departure : departures(wish, windows)) {
        WalkSearch::Found found = search.run(departure);
        if (found.order.size() > best.order.size()) best = std::move(found);
        if (best.order.size() == wish.stops.size()) break;
    }
    CollectionRound round;
    if (!best.order.empty()) round = timed(wish, windows, best);
    for (std::size_t stop = 0; stop < wish.stops.size(); ++stop)
        if (std::ranges::find(best.order, stop) == best.order.end()) round.left_out.push_back(stop);
    return round;
}

}  // namespace emplettes::orders
