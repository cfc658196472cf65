#pragma once
#include <string>
#include <string_view>

#include "campaign/refusal.h"
#include "site/visit.h"

namespace emplettes::site {

// Whom an operator wants to refuse, as it is typed, and as it is meant.
struct TypedQuery {
    std::string name;
    std::string domain;
    std::string network;  // "192.0.2.0/24", any address of it, or "#" and a hash of the list
    bool in_alarm = false;

    bool is_empty() const { return name.empty() && domain.empty() && network.empty() && !in_alarm; }
};
TypedQuery read_query(const web::Fields& fields);
// A network that is not known means nobody.
campaign::RefusalQuery meant_query(store::Tx& tx, const Visit& visit, const TypedQuery& typed);

}  // namespace emplettes::site
