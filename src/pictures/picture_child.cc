#include "pictures/picture_child.h"

#include <unistd.h>

#include <cerrno>
#include <exception>
#include <string>

#include "pictures/confined.h"
#include "pictures/decode.h"
#include "pictures/picture_set.h"

namespace emplettes::pictures {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

// At most one byte more than is decoded, so that it is seen to be too long.
std::string read_input() {
    std::string bytes;
    while (bytes.size() <= kPictureBytesMax) {
        const std::size_t before = bytes.size();
        bytes.resize(before + kReadBytes);
        const auto count = ::read(STDIN_FILENO, bytes.data() + before, kReadBytes);
        bytes.resize(before + static_cast<std::size_t>(count > 0 ? count : 0));
        if (count == 0 || (count < 0 && errno != EINTR)) break;
    }
    return bytes;
}

void write_output(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) ::_exit(1);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

}  // namespace

// _exit, since what libraries do at the end of a process is not among what it may do.
void run_picture_child() {
    try {
        confine({});
        write_output(write_outcome(make_picture_set(read_input())));
        ::_exit(0);
    } catch (...) {  // no memory, or a library that cannot encode
        ::_exit(1);
    }
}

}  // namespace emplettes::pictures
