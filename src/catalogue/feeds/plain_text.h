#pragma once
#include <string>
#include <string_view>

namespace emplettes::catalogue {

// The words of an HTML text: tags go (blocks and <br> end a line, <script> and <style> go with what
// is in them), character references become characters, white space is one space, empty lines go.
// A text without markup stays as it is, but for white space. Never fails, whatever comes.
std::string plain_text(std::string_view html);

}  // namespace emplettes::catalogue
