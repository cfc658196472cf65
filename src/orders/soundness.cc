#include "orders/soundness.h"

#include "catalogue/soundness.h"

namespace emplettes::orders {
namespace {

constexpr std::size_t kToldMax = 20;

constexpr const char* kHeld = R"sql(
SELECT offer_id, CAST(SUM(quantity) AS BIGINT) FROM reservation
WHERE territory_id = :territory AND status IN ('requested', 'held', 'ready')
GROUP BY offer_id
)sql";
constexpr const char* kCollectedTooMuch = R"sql(
SELECT code FROM reservation
WHERE territory_id = :territory AND (collected > quantity OR collected < 0
    OR (status = 'collected' AND collected = 0))
ORDER BY code LIMIT 20
)sql";
constexpr const char* kWentNowhere = R"sql(
SELECT r.code FROM reservation r
WHERE r.territory_id = :territory AND r.passed_to <> '' AND NOT EXISTS (
    SELECT 1 FROM reservation n
    WHERE n.territory_id = r.territory_id AND n.code = r.passed_to AND n.passed_from = r.code)
ORDER BY r.code LIMIT 20
)sql";
constexpr const char* kCameFromNowhere = R"sql(
SELECT r.code FROM reservation r
WHERE r.territory_id = :territory AND r.passed_from <> '' AND NOT EXISTS (
    SELECT 1 FROM reservation n
    WHERE n.territory_id = r.territory_id AND n.code = r.passed_from AND n.passed_to = r.code)
ORDER BY r.code LIMIT 20
)sql";
constexpr const char* kCodes = "SELECT code FROM reservation WHERE territory_id = :territory";

void compare_kept(store::Tx& tx, TerritoryId territory, std::vector<std::string>& found) {
    auto kept = catalogue::load_kept(tx, territory);
    std::map<OfferId, std::int64_t> held;
    tx.each<OfferId, std::int64_t>(kHeld, {{"territory", territory}},
                                   [&](OfferId offer, std::int64_t n) { held[offer] = n; });
    for (const auto& [offer, n] : held) kept.try_emplace(offer, 0);
    for (const auto& [offer, n] : kept) {
        const auto at = held.find(offer);
        const std::int64_t reserved = at == held.end() ? 0 : at->second;
        if (reserved == n || found.size() >= kToldMax) continue;
        found.push_back("offer " + std::to_string(offer.value) + ": " + std::to_string(n) +
                        " are kept, its open reservations hold " + std::to_string(reserved));
    }
}

}  // namespace

std::vector<std::string> find_contradictions(store::Tx& tx, TerritoryId territory) {
    std::vector<std::string> found;
    compare_kept(tx, territory, found);
    const auto tell = [&](const char* sql, const char* what) {
        for (const auto& code : tx.all<std::string>(sql, {{"territory", territory}}))
            found.push_back("reservation " + code + " " + what);
    };
    tell(kCollectedTooMuch, "was collected, but not as much as can be");
    tell(kWentNowhere, "went on to a request that does not know of it");
    tell(kCameFromNowhere, "came from a request that does not know of it");
    return found;
}

std::unordered_set<std::string> load_codes(store::Tx& tx, TerritoryId territory) {
    std::unordered_set<std::string> codes;
    tx.each<std::string>(kCodes, {{"territory", territory}},
                         [&](std::string code) { codes.insert(std::move(code)); });
    return codes;
}

}  // namespace emplettes::orders
