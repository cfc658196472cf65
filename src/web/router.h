#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "web/http.h"

namespace emplettes::web {

struct Route {
    Method method = Method::get;
    // "/shops/{slug}": "{slug}" is one path segment that is not empty. A last segment "{path*}"
    // is the whole rest of the path. Literal segments win over parameters.
    std::string pattern;
    Handler handler;
    // The handler never waits and needs less than about 300 µs: it is run on the I/O thread,
    // which saves two changes of thread.
    bool inline_ok = false;
    // The handler waits for others, as for the database: part of the workers stays free of it.
    bool waits = false;
    std::size_t body_bytes_max = 0;  // 0: the server's own limit
    // The body goes into a file (Request::body_file), at least at the server's minimal rate
    // instead of within its body_deadline. What a page of another site sends is refused unread.
    bool is_spooled = false;
    // A partner signs what it sends here, and the handler checks it.
    bool is_callback = false;
    // The answer to who asks without cookies or query is the same for all, and while more is asked
    // than can be done at once it may be this old (shield/answer_cache.h). 0: each is made anew.
    std::chrono::milliseconds shared_for{0};
};

// Finds the route of a request: a table of patterns. Built once at start, then read by all
// threads.
class Router {
  public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    // A second handler for the same method and pattern is a bug (check).
    void add(Route route);
    void add(Method method, std::string_view pattern, Handler handler);

    struct Match {
        const Route* route = nullptr;  // null: no such route
        std::string allow;             // "GET, HEAD" when the path exists for other methods only
    };
    // HEAD is answered by GET unless it has a route of its own. Fills request.parameters.
    Match match(Request& request) const;

    // For documents, metrics and tests. A Match's route points into it.
    const std::vector<Route>& routes() const { return routes_; }
    std::size_t index_of(const Route& route) const;

  private:
    struct Node;
    struct Search;

    static void find(const Node& node, std::string_view rest, Search& search);

    std::unique_ptr<Node> root_;
    std::vector<Route> routes_;
};

}  // namespace emplettes::web
