#include "site/qr.h"

#include <qrencode.h>

#include <memory>

#include "base/check.h"

namespace emplettes::site {
namespace {

constexpr int kQuietZone = 4;

using Code = std::unique_ptr<QRcode, decltype([](QRcode* code) { QRcode_free(code); })>;

}  // namespace

std::string qr_svg(std::string_view text) {
    const Code code(QRcode_encodeString8bit(std::string(text).c_str(), 0, QR_ECLEVEL_M));
    check(code != nullptr);
    const std::string side = std::to_string(code->width + 2 * kQuietZone);
    std::string path;
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if ((code->data[y * code->width + x] & 1) == 0) continue;
            int run = 1;  // neighbours in a row become one stroke
            while (x + run < code->width && (code->data[y * code->width + x + run] & 1) != 0) ++run;
            path += "M" + std::to_string(x + kQuietZone) + " " + std::to_string(y + kQuietZone) +
                    "h" + std::to_string(run) + "v1h-" + std::to_string(run) + "z";
            x += run - 1;
        }
    }
    return "<svg viewBox=\"0 0 " + side + " " + side +
           "\" aria-hidden=\"true\"><path fill=\"#fff\" d=\"M0 0h" + side + "v" + side +
           "H0z\"/><path fill=\"#000\" d=\"" + path + "\"/></svg>";
}

}  // namespace emplettes::site
