#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

struct archive;
struct archive_entry;

namespace emplettes {

// Writes a ZIP file, entry after entry, in constant memory. Throws std::runtime_error with a
// sentence for people when the disk does not take it; a file without finish() is no archive.
class ZipWriter {
  public:
    ZipWriter(const std::filesystem::path& file, Instant written_at);
    ~ZipWriter();
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    void begin(const std::string& name);
    void write(std::string_view bytes);  // of the entry begun last
    void finish();

  private:
    void expect(bool is_done);

    struct Close {
        void operator()(archive* handle) const;
    };
    const std::string name_;
    const Instant written_at_;
    std::ofstream file_;
    std::unique_ptr<archive, Close> archive_;
};

// What a file may unpack to, whatever it says of itself.
struct ZipLimits {
    std::int64_t entries_max = 100'000;
    std::int64_t bytes_max = std::int64_t{8} << 30;
};

// Reads a ZIP file, entry after entry, in constant memory. One with links, or with a name that
// leads out of it ("../x", "/x"), is refused as soon as that is seen. For one thread.
class ZipReader {
  public:
    explicit ZipReader(const std::filesystem::path& file, const ZipLimits& limits = {});
    ~ZipReader();
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;

    // The name of the next file; none at the end and after a failure. Folders are passed over.
    std::optional<std::string> next();
    // The next bytes of this file; empty at its end and after a failure. Valid until the next call.
    std::string_view read();
    // All of it; none when it has more than `bytes_max`, or after a failure.
    std::optional<std::string> read_all(std::size_t bytes_max);
    // Why nothing more comes, an English sentence; empty: nothing went wrong.
    const std::string& failure() const { return failure_; }

  private:
    std::optional<std::string> name_of(archive_entry* entry);
    void fail(std::string reason);

    struct Close {
        void operator()(archive* handle) const;
    };
    const ZipLimits limits_;
    std::unique_ptr<archive, Close> archive_;
    std::unique_ptr<char[]> block_;
    std::int64_t entries_ = 0;
    std::int64_t bytes_ = 0;
    std::string failure_;
};

}  // namespace emplettes
