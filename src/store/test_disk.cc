#include "store/test_disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <fstream>

#include <soci/sqlite3/soci-sqlite3.h>

#include "base/check.h"

namespace emplettes::store {
namespace {

constexpr off_t kSectorBytes = 512;

std::atomic<TestDisk*> the_disk{nullptr};

ssize_t write_and_tell(int file, const void* bytes, std::size_t count, off64_t at) {
    const ssize_t written = ::pwrite64(file, bytes, count, at);
    if (written > 0) TestDisk::written(file, at, static_cast<std::size_t>(written));
    return written;
}

int unlink_and_tell(const char* path) {
    const int failed = ::unlink(path);
    if (failed == 0) TestDisk::removed(path);
    return failed;
}

using Call = sqlite_api::sqlite3_syscall_ptr;

void hook(const char* name, Call call) {
    sqlite_api::sqlite3_vfs* vfs = sqlite_api::sqlite3_vfs_find(nullptr);
    check(vfs->xSetSystemCall(vfs, name, call) == SQLITE_OK);
}

std::string name_of(int file) {
    std::string path(4096, '\0');
    const std::string link = "/proc/self/fd/" + std::to_string(file);
    const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
    check(length > 0);
    path.resize(static_cast<std::size_t>(length));
    return std::filesystem::path(path).filename();
}

}  // namespace

TestDisk::TestDisk(std::int64_t fails_at) : fails_at_(fails_at) {
    check(the_disk.exchange(this) == nullptr);
    hook("pwrite64", reinterpret_cast<Call>(write_and_tell));
    hook("unlink", reinterpret_cast<Call>(unlink_and_tell));
}

TestDisk::~TestDisk() {
    hook("pwrite64", nullptr);
    hook("unlink", nullptr);
    the_disk = nullptr;
}

std::int64_t TestDisk::confirmations() const {
    const std::lock_guard lock(mutex_);
    return confirmations_;
}

bool TestDisk::has_failed() const { return fails_at_ > 0 && confirmations() >= fails_at_; }

void TestDisk::cut_power(const std::filesystem::path& target) const {
    const std::lock_guard lock(mutex_);
    std::filesystem::create_directories(target);
    for (const auto& [name, file] : files_)
        if (!name.ends_with("-shm")) std::ofstream(target / name, std::ios::binary) << file.durable;
}

void TestDisk::written(int file, off_t at, std::size_t bytes) {
    TestDisk* disk = the_disk;
    if (disk == nullptr) return;
    const std::lock_guard lock(disk->mutex_);
    File& known = disk->files_[name_of(file)];
    const off_t end = at + static_cast<off_t>(bytes);
    for (off_t sector = at / kSectorBytes; sector * kSectorBytes < end; ++sector)
        known.dirty.insert(sector);
}

void TestDisk::removed(const std::filesystem::path& path) {
    TestDisk* disk = the_disk;
    if (disk == nullptr) return;
    const std::lock_guard lock(disk->mutex_);
    disk->files_.erase(path.filename());
}

bool TestDisk::fails() { return ++confirmations_ == fails_at_; }

int TestDisk::confirm(int file) {
    TestDisk* disk = the_disk;
    struct stat status {};
    const bool is_file = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    if (disk == nullptr || !is_file) return static_cast<int>(::syscall(SYS_fdatasync, file));
    const std::lock_guard lock(disk->mutex_);
    File& known = disk->files_[name_of(file)];
    if (disk->fails()) {
        known.dirty.clear();  // dropped, and clean from now on
        errno = EIO;
        return -1;
    }
    known.durable.resize(static_cast<std::size_t>(status.st_size));
    for (const off_t sector : known.dirty) {
        const off_t at = sector * kSectorBytes;
        if (at >= status.st_size) continue;
        const auto bytes = static_cast<std::size_t>(std::min(kSectorBytes, status.st_size - at));
        // SQLite opens what it writes for reading, too.
        check(::pread(file, known.durable.data() + at, bytes, at) == static_cast<ssize_t>(bytes));
    }
    known.dirty.clear();
    return 0;
}

}  // namespace emplettes::store

// Instead of the system's, in this program and in the libraries it has loaded.
extern "C" int fdatasync(int file) { return emplettes::store::TestDisk::confirm(file); }
