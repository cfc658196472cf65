#include "site/pledge_query.h"

#include "base/text.h"
#include "campaign/signers.h"
#include "web/network.h"

namespace emplettes::site {
namespace {

// A trace of no network.
const campaign::NetworkTrace kNobody{.hash = "-", .day = -1};

std::vector<campaign::NetworkTrace> traces_of(store::Tx& tx, const Visit& visit,
                                              const std::string& network) {
    if (network.starts_with('#')) {
        const auto parts = split(std::string_view(network).substr(1), '/');
        const auto day = parts.size() == 2 ? parse_int(parts[1]) : std::nullopt;
        if (!day) return {kNobody};
        return {{.hash = std::string(parts[0]), .day = *day}};
    }
    const auto address = network.substr(0, network.find('/'));
    auto traces = campaign::load_traces(tx, visit.territory().id, visit.context.signers.key(),
                                        web::network_of(address));
    if (traces.empty()) traces.push_back(kNobody);
    return traces;
}

}  // namespace

TypedQuery read_query(const web::Fields& fields) {
    return {.name = std::string(trim(fields.get("name"))),
            .domain = to_lower_ascii(trim(fields.get("domain"))),
            .network = std::string(trim(fields.get("network"))),
            .in_alarm = fields.get("alarm") == "1"};
}

campaign::RefusalQuery meant_query(store::Tx& tx, const Visit& visit, const TypedQuery& typed) {
    campaign::RefusalQuery query{
        .name = typed.name, .mail_domain = typed.domain, .in_alarm = typed.in_alarm};
    if (!typed.network.empty()) query.networks = traces_of(tx, visit, typed.network);
    return query;
}

}  // namespace emplettes::site
