#include "base/image.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <functional>
#include <new>
#include <optional>
#include <stdexcept>

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kNameMax = 48;

struct Header {
    std::array<char, 8> magic = {};
    std::uint32_t version = 0;
    std::uint32_t byte_order = 0x01020304;
    std::uint64_t machine = 0;
    std::uint64_t parts_bytes = 0;
    std::uint64_t parts_checksum = 0;
    std::array<char, 16> unused = {};
    std::uint64_t checksum = 0;  // of what stands before it

    std::uint64_t own_checksum() const { return XXH3_64bits(this, offsetof(Header, checksum)); }
};
static_assert(sizeof(Header) == kAlignment);

// Before the bytes of each part; they are followed by zeros up to the next multiple.
struct PartHeader {
    std::array<char, kNameMax> name = {};
    std::uint64_t bytes = 0;
    std::uint64_t unused = 0;
};
static_assert(sizeof(PartHeader) == kAlignment);

PartHeader make_part_header(std::string_view name, std::size_t bytes) {
    check(name.size() < kNameMax);
    PartHeader header;
    name.copy(header.name.data(), name.size());
    header.bytes = bytes;
    return header;
}

std::size_t padding_after(std::size_t bytes) {
    return (kAlignment - bytes % kAlignment) % kAlignment;
}

// What a program must agree on with the one that wrote: the hash that stored tables are made with.
std::uint64_t machine() { return std::hash<std::string_view>{}("emplettes") ^ sizeof(std::size_t); }

Header make_header(const ImageKind& kind, std::size_t parts_bytes, std::uint64_t parts_checksum) {
    Header header;
    header.magic = kind.name;
    header.version = kind.version;
    header.machine = machine();
    header.parts_bytes = parts_bytes;
    header.parts_checksum = parts_checksum;
    header.checksum = header.own_checksum();
    return header;
}

std::optional<ImageError> find_error(std::span<const std::byte> file, const ImageKind& kind) {
    if (file.size() < sizeof(Header)) return ImageError::damaged;
    Header header;
    std::memcpy(&header, file.data(), sizeof header);
    const Header ours = make_header(kind, 0, 0);
    if (header.magic != ours.magic || header.byte_order != ours.byte_order)
        return ImageError::foreign;
    if (header.checksum != header.own_checksum()) return ImageError::damaged;
    if (header.version != ours.version || header.machine != ours.machine)
        return ImageError::foreign;
    const auto parts = file.subspan(sizeof header);
    if (header.parts_bytes != parts.size()) return ImageError::damaged;
    if (header.parts_checksum != XXH3_64bits(parts.data(), parts.size()))
        return ImageError::damaged;
    return std::nullopt;
}

// An open file.
class File {
  public:
    File(const fs::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
    ~File() {
        if (fd_ >= 0) ::close(fd_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int fd() const { return fd_; }
    bool is_open() const { return fd_ >= 0; }

  private:
    int fd_;
};

}  // namespace

std::string_view to_string(ImageError error) {
    switch (error) {
        case ImageError::missing: return "there is none";
        case ImageError::unreadable: return "it cannot be read";
        case ImageError::foreign: return "it is of another version or machine";
        case ImageError::damaged: return "it is damaged";
    }
    return "";
}

struct ImageWriter::State {
    State(fs::path place, const ImageKind& its_kind)
        : kind(its_kind),
          file(std::move(place)),
          temporary(file.string() + ".new"),
          fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
        if (fd < 0) fail();
        if (!checksum || XXH3_64bits_reset(checksum.get()) != XXH_OK) throw std::bad_alloc();
    }
    ~State() {
        if (fd >= 0) ::close(fd);
        if (!is_in_place) ::unlink(temporary.c_str());
    }

    [[noreturn]] void fail() const {
        const int error = errno;
        throw std::runtime_error("cannot write " + temporary.string() + ": " +
                                 std::strerror(error));
    }
    void write(std::span<const std::byte> bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(fd, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail();
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    }
    void add(std::span<const std::byte> bytes) {
        XXH3_64bits_update(checksum.get(), bytes.data(), bytes.size());
        write(bytes);
        size += bytes.size();
    }
    void put_in_place() {
        if (::fsync(fd) != 0) fail();
        if (::rename(temporary.c_str(), file.c_str()) != 0) fail();
        is_in_place = true;
        const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
        const File directory(folder, O_RDONLY | O_DIRECTORY);
        if (!directory.is_open() || ::fsync(directory.fd()) != 0) fail();
    }

    ImageKind kind;
    fs::path file;
    fs::path temporary;
    int fd;
    std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> checksum{XXH3_createState(),
                                                                      &XXH3_freeState};
    std::size_t size = 0;
    bool is_in_place = false;
};

ImageWriter::ImageWriter(fs::path file, const ImageKind& kind)
    : state_(std::make_unique<State>(std::move(file), kind)) {
    const Header place{};  // filled in at the end
    state_->write(std::as_bytes(std::span(&place, 1)));
}

ImageWriter::~ImageWriter() = default;

void ImageWriter::write_part(std::string_view name, std::span<const std::byte> bytes) {
    const PartHeader header = make_part_header(name, bytes.size());
    constexpr std::array<std::byte, kAlignment> kZeros{};
    state_->add(std::as_bytes(std::span(&header, 1)));
    state_->add(bytes);
    state_->add(std::span(kZeros).first(padding_after(bytes.size())));
}

void ImageWriter::operator()(std::string_view name, const std::vector<std::string>& texts) {
    std::vector<std::uint64_t> sizes;
    std::string joined;
    for (const std::string& text : texts) {
        sizes.push_back(text.size());
        joined += text;
    }
    (*this)(name, sizes);
    (*this)(name, joined);
}

void ImageWriter::finish() {
    const Header header =
        make_header(state_->kind, state_->size, XXH3_64bits_digest(state_->checksum.get()));
    if (::lseek(state_->fd, 0, SEEK_SET) != 0) state_->fail();
    state_->write(std::as_bytes(std::span(&header, 1)));
    state_->put_in_place();
}

Result<std::shared_ptr<const Image>, ImageError> Image::open(const fs::path& path,
                                                             const ImageKind& kind) {
    const File file(path, O_RDONLY);
    if (!file.is_open()) return errno == ENOENT ? ImageError::missing : ImageError::unreadable;
    struct stat about {};
    if (::fstat(file.fd(), &about) != 0 || !S_ISREG(about.st_mode)) return ImageError::unreadable;
    const auto size = static_cast<std::size_t>(about.st_size);
    if (size < sizeof(Header)) return ImageError::damaged;
    // Read ahead as a whole: the checksum looks at every byte at once.
    void* const memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file.fd(), 0);
    if (memory == MAP_FAILED) return ImageError::unreadable;
    const std::shared_ptr<const Image> image(
        new Image({static_cast<const std::byte*>(memory), size}));
    if (const auto error = find_error(image->bytes_, kind)) return *error;
    return image;
}

Image::~Image() { ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size()); }

std::span<const std::byte> Image::parts() const { return bytes_.subspan(sizeof(Header)); }

std::span<const std::byte> ImageReader::read_part(std::string_view name) {
    PartHeader header;
    if (left_.size() < sizeof header) has_failed_ = true;
    if (has_failed_) return {};
    std::memcpy(&header, left_.data(), sizeof header);
    left_ = left_.subspan(sizeof header);
    const std::size_t bytes = header.bytes;
    has_failed_ = header.name != make_part_header(name, 0).name || bytes > left_.size() ||
                  padding_after(bytes) > left_.size() - bytes;
    if (has_failed_) return {};
    const auto part = left_.first(bytes);
    left_ = left_.subspan(bytes + padding_after(bytes));
    return part;
}

void ImageReader::operator()(std::string_view name, std::vector<std::string>& texts) {
    const auto sizes = read_values<std::uint64_t>(name);
    std::span<const char> joined = read_values<char>(name);
    texts.clear();
    for (const std::uint64_t size : sizes) {
        if (size > joined.size()) has_failed_ = true;
        if (has_failed_) return;
        texts.emplace_back(joined.begin(), joined.begin() + static_cast<std::ptrdiff_t>(size));
        joined = joined.subspan(size);
    }
}

}  // namespace emplettes
