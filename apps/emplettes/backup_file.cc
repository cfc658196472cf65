#include "emplettes/backup_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "store/sha256.h"
#include "store/sha256_stream.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.json";
constexpr const char* kManifestDigest = "manifest.sha256";
constexpr std::size_t kBlockBytes = std::size_t{1} << 16;
constexpr std::size_t kManifestBytesMax = std::size_t{256} << 20;

struct FreeEntry {
    void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};
struct FreeReader {
    void operator()(archive* handle) const { archive_read_free(handle); }
};
using Reader = std::unique_ptr<archive, FreeReader>;

struct OpenFile {
    explicit OpenFile(const fs::path& file) : fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~OpenFile() {
        if (fd >= 0) ::close(fd);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    const int fd;
};

struct FoundPart {
    std::uint64_t bytes = 0;
    std::string sha256;
};

// What a backup says of itself and what it holds.
struct Contents {
    std::map<std::string, FoundPart> parts;
    std::string manifest;
    std::string manifest_digest;
};

// As sha256sum writes it, so that it can be compared without this program.
std::string digest_line(const std::string& manifest) {
    return store::sha256(manifest) + "  " + kManifest + "\n";
}

bool is_safe(const std::string& name) {
    return !name.empty() && name.front() != '/' && name.find("..") == std::string::npos;
}

std::string damaged(const fs::path& file, const std::string& what) {
    return file.string() + " is damaged: " + what + ". Use another backup";
}

void read_part(archive* reader, const fs::path& file, const BackupPart& part, Contents& contents,
               const OnBackupBytes& on_bytes) {
    const bool is_ours = part.name == kManifest || part.name == kManifestDigest;
    std::vector<char> block(kBlockBytes);
    store::Sha256 hash;
    FoundPart found;
    std::string kept;
    for (;;) {
        const la_ssize_t size = archive_read_data(reader, block.data(), block.size());
        if (size < 0) throw BackupError(damaged(file, archive_error_string(reader)));
        const std::string_view bytes(block.data(), static_cast<std::size_t>(size));
        if (!is_ours) on_bytes(part, bytes);
        if (size == 0) break;
        hash.add(bytes);
        found.bytes += bytes.size();
        if (is_ours) kept += bytes;
        if (kept.size() > kManifestBytesMax)
            throw BackupError(damaged(file, "its manifest is too long"));
    }
    found.sha256 = hash.digest();
    if (part.name == kManifest) {
        contents.manifest = std::move(kept);
    } else if (part.name == kManifestDigest) {
        contents.manifest_digest = std::move(kept);
    } else if (!contents.parts.emplace(part.name, std::move(found)).second) {
        throw BackupError(damaged(file, part.name + " is in it twice"));
    }
}

Contents read_contents(const fs::path& file, const OnBackupBytes& on_bytes) {
    const Reader reader(archive_read_new());
    archive_read_support_format_tar(reader.get());
    if (archive_read_open_filename(reader.get(), file.c_str(), kBlockBytes) != ARCHIVE_OK)
        throw BackupError(file.string() + " is no backup: " + archive_error_string(reader.get()));
    Contents contents;
    archive_entry* entry = nullptr;
    int code = ARCHIVE_OK;
    // A warning is about names in another alphabet than the system's: their bytes are right.
    while ((code = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK ||
           code == ARCHIVE_WARN) {
        const char* name = archive_entry_pathname(entry);
        const BackupPart part{.name = name != nullptr ? name : "",
                              .rights = static_cast<unsigned>(archive_entry_perm(entry))};
        if (!is_safe(part.name) || archive_entry_filetype(entry) != AE_IFREG)
            throw BackupError(file.string() + " is no backup: it holds what none holds");
        read_part(reader.get(), file, part, contents, on_bytes);
    }
    if (code != ARCHIVE_EOF) {
        const char* why = archive_error_string(reader.get());
        throw BackupError(damaged(file, why != nullptr ? why : "it ends early"));
    }
    return contents;
}

void compare(const fs::path& file, const Json& manifest, const Contents& contents) {
    std::size_t named = 0;
    for (const Json& part : manifest.at("parts")) {
        const std::string name = part.at("name");
        const auto found = contents.parts.find(name);
        if (found == contents.parts.end()) throw BackupError(damaged(file, name + " is not in it"));
        if (part.at("bytes") != found->second.bytes || part.at("sha256") != found->second.sha256)
            throw BackupError(damaged(file, name + " is not what was written"));
        ++named;
    }
    if (named != contents.parts.size())
        throw BackupError(damaged(file, "it holds parts that its manifest does not name"));
}

}  // namespace

void BackupWriter::Close::operator()(archive* handle) const { archive_write_free(handle); }

BackupWriter::BackupWriter(fs::path file)
    : file_(std::move(file)),
      draft_(file_.string() + ".partial"),
      fd_(::open(draft_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)),
      archive_(archive_write_new()) {
    if (fd_ < 0) fail(std::strerror(errno));
    archive_write_set_format_pax_restricted(archive_.get());
    archive_write_set_bytes_in_last_block(archive_.get(), 1);
    if (archive_write_open_fd(archive_.get(), fd_) != ARCHIVE_OK)
        fail(archive_error_string(archive_.get()));
}

BackupWriter::~BackupWriter() {
    archive_.reset();
    if (fd_ < 0) return;
    ::close(fd_);
    ::unlink(draft_.c_str());
}

void BackupWriter::add(const std::string& name, std::string_view bytes) {
    begin(name, bytes.size(), 0600);
    write(bytes);
    parts_.push_back({{"name", name}, {"bytes", bytes.size()}, {"sha256", store::sha256(bytes)}});
}

// One descriptor for all: under the path another file may stand meanwhile.
bool BackupWriter::add_file(const std::string& name, const fs::path& file) {
    const OpenFile open(file);
    if (open.fd < 0 && errno == ENOENT) return false;
    struct stat about {};
    if (open.fd < 0 || ::fstat(open.fd, &about) != 0)
        throw std::runtime_error("cannot read " + file.string() + ": " + std::strerror(errno));
    // As long as it is now: what is added meanwhile is of a later moment.
    auto left = static_cast<std::uint64_t>(about.st_size);
    begin(name, left, about.st_mode & 0777U);
    std::vector<char> block(kBlockBytes);
    store::Sha256 hash;
    while (left > 0) {
        const ssize_t size =
            ::read(open.fd, block.data(), std::min<std::uint64_t>(left, kBlockBytes));
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0)
            throw std::runtime_error(
                "cannot read " + file.string() + ": " +
                (size < 0 ? std::strerror(errno) : "it became shorter meanwhile; try again"));
        const std::string_view bytes(block.data(), static_cast<std::size_t>(size));
        hash.add(bytes);
        write(bytes);
        left -= bytes.size();
    }
    parts_.push_back({{"name", name},
                      {"bytes", static_cast<std::uint64_t>(about.st_size)},
                      {"sha256", hash.digest()}});
    return true;
}

void BackupWriter::begin(const std::string& name, std::uint64_t bytes, unsigned rights) {
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(bytes));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), rights);
    if (archive_write_header(archive_.get(), entry.get()) < ARCHIVE_WARN)
        fail(archive_error_string(archive_.get()));
}

void BackupWriter::write(std::string_view bytes) {
    if (archive_write_data(archive_.get(), bytes.data(), bytes.size()) !=
        static_cast<la_ssize_t>(bytes.size()))
        fail(archive_error_string(archive_.get()));
    bytes_ += bytes.size();
}

void BackupWriter::finish(Json manifest) {
    manifest["parts"] = std::move(parts_);
    parts_ = Json::array();
    const std::string text = manifest.dump(1) + "\n";
    add(kManifest, text);
    add(kManifestDigest, digest_line(text));
    if (archive_write_close(archive_.get()) != ARCHIVE_OK)
        fail(archive_error_string(archive_.get()));
    put_in_place();
}

void BackupWriter::put_in_place() {
    if (::fsync(fd_) != 0 || ::rename(draft_.c_str(), file_.c_str()) != 0)
        fail(std::strerror(errno));
    ::close(fd_);
    fd_ = -1;
    const fs::path folder = file_.has_parent_path() ? file_.parent_path() : fs::path(".");
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool is_synced = directory >= 0 && ::fsync(directory) == 0;
    if (directory >= 0) ::close(directory);
    if (!is_synced) fail(std::strerror(errno));
}

void BackupWriter::fail(const std::string& why) const {
    throw std::runtime_error("cannot write " + draft_.string() + ": " + why);
}

Json read_backup(const fs::path& file, const OnBackupBytes& on_bytes) {
    if (!fs::is_regular_file(file)) throw BackupError("there is no file " + file.string());
    const Contents contents = read_contents(file, on_bytes);
    if (contents.manifest.empty())
        throw BackupError(file.string() + " is no backup of ours, or only the beginning of one");
    if (contents.manifest_digest != digest_line(contents.manifest))
        throw BackupError(damaged(file, "its manifest is not what was written"));
    const Json manifest = parse_json(contents.manifest);
    if (!manifest.is_object() || !manifest.contains("parts"))
        throw BackupError(file.string() + " is no backup of ours");
    compare(file, manifest, contents);
    return manifest;
}

}  // namespace emplettes
