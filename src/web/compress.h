#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace emplettes::web {

enum class Coding { identity, gzip, br };
std::string_view coding_name(Coding coding);  // "gzip"; empty for identity

struct Codings {
    bool gzip = true;
    bool br = true;
};
// The best of `available` that an Accept-Encoding header allows (RFC 9110 §12.5.3): the highest
// q, and of equals br, gzip, identity. An empty header asks for nothing.
Coding negotiate(std::string_view accept_encoding, Codings available);

// At a level meant for answers made on the spot. None when that would not be shorter.
std::optional<std::string> compress(Coding coding, std::string_view text);

}  // namespace emplettes::web
