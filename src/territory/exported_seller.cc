#include "territory/exported_seller.h"

#include <array>
#include <optional>
#include <utility>

#include "base/json.h"
#include "base/text.h"
#include "territory/claiming.h"

namespace emplettes::territory {
namespace {

constexpr std::array<std::pair<const char*, std::string Seller::*>, 8> kFields{
    {{"siret", &Seller::siret},
     {"legal_name", &Seller::legal_name},
     {"legal_address", &Seller::legal_address},
     {"phone", &Seller::phone},
     {"email", &Seller::email},
     {"register_number", &Seller::register_number},
     {"mediator", &Seller::mediator},
     {"mediator_url", &Seller::mediator_url}}};
constexpr std::string_view kRestoredReason = "from the shop's export";

std::string text_of(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_storable(const std::string& text, std::size_t length_max) {
    return text.find('\0') == std::string::npos && utf8_length(text) <= length_max;
}

struct Told {
    Seller seller;
    ClaimStatus status = ClaimStatus::approved;
    std::string reason;
};

std::optional<Told> read_told(std::string_view text) {
    const Json json = parse_json(text);
    if (!json.is_object()) return std::nullopt;
    Told told;
    for (const auto& [name, field] : kFields) {
        told.seller.*field = text_of(json, name);
        if (!is_storable(told.seller.*field, kSellerTextLengthMax)) return std::nullopt;
    }
    const auto certified_at = json.find("certified_at");
    if (certified_at != json.end() && certified_at->is_number_integer())
        told.seller.certified_at = instant_from_unix(certified_at->get<std::int64_t>());
    const std::string status = text_of(json, "status");
    const bool is_suspended = status == to_string(ClaimStatus::suspended);
    told.reason = text_of(json, "reason");
    const bool is_known = is_suspended || status == to_string(ClaimStatus::approved);
    if (!is_known || !is_storable(told.reason, kReasonLengthMax)) return std::nullopt;
    if (is_suspended && trim(told.reason).empty()) return std::nullopt;
    told.status = is_suspended ? ClaimStatus::suspended : ClaimStatus::approved;
    if (!unmet_duties(told.seller).empty()) return std::nullopt;
    return told;
}

}  // namespace

std::string exported_seller(store::Tx& tx, TerritoryId territory, ShopId shop) {
    const auto claim = find_holding_claim(tx, territory, shop);
    if (!claim) return {};
    Json json;
    for (const auto& [name, field] : kFields) json[name] = claim->seller.*field;
    json["certified_at"] = to_unix(claim->seller.certified_at);
    json["status"] = to_string(claim->status);
    json["reason"] = claim->status == ClaimStatus::suspended ? claim->reason : std::string();
    return json.dump(2) + "\n";
}

SellerRestored restore_seller(store::Tx& tx, TerritoryId territory, const SellerToRestore& wanted,
                              IdSource& ids, Instant now) {
    if (wanted.text.empty()) return SellerRestored::none;
    if (find_holding_claim(tx, territory, wanted.shop)) return SellerRestored::was_here;
    const auto told = read_told(wanted.text);
    if (!told) return SellerRestored::not_whole;
    Claim claim;
    claim.id = ids.next<ClaimId>();
    claim.shop = wanted.shop;
    claim.status = told->status;
    claim.seller = told->seller;
    claim.proof = Proof::operator_;
    claim.reason = told->reason;
    claim.created_at = now;
    claim.changed_at = now;
    save_claim(tx, territory, claim);
    append_step(tx, territory, claim.id,
                {.status = claim.status,
                 .by = {},
                 .reason = told->reason.empty() ? std::string(kRestoredReason) : told->reason,
                 .at = now});
    return SellerRestored::restored;
}

}  // namespace emplettes::territory
