#include "geo/osm_file.h"

#include <algorithm>
#include <filesystem>
#include <new>

#include "base/text.h"

namespace emplettes::geo {
namespace {

bool take_text(std::string_view& rest, std::string_view& part) {
    const std::size_t end = rest.find('\0');
    if (end == std::string_view::npos) return false;
    part = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return true;
}

}  // namespace

OsmTags::OsmTags(const osmium::OSMObject& object) {
    const osmium::TagList& list = object.tags();
    std::string_view rest(reinterpret_cast<const char*>(list.data()), list.byte_size());
    rest.remove_prefix(std::min(sizeof(osmium::TagList), rest.size()));
    std::string_view key;
    std::string_view value;
    while (take_text(rest, key) && take_text(rest, value)) tags_.emplace_back(key, value);
}

std::string_view OsmTags::find(std::string_view key) const {
    const auto tag = std::ranges::find(tags_, key, [](const auto& pair) { return pair.first; });
    return tag == tags_.end() ? std::string_view{} : tag->second;
}

std::string OsmTags::text(std::string_view key) const {
    const std::string_view value = find(key);
    return is_valid_utf8(value) ? std::string(trim(value)) : std::string();
}

std::string OsmTags::first_text(std::initializer_list<std::string_view> keys) const {
    for (const std::string_view key : keys)
        if (std::string value = text(key); !value.empty()) return value;
    return {};
}

void read_osm_file(const std::string& file, const std::function<void()>& read) {
    if (!std::filesystem::is_regular_file(file))
        throw std::runtime_error("There is no file " + file +
                                 ": give the path of an .osm.pbf file.");
    try {
        read();
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        // libosmium, protozero, zlib, expat and bzip2 each have their own exceptions.
        throw std::runtime_error(
            "The file " + file + " cannot be read as OpenStreetMap data (" + error.what() +
            "): it is damaged, incomplete or of another kind. " + "Fetch it again, as .osm.pbf.");
    }
}

}  // namespace emplettes::geo
