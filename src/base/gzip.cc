#include "base/gzip.h"

#include <zlib.h>

#include <new>

#include "base/check.h"

namespace emplettes {
namespace {

constexpr int kWindow = 15 + 16;  // zlib.h: plus 16 writes a gzip header
constexpr int kMemory = 8;

}  // namespace

std::string gzip(std::string_view bytes, int level) {
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, kWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    // zlib reads through a pointer to non-const bytes, and does not write there.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int result = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    check(result == Z_STREAM_END);
    return packed;
}

}  // namespace emplettes
