#pragma once
#include <functional>
#include <initializer_list>
#include <osmium/osm/object.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emplettes::geo {

// An object's tags, which must not outlive it. libosmium's own TagList reads past its end when a
// damaged file has a zero byte within a key or value (2.19), so the list is walked within its
// bytes.
class OsmTags {
  public:
    explicit OsmTags(const osmium::OSMObject& object);
    // For rules that are to be tried without a file: "highway", "residential", …
    explicit OsmTags(std::vector<std::pair<std::string_view, std::string_view>> tags)
        : tags_(std::move(tags)) {}

    bool empty() const { return tags_.empty(); }
    std::string_view find(std::string_view key) const;  // as it is written; empty when absent
    std::string text(std::string_view key) const;       // trimmed; empty when absent or not UTF-8
    std::string first_text(std::initializer_list<std::string_view> keys) const;

  private:
    std::vector<std::pair<std::string_view, std::string_view>> tags_;
};

// Calls `read`, which reads this OpenStreetMap file; whatever it throws becomes a
// std::runtime_error with a sentence that names the file, what is wrong and what to do.
void read_osm_file(const std::string& file, const std::function<void()>& read);

}  // namespace emplettes::geo
