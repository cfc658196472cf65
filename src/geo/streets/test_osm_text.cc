#include "geo/streets/test_osm_text.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace emplettes::geo {
namespace {

namespace fs = std::filesystem;

// A file of its own that is gone afterwards.
class ShortLivedFile {
  public:
    ShortLivedFile(const std::string& name, const std::string& bytes) {
        static std::atomic<int> count = 0;
        folder_ = fs::temp_directory_path() / ("emplettes-streets-" + std::to_string(::getpid()) +
                                               "-" + std::to_string(count++));
        fs::create_directories(folder_);
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
        path_ = folder_ / name;
    }
    ~ShortLivedFile() { fs::remove_all(folder_); }
    ShortLivedFile(const ShortLivedFile&) = delete;
    ShortLivedFile& operator=(const ShortLivedFile&) = delete;
    std::string path() const { return path_.string(); }

  private:
    fs::path folder_;
    fs::path path_;
};

std::string tags_text(const OsmText::Tags& tags) {
    std::string text;
    for (const auto& [key, value] : tags) text += "<tag k='" + key + "' v='" + value + "'/>";
    return text;
}

}  // namespace

OsmText& OsmText::node(int id, double lat, double lon, const Tags& tags) {
    return raw("<node id='" + std::to_string(id) + "' lat='" + std::to_string(lat) + "' lon='" +
               std::to_string(lon) + "'>" + tags_text(tags) + "</node>");
}

OsmText& OsmText::way(int id, const std::vector<int>& nodes, const Tags& tags) {
    std::string refs;
    for (const int node : nodes) refs += "<nd ref='" + std::to_string(node) + "'/>";
    return raw("<way id='" + std::to_string(id) + "'>" + refs + tags_text(tags) + "</way>");
}

OsmText& OsmText::sign(const std::string& kind, int from, int via, int to, const Tags& tags) {
    const auto member = [](const std::string& type, int ref, const std::string& role) {
        return "<member type='" + type + "' ref='" + std::to_string(ref) + "' role='" + role +
               "'/>";
    };
    Tags all = tags;
    all.emplace_back("type", "restriction");
    all.emplace_back("restriction", kind);
    return raw("<relation id='" + std::to_string(1000 + from) + "'>" + member("way", from, "from") +
               member("node", via, "via") + member("way", to, "to") + tags_text(all) +
               "</relation>");
}

OsmText& OsmText::raw(const std::string& text) {
    objects_ += text;
    return *this;
}

StreetMap OsmText::read() const {
    const ShortLivedFile file("some.osm", "<osm version='0.6'>" + objects_ + "</osm>");
    return read_street_map(file.path());
}

std::string OsmText::error_of(const std::string& name, const std::string& bytes) {
    const ShortLivedFile file(name, bytes);
    try {
        read_street_map(file.path());
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

OsmText crossing(const OsmText::Tags& middle) {
    constexpr double kLat = 48.88;
    constexpr double kLon = 2.34;
    constexpr double kUp = 0.0009;       // 100 m to the north
    constexpr double kAside = 0.001368;  // 100 m to the east
    OsmText text;
    text.node(1, kLat, kLon - kAside).node(2, kLat - kUp, kLon).node(3, kLat, kLon, middle);
    text.node(4, kLat + kUp, kLon).node(5, kLat, kLon + kAside);
    text.node(6, kLat + 0.00001, kLon - kAside / 2).node(7, kLat, kLon - kAside / 4);
    const OsmText::Tags plain = {{"highway", "residential"}};
    text.way(10, {1, 6, 7, 3}, {{"highway", "residential"}, {"name", "rue de l’Ouest"}});
    text.way(20, {2, 3}, plain).way(30, {3, 5}, plain).way(40, {3, 4}, plain);
    return text;
}

}  // namespace emplettes::geo
