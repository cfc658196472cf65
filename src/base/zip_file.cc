#include "base/zip_file.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <stdexcept>

namespace emplettes {
namespace {

constexpr std::size_t kBlock = 64 * 1024;
constexpr int kRights = 0644;

// The archive is never told that the disk is full: it forgets to free what it compresses with then.
// The stream remembers.
la_ssize_t write_to_stream(archive*, void* stream, const void* bytes, std::size_t size) {
    static_cast<std::ofstream*>(stream)->write(static_cast<const char*>(bytes),
                                               static_cast<std::streamsize>(size));
    return static_cast<la_ssize_t>(size);
}

// Names what lies outside the folder that it would be unpacked into, on any system.
bool leads_out(std::string_view name) {
    if (name.starts_with('/') || name.find('\\') != std::string_view::npos ||
        name.find(':') != std::string_view::npos)
        return true;
    while (!name.empty()) {
        const auto end = std::min(name.find('/'), name.size());
        if (name.substr(0, end) == "..") return true;
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    return false;
}

}  // namespace

void ZipWriter::Close::operator()(archive* handle) const { archive_write_free(handle); }

ZipWriter::ZipWriter(const std::filesystem::path& file, Instant written_at)
    : name_(file.string()),
      written_at_(written_at),
      file_(file, std::ios::binary | std::ios::trunc),
      archive_(archive_write_new()) {
    expect(archive_ && archive_write_set_format_zip(archive_.get()) == ARCHIVE_OK &&
           archive_write_set_bytes_in_last_block(archive_.get(), 1) == ARCHIVE_OK &&
           archive_write_open2(archive_.get(), &file_, nullptr, write_to_stream, nullptr,
                               nullptr) == ARCHIVE_OK);
}

ZipWriter::~ZipWriter() = default;

void ZipWriter::begin(const std::string& name) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, kRights);
    archive_entry_set_mtime(entry, to_unix(written_at_), 0);
    const int status = archive_write_header(archive_.get(), entry);
    archive_entry_free(entry);
    expect(status == ARCHIVE_OK);
}

void ZipWriter::write(std::string_view bytes) {
    const auto written = archive_write_data(archive_.get(), bytes.data(), bytes.size());
    expect(written == static_cast<la_ssize_t>(bytes.size()));
}

void ZipWriter::finish() {
    expect(archive_write_close(archive_.get()) == ARCHIVE_OK);
    file_.close();
    expect(true);
}

void ZipWriter::expect(bool is_done) {
    if (is_done && file_) return;
    const char* reason = archive_ && file_ ? archive_error_string(archive_.get()) : nullptr;
    throw std::runtime_error("cannot write " + name_ + ": " +
                             (reason ? reason : "is there room on the disk?"));
}

void ZipReader::Close::operator()(archive* handle) const { archive_read_free(handle); }

ZipReader::ZipReader(const std::filesystem::path& file, const ZipLimits& limits)
    : limits_(limits), archive_(archive_read_new()), block_(new char[kBlock]) {
    // By the list at its end, which a file that was cut has lost.
    const bool is_open =
        archive_ && archive_read_support_format_zip_seekable(archive_.get()) == ARCHIVE_OK &&
        archive_read_open_filename(archive_.get(), file.c_str(), kBlock) == ARCHIVE_OK;
    if (!is_open) fail("is no ZIP file");
}

ZipReader::~ZipReader() = default;

std::optional<std::string> ZipReader::next() {
    while (failure_.empty()) {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(archive_.get(), &entry);
        if (status == ARCHIVE_EOF) return std::nullopt;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
            fail("is no sound ZIP file");
        } else if (archive_entry_is_encrypted(entry) != 0) {
            fail("is encrypted");
        } else if (++entries_ > limits_.entries_max) {
            fail("has more than " + std::to_string(limits_.entries_max) + " files");
        } else if (auto name = name_of(entry)) {
            return name;
        }
    }
    return std::nullopt;
}

// None of a folder, and of what is refused.
std::optional<std::string> ZipReader::name_of(archive_entry* entry) {
    const char* path = archive_entry_pathname(entry);
    std::string name(path ? path : "");
    const auto kind = archive_entry_filetype(entry);
    if (name.empty() || leads_out(name))
        fail("has a name that leads out of it: \"" + name + "\"");
    else if (kind != AE_IFREG && kind != AE_IFDIR)
        fail("has something that is neither a file nor a folder: \"" + name + "\"");
    if (!failure_.empty() || kind == AE_IFDIR) return std::nullopt;
    return name;
}

std::string_view ZipReader::read() {
    if (!failure_.empty()) return {};
    const auto size = archive_read_data(archive_.get(), block_.get(), kBlock);
    if (size < 0) {
        fail("is damaged");
        return {};
    }
    bytes_ += size;
    if (bytes_ > limits_.bytes_max) {
        fail("unpacks to more than " + std::to_string(limits_.bytes_max) + " bytes");
        return {};
    }
    return {block_.get(), static_cast<std::size_t>(size)};
}

std::optional<std::string> ZipReader::read_all(std::size_t bytes_max) {
    std::string all;
    for (auto part = read(); !part.empty(); part = read()) {
        if (all.size() + part.size() > bytes_max) return std::nullopt;
        all += part;
    }
    return failure_.empty() ? std::optional(std::move(all)) : std::nullopt;
}

void ZipReader::fail(std::string reason) { failure_ = std::move(reason); }

}  // namespace emplettes
