#include "geo/streets/street_router.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "geo/streets/measured_line.h"
#include "geo/streets/time_matrix.h"

namespace emplettes::geo {
namespace {

constexpr ImageKind kStreetImage{.name = {'E', 'M', 'P', 'L', 'S', 'T', 'R', 'T'}, .version = 2};

std::uint32_t share_of(std::uint32_t whole, double share) {
    return static_cast<std::uint32_t>(std::lround(whole * share));
}

// A place on a street, seen in one of its directions.
struct OnStreet {
    std::uint32_t street = 0;
    std::uint32_t before_ms = 0;  // from where the street begins
    std::uint32_t after_ms = 0;   // to where it ends
};

OnStreet on_street(const StreetNetwork& network, const Snap& snap, std::uint32_t direction) {
    const std::uint32_t street = 2 * snap.edge + direction;
    const std::uint32_t whole_ms = network.time_ms(street);
    const std::uint32_t first_ms = share_of(whole_ms, snap.along);
    const std::uint32_t rest_ms = whole_ms - first_ms;
    return direction == 0 ? OnStreet{street, first_ms, rest_ms}
                          : OnStreet{street, rest_ms, first_ms};
}

// Goes over a street from one share of its length to another, in either direction.
class StretchMaker {
  public:
    StretchMaker(const StreetNetwork& network, Route& route) : network_(network), route_(route) {}

    struct Part {
        std::uint32_t street = 0;
        double begin = 0;  // shares of its length, in the order of its shape
        double end = 1;
        std::uint32_t time_ms = 0;
    };
    void add(const Part& part) {
        const std::uint32_t edge = edge_of(part.street);
        const std::uint32_t whole_cm = network_.edge(edge).length_cm;
        const std::uint32_t length_cm =
            share_of(whole_cm, part.end) - share_of(whole_cm, part.begin);
        route_.stretches.push_back(
            {.street = part.street, .time_ms = part.time_ms, .length_cm = length_cm});
        route_.time_ms += part.time_ms;
        route_.length_cm += length_cm;
        std::vector<Point> points = points_of(network_.shape(edge), part);
        if (part.street % 2 == 1) std::ranges::reverse(points);
        for (const Point& point : points)
            if (route_.shape.empty() || route_.shape.back() != point) route_.shape.push_back(point);
    }

  private:
    static std::vector<Point> points_of(std::span<const FixedPoint> line, const Part& part) {
        if (part.begin > 0 || part.end < 1) return MeasuredLine(line).part(part.begin, part.end);
        std::vector<Point> points;
        for (const FixedPoint& point : line) points.push_back(point.point());
        return points;
    }

    const StreetNetwork& network_;
    Route& route_;
};

// A seed of a search, and the street that is travelled between it and the snapped point.
struct RouteEnd {
    Seed seed;
    std::uint32_t street = 0;
};

std::vector<RouteEnd> departures_of(const StreetNetwork& network, const Snap& from) {
    std::vector<RouteEnd> ends;
    for (const std::uint32_t direction : {0U, 1U}) {
        if (!network.is_open(2 * from.edge + direction)) continue;
        const OnStreet on = on_street(network, from, direction);
        ends.push_back({.seed = {network.end_of(on.street), on.after_ms}, .street = on.street});
    }
    return ends;
}

std::vector<RouteEnd> arrivals_of(const StreetNetwork& network, const Snap& to) {
    std::vector<RouteEnd> ends;
    for (const std::uint32_t direction : {0U, 1U}) {
        if (!network.is_open(2 * to.edge + direction)) continue;
        const OnStreet on = on_street(network, to, direction);
        for (const std::uint32_t arc : network.arcs_along(on.street))
            ends.push_back({.seed = {network.arcs()[arc].tail, on.before_ms}, .street = on.street});
    }
    return ends;
}

std::vector<Seed> seeds_of(const std::vector<RouteEnd>& ends) {
    std::vector<Seed> seeds;
    seeds.reserve(ends.size());
    for (const RouteEnd& end : ends) seeds.push_back(end.seed);
    return seeds;
}

const RouteEnd& fastest_at(const std::vector<RouteEnd>& ends, std::uint32_t node) {
    const RouteEnd* fastest = nullptr;
    for (const RouteEnd& end : ends)
        if (end.seed.node == node &&
            (fastest == nullptr || end.seed.time_ms < fastest->seed.time_ms))
            fastest = &end;
    check(fastest != nullptr);
    return *fastest;
}

const NetworkArc& fastest_arc(const StreetNetwork& network, std::uint32_t tail,
                              std::uint32_t head) {
    const NetworkArc* fastest = nullptr;
    for (const NetworkArc& arc : network.arcs_from(tail))
        if (arc.head == head && (fastest == nullptr || arc.time_ms < fastest->time_ms))
            fastest = &arc;
    check(fastest != nullptr);
    return *fastest;
}

}  // namespace

std::shared_ptr<const StreetRouter> StreetRouter::build(const StreetMap& map, Profile profile,
                                                        std::uint64_t source) {
    const StreetPlan plan = make_street_plan(map, profile);
    return build(plan, {.profile = profile,
                        .map = map.report,
                        .unclear_restrictions = plan.unclear_restrictions,
                        .source = source});
}

std::shared_ptr<const StreetRouter> StreetRouter::build(const StreetPlan& plan,
                                                        const Origin& origin) {
    const std::shared_ptr<StreetRouter> router(new StreetRouter);
    router->origin_ = origin;
    router->network_ = StreetNetwork::make(plan);
    std::vector<Hierarchy::Arc> arcs;
    arcs.reserve(router->network_.arcs().size());
    for (const NetworkArc& arc : router->network_.arcs())
        arcs.push_back({.tail = arc.tail, .head = arc.head, .time_ms = arc.time_ms});
    router->hierarchy_ = Hierarchy::contract(router->network_.node_count(), arcs);
    router->index_ = StreetIndex(router->network_);
    return router;
}

void StreetRouter::save(const std::filesystem::path& file) const {
    ImageWriter writer(file, kStreetImage);
    each_part(*this, writer);
    writer.finish();
}

Result<std::shared_ptr<const StreetRouter>, ImageError> StreetRouter::load(
    const std::filesystem::path& file) {
    const auto image = Image::open(file, kStreetImage);
    if (!image) return image.error();
    const std::shared_ptr<StreetRouter> router(new StreetRouter);
    router->image_ = *image;
    ImageReader reader(**image);
    each_part(*router, reader);
    const bool is_sound = reader.is_complete() && router->network_.is_consistent() &&
                          router->hierarchy_.is_consistent() && router->index_.is_consistent() &&
                          router->hierarchy_.node_count() == router->network_.node_count();
    if (!is_sound) return ImageError::damaged;
    return std::shared_ptr<const StreetRouter>(router);
}

std::optional<Snap> StreetRouter::snap(Point point, double distance_m_max) const {
    return index_.nearest(network_, point, distance_m_max);
}

std::vector<Seed> StreetRouter::departures(const Snap& from) const {
    return seeds_of(departures_of(network_, from));
}

std::vector<Seed> StreetRouter::arrivals(const Snap& to) const {
    return seeds_of(arrivals_of(network_, to));
}

std::uint32_t StreetRouter::direct_ms(const Snap& from, const Snap& to) const {
    if (from.edge != to.edge) return kFar;
    std::uint32_t fastest_ms = kFar;
    for (const std::uint32_t direction : {0U, 1U}) {
        const bool goes = direction == 0 ? from.along <= to.along : from.along >= to.along;
        if (!goes || !network_.is_open(2 * from.edge + direction)) continue;
        const std::uint32_t time_ms = on_street(network_, to, direction).before_ms -
                                      on_street(network_, from, direction).before_ms;
        fastest_ms = std::min(fastest_ms, time_ms);
    }
    return fastest_ms;
}

std::uint32_t StreetRouter::time_ms(const Snap& from, const Snap& to, RouteScratch& scratch) const {
    const std::uint32_t along_ms = direct_ms(from, to);
    return std::min(along_ms,
                    fastest_ms(hierarchy_, departures(from), arrivals(to), along_ms, scratch));
}

std::optional<Route> StreetRouter::route(const Snap& from, const Snap& to,
                                         RouteScratch& scratch) const {
    const std::uint32_t along_ms = direct_ms(from, to);
    const auto path = fastest_path(hierarchy_, departures(from), arrivals(to), along_ms, scratch);
    if (path) return route_over(from, to, *path);
    if (along_ms == kFar) return std::nullopt;
    return direct_route(from, to, along_ms);
}

Route StreetRouter::direct_route(const Snap& from, const Snap& to, std::uint32_t time_ms) const {
    Route route;
    const bool is_forward = from.along <= to.along && network_.is_open(2 * from.edge);
    StretchMaker(network_, route)
        .add({.street = 2 * from.edge + (is_forward ? 0U : 1U),
              .begin = std::min(from.along, to.along),
              .end = std::max(from.along, to.along),
              .time_ms = time_ms});
    return route;
}

Route StreetRouter::route_over(const Snap& from, const Snap& to, const NodePath& path) const {
    const auto departures = departures_of(network_, from);
    const auto arrivals = arrivals_of(network_, to);
    const RouteEnd& first = fastest_at(departures, path.nodes.front());
    const RouteEnd& last = fastest_at(arrivals, path.nodes.back());
    Route route;
    StretchMaker stretches(network_, route);
    const bool leaves_forward = first.street % 2 == 0;
    stretches.add({.street = first.street,
                   .begin = leaves_forward ? from.along : 0,
                   .end = leaves_forward ? 1 : from.along,
                   .time_ms = first.seed.time_ms});
    for (std::size_t i = 1; i < path.nodes.size(); ++i) {
        const NetworkArc& arc = fastest_arc(network_, path.nodes[i - 1], path.nodes[i]);
        stretches.add({.street = arc.street, .time_ms = arc.time_ms});
    }
    const bool arrives_forward = last.street % 2 == 0;
    stretches.add({.street = last.street,
                   .begin = arrives_forward ? 0 : to.along,
                   .end = arrives_forward ? to.along : 1,
                   .time_ms = last.seed.time_ms});
    check(route.time_ms == path.time_ms);
    return route;
}

std::vector<std::uint32_t> StreetRouter::matrix(std::span<const Snap> from,
                                                std::span<const Snap> to,
                                                RouteScratch& scratch) const {
    SeedLists sources;
    SeedLists targets;
    std::unordered_multimap<std::uint32_t, std::size_t> on_edge;
    for (const Snap& snap : from) sources.add(departures(snap));
    for (std::size_t i = 0; i < to.size(); ++i) {
        targets.add(arrivals(to[i]));
        on_edge.emplace(to[i].edge, i);
    }
    std::vector<std::uint32_t> times_ms = make_time_matrix(hierarchy_, sources, targets, scratch);
    for (std::size_t row = 0; row < from.size(); ++row) {
        const auto [begin, end] = on_edge.equal_range(from[row].edge);
        for (auto near = begin; near != end; ++near) {
            std::uint32_t& cell = times_ms[row * to.size() + near->second];
            cell = std::min(cell, direct_ms(from[row], to[near->second]));
        }
    }
    return times_ms;
}

}  // namespace emplettes::geo
