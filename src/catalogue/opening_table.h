#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/zone.h"
#include "catalogue/hours.h"
#include "catalogue/snapshot.h"

namespace emplettes::catalogue {

// Whether a shop is open, as people ask it.
struct OpenNow {
    enum class State { open, closing_soon, closed, unknown };
    State state = State::unknown;
    // open, closing soon: when it closes; closed: when it opens next. Nothing when that is more
    // than kDaysAhead away: never (24/7), or nobody knows.
    std::optional<Instant> changes_at;
    std::string comment;  // of the opening hours: "by appointment"; why it is closed against them
    bool is_closed_by_keeper = false;  // against its hours (closure.h)

    bool is_open() const { return state == State::open || state == State::closing_soon; }
};

// Less than this before closing time a shop is said to close soon.
inline constexpr std::chrono::minutes kClosingSoon{30};

// When every shop of a snapshot is open, from one day before to kDaysAhead days after the day it
// was made for. Immutable; made anew each local day.
class OpeningTable {
  public:
    static constexpr std::chrono::days kDaysAhead{22};

    static std::shared_ptr<const OpeningTable> build(const std::vector<ListedShop>& shops,
                                                     const Zone& zone,
                                                     const geo::HolidayCalendar& holidays,
                                                     LocalDay day);

    LocalDay day() const { return day_; }
    // `shop` is its position in the snapshot's shops().
    OpenNow at(std::size_t shop, Instant now) const;
    const std::vector<OpenSpan>& spans(std::size_t shop) const { return spans_[shop]; }
    // Whether anybody has said when it opens; false: no spans, though it may well be open.
    bool has_hours(std::size_t shop) const { return readable_[shop]; }

  private:
    LocalDay day_{};
    Instant until_;  // where the spans were cut
    std::vector<bool> readable_;
    std::vector<std::vector<OpenSpan>> spans_;  // without what the closures take away
    std::vector<std::optional<Closure>> closures_;
};

}  // namespace emplettes::catalogue
