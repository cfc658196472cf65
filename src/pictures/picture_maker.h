#pragma once
#include <chrono>
#include <cstddef>
#include <semaphore>
#include <string>
#include <string_view>
#include <vector>

#include "pictures/picture_set.h"

namespace emplettes::pictures {

struct MakerLimits {
    std::chrono::milliseconds deadline{30'000};  // then the process is killed
    std::chrono::milliseconds wait_max{10'000};  // for others to end
    std::size_t output_bytes_max = 16 * 1024 * 1024;
};

// Makes pictures of strangers' bytes, each in a process of its own that can do nothing else
// (confined.h) and that shares no memory with this one: the program itself, begun anew, without
// environment. A few at a time. Thread-safe.
class PictureMaker {
  public:
    // The program and its arguments: {"/proc/self/exe", kPictureVerb} of picture_child.h.
    explicit PictureMaker(std::vector<std::string> command, MakerLimits limits = {});

    // Waits for it. A process that dies is a damaged picture. Throws std::system_error when no
    // process can be had.
    Result<PictureSet, PictureError> make(std::string_view bytes);

  private:
    static constexpr std::ptrdiff_t kAtOnceMax = 2;

    const std::vector<std::string> command_;
    const MakerLimits limits_;
    std::counting_semaphore<kAtOnceMax> free_{kAtOnceMax};
};

}  // namespace emplettes::pictures
