#include "web/router.h"

#include <map>
#include <optional>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::web {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::size_t number(Method method) { return static_cast<std::size_t>(method); }

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}

bool is_rest(std::string_view segment) {
    return is_parameter(segment) && segment[segment.size() - 2] == '*';
}

// "{slug}" and "{path*}" without braces and star.
std::string_view parameter_name(std::string_view segment) {
    return segment.substr(1, segment.size() - (is_rest(segment) ? 3 : 2));
}

}  // namespace

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> rest;
    std::array<std::size_t, kMethods> routes = [] {
        std::array<std::size_t, kMethods> none{};
        none.fill(kNone);
        return none;
    }();

    std::size_t route_for(Method method) const {
        const std::size_t own = routes[number(method)];
        return own == kNone && method == Method::head ? routes[number(Method::get)] : own;
    }
};

// The way down the tree: which parameters were passed, and what was found.
struct Router::Search {
    Method method;
    std::vector<std::string_view> passed;
    std::size_t found = kNone;
    std::vector<std::string_view> values;  // of the found route
    std::array<bool, kMethods> others{};   // methods that the path has
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Method method, std::string_view pattern, Handler handler) {
    add({.method = method, .pattern = std::string(pattern), .handler = std::move(handler)});
}

void Router::add(Route route) {
    check(route.pattern.starts_with('/') && route.handler);
    Node* node = root_.get();
    for (const auto segment : split(std::string_view(route.pattern).substr(1), '/')) {
        check(!node->rest || is_rest(segment));
        std::unique_ptr<Node>& next = is_rest(segment) ? node->rest
                                      : is_parameter(segment)
                                          ? node->parameter
                                          : node->literals[std::string(segment)];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    }
    std::size_t& slot = node->routes[number(route.method)];
    check(slot == kNone);
    slot = routes_.size();
    routes_.push_back(std::move(route));
}

void Router::find(const Node& node, std::string_view rest, Search& search) {
    const auto slash = rest.find('/');
    const auto segment = rest.substr(0, slash);
    const auto descend = [&](const Node& next) {
        if (slash != std::string_view::npos) return find(next, rest.substr(slash + 1), search);
        for (std::size_t m = 0; m < kMethods; ++m) search.others[m] |= next.routes[m] != kNone;
        if (search.found != kNone) return;
        search.found = next.route_for(search.method);
        search.values = search.passed;
    };
    if (const auto literal = node.literals.find(segment); literal != node.literals.end())
        descend(*literal->second);
    if (search.found != kNone) return;
    if (node.parameter && !segment.empty()) {
        search.passed.push_back(segment);
        descend(*node.parameter);
        search.passed.pop_back();
    }
    if (search.found != kNone || !node.rest || rest.empty()) return;
    search.found = node.rest->route_for(search.method);
    for (std::size_t m = 0; m < kMethods; ++m) search.others[m] |= node.rest->routes[m] != kNone;
    search.values = search.passed;
    search.values.push_back(rest);
}

Router::Match Router::match(Request& request) const {
    Search search{.method = request.method};
    find(*root_, std::string_view(request.path).substr(1), search);
    Match match;
    if (search.found != kNone) {
        match.route = &routes_[search.found];
        std::size_t at = 0;
        for (const auto segment : split(std::string_view(match.route->pattern).substr(1), '/')) {
            if (!is_parameter(segment)) continue;
            request.parameters.add(std::string(parameter_name(segment)),
                                   std::string(search.values[at++]));
        }
        return match;
    }
    if (search.others[number(Method::get)]) search.others[number(Method::head)] = true;
    for (std::size_t m = 0; m < kMethods; ++m) {
        if (!search.others[m]) continue;
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += method_name(static_cast<Method>(m));
    }
    return match;
}

std::size_t Router::index_of(const Route& route) const {
    return static_cast<std::size_t>(&route - routes_.data());
}

}  // namespace emplettes::web
