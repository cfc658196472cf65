#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/point.h"

namespace emplettes::search {

// Metres east and north of the middle of a territory.
struct PlanePosition {
    float east_m = 0;
    float north_m = 0;
};

// A territory laid flat, so that a distance costs a square root: within 0.1 % of the great circle
// up to 100 km from the middle, at latitudes where people live. East is measured at the middle's
// latitude and corrected to the latitude half way between the two places.
class LocalPlane {
  public:
    LocalPlane() = default;
    explicit LocalPlane(geo::Point middle)
        : middle_(middle), middle_cosine_(std::max(std::cos(radians(middle.lat)), 1e-6)) {}

    PlanePosition place(geo::Point point) const {
        const double east_degrees = std::remainder(point.lon - middle_.lon, 360.0);
        return {static_cast<float>(radians(east_degrees) * middle_cosine_ * kEarthRadiusM),
                static_cast<float>(radians(point.lat - middle_.lat) * kEarthRadiusM)};
    }

    // Distances from one place to many. NaN when either has no position.
    class From {
      public:
        float distance_m(PlanePosition to) const {
            const float north = to.north_m - here_.north_m;
            const float east = (to.east_m - here_.east_m) * scale(north);
            return std::sqrt(north * north + east * east);
        }
        // At most the distance to any place of the box.
        float distance_m_min(PlanePosition low, PlanePosition high) const {
            const float to_low = low.north_m - here_.north_m;
            const float to_high = high.north_m - here_.north_m;
            const float north = std::max({0.0F, to_low, -to_high});
            const float east =
                std::max({0.0F, low.east_m - here_.east_m, here_.east_m - high.east_m}) *
                std::min(scale(to_low), scale(to_high));
            return std::sqrt(north * north + east * east) * (1 - kRounding);
        }
        // At least the distance to any place of the box.
        float distance_m_max(PlanePosition low, PlanePosition high) const {
            const float to_low = low.north_m - here_.north_m;
            const float to_high = high.north_m - here_.north_m;
            const float north = std::max(std::abs(to_low), std::abs(to_high));
            const float east = std::max(std::abs(low.east_m - here_.east_m),
                                        std::abs(high.east_m - here_.east_m)) *
                               std::max(scale(to_low), scale(to_high));
            return std::sqrt(north * north + east * east) * (1 + kRounding);
        }

      private:
        friend class LocalPlane;
        static constexpr float kRounding = 1e-5F;
        float scale(float north_m) const { return scale_here_ + scale_per_m_ * north_m; }

        PlanePosition here_;
        float scale_here_ = 1;
        float scale_per_m_ = 0;
    };

    From from(geo::Point point) const {
        From from;
        from.here_ = place(point);
        from.scale_here_ = static_cast<float>(std::cos(radians(point.lat)) / middle_cosine_);
        from.scale_per_m_ = static_cast<float>(-std::sin(radians(point.lat)) /
                                               (2 * kEarthRadiusM * middle_cosine_));
        return from;
    }

  private:
    static constexpr double kEarthRadiusM = 6'371'008.8;  // mean radius, IUGG
    static double radians(double degrees) { return degrees * std::numbers::pi / 180; }

    geo::Point middle_;
    double middle_cosine_ = 1;
};

}  // namespace emplettes::search
