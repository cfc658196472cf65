#pragma once
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace emplettes::web {

// A file of a spool folder, which is removed with its owner unless somebody has taken it over.
// One thread at a time.
class SpoolFile {
  public:
    // Throws std::system_error when there can be none.
    explicit SpoolFile(const std::filesystem::path& folder);
    ~SpoolFile();
    SpoolFile(const SpoolFile&) = delete;
    SpoolFile& operator=(const SpoolFile&) = delete;

    // What was written before an error stays; is_disk_full() tells one error from the others.
    [[nodiscard]] std::error_code append(std::string_view bytes);

    // Makes it the file `target` of the same file system, durably: when this returns, it survives a
    // loss of power. Throws std::system_error, and then the file is still the spool's.
    void keep_as(const std::filesystem::path& target);

    const std::filesystem::path& path() const { return path_; }  // where it is now
    std::uint64_t size() const { return size_; }

  private:
    std::filesystem::path path_;
    int file_;
    std::uint64_t size_ = 0;
    bool is_kept_ = false;
};

bool is_disk_full(const std::error_code& error);

// Makes the folder, and removes what a process that was killed has left in it a day ago or more.
void prepare_spool(const std::filesystem::path& folder);

// Whether `bytes` more leave `spare` bytes free where the folder is.
struct RoomWanted {
    std::uint64_t bytes = 0;
    std::uint64_t spare = 0;
};
bool has_room(const std::filesystem::path& folder, RoomWanted wanted);

}  // namespace emplettes::web
