#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "web/http.h"
#include "web/router.h"

namespace emplettes::web {

// What another module counts. As Prometheus wants it: the name ends with the unit, that of a
// counter with "_total".
struct Figure {
    enum class Kind { counter, gauge };
    struct Value {
        std::vector<std::pair<std::string, std::string>> labels;
        std::int64_t value = 0;
    };
    Kind kind = Kind::gauge;
    std::string name;
    std::string help;
    std::vector<Value> values;
};

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

    // From here on `read` is asked at every exposition, by any thread. It must neither wait nor
    // throw, and what it uses must outlive the last request.
    using Figures = std::function<std::vector<Figure>()>;
    void also_read(Figures read);

  private:
    struct Series;
    std::unique_ptr<Series> series_;
    mutable std::mutex also_mutex_;
    std::vector<Figures> also_;
};

}  // namespace emplettes::web
