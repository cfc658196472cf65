#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "geo/point.h"

namespace emplettes::geo {

// The parts of a town and their names: arrondissements, quarters, villages. Immutable.
class Districts {
  public:
    Districts() = default;  // none at all

    // Reads a GeoJSON FeatureCollection (RFC 7946) of polygons and multipolygons, whose names are
    // in this property. The error says in a sentence what is wrong, and with which feature.
    static Result<Districts, std::string> parse(std::string_view geojson,
                                                const std::string& name_property);

    // The name of the district that a point lies in; empty: in none. On the border of two it lies
    // in one of them, always the same; where they overlap, in the first of the file.
    std::string_view name_at(Point point) const;
    std::size_t size() const { return districts_.size(); }

  private:
    using Ring = std::vector<Point>;  // the last point is the first
    struct District {
        std::string name;
        Bounds bounds;
        std::vector<Ring> rings;  // outer ones and holes: inside is within an odd number of them
    };
    friend class DistrictReader;

    std::vector<District> districts_;
};

}  // namespace emplettes::geo
