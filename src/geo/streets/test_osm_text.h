#pragma once
#include <string>
#include <utility>
#include <vector>

#include "geo/streets/street_map.h"

namespace emplettes::geo {

// Writes a small OpenStreetMap file and reads it. For tests.
class OsmText {
  public:
    using Tags = std::vector<std::pair<std::string, std::string>>;

    OsmText& node(int id, double lat, double lon, const Tags& tags = {});
    OsmText& way(int id, const std::vector<int>& nodes, const Tags& tags);
    // "no_left_turn" from one way over a node to another.
    OsmText& sign(const std::string& kind, int from, int via, int to, const Tags& tags = {});
    OsmText& raw(const std::string& text);

    StreetMap read() const;
    // What reading a file with these bytes and this name throws; empty: nothing.
    static std::string error_of(const std::string& name, const std::string& bytes);

  private:
    std::string objects_;
};

// Four streets that meet at node 3: from 1 in the west (way 10), 5 in the east (30, both two-way),
// 2 in the south (20), 4 in the north (40), with a bend at 6 and 7 in way 10; 100 m each. What
// stands at node 3 is in `middle`.
OsmText crossing(const OsmText::Tags& middle = {});

}  // namespace emplettes::geo
