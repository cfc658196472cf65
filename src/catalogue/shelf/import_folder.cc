#include "catalogue/shelf/import_folder.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace emplettes::catalogue {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCopiedAtOnce = 1UL << 20;
constexpr unsigned kOnlyForUs = 0600;  // a shop's stock is its own affair

// An open file that is closed at the end; its faults are sentences with its name.
class OpenedFile {
  public:
    OpenedFile(fs::path path, int flags)
        : path_(std::move(path)), fd_(::open(path_.c_str(), flags | O_CLOEXEC, kOnlyForUs)) {
        if (fd_ < 0) fail("open");
    }
    ~OpenedFile() { ::close(fd_); }
    OpenedFile(const OpenedFile&) = delete;
    OpenedFile& operator=(const OpenedFile&) = delete;

    std::size_t read(std::vector<unsigned char>& bytes) const {
        while (true) {
            const ssize_t size = ::read(fd_, bytes.data(), bytes.size());
            if (size >= 0) return static_cast<std::size_t>(size);
            if (errno != EINTR) fail("read");
        }
    }
    void write(const unsigned char* bytes, std::size_t size) const {
        while (size > 0) {
            const ssize_t written = ::write(fd_, bytes, size);
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail("write");
            bytes += written;
            size -= static_cast<std::size_t>(written);
        }
    }
    void sync() const {
        if (::fsync(fd_) != 0) fail("write");
    }

  private:
    [[noreturn]] void fail(const char* what) const {
        throw std::runtime_error(std::string("cannot ") + what + " " + path_.string() + ": " +
                                 std::strerror(errno));
    }

    fs::path path_;
    int fd_;
};

std::string hexadecimal(const std::array<unsigned char, crypto_hash_sha256_BYTES>& digest) {
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> text{};
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    return text.data();
}

// Goes through a file and tells its hash; `take` gets each piece.
template <typename Take>
std::string read_through(const fs::path& file, const Take& take) {
    const OpenedFile source(file, O_RDONLY);
    std::vector<unsigned char> bytes(kCopiedAtOnce);
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    while (const std::size_t size = source.read(bytes)) {
        crypto_hash_sha256_update(&state, bytes.data(), size);
        take(bytes.data(), size);
    }
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state, digest.data());
    return hexadecimal(digest);
}

ImportFolder::Kept copy_durably(const fs::path& from, const fs::path& to) {
    const OpenedFile target(to, O_WRONLY | O_CREAT | O_TRUNC);
    ImportFolder::Kept kept;
    kept.sha256 = read_through(from, [&](const unsigned char* bytes, std::size_t size) {
        target.write(bytes, size);
        kept.bytes += static_cast<std::int64_t>(size);
    });
    target.sync();
    return kept;
}

}  // namespace

std::string sha256_of(const fs::path& file) {
    return read_through(file, [](const unsigned char*, std::size_t) {});
}

fs::path ImportFolder::file_of(ShelfImportId id) const { return root_ / std::to_string(id.value); }

fs::path ImportFolder::problems_of(ShelfImportId id) const {
    return root_ / (std::to_string(id.value) + ".not-understood.csv");
}

ImportFolder::Kept ImportFolder::keep(ShelfImportId id, const fs::path& file) const {
    fs::create_directories(root_);
    const fs::path place = file_of(id);
    const fs::path temporary = place.string() + ".new";
    const Kept kept = copy_durably(file, temporary);
    fs::rename(temporary, place);
    OpenedFile(root_, O_RDONLY | O_DIRECTORY).sync();
    return kept;
}

void ImportFolder::forget(ShelfImportId id) const {
    fs::remove(file_of(id));
    fs::remove(problems_of(id));
}

std::optional<FileLock> FileLock::try_lock(const fs::path& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return std::nullopt;
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return FileLock(fd);
    ::close(fd);
    return std::nullopt;
}

FileLock::~FileLock() {
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace emplettes::catalogue
