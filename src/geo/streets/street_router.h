#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/image.h"
#include "base/result.h"
#include "geo/streets/hierarchy.h"
#include "geo/streets/route_query.h"
#include "geo/streets/street_index.h"
#include "geo/streets/street_network.h"

namespace emplettes::geo {

// The part of one street that a route takes.
struct RouteStretch {
    std::uint32_t street = 0;  // as in NetworkArc
    std::uint32_t time_ms = 0;
    std::uint32_t length_cm = 0;
};

// From one snapped point to another; the way to the street and from it is not in it.
struct Route {
    std::uint32_t time_ms = 0;    // the sum of the stretches
    std::uint32_t length_cm = 0;  // likewise
    std::vector<RouteStretch> stretches;
    std::vector<Point> shape;
};

// Finds the ways of one profile: a network, its hierarchy and its index. Immutable: any number of
// threads may ask at once, each with a RouteScratch of its own.
class StreetRouter {
  public:
    // What a network was made from, and what of it was of no use.
    struct Origin {
        Profile profile = Profile::foot;
        StreetMapReport map;
        std::int64_t unclear_restrictions = 0;
        std::uint64_t rules = kStreetRules;
        std::uint64_t source = 0;  // a hash of the file read, or whatever the maker wants to know
    };

    static std::shared_ptr<const StreetRouter> build(const StreetMap& map, Profile profile,
                                                     std::uint64_t source = 0);
    static std::shared_ptr<const StreetRouter> build(const StreetPlan& plan, const Origin& origin);

    // As an image (base/image.h). Throws std::runtime_error when it cannot be written. A loaded
    // router keeps the file mapped: never write into it, replace it.
    void save(const std::filesystem::path& file) const;
    static Result<std::shared_ptr<const StreetRouter>, ImageError> load(
        const std::filesystem::path& file);

    const Origin& origin() const { return origin_; }
    const StreetNetwork& network() const { return network_; }
    const Hierarchy& hierarchy() const { return hierarchy_; }

    // Only streets from which one comes everywhere and back.
    std::optional<Snap> snap(Point point, double distance_m_max) const;

    // One may set out in both directions and arrive from both, where the street is open.
    std::uint32_t time_ms(const Snap& from, const Snap& to,
                          RouteScratch& scratch) const;  // kFar
    std::optional<Route> route(const Snap& from, const Snap& to, RouteScratch& scratch) const;
    // In rows of `to`; kFar where there is no way.
    std::vector<std::uint32_t> matrix(std::span<const Snap> from, std::span<const Snap> to,
                                      RouteScratch& scratch) const;

    // The nodes where who sets out at `from` arrives, and those from which one arrives at `to`.
    std::vector<Seed> departures(const Snap& from) const;
    std::vector<Seed> arrivals(const Snap& to) const;
    // The time along the street that both are on, if that goes; else kFar.
    std::uint32_t direct_ms(const Snap& from, const Snap& to) const;

  private:
    StreetRouter() = default;
    Route direct_route(const Snap& from, const Snap& to, std::uint32_t time_ms) const;
    Route route_over(const Snap& from, const Snap& to, const NodePath& path) const;
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("router: origin", self.origin_);
        StreetNetwork::each_part(self.network_, parts);
        Hierarchy::each_part(self.hierarchy_, parts);
        StreetIndex::each_part(self.index_, parts);
    }

    std::shared_ptr<const Image> image_;  // that columns show parts of
    Origin origin_;
    StreetNetwork network_;
    Hierarchy hierarchy_;
    StreetIndex index_;
};

}  // namespace emplettes::geo
