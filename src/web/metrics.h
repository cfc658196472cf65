#pragma once
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "web/http.h"
#include "web/router.h"

namespace prometheus {
class Registry;
}

namespace emplettes::web {

// What the server counts, in Prometheus's text format. Thread-safe after watch(); counting one
// request is a few atomic additions, without lock or look-up by name.
class Metrics {
  public:
    Metrics();
    ~Metrics();

    // Makes a counter per route and class of status ("2xx") and a histogram per route. Once,
    // before the first request.
    void watch(const std::vector<Route>& routes);

    struct Finished {
        std::optional<std::size_t> route;  // index in the router; none when no route matched
        int status;
        std::chrono::nanoseconds took;  // from the whole request to the last byte sent
    };
    void finished(const Finished& request);
    void in_flight(std::size_t requests);
    void queued(std::size_t requests);
    void connections(std::size_t open);
    void refused();  // 503: queue full, or waited too long in it; connections over a limit
    void fault();    // a handler threw
    void bug();      // a handler threw Bug

    std::string expose() const;
    Response response() const;  // of GET /metrics

    // For what other modules count.
    prometheus::Registry& registry();

  private:
    struct Series;
    std::unique_ptr<Series> series_;
};

}  // namespace emplettes::web
