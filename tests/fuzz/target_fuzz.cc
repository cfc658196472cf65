#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "web/form.h"
#include "web/http.h"
#include "web/uri.h"

// Whatever stands in a request line, a Host header or a JSON body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto target = web::split_target(text)) {
        if (const auto path = web::decode_path(target->path)) {
            check(path->starts_with('/') && is_valid_utf8(*path));
            check(path->find("/../") == path->npos && path->find('\\') == path->npos);
        }
        static_cast<void>(web::host_name(target->authority));
    }
    if (const auto host = web::host_name(text)) check(!host->empty());

    web::Request request;
    request.headers.add("content-type", "application/json");
    request.body = text;
    static_cast<void>(web::json_body(request, {.depth_max = 5, .values_max = 100}));
    return 0;
}
