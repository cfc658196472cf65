#pragma once
#include <string>
#include <string_view>

namespace emplettes::site {

// A QR code (ISO/IEC 18004, error correction M) as an inline SVG: black on white whatever the
// theme, with the quiet zone of four modules. `text` is an address of ours, well below the limit.
std::string qr_svg(std::string_view text);

}  // namespace emplettes::site
