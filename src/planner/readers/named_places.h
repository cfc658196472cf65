#pragma once
#include <map>
#include <string>

#include "planner/readers/json_field.h"

namespace emplettes::planner {

// Names to numbers, in the order in which they come.
class NamedThings {
  public:
    // Throws about `field` when the name is taken.
    int add(const std::string& name, const JsonField& field);
    // Throws about `field` when there is none of that name.
    int find(const JsonField& field) const;
    int find_or_add(const std::string& name);
    bool has(const std::string& name) const { return numbers_.contains(name); }
    std::vector<std::string> names() const;

  private:
    std::map<std::string, int> numbers_;
};

// Times between places as the crow flies and a third more, at so many km/h: for days whose streets
// nobody has measured.
Matrix estimate_matrix(const std::vector<Position>& positions, double speed_kmh);
// A list of rows; null where there is no way. Throws ReadError.
std::vector<std::int32_t> read_table(const JsonField& field, std::size_t places);

}  // namespace emplettes::planner
