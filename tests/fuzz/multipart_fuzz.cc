// Forms with files: whatever comes, the pieces in which it comes make no difference, and what is
// told of it keeps its order.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "web/multipart.h"

namespace emplettes::web {
namespace {

// All that the parser says of a body, in one text.
std::string told(std::string_view body, std::size_t piece) {
    std::string text;
    bool is_open = false;
    MultipartParser parser("b", {.begin = [&](PartHead&& part) -> std::optional<FormError> {
                                     check(!is_open && is_valid_utf8(part.name));
                                     is_open = true;
                                     text += "[" + part.name + "|" + part.content_type + "|";
                                     if (part.file_name) text += plain_file_name(*part.file_name);
                                     return std::nullopt;
                                 },
                                 .data = [&](std::string_view bytes) -> std::optional<FormError> {
                                     check(is_open && !bytes.empty());
                                     text += bytes;
                                     return std::nullopt;
                                 },
                                 .end =
                                     [&] {
                                         check(std::exchange(is_open, false));
                                         text += "]";
                                     }});
    for (std::size_t at = 0; at < body.size(); at += piece)
        if (parser.feed(body.substr(at, piece))) break;
    const auto error = parser.finish();
    check(!error || !explain(*error).empty());
    // Of what is refused the parts before it may have been told up to different places.
    return error ? "refused" : text;
}

void check_file_name(std::string_view sent) {
    const std::string name = plain_file_name(sent);
    check(!name.empty() && name.size() <= 120 && is_valid_utf8(name));
    check(name != "." && name != ".." && name.find_first_of("/\\") == std::string::npos);
    check(std::none_of(name.begin(), name.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
}

}  // namespace
}  // namespace emplettes::web

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes;
    if (size < 1) return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    check(web::told(body, body.size() + 1) == web::told(body, 1 + data[0] % 32));
    web::check_file_name(body);
    if (const auto boundary = web::multipart_boundary(body))
        check(!boundary->empty() && boundary->size() <= 70);
    return 0;
}
