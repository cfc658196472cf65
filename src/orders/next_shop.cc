#include "orders/next_shop.h"

#include <algorithm>
#include <tuple>

namespace emplettes::orders {
namespace {

struct Candidate {
    catalogue::Offer offer;
    ShopPlace place;
    double distance_m = 0;

    // Open ones by distance, the others by when they open; the id makes it one order.
    auto rank() const {
        const Instant opens =
            place.is_open ? Instant::min() : place.opens_at.value_or(Instant::max());
        return std::tuple(opens, distance_m, offer.id);
    }
};

bool may_serve(const Wanted& wanted, const catalogue::Offer& offer,
               const catalogue::StockLines& lines) {
    const auto& asked = wanted.asked;
    return offer.condition == wanted.condition && offer.price <= wanted.reservation.price &&
           offer.stock.quantity >= wanted.reservation.quantity &&
           lines.trust(offer.stock) == catalogue::StockTrust::fresh &&
           std::find(asked.begin(), asked.end(), offer.shop) == asked.end();
}

}  // namespace

FindPlace place_of(const catalogue::LiveCatalogue::View& view) {
    return [&view](ShopId shop) -> std::optional<ShopPlace> {
        const auto* listed = view.snapshot->find_shop(shop);
        if (!listed) return std::nullopt;
        const auto open = view.open_now(shop);
        return ShopPlace{.position = listed->shop.position,
                         .is_open = open.is_open(),
                         .opens_at = open.is_open() ? std::nullopt : open.changes_at};
    };
}

std::vector<catalogue::Offer> next_offers(const Wanted& wanted,
                                          const std::vector<catalogue::Offer>& offers,
                                          const catalogue::StockLines& lines,
                                          const FindPlace& place_of) {
    const auto from = place_of(wanted.reservation.shop);
    std::vector<Candidate> candidates;
    for (const catalogue::Offer& offer : offers) {
        if (!may_serve(wanted, offer, lines)) continue;
        const auto place = place_of(offer.shop);
        if (!place) continue;
        const double distance = from ? geo::distance_m(from->position, place->position) : 0;
        candidates.push_back({.offer = offer, .place = *place, .distance_m = distance});
    }
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.rank() < b.rank(); });
    std::vector<catalogue::Offer> ordered;
    for (Candidate& candidate : candidates) ordered.push_back(std::move(candidate.offer));
    return ordered;
}

}  // namespace emplettes::orders
