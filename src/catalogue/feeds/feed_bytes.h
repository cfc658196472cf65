#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "catalogue/feeds/shelf_reader.h"

namespace emplettes::catalogue {

// The bytes of a dropped file: as it is, or of the one file in a gzip or a zip, unpacked while they
// are read. Nothing that a file claims about its size is believed: reading ends, with too_large,
// behind kFeedBytesMax, and when little unpacks to very much (a bomb). Archives within archives,
// encrypted ones and those of several files are refused. In constant memory; for one thread.
class FeedBytes {
  public:
    static Result<std::unique_ptr<FeedBytes>, FeedError> open(const std::filesystem::path& file);

    FeedBytes(const FeedBytes&) = delete;
    FeedBytes& operator=(const FeedBytes&) = delete;
    ~FeedBytes();

    // The beginning, at most kPeekedMax bytes; does not read on.
    static constexpr std::size_t kPeekedMax = 64UL << 10;
    std::string_view peeked() const;
    // The next bytes, at most `size`; 0 at the end, and when failure() says why there are no more.
    std::size_t read(char* to, std::size_t size);
    const std::optional<FeedError>& failure() const;
    // Of the file as it lies there, for showing how far one is.
    std::int64_t bytes_of_file() const;

  private:
    struct State;
    explicit FeedBytes(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace emplettes::catalogue
