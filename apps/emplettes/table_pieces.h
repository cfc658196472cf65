#pragma once
#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;

namespace emplettes {

// A piece of a table (store/table_text.h), compressed as one Zstandard frame. For one thread.
class PieceCompressor {
  public:
    PieceCompressor();

    std::string_view compress(std::string_view lines);  // valid until the next call

  private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> context_;
    std::string frame_;
};

// Throws BackupError when it is no such frame, or one of more than any table's piece.
std::string decompress_piece(std::string_view frame);

}  // namespace emplettes
