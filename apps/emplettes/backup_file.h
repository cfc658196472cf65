#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/json.h"

struct archive;

namespace emplettes {

// A backup is a tar file, for any tar reads it: parts, then "manifest.json", which names every part
// with its size and SHA-256, then "manifest.sha256", that of the manifest. Whoever reads compares
// them all, so a byte that is not what was written is noticed wherever it stands.

// Why a file is no backup, or not a whole one; `what()` is a sentence for people.
class BackupError final : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// Writes FILE.partial and gives it its name when it is complete and on the disk: what bears the
// name is whole. Throws std::runtime_error with a sentence for people.
class BackupWriter {
  public:
    explicit BackupWriter(std::filesystem::path file);
    ~BackupWriter();
    BackupWriter(const BackupWriter&) = delete;
    BackupWriter& operator=(const BackupWriter&) = delete;

    void add(const std::string& name, std::string_view bytes);
    // A file that is there now, as long as it is now. False when it is gone.
    bool add_file(const std::string& name, const std::filesystem::path& file);
    // The end. "parts" is added to the manifest.
    void finish(Json manifest);

    std::uint64_t bytes() const { return bytes_; }

  private:
    void begin(const std::string& name, std::uint64_t bytes, unsigned rights);
    void write(std::string_view bytes);
    void put_in_place();
    [[noreturn]] void fail(const std::string& why) const;

    struct Close {
        void operator()(archive* handle) const;
    };
    const std::filesystem::path file_;
    const std::filesystem::path draft_;
    int fd_ = -1;
    std::unique_ptr<archive, Close> archive_;
    Json parts_ = Json::array();
    std::uint64_t bytes_ = 0;
};

// Called with each part and what of it comes next, last with nothing.
struct BackupPart {
    std::string name;
    unsigned rights = 0;  // 0600
};
using OnBackupBytes = std::function<void(const BackupPart& part, std::string_view bytes)>;

// Reads all of a backup and compares every checksum; `on_bytes` sees what comes before it is known
// to be sound. Returns the manifest. Throws BackupError.
Json read_backup(const std::filesystem::path& file, const OnBackupBytes& on_bytes);

}  // namespace emplettes
