#include "site/geo_api.h"

#include <array>

#include "base/text.h"
#include "geo/addresses/address_json.h"
#include "geo/streets/journey.h"
#include "site/api_request.h"
#include "site/near_address.h"
#include "site/problems.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kAddressesMax = 20;
constexpr std::int64_t kAddressesUsual = 5;
constexpr double kToHouseMetresMax = 500;
constexpr std::size_t kMatrixPointsMax = 100;
constexpr double kSecondMs = 1000;

constexpr std::array<std::string_view, 5> kGeocodeParameters{"q", "lat", "lon", "limit", "lang"};
constexpr std::array<std::string_view, 3> kReverseParameters{"lat", "lon", "lang"};
constexpr std::array<std::string_view, 4> kWayParameters{"from", "to", "profile", "lang"};

web::Response json_response(const Json& json) {
    return {.content_type = "application/json", .body = json.dump()};
}

// Of this thread, used by one request after the other.
geo::RouteScratch& route_scratch() {
    thread_local geo::RouteScratch scratch;
    return scratch;
}

web::Response no_addresses(const Visit& visit) {
    return problem(visit.request, 503, "no_addresses",
                   "this territory has no addresses yet: whoever runs this service brings them in"
                   " with `emplettes import osm`");
}

Json to_json(const Visit& visit, const geo::FoundAddress& found) {
    Json json = geo::to_json(found);
    json["in_territory"] = visit.territory().bounds.contains(found.position);
    return json;
}

std::optional<FieldProblem> text_problem(std::string_view field, std::string_view text) {
    if (utf8_length(text) <= kQueryLengthMax) return std::nullopt;
    return FieldProblem{std::string(field),
                        "must have at most " + std::to_string(kQueryLengthMax) + " characters"};
}

Result<geo::AddressIndex::Question, FieldProblem> read_address_question(const Visit& visit) {
    const web::Fields& query = visit.request.query;
    const std::string_view text = trim(query.get("q"));
    if (auto fault = text_problem("q", text)) return *std::move(fault);
    std::int64_t limit = kAddressesUsual;
    if (const auto asked = query.find("limit")) {
        const auto number = parse_int(*asked);
        if (!number || *number < 1 || *number > static_cast<std::int64_t>(kAddressesMax))
            return FieldProblem{
                "limit", "must be a whole number from 1 to " + std::to_string(kAddressesMax)};
        limit = *number;
    }
    return geo::AddressIndex::Question{.text = std::string(text),
                                       .near = visit.where.from,
                                       .limit = static_cast<std::size_t>(limit)};
}

// Who travels, and over what.
struct Way {
    std::string_view profile;
    const geo::StreetRouter* router = nullptr;
};

Result<Way, web::Response> read_way(const Visit& visit) {
    if (auto refused = refusal(visit, kWayParameters)) return *std::move(refused);
    const auto profile = geo::parse_profile(visit.request.query.get("profile"));
    if (!profile) {
        std::string names;
        for (const geo::Profile one : geo::kProfiles)
            names += (names.empty() ? "" : ", ") + std::string(to_string(one));
        return field_problem(visit.request, 422, {"profile", "must be one of " + names});
    }
    const geo::StreetRouter* router = visit.view.ground().router(*profile);
    if (router == nullptr)
        return problem(visit.request, 503, "no_streets",
                       "this territory has no streets for " + std::string(to_string(*profile)) +
                           " yet: whoever runs this service brings them in with"
                           " `emplettes import osm`");
    return Way{.profile = to_string(*profile), .router = router};
}

FieldProblem no_street_near(std::string field, geo::Point point, const Way& way) {
    return {std::move(field), "has no street for " + std::string(way.profile) + " within " +
                                  std::to_string(static_cast<int>(geo::kToStreetMetresMax)) +
                                  " m of " + degrees(point.lat) + "," + degrees(point.lon)};
}

// A position, or an address that names one place.
Result<geo::Point, FieldProblem> read_place(const Visit& visit, const std::string& field) {
    const std::string_view text = trim(visit.request.query.get(field));
    if (const auto point = geo::parse_point(text)) return *point;
    if (auto fault = text_problem(field, text)) return *std::move(fault);
    const geo::AddressIndex* addresses = visit.view.ground().addresses.get();
    const NearAddress read = addresses == nullptr || text.empty()
                                 ? NearAddress{}
                                 : read_near_address(*addresses, text, visit.territory());
    switch (read.kind) {
        case NearAddress::Kind::one: return read.addresses.front().position;
        case NearAddress::Kind::none:
            return FieldProblem{field,
                                "must be latitude,longitude, as 48.8792,2.3487, or an"
                                " address of this territory"};
        case NearAddress::Kind::outside:
            return FieldProblem{field,
                                "is outside of the territory: " + read.addresses.front().label()};
        case NearAddress::Kind::several: break;
    }
    std::string labels;
    for (const geo::FoundAddress& one : read.addresses)
        labels += (labels.empty() ? "" : "; ") + one.label();
    return FieldProblem{field, "names several addresses (" + labels + "): write one of them"};
}

web::Response journey_problem(const Visit& visit, const Way& way, geo::JourneyError error,
                              std::array<geo::Point, 2> ends) {
    switch (error) {
        case geo::JourneyError::no_street_at_start:
            return field_problem(visit.request, 422, no_street_near("from", ends[0], way));
        case geo::JourneyError::no_street_at_end:
            return field_problem(visit.request, 422, no_street_near("to", ends[1], way));
        case geo::JourneyError::no_way: break;
    }
    return field_problem(visit.request, 422, {"to", "is on no way of less than twelve days"});
}

using Snaps = std::vector<geo::Snap>;

Result<Snaps, FieldProblem> read_snaps(const Visit& visit, const std::string& field,
                                       const Way& way) {
    const auto texts = split(visit.request.query.get(field), ';');
    if (texts.size() > kMatrixPointsMax)
        return FieldProblem{field, "must have at most " + std::to_string(kMatrixPointsMax) +
                                       " points, not " + std::to_string(texts.size())};
    Snaps snaps;
    for (const std::string_view text : texts) {
        const auto point = geo::parse_point(text);
        if (!point)
            return FieldProblem{field, "must be points as 48.8792,2.3487;48.8801,2.3450: number " +
                                           std::to_string(snaps.size() + 1) + " is none"};
        const auto snap = way.router->snap(*point, geo::kToStreetMetresMax);
        if (!snap) return no_street_near(field, *point, way);
        snaps.push_back(*snap);
    }
    return snaps;
}

Json to_json(const Snaps& snaps) {
    Json list = Json::array();
    for (const geo::Snap& snap : snaps) list.push_back(geo::to_json(snap));
    return list;
}

Json time_rows(std::span<const std::uint32_t> times_ms, std::size_t columns) {
    Json rows = Json::array();
    for (std::size_t begin = 0; begin < times_ms.size(); begin += columns) {
        Json row = Json::array();
        for (const std::uint32_t time_ms : times_ms.subspan(begin, columns))
            row.push_back(time_ms == geo::kFar ? Json() : Json(time_ms / kSecondMs));
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

web::Response geocode_api(Visit& visit) {
    if (auto refused = refusal(visit, kGeocodeParameters)) return *std::move(refused);
    const auto question = read_address_question(visit);
    if (!question) return field_problem(visit.request, 422, question.error());
    const geo::AddressIndex* addresses = visit.view.ground().addresses.get();
    if (addresses == nullptr) return no_addresses(visit);
    Json list = Json::array();
    for (const geo::FoundAddress& found : addresses->find(*question))
        list.push_back(to_json(visit, found));
    return json_response({{"addresses", std::move(list)}});
}

web::Response reverse_api(Visit& visit) {
    if (auto refused = refusal(visit, kReverseParameters)) return *std::move(refused);
    if (visit.where.kind != Where::Kind::position)
        return field_problem(visit.request, 422, {"lat", "must be there, with lon"});
    const geo::AddressIndex* addresses = visit.view.ground().addresses.get();
    if (addresses == nullptr) return no_addresses(visit);
    Json list = Json::array();
    if (const auto found = addresses->nearest(visit.where.from, kToHouseMetresMax))
        list.push_back(to_json(visit, *found));
    return json_response({{"addresses", std::move(list)}});
}

web::Response route_api(Visit& visit) {
    const auto way = read_way(visit);
    if (!way) return way.error();
    const auto from = read_place(visit, "from");
    if (!from) return field_problem(visit.request, 422, from.error());
    const auto to = read_place(visit, "to");
    if (!to) return field_problem(visit.request, 422, to.error());
    const auto journey = geo::find_journey(*way->router, *from, *to, route_scratch());
    if (!journey) return journey_problem(visit, *way, journey.error(), {*from, *to});
    Json answer = {{"profile", way->profile}};
    answer.update(geo::to_json(*journey));
    return json_response(answer);
}

web::Response matrix_api(Visit& visit) {
    const auto way = read_way(visit);
    if (!way) return way.error();
    const auto from = read_snaps(visit, "from", *way);
    if (!from) return field_problem(visit.request, 422, from.error());
    const bool is_square = !visit.request.query.find("to");
    const auto to = is_square ? from : read_snaps(visit, "to", *way);
    if (!to) return field_problem(visit.request, 422, to.error());
    const auto times_ms = way->router->matrix(*from, *to, route_scratch());
    return json_response({{"profile", way->profile},
                          {"from", to_json(*from)},
                          {"to", to_json(*to)},
                          {"times_s", time_rows(times_ms, to->size())}});
}

}  // namespace emplettes::site
