#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "web/http.h"

namespace emplettes::web {

struct ParserLimits {
    std::size_t head_bytes_max = 8 * 1024;  // request line and headers
    std::size_t headers_max = 64;
    std::size_t target_bytes_max = 2 * 1024;
};

// Turns bytes into a Request; does no I/O. Stricter than the grammar wherever two programs in a
// row could read a message in two ways (RFC 9112 §11.2): no folded lines, no tabs, no bare line
// feeds, no chunk extensions, no trailers, "chunked" or nothing, one Host.
class RequestParser {
  public:
    enum class State { head, body, complete, refused };

    explicit RequestParser(const ParserLimits& limits);
    ~RequestParser();

    // Takes what it can from the front of `bytes` and returns how many. The others must be given
    // again, followed by more. Returns at the end of the head, so that the caller can look at the
    // request before its body is read.
    std::size_t feed(std::string_view bytes);

    State state() const;
    Request& request();
    int refusal() const;      // the status, when refused
    bool keep_alive() const;  // from the end of the head on
    bool is_http10() const;
    bool expects_continue() const;    // the client waits for "100 Continue"
    bool has_unknown_method() const;  // TRACE, CONNECT and what we never heard of
    bool has_unknown_expectation() const;

    // Refuses the body when it is, or becomes, longer: 413. Call at the end of the head.
    void limit_body(std::size_t bytes_max);

    // The body goes there instead of into the request, piece by piece as it comes. The status with
    // which to refuse the rest; 0 to go on. Call at the end of the head.
    using BodySink = std::function<int(std::string_view piece)>;
    void send_body_to(BodySink sink);

    void reset();  // for the next request of the connection

  private:
    class Message;
    const ParserLimits limits_;
    std::unique_ptr<Message> message_;
};

}  // namespace emplettes::web
