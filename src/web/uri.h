#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace emplettes::web {

// The parts of a request target, which is either a path or (from proxies) a whole URL.
struct Target {
    std::string_view authority;  // host:port, only of a whole URL
    std::string_view path;
    std::string_view query;  // without '?'
};
std::optional<Target> split_target(std::string_view target);

// Decodes %XX. None when the path does not start with '/', a '%' is not followed by two
// hexadecimal digits, or the result is not UTF-8, has a control character, a backslash, a "." or
// ".." segment, or an encoded slash: whatever two programs could read in two ways.
std::optional<std::string> decode_path(std::string_view raw);

// "Example.org:8080" -> "example.org", "[::1]:80" -> "[::1]"; none when it is no host name.
std::optional<std::string> host_name(std::string_view authority);

}  // namespace emplettes::web
