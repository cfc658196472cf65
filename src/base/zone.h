#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace emplettes {

// Wall-clock time somewhere, without saying where: always used beside its Zone.
using LocalTime = std::chrono::local_seconds;
using LocalDay = std::chrono::local_days;

// A time zone of the IANA database ("Europe/Paris"). A cheap value, valid for the process's life.
// Thread-safe. Uses the Howard Hinnant date library, since GCC 12 lacks std::chrono's zones.
class Zone {
  public:
    Zone();  // UTC
    static std::optional<Zone> find(std::string_view name);

    LocalTime to_local(Instant instant) const;
    // A time that the clocks skip in spring becomes the moment of the change; of a time that
    // happens twice in autumn the first is meant.
    Instant to_instant(LocalTime local) const;
    const std::string& name() const;

  private:
    explicit Zone(const void* zone) : zone_(zone) {}

    const void* zone_;  // date::time_zone, kept out of this header
};

}  // namespace emplettes
