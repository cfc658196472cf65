#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emplettes::web {

enum class Method { get, head, post, put, patch, delete_, options };

// Names to values in the order in which they came; a name may come more than once.
// From a query string or an application/x-www-form-urlencoded body (form.h).
class Fields {
  public:
    void add(std::string name, std::string value);
    std::optional<std::string_view> find(std::string_view name) const;  // the first
    std::string_view get(std::string_view name) const;                  // empty when absent
    const std::vector<std::pair<std::string, std::string>>& all() const { return fields_; }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// One parsed request. Limits have been checked before it exists. Owned by the session; a handler
// may use it until it returns.
struct Request {
    Method method = Method::get;
    std::string path;    // decoded, starts with '/'
    std::string target;  // as it came, with the query
    Fields query;
    std::map<std::string, std::string, std::less<>> headers;  // names in lower case
    std::string body;
    std::string host;  // without port, lower case
    std::string remote_address;
    std::string id;                                      // for the log and problem documents
    std::map<std::string, std::string, std::less<>> parameters;  // of the route: {slug}

    std::string_view header(std::string_view name) const;  // empty when absent
    std::string_view parameter(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    // For static files: bytes that live as long as the process, sent without a copy.
    std::string_view static_body;
    std::vector<std::pair<std::string, std::string>> headers;
    // When set, the answer is a stream of server-sent events of this topic (event_hub.h).
    std::string event_topic;
};

using Handler = std::function<Response(const Request&)>;

Response redirect(int status, std::string location);  // 303 after a form, 308 for a moved page

}  // namespace emplettes::web
