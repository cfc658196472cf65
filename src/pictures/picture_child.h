#pragma once

namespace emplettes::pictures {

// The hidden verb of the program that makes pictures in a process of its own (picture_maker.h).
inline constexpr const char* kPictureVerb = "make-picture";

// What that process does: confines itself, then reads a file from standard input and writes what
// became of it to standard output. Ends the process.
[[noreturn]] void run_picture_child();

}  // namespace emplettes::pictures
