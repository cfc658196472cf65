#pragma once
#include <cstdint>

namespace emplettes::pictures {

struct Confinement {
    std::uint64_t memory_bytes = std::uint64_t{1} << 30;  // address space
    unsigned cpu_s = 20;
};

// From here on this process can compute, read and write what its standard input and output are, and
// end: it opens no file, socket or process, gets no more memory and time than that, and is gone
// when its parent is. Every other file is closed. Throws std::system_error when any of it cannot
// be had. (With a sanitizer the memory has no limit: its shadow alone is terabytes.)
void confine(const Confinement& confinement);

}  // namespace emplettes::pictures
