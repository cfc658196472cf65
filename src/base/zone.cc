#include "base/zone.h"

#include <date/tz.h>

#include <stdexcept>

namespace emplettes {
namespace {

const date::time_zone& unwrap(const void* zone) {
    return *static_cast<const date::time_zone*>(zone);
}

}  // namespace

Zone::Zone() : zone_(date::locate_zone("Etc/UTC")) {}

std::optional<Zone> Zone::find(std::string_view name) {
    try {
        return Zone(date::locate_zone(name));
    } catch (const std::runtime_error&) {
        return std::nullopt;  // the library's way to say that it has no such zone
    }
}

LocalTime Zone::to_local(Instant instant) const {
    return LocalTime{unwrap(zone_).to_local(instant).time_since_epoch()};
}

Instant Zone::to_instant(LocalTime local) const {
    return unwrap(zone_).to_sys(date::local_seconds{local.time_since_epoch()},
                                date::choose::earliest);
}

const std::string& Zone::name() const { return unwrap(zone_).name(); }

}  // namespace emplettes
