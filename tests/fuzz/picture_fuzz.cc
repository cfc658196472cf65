// Pictures of strangers: whatever comes, a picture within the limits, all its files readable, or an
// error; and what another process says of it is believed only when it is whole.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "pictures/decode.h"
#include "pictures/exif.h"
#include "pictures/picture_set.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const int orientation = pictures::exif_orientation(bytes);
    check(orientation >= 1 && orientation <= 8);
    if (const auto outcome = pictures::read_outcome(bytes))
        check(pictures::write_outcome(*outcome) == bytes);
    const auto bitmap = pictures::decode_picture(bytes, 256);
    if (!bitmap) return 0;
    check(pictures::is_small_enough(bitmap->size.width, bitmap->size.height));
    check(bitmap->rgb.size() == static_cast<std::size_t>(bitmap->size.height) * bitmap->stride());
    return 0;
}
