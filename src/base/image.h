#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/column.h"
#include "base/image_error.h"
#include "base/result.h"

namespace emplettes {

// An image is a file with the rows of plain values that something built in memory is made of, a
// search index or a street network: one part after the other, each with its name and size, behind
// a header with a checksum of it all. Classes name their parts in one function each,
// `each_part(self, parts)`, which writing and reading share.

struct ImageKind {
    std::array<char, 8> name{};
    std::uint32_t version = 0;  // counted up when a part changes its meaning, type or place
};

template <typename T>
concept Plain = std::is_trivially_copyable_v<T>;

// Writes an image beside its place and puts it there when it is complete: whoever looks finds the
// old one or the new one, whole, also after a power failure. Throws std::runtime_error with a
// sentence for people; then the old one stays (or the new one is there whole, when only the folder
// could not be synced).
class ImageWriter {
  public:
    ImageWriter(std::filesystem::path file, const ImageKind& kind);
    ~ImageWriter();
    ImageWriter(const ImageWriter&) = delete;
    ImageWriter& operator=(const ImageWriter&) = delete;

    template <Plain T>
    void operator()(std::string_view name, const T& value) {
        write_values(name, std::span(&value, 1));
    }
    template <Plain T, typename Memory>
    void operator()(std::string_view name, const std::vector<T, Memory>& values) {
        write_values(name, std::span<const T>(values));
    }
    template <Plain T>
    void operator()(std::string_view name, const Column<T>& values) {
        write_values(name, values.values());
    }
    void operator()(std::string_view name, const std::string& text) {
        write_values(name, std::span<const char>(text));
    }
    void operator()(std::string_view name, const std::vector<std::string>& texts);
    // Values that may change while they are written: each as it is at its moment, as `read` says.
    template <typename Live, typename Read, typename Restore>
    void live(std::string_view name, const HugeVector<Live>& values, Read read, Restore) {
        std::vector<decltype(read(values[0]))> now;
        now.reserve(values.size());
        for (const Live& value : values) now.push_back(read(value));
        (*this)(name, now);
    }

    void finish();

  private:
    struct State;

    template <typename T>
    void write_values(std::string_view name, std::span<const T> values) {
        write_part(name, std::as_bytes(values));
    }
    void write_part(std::string_view name, std::span<const std::byte> bytes);

    std::unique_ptr<State> state_;
};

// An image in memory, mapped from its file: sound as a whole, as its checksum says.
class Image {
  public:
    static Result<std::shared_ptr<const Image>, ImageError> open(const std::filesystem::path& file,
                                                                 const ImageKind& kind);
    ~Image();
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;

    std::span<const std::byte> parts() const;  // without the header

  private:
    explicit Image(std::span<const std::byte> bytes) : bytes_(bytes) {}
    std::span<const std::byte> bytes_;
};

// Reads the parts of an image in the order in which they were written. Columns keep what is mapped,
// the rest is copied. A part that is not what it should be stays empty, as all behind it.
class ImageReader {
  public:
    explicit ImageReader(const Image& image) : left_(image.parts()) {}

    // True when every part was there, and nothing more.
    bool is_complete() const { return !has_failed_ && left_.empty(); }

    template <Plain T>
    void operator()(std::string_view name, T& value) {
        const std::span<const T> values = read_values<T>(name);
        if (values.size() == 1) {
            value = values[0];
        } else {
            has_failed_ = true;
        }
    }
    template <Plain T, typename Memory>
    void operator()(std::string_view name, std::vector<T, Memory>& values) {
        const std::span<const T> part = read_values<T>(name);
        values.assign(part.begin(), part.end());
    }
    template <Plain T>
    void operator()(std::string_view name, Column<T>& values) {
        values.view(read_values<T>(name));
    }
    void operator()(std::string_view name, std::string& text) {
        const std::span<const char> part = read_values<char>(name);
        text.assign(part.begin(), part.end());
    }
    void operator()(std::string_view name, std::vector<std::string>& texts);
    template <typename Live, typename Read, typename Restore>
    void live(std::string_view name, HugeVector<Live>& values, Read read, Restore restore) {
        using Value = decltype(read(values[0]));
        const std::span<const Value> part = read_values<Value>(name);
        values = HugeVector<Live>(part.size());
        for (std::size_t i = 0; i < part.size(); ++i) restore(values[i], part[i]);
    }

    // A value of a class that names its parts.
    template <typename T>
    T read() {
        T value;
        T::each_part(value, *this);
        return value;
    }

  private:
    template <typename T>
    std::span<const T> read_values(std::string_view name) {
        const std::span<const std::byte> bytes = read_part(name);
        if (bytes.size() % sizeof(T) != 0) has_failed_ = true;
        if (has_failed_) return {};
        return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
    }
    std::span<const std::byte> read_part(std::string_view name);

    std::span<const std::byte> left_;
    bool has_failed_ = false;
};

}  // namespace emplettes
