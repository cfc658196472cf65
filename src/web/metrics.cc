#include "web/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>

#include "base/check.h"

namespace emplettes::web {
namespace {

const prometheus::Histogram::BucketBoundaries kSeconds = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0};
constexpr std::string_view kUnrouted = "none";

prometheus::MetricFamily family_of(const Figure& figure) {
    const bool is_counter = figure.kind == Figure::Kind::counter;
    prometheus::MetricFamily family;
    family.name = figure.name;
    family.help = figure.help;
    family.type = is_counter ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge;
    for (const Figure::Value& value : figure.values) {
        prometheus::ClientMetric metric;
        for (const auto& [label, text] : value.labels) metric.label.push_back({label, text});
        (is_counter ? metric.counter.value : metric.gauge.value) = static_cast<double>(value.value);
        family.metric.push_back(std::move(metric));
    }
    return family;
}

}  // namespace

struct Metrics::Series {
    struct OfRoute {
        std::array<prometheus::Counter*, 5> by_class{};  // 1xx to 5xx
        prometheus::Histogram* seconds = nullptr;
    };

    prometheus::Registry registry;
    prometheus::Family<prometheus::Counter>& requests =
        prometheus::BuildCounter()
            .Name("http_requests_total")
            .Help("Answered requests by route and class of status")
            .Register(registry);
    prometheus::Family<prometheus::Histogram>& seconds =
        prometheus::BuildHistogram()
            .Name("http_request_seconds")
            .Help("From the whole request to the last byte of its answer")
            .Register(registry);
    prometheus::Family<prometheus::Counter>& failures =
        prometheus::BuildCounter()
            .Name("http_failures_total")
            .Help("refused: no room; fault: a handler threw; bug: a broken invariant")
            .Register(registry);
    prometheus::Family<prometheus::Gauge>& now =
        prometheus::BuildGauge()
            .Name("http_now")
            .Help("Requests in flight and queued, connections open")
            .Register(registry);
    prometheus::Counter& refused = failures.Add({{"kind", "refused"}});
    prometheus::Counter& fault = failures.Add({{"kind", "fault"}});
    prometheus::Counter& bug = failures.Add({{"kind", "bug"}});
    prometheus::Gauge& in_flight = now.Add({{"what", "in_flight"}});
    prometheus::Gauge& queued = now.Add({{"what", "queued"}});
    prometheus::Gauge& connections = now.Add({{"what", "connections"}});
    std::vector<OfRoute> routes;  // as in the router, then one for "none"

    void add_route(const std::string& method, const std::string& pattern) {
        OfRoute route;
        for (std::size_t i = 0; i < route.by_class.size(); ++i)
            route.by_class[i] = &requests.Add(
                {{"method", method}, {"route", pattern}, {"status", std::to_string(i + 1) + "xx"}});
        route.seconds = &seconds.Add({{"method", method}, {"route", pattern}}, kSeconds);
        routes.push_back(route);
    }
};

Metrics::Metrics() : series_(std::make_unique<Series>()) {}
Metrics::~Metrics() = default;

void Metrics::watch(const std::vector<Route>& routes) {
    check(series_->routes.empty());
    for (const auto& route : routes)
        series_->add_route(std::string(method_name(route.method)), route.pattern);
    series_->add_route("", std::string(kUnrouted));
}

void Metrics::finished(const Finished& request) {
    const auto& route = request.route ? series_->routes.at(*request.route) : series_->routes.back();
    const auto status_class = static_cast<std::size_t>(request.status / 100 - 1);
    if (status_class < route.by_class.size()) route.by_class[status_class]->Increment();
    route.seconds->Observe(std::chrono::duration<double>(request.took).count());
}

void Metrics::in_flight(std::size_t requests) {
    series_->in_flight.Set(static_cast<double>(requests));
}
void Metrics::queued(std::size_t requests) { series_->queued.Set(static_cast<double>(requests)); }
void Metrics::connections(std::size_t open) { series_->connections.Set(static_cast<double>(open)); }
void Metrics::refused() { series_->refused.Increment(); }
void Metrics::fault() { series_->fault.Increment(); }
void Metrics::bug() { series_->bug.Increment(); }

void Metrics::also_read(Figures read) {
    const std::lock_guard lock(also_mutex_);
    also_.push_back(std::move(read));
}

std::string Metrics::expose() const {
    auto families = series_->registry.Collect();
    std::vector<Figures> also;
    {
        const std::lock_guard lock(also_mutex_);
        also = also_;
    }
    for (const Figures& read : also)
        for (const Figure& figure : read()) families.push_back(family_of(figure));
    return prometheus::TextSerializer().Serialize(families);
}

Response Metrics::response() const {
    Response response{.content_type = "text/plain; version=0.0.4; charset=utf-8", .body = expose()};
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::web
