#include "web/spool_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>

namespace emplettes::web {
namespace {

constexpr std::string_view kSpoolPrefix = "spool-";
constexpr std::chrono::hours kLeftBehind{24};  // several processes may share a folder

std::error_code last_error() { return {errno, std::generic_category()}; }

[[noreturn]] void fail_at(const std::filesystem::path& path) {
    throw std::system_error(last_error(), path.string());
}

void sync_folder(const std::filesystem::path& folder) {
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) fail_at(folder);
    const int result = ::fsync(handle);
    ::close(handle);
    if (result != 0) fail_at(folder);
}

}  // namespace

SpoolFile::SpoolFile(const std::filesystem::path& folder) {
    std::string name = (folder / (std::string(kSpoolPrefix) + "XXXXXX")).string();
    file_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (file_ < 0) fail_at(folder);
    path_ = name;
}

SpoolFile::~SpoolFile() {
    ::close(file_);
    if (!is_kept_) ::unlink(path_.c_str());
}

std::error_code SpoolFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(file_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return last_error();
        size_ += static_cast<std::uint64_t>(count);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

void SpoolFile::keep_as(const std::filesystem::path& target) {
    if (::fsync(file_) != 0 || ::rename(path_.c_str(), target.c_str()) != 0) fail_at(target);
    path_ = target;
    is_kept_ = true;
    sync_folder(target.parent_path());
}

bool is_disk_full(const std::error_code& error) {
    return error == std::errc::no_space_on_device || error == std::errc::file_too_large ||
           error == std::error_code(EDQUOT, std::generic_category());
}

void prepare_spool(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (!entry.path().filename().string().starts_with(kSpoolPrefix)) continue;
        std::error_code gone;  // another process may have been quicker
        const auto written = entry.last_write_time(gone);
        if (!gone && written < std::filesystem::file_time_type::clock::now() - kLeftBehind)
            std::filesystem::remove(entry.path(), gone);
    }
}

bool has_room(const std::filesystem::path& folder, RoomWanted wanted) {
    struct statvfs disk {};
    if (::statvfs(folder.c_str(), &disk) != 0) return false;
    const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
    return free >= wanted.spare && free - wanted.spare >= wanted.bytes;
}

}  // namespace emplettes::web
