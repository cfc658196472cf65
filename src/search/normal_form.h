#pragma once
#include <string>
#include <string_view>

namespace emplettes::search {

// What a question asks, however it is written: its words without accents, plurals and articles,
// each once, in the order of the alphabet: the same for "Lapins en peluche" and "peluche lapin".
// Empty when it has no word. Made of classes of words (plural.h): for comparing, not for reading.
std::string normal_form(std::string_view question);

}  // namespace emplettes::search
