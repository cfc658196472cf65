#pragma once
#include <map>
#include <string>
#include <vector>

#include "geo/osm_places.h"

namespace emplettes::geo {

// Gathers points on named streets and joins them: streets of the same name that are apart are
// several (every town has its "rue de la Gare").
class StreetNames {
  public:
    void add_piece(const std::string& name, Point point) { pieces_[name].push_back(point); }
    // Counts only where no piece of a street of that name is known.
    void add_address(const std::string& name, Point point) { addresses_[name].push_back(point); }

    // By name, then from south to north. Each position is one of the points, near their middle.
    std::vector<OsmStreet> joined() const;

  private:
    std::map<std::string, std::vector<Point>> pieces_;
    std::map<std::string, std::vector<Point>> addresses_;
};

}  // namespace emplettes::geo
