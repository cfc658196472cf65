#include "geo/districts.h"

#include <algorithm>
#include <stdexcept>

#include "base/json.h"

namespace emplettes::geo {
namespace {

constexpr std::size_t kRingPointsMin = 4;

// Whether a line from the point to the east crosses this edge. An edge has its lower end, but not
// its upper one: a corner is crossed once, and of two neighbours one has their common border.
bool crosses(Point from, Point a, Point b) {
    if ((a.lat > from.lat) == (b.lat > from.lat)) return false;
    return from.lon < a.lon + (from.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon);
}

}  // namespace

// Reads one file. Throws std::runtime_error with what is wrong.
class DistrictReader {
  public:
    explicit DistrictReader(std::string name_property) : name_property_(std::move(name_property)) {}

    Districts read(const Json& root) {
        if (!root.is_object() || root.value("type", Json()) != "FeatureCollection")
            throw std::runtime_error("it is not a GeoJSON FeatureCollection");
        const Json features = root.value("features", Json());
        if (!features.is_array() || features.empty())
            throw std::runtime_error("it has no features");
        Districts districts;
        for (std::size_t i = 0; i < features.size(); ++i) {
            where_ = "feature " + std::to_string(i + 1);
            districts.districts_.push_back(read_district(features[i]));
        }
        return districts;
    }

  private:
    [[noreturn]] void fail(const std::string& what) const {
        throw std::runtime_error(where_ + " " + what);
    }

    const Json& member(const Json& object, const std::string& name) const {
        if (!object.is_object() || !object.contains(name)) fail("has no " + name);
        return object.at(name);
    }

    Districts::District read_district(const Json& feature) {
        Districts::District district;
        const Json& name = member(member(feature, "properties"), name_property_);
        if (!name.is_string() || name.get_ref<const std::string&>().empty())
            fail("has no text in its property " + name_property_);
        district.name = name.get<std::string>();
        where_ += " (" + district.name + ")";
        const Json& geometry = member(feature, "geometry");
        const Json& type = member(geometry, "type");
        const Json& coordinates = list(member(geometry, "coordinates"));
        if (type == "Polygon")
            read_polygon(coordinates, district);
        else if (type == "MultiPolygon")
            for (const Json& polygon : coordinates) read_polygon(polygon, district);
        else
            fail("is neither a Polygon nor a MultiPolygon");
        district.bounds = bounds_of(district.rings);
        return district;
    }

    const Json& list(const Json& json) const {
        if (!json.is_array() || json.empty()) fail("has coordinates that are no list");
        return json;
    }

    void read_polygon(const Json& polygon, Districts::District& district) const {
        for (const Json& ring : list(polygon)) {
            Districts::Ring points;
            for (const Json& position : list(ring)) points.push_back(read_point(position));
            if (points.size() < kRingPointsMin || points.front() != points.back())
                fail("has a ring that is not closed");
            district.rings.push_back(std::move(points));
        }
    }

    Point read_point(const Json& position) const {
        if (!position.is_array() || position.size() < 2 || !position[0].is_number() ||
            !position[1].is_number())
            fail("has a position that is not two numbers");
        const Point point{.lat = position[1].get<double>(), .lon = position[0].get<double>()};
        if (!kWorld.contains(point)) fail("has a position that is not longitude and latitude");
        return point;
    }

    static Bounds bounds_of(const std::vector<Districts::Ring>& rings) {
        const Point first = rings.front().front();
        Bounds bounds{first.lat, first.lon, first.lat, first.lon};
        for (const auto& ring : rings) {
            for (const Point point : ring) {
                bounds.south = std::min(bounds.south, point.lat);
                bounds.west = std::min(bounds.west, point.lon);
                bounds.north = std::max(bounds.north, point.lat);
                bounds.east = std::max(bounds.east, point.lon);
            }
        }
        return bounds;
    }

    static constexpr Bounds kWorld{.south = -90, .west = -180, .north = 90, .east = 180};

    std::string name_property_;
    std::string where_;
};

Result<Districts, std::string> Districts::parse(std::string_view geojson,
                                                const std::string& name_property) {
    try {
        return DistrictReader(name_property).read(parse_json(geojson));
    } catch (const std::runtime_error& error) {
        return std::string(error.what());
    }
}

std::string_view Districts::name_at(Point point) const {
    for (const District& district : districts_) {
        if (!district.bounds.contains(point)) continue;
        bool is_inside = false;
        for (const Ring& ring : district.rings)
            for (std::size_t i = 1; i < ring.size(); ++i)
                if (crosses(point, ring[i - 1], ring[i])) is_inside = !is_inside;
        if (is_inside) return district.name;
    }
    return {};
}

}  // namespace emplettes::geo
