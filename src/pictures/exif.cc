#include "pictures/exif.h"

#include <cstddef>
#include <cstdint>

namespace emplettes::pictures {
namespace {

constexpr std::string_view kMark{"Exif\0\0", 6};
constexpr std::size_t kEntryBytes = 12;
constexpr std::uint32_t kOrientation = 0x0112;  // Exif 2.32 §4.6.4
constexpr std::uint32_t kShort = 3;             // the type: two bytes

// Numbers of a TIFF block, in its own byte order; 0 beyond its end.
class Tiff {
  public:
    explicit Tiff(std::string_view bytes) : bytes_(bytes), is_little_(bytes.starts_with("II")) {}

    bool is_sound() const { return (is_little_ || bytes_.starts_with("MM")) && number(2, 2) == 42; }
    std::uint32_t number(std::size_t at, std::size_t size) const {
        if (at > bytes_.size() || bytes_.size() - at < size) return 0;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t from = is_little_ ? at + size - 1 - i : at + i;
            value = value << 8 | static_cast<unsigned char>(bytes_[from]);
        }
        return value;
    }

  private:
    std::string_view bytes_;
    bool is_little_;
};

}  // namespace

int exif_orientation(std::string_view block) {
    if (block.starts_with(kMark)) block.remove_prefix(kMark.size());
    const Tiff tiff(block);
    if (!tiff.is_sound()) return 1;
    const std::size_t directory = tiff.number(4, 4);
    const std::uint32_t entries = tiff.number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * kEntryBytes;
        if (entry >= block.size()) break;
        if (tiff.number(entry, 2) != kOrientation || tiff.number(entry + 2, 2) != kShort) continue;
        const auto value = static_cast<int>(tiff.number(entry + 8, 2));
        return value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

}  // namespace emplettes::pictures
