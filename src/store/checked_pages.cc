#include "store/checked_pages.h"

#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <cstring>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include <soci/sqlite3/soci-sqlite3.h>

#include "base/check.h"
#include "base/log.h"
#include "store/fault.h"

namespace emplettes::store {
namespace {

using namespace sqlite_api;

constexpr const char* kCheckedName = "emplettes-checked";
constexpr int kChecksumBytes = 8;
constexpr int kSmallestPage = 512;
// Of a database's header (sqlite.org/fileformat.html).
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::size_t kPageSizeAt = 16;
constexpr std::size_t kReservedAt = 20;
constexpr int kHeaderBytes = 100;

using Page = std::span<unsigned char>;
using ConstPage = std::span<const unsigned char>;
using Checksum = std::array<unsigned char, kChecksumBytes>;

// Of all of the page but its end, and of where it belongs: a page that was written to another's
// place is as wrong as one with a flipped bit. Never nothing but zeros, which say that there is
// none.
Checksum checksum_of(ConstPage page, std::int64_t offset) {
    const ConstPage content = page.first(page.size() - kChecksumBytes);
    const XXH64_hash_t hash =
        XXH3_64bits_withSeed(content.data(), content.size(), static_cast<XXH64_hash_t>(offset));
    Checksum checksum{};
    for (std::size_t i = 0; i < checksum.size(); ++i)
        checksum[i] = static_cast<unsigned char>((hash | 1) >> (8 * i));
    return checksum;
}

void seal(Page page, std::int64_t offset) {
    const Checksum checksum = checksum_of(page, offset);
    std::copy(checksum.begin(), checksum.end(), page.end() - kChecksumBytes);
}

bool is_sound(ConstPage page, std::int64_t offset) {
    const Checksum checksum = checksum_of(page, offset);
    return std::equal(checksum.begin(), checksum.end(), page.end() - kChecksumBytes);
}

bool is_page(int bytes) { return bytes >= kSmallestPage && (bytes & (bytes - 1)) == 0; }

// Whether a header says that each page has room for a checksum.
bool has_room(ConstPage header) {
    return header.size() >= std::size_t{kHeaderBytes} &&
           std::memcmp(header.data(), kMagic.data(), kMagic.size()) == 0 &&
           header[kReservedAt] == kChecksumBytes;
}

// Of a main database; SQLite's own follows it in memory.
struct CheckedFile {
    sqlite3_file base;
    // Unknown: it had no header yet.
    enum class Checks { unknown, none, every_page } checks;
};

sqlite3_file* own(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<CheckedFile*>(file) + 1);
}
sqlite3_vfs* plain() {
    static sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
    return vfs;
}

// What a header that is read or written says of the file, or what the file says itself.
void learn(CheckedFile& checked, ConstPage header) {
    using Checks = CheckedFile::Checks;
    if (header.size() < std::size_t{kHeaderBytes} ||
        std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0)
        return;
    checked.checks = has_room(header) ? Checks::every_page : Checks::none;
}
void learn_from_file(CheckedFile& checked) {
    std::array<unsigned char, kHeaderBytes> header{};
    sqlite3_file* file = own(&checked.base);
    if (file->pMethods->xRead(file, header.data(), kHeaderBytes, 0) == SQLITE_OK)
        learn(checked, header);
}

int close_file(sqlite3_file* file) { return own(file)->pMethods->xClose(own(file)); }

int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    const int code = own(file)->pMethods->xRead(own(file), bytes, size, offset);
    if (code != SQLITE_OK) return code;
    auto& checked = *reinterpret_cast<CheckedFile*>(file);
    const ConstPage page(static_cast<const unsigned char*>(bytes), static_cast<std::size_t>(size));
    if (offset == 0) learn(checked, page);
    if (!is_page(size)) return SQLITE_OK;
    if (checked.checks == CheckedFile::Checks::unknown) learn_from_file(checked);
    if (checked.checks != CheckedFile::Checks::every_page || is_sound(page, offset))
        return SQLITE_OK;
    log_error("the database is damaged: page at byte " + std::to_string(offset) +
              " is not what was written");
    return SQLITE_IOERR_DATA;
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    auto& checked = *reinterpret_cast<CheckedFile*>(file);
    const auto* begin = static_cast<const unsigned char*>(bytes);
    const ConstPage page(begin, static_cast<std::size_t>(size));
    if (offset == 0) learn(checked, page);
    if (is_page(size) && checked.checks != CheckedFile::Checks::every_page)
        learn_from_file(checked);  // somebody else may have made it
    if (!is_page(size) || checked.checks != CheckedFile::Checks::every_page)
        return own(file)->pMethods->xWrite(own(file), bytes, size, offset);
    thread_local std::vector<unsigned char> sealed;
    sealed.assign(page.begin(), page.end());
    seal(sealed, offset);
    return own(file)->pMethods->xWrite(own(file), sealed.data(), size, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    return own(file)->pMethods->xTruncate(own(file), size);
}
int sync_file(sqlite3_file* file, int flags) {
    return own(file)->pMethods->xSync(own(file), flags);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return own(file)->pMethods->xFileSize(own(file), size);
}
int lock_file(sqlite3_file* file, int level) {
    return own(file)->pMethods->xLock(own(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
    return own(file)->pMethods->xUnlock(own(file), level);
}
int check_reserved_lock(sqlite3_file* file, int* is_locked) {
    return own(file)->pMethods->xCheckReservedLock(own(file), is_locked);
}
int control_file(sqlite3_file* file, int operation, void* argument) {
    return own(file)->pMethods->xFileControl(own(file), operation, argument);
}
int sector_size(sqlite3_file* file) { return own(file)->pMethods->xSectorSize(own(file)); }
int characteristics(sqlite3_file* file) {
    const int all = own(file)->pMethods->xDeviceCharacteristics(own(file));
#ifdef SQLITE_IOCAP_SUBPAGE_READ
    return all & ~SQLITE_IOCAP_SUBPAGE_READ;  // a checksum is of a whole page
#else
    return all;
#endif
}
int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** memory) {
    return own(file)->pMethods->xShmMap(own(file), region, size, extend, memory);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
    return own(file)->pMethods->xShmLock(own(file), offset, count, flags);
}
void shared_barrier(sqlite3_file* file) { own(file)->pMethods->xShmBarrier(own(file)); }
int unmap_shared(sqlite3_file* file, int is_deleted) {
    return own(file)->pMethods->xShmUnmap(own(file), is_deleted);
}

// The second version: without reading from mapped memory, which would go past the checksums.
constexpr sqlite3_io_methods kMethods = {.iVersion = 2,
                                         .xClose = close_file,
                                         .xRead = read_file,
                                         .xWrite = write_file,
                                         .xTruncate = truncate_file,
                                         .xSync = sync_file,
                                         .xFileSize = file_size,
                                         .xLock = lock_file,
                                         .xUnlock = unlock_file,
                                         .xCheckReservedLock = check_reserved_lock,
                                         .xFileControl = control_file,
                                         .xSectorSize = sector_size,
                                         .xDeviceCharacteristics = characteristics,
                                         .xShmMap = map_shared,
                                         .xShmLock = lock_shared,
                                         .xShmBarrier = shared_barrier,
                                         .xShmUnmap = unmap_shared,
                                         .xFetch = nullptr,
                                         .xUnfetch = nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    // Logs have checksums of SQLite's own; temporary files die with us.
    if ((flags & SQLITE_OPEN_MAIN_DB) == 0)
        return plain()->xOpen(plain(), name, file, flags, out_flags);
    auto& checked = *reinterpret_cast<CheckedFile*>(file);
    checked.base.pMethods = nullptr;
    checked.checks = CheckedFile::Checks::unknown;
    const int code = plain()->xOpen(plain(), name, own(file), flags, out_flags);
    if (code == SQLITE_OK) checked.base.pMethods = &kMethods;
    return code;
}

// A database nobody has open, page by page.
class PageFile {
  public:
    explicit PageFile(const std::string& name)
        : name_(name), fd_(::open(name.c_str(), O_RDWR | O_CLOEXEC)) {
        if (fd_ < 0) fail();
    }
    ~PageFile() { ::close(fd_); }
    PageFile(const PageFile&) = delete;
    PageFile& operator=(const PageFile&) = delete;

    bool read(Page page, std::int64_t offset) const {
        const ssize_t size = ::pread(fd_, page.data(), page.size(), offset);
        if (size < 0) fail();
        return static_cast<std::size_t>(size) == page.size();
    }
    void write(ConstPage page, std::int64_t offset) const {
        if (::pwrite(fd_, page.data(), page.size(), offset) != static_cast<ssize_t>(page.size()))
            fail();
    }
    void sync() const {
        if (::fsync(fd_) != 0) fail();
    }

  private:
    [[noreturn]] void fail() const {
        throw Unavailable("cannot read or write the database " + name_ + ": " +
                          std::strerror(errno));
    }
    const std::string& name_;
    int fd_;
};

std::size_t page_size(ConstPage header) {
    const std::size_t size = header[kPageSizeAt] * std::size_t{256} + header[kPageSizeAt + 1];
    return size == 1 ? std::size_t{65536} : size;
}

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};

// Empties the log into the database and, when it has none yet, makes room for checksums. As a
// program that knows nothing of them, which reads also what is not sealed.
void make_room(const std::string& file) {
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, plain()->zName);
    const std::unique_ptr<sqlite3, CloseDatabase> database(raw);
    const auto must = [&](int code) {
        if (code != SQLITE_OK)
            throw Unavailable("cannot seal " + file + ": " + sqlite3_errmsg(raw) +
                              ". Does another program use it?");
    };
    must(opened);
    const auto run = [&](const char* sql) {
        must(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr));
    };
    run("PRAGMA locking_mode = EXCLUSIVE");
    run("PRAGMA journal_mode = DELETE");
    if (is_sealed(file)) return;
    int bytes = kChecksumBytes;
    must(sqlite3_file_control(raw, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes));
    run("VACUUM");
}

std::int64_t seal_pages(const std::string& name) {
    const PageFile file(name);
    std::array<unsigned char, kHeaderBytes> header{};
    if (!file.read(header, 0) || !has_room(header))
        throw Unavailable(name + " has no room for checksums");
    std::vector<unsigned char> page(page_size(header));
    std::int64_t others = 0;
    for (std::int64_t offset = 0; file.read(page, offset);
         offset += static_cast<std::int64_t>(page.size())) {
        if (is_sound(page, offset)) continue;
        seal(page, offset);
        file.write(page, offset);
        ++others;
    }
    file.sync();
    return others;
}

}  // namespace

void check_pages_of_sqlite() {
    static std::once_flag once;
    std::call_once(once, [] {
        static sqlite3_vfs vfs = *plain();
        vfs.zName = kCheckedName;
        vfs.szOsFile = static_cast<int>(sizeof(CheckedFile)) + plain()->szOsFile;
        vfs.xOpen = open_file;
        check(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
    });
}

bool is_sealed(const std::string& file) {
    std::array<unsigned char, kHeaderBytes> header{};
    return PageFile(file).read(header, 0) && has_room(header);
}

std::int64_t seal_database(const std::string& file) {
    make_room(file);
    return seal_pages(file);
}

}  // namespace emplettes::store
