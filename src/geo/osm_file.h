#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <osmium/handler.hpp>
#include <osmium/io/any_input.hpp>
#include <osmium/osm.hpp>
#include <osmium/thread/pool.hpp>
#include <osmium/visitor.hpp>
#include <stdexcept>
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

// Calls `read`, which reads this OpenStreetMap file; whatever it throws, but for want of memory,
// becomes a std::runtime_error with a sentence that names the file, what is wrong and what to do.
void read_osm_file(const std::string& file, const std::function<void()>& read);

// Reads one file as often as `passes` says, each time what is asked for then.
class OsmPasses {
  public:
    // on_progress(done, all), in bytes of all passes; may be empty.
    using OnProgress = std::function<void(std::int64_t, std::int64_t)>;
    OsmPasses(const std::string& file, int passes, const OnProgress& on_progress)
        : file_(file), passes_(passes), on_progress_(on_progress) {}

    // Hands an osmium::handler::Handler what is asked for, in the order of the file.
    template <typename Handler>
    void read(osmium::osm_entity_bits::type what, Handler& handler);

    // Throws std::runtime_error when no pass has found anything.
    void expect_something() const {
        if (!has_found_) throw std::runtime_error("it holds no map data");
    }

  private:
    const std::string& file_;
    int passes_;
    const OnProgress& on_progress_;
    osmium::thread::Pool pool_{1};
    int done_ = 0;
    bool has_found_ = false;
};

template <typename Handler>
void OsmPasses::read(osmium::osm_entity_bits::type what, Handler& handler) {
    osmium::io::Reader reader{osmium::io::File{file_}, what, pool_};
    const auto size = static_cast<std::int64_t>(reader.file_size());
    while (const osmium::memory::Buffer buffer = reader.read()) {
        has_found_ = has_found_ || buffer.committed() > 0;
        osmium::apply(buffer, handler);
        if (on_progress_)
            on_progress_(done_ * size + static_cast<std::int64_t>(reader.offset()), passes_ * size);
    }
    reader.close();
    ++done_;
}

}  // namespace emplettes::geo
