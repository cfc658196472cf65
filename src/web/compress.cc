#include "web/compress.h"

#include <brotli/encode.h>

#include <algorithm>

#include "base/check.h"
#include "base/gzip.h"
#include "base/text.h"

namespace emplettes::web {
namespace {

// Measured in docs/benchmarks.md: the first levels give most of the gain.
constexpr int kBrotliQuality = 4;
constexpr int kBrotliWindow = 18;
constexpr int kGzipLevel = 1;

// The q of one element, "gzip;q=0.5": 1 when it has none, 0 when it cannot be read.
double quality(std::string_view parameters) {
    const auto at = parameters.find('=');
    if (trim(parameters).empty()) return 1;
    if (at == std::string_view::npos || !equals_ignoring_case(trim(parameters.substr(0, at)), "q"))
        return 0;
    return std::clamp(parse_double(trim(parameters.substr(at + 1))).value_or(0), 0.0, 1.0);
}

struct Qualities {
    double gzip = -1, br = -1, identity = -1, any = -1;  // -1: not named
};

Qualities read_qualities(std::string_view header) {
    Qualities found;
    for (const auto element : split(header, ',')) {
        const auto semicolon = std::min(element.find(';'), element.size());
        const auto name = trim(element.substr(0, semicolon));
        const double q = quality(element.substr(std::min(semicolon + 1, element.size())));
        if (equals_ignoring_case(name, "gzip") || equals_ignoring_case(name, "x-gzip"))
            found.gzip = q;
        if (equals_ignoring_case(name, "br")) found.br = q;
        if (equals_ignoring_case(name, "identity")) found.identity = q;
        if (name == "*") found.any = q;
    }
    return found;
}

std::string brotli(std::string_view text) {
    std::string packed(BrotliEncoderMaxCompressedSize(text.size()), '\0');
    std::size_t size = packed.size();
    check(BrotliEncoderCompress(kBrotliQuality, kBrotliWindow, BROTLI_MODE_TEXT, text.size(),
                                reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                                reinterpret_cast<std::uint8_t*>(packed.data())) == BROTLI_TRUE);
    packed.resize(size);
    return packed;
}

}  // namespace

std::string_view coding_name(Coding coding) {
    switch (coding) {
        case Coding::identity: return {};
        case Coding::gzip: return "gzip";
        case Coding::br: return "br";
    }
    return {};
}

Coding negotiate(std::string_view accept_encoding, Codings available) {
    if (accept_encoding.empty()) return Coding::identity;
    const Qualities q = read_qualities(accept_encoding);
    const auto or_any = [&](double named) { return named >= 0 ? named : std::max(q.any, 0.0); };
    const double br = available.br ? or_any(q.br) : 0;
    const double gzip = available.gzip ? or_any(q.gzip) : 0;
    // Not named, identity is what a client takes when nothing else is to be had.
    const double identity = std::max(q.identity, 0.0);
    if (br > 0 && br >= gzip && br >= identity) return Coding::br;
    if (gzip > 0 && gzip >= identity) return Coding::gzip;
    return Coding::identity;
}

std::optional<std::string> compress(Coding coding, std::string_view text) {
    if (coding == Coding::identity) return std::nullopt;
    std::string packed = coding == Coding::br ? brotli(text) : gzip(text, kGzipLevel);
    if (packed.size() >= text.size()) return std::nullopt;
    return packed;
}

}  // namespace emplettes::web
