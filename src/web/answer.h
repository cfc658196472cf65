#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "web/http.h"

namespace emplettes::web {

// What happens to a handler's response before it is sent.

struct AnswerRules {
    bool compress = true;
    std::size_t compress_bytes_min = 1'500;
};

// Gives a dynamic GET answer its ETag, turns it into 304 when the client has it, and compresses it
// when asked for. Costs up to some hundred microseconds: called where the handler ran. A header
// that would break the protocol (a line break in a value) is a bug (check).
void finish_answer(const AnswerRules& rules, const Request& request, Response& response);

// Whether an If-None-Match header names this tag (weak comparison, RFC 9110 §13.1.2).
bool names_etag(std::string_view if_none_match, std::string_view etag);

struct HeadRules {
    std::string_view fixed;     // lines that every answer has, each ended by CR LF
    std::string_view policies;  // and those of Response::needs
    std::string_view date;      // "Sun, 22 Nov 2026 09:30:00 GMT"
    bool close = false;         // the last answer of the connection
    bool http10 = false;
};
// Writes status line and headers, with the empty line, over `head`.
void write_head(const HeadRules& rules, const Request& request, const Response& response,
                std::string& head);

// Whether bytes follow the head: not for HEAD, 204 and 304.
bool sends_body(const Request& request, const Response& response);
// Those that are in memory.
std::string_view sent_body(const Request& request, const Response& response);

}  // namespace emplettes::web
