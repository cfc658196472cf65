// The HTTP parser: whatever comes and in whatever pieces, a request that is let through keeps the
// promises of Request, and the pieces make no difference.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "web/request_parser.h"

namespace emplettes::web {
namespace {

constexpr std::size_t kBodyMax = 2'000;

// Feeds pieces of `piece` bytes, as a connection would, up to the end of the first request.
std::size_t parse(RequestParser& parser, std::string_view bytes, std::size_t piece) {
    std::string waiting;
    std::size_t used = 0;
    while (!bytes.empty()) {
        waiting += bytes.substr(0, piece);
        bytes.remove_prefix(std::min(piece, bytes.size()));
        for (auto before = RequestParser::State::complete; before != parser.state();) {
            before = parser.state();
            const std::size_t step = parser.feed(waiting);
            check(step <= waiting.size());
            waiting.erase(0, step);
            used += step;
            if (before == RequestParser::State::head &&
                parser.state() == RequestParser::State::body)
                parser.limit_body(kBodyMax);
        }
    }
    return used;
}

void check_promises(const Request& request) {
    check(request.path.starts_with('/') && is_valid_utf8(request.path));
    check(request.path.find('\0') == std::string::npos);
    check((request.path + '/').find("/../") == std::string::npos);
    check(request.body.size() <= kBodyMax);
    for (const auto& [name, value] : request.headers.all()) {
        check(name == to_lower_ascii(name) && request.headers.count(name) == 1);
        check(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    }
    for (const auto& [name, value] : request.query.all())
        check(is_valid_utf8(name) && is_valid_utf8(value));
}

}  // namespace
}  // namespace emplettes::web

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes::web;
    if (size < 1) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const ParserLimits limits{.head_bytes_max = 1'000, .headers_max = 16, .target_bytes_max = 200};
    RequestParser whole(limits);
    RequestParser pieces(limits);
    const std::size_t used = parse(whole, bytes, bytes.size());
    const std::size_t used_in_pieces = parse(pieces, bytes, 1 + data[0] % 32);
    emplettes::check(whole.state() == pieces.state());
    if (whole.state() != RequestParser::State::complete) return 0;
    emplettes::check(used == used_in_pieces && whole.request().body == pieces.request().body);
    emplettes::check(whole.request().target == pieces.request().target);
    if (!whole.has_unknown_method()) check_promises(whole.request());
    return 0;
}
