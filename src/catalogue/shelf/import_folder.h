#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "base/id.h"

namespace emplettes::catalogue {

// Of a file's bytes, as 64 hexadecimal digits. Throws like ImportFolder.
std::string sha256_of(const std::filesystem::path& file);

// Where a territory's files that wait for an import, or were imported, lie: one for each, named by
// its id, beside it the list of what was not understood. Throws std::runtime_error with a sentence
// for people when the disk does not do what it should.
class ImportFolder {
  public:
    explicit ImportFolder(std::filesystem::path root) : root_(std::move(root)) {}

    std::filesystem::path file_of(ShelfImportId id) const;
    std::filesystem::path problems_of(ShelfImportId id) const;

    struct Kept {
        std::int64_t bytes = 0;
        std::string sha256;  // 64 hexadecimal digits
    };
    // Copies a file here; it outlives a power failure from now on.
    Kept keep(ShelfImportId id, const std::filesystem::path& file) const;
    void forget(ShelfImportId id) const;

  private:
    std::filesystem::path root_;
};

// That this process alone works on a file, until the lock goes, or the process.
class FileLock {
  public:
    // None when another process has it, or there is no such file.
    static std::optional<FileLock> try_lock(const std::filesystem::path& file);
    FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    ~FileLock();
    FileLock& operator=(FileLock&&) = delete;

  private:
    explicit FileLock(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace emplettes::catalogue
