#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "web/http.h"

namespace emplettes::web {

// Finds the handler of a request: a table of patterns such as "/shops/{slug}" ("{slug}" is one
// path segment). Built once at start, read by all threads.
class Router {
  public:
    // A second handler for the same method and pattern is a bug (check).
    void add(Method method, std::string_view pattern, Handler handler);

    struct Match {
        const Handler* handler = nullptr;  // null: no such route
        std::string_view pattern;          // for metrics and the log; empty when none
        std::string allow;                 // "GET, HEAD" when the path exists for other methods
    };
    // HEAD is answered by GET. Fills request.parameters.
    Match match(Request& request) const;

    struct Route {
        Method method;
        std::string pattern;
    };
    std::vector<Route> routes() const;  // for documents and tests

  private:
    struct Entry;
    std::vector<Entry> entries_;
};

}  // namespace emplettes::web
