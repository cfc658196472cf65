#include "emplettes/table_pieces.h"

#include <zstd.h>

#include <new>

#include "base/check.h"
#include "emplettes/backup_file.h"

namespace emplettes {
namespace {

constexpr int kLevel = 1;  // the fastest: a fifth of the text is left, at 400 MB/s
// One line may be long, but no row holds more than this.
constexpr unsigned long long kPieceBytesMax = 256ULL << 20;

}  // namespace

PieceCompressor::PieceCompressor() : context_(ZSTD_createCCtx()) {
    if (!context_) throw std::bad_alloc();
}

void PieceCompressor::Free::operator()(ZSTD_CCtx_s* context) const { ZSTD_freeCCtx(context); }

std::string_view PieceCompressor::compress(std::string_view lines) {
    frame_.resize(ZSTD_compressBound(lines.size()));
    const std::size_t size = ZSTD_compressCCtx(context_.get(), frame_.data(), frame_.size(),
                                               lines.data(), lines.size(), kLevel);
    check(ZSTD_isError(size) == 0);
    return std::string_view(frame_).substr(0, size);
}

std::string decompress_piece(std::string_view frame) {
    const unsigned long long bytes = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (bytes > kPieceBytesMax)  // unknown and wrong ones, too
        throw BackupError("a piece of a table is not what this program writes");
    std::string lines(static_cast<std::size_t>(bytes), '\0');
    const std::size_t size =
        ZSTD_decompress(lines.data(), lines.size(), frame.data(), frame.size());
    if (ZSTD_isError(size) != 0 || size != lines.size())
        throw BackupError("a piece of a table cannot be unpacked");
    return lines;
}

}  // namespace emplettes
