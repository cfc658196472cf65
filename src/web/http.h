#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/file_body.h"
#include "web/page_policy.h"
#include "web/spool_file.h"

namespace emplettes::web {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options };
inline constexpr std::size_t kMethods = 7;
std::string_view method_name(Method method);  // "GET"

// Names to values in the order in which they came; a name may come more than once.
// Query strings, application/x-www-form-urlencoded bodies (form.h), headers, route parameters.
class Fields {
  public:
    void add(std::string name, std::string value);
    std::optional<std::string_view> find(std::string_view name) const;  // the first
    std::string_view get(std::string_view name) const;                  // empty when absent
    std::size_t count(std::string_view name) const;
    const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }
    bool empty() const { return fields_.empty(); }
    void clear() { fields_.clear(); }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// One parsed request. Limits have been checked before it exists. Owned by the session; a handler
// may use it until it returns.
struct Request {
    Method method = Method::get;
    std::string path;    // decoded, starts with '/', valid UTF-8, no control character, no ".."
    std::string target;  // as it came, with the query
    Fields query;
    Fields headers;  // names in lower case, each once: repeated lines are joined by ", "
    std::string body;
    // The body instead, where the route spools it (router.h): removed with the request unless the
    // handler keeps it.
    std::shared_ptr<SpoolFile> body_file;
    std::string host;  // without port, lower case; empty only with HTTP/1.0
    std::string remote_address;
    std::string id;     // for the log and problem documents
    Fields parameters;  // of the route: {slug}
    // When the answer is no longer of use: hand it to whatever the handler waits for. Requests
    // that waited longer than this in the queue are refused without calling their handler.
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
    // As the shield saw it (shield/shield.h): who writes has done something real here before, and
    // whether the alarm was on. False of what was never judged: answers from memory.
    bool is_of_known = false;
    bool in_alarm = false;

    std::string_view header(std::string_view name) const { return headers.get(name); }
    std::string_view parameter(std::string_view name) const { return parameters.get(name); }
};

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    // For static files: bytes that live as long as the process, sent without a copy. Excludes
    // `body`; such answers bring their own ETag and Content-Encoding.
    std::string_view static_body;
    // A file that is sent in pieces. Excludes the other bodies; never compressed, and has an ETag
    // only if the handler says so.
    std::shared_ptr<const FileBody> file;
    std::vector<std::pair<std::string, std::string>> headers;
    PageNeeds needs;
    // When set, the answer is a stream of server-sent events of this topic (event_hub.h), which
    // begins with `body`: zero or more complete events (EventHub::frame).
    std::string event_topic;

    void add_header(std::string name, std::string value);
    std::string_view header(std::string_view name) const;  // empty when absent, ignores case
};

// Answers one request. Called by many threads at once; may block; may throw (server.h).
using Handler = std::function<Response(const Request&)>;

Response redirect(int status, std::string location);  // 303 after a form, 308 for a moved page

std::string_view reason_phrase(int status);  // "Not Found"

}  // namespace emplettes::web
