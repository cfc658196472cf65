#include "orders/trust.h"

namespace emplettes::orders {

bool is_trusted(const catalogue::AnswerCounts& counts, const TrustRule& rule) {
    const std::int64_t refused = counts.answers - counts.kept;
    return counts.answers >= rule.answers_min &&
           refused * 100 <= counts.answers * rule.refused_max_percent;
}

bool keeps_by_itself(store::Tx& tx, TerritoryId territory, const catalogue::Offer& offer,
                     const catalogue::StockLines& lines, Instant now) {
    if (offer.stock.source != catalogue::StockSource::till) return false;
    if (lines.trust(offer.stock) != catalogue::StockTrust::fresh) return false;
    const TrustRule rule;
    return is_trusted(catalogue::count_answers(tx, territory, offer.shop, now - rule.recent), rule);
}

}  // namespace emplettes::orders
