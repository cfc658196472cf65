#include "orders/reserve.h"

#include "base/check.h"
#include "orders/reservation_news.h"
#include "orders/reservation_table.h"
#include "orders/trust.h"

namespace emplettes::orders {
namespace {

constexpr int kCodeAttemptsMax = 8;
constexpr std::uint64_t kPickupCodes = 10'000;

std::string pickup_code(Random& random) {
    const std::string digits = std::to_string(random.below(kPickupCodes));
    return std::string(kPickupCodeLength - digits.size(), '0') + digits;
}

// Draws codes until one is free.
void insert_with_new_code(store::Tx& tx, Reservation& reservation, const ReserveContext& context) {
    for (int attempt = 0; attempt < kCodeAttemptsMax; ++attempt) {
        reservation.code = context.random.readable_code(kCodeLength);
        if (insert_row(tx, context.territory, reservation)) return;
    }
    check(false);  // eight collisions among 30^10 codes: the source of chance is broken
}

// Whom it is asked of and for how long; nobody, where it is kept by itself.
Asking asking_of(const ReserveRequest& request, const ShopTimes& times, const Origin& origin,
                 bool is_by_itself) {
    return {.remind_at = is_by_itself ? Instant() : times.remind_at,
            .answer_by = is_by_itself ? Instant() : times.answer_by,
            .only_here = request.only_here,
            .is_by_itself = is_by_itself,
            .from = origin.code,
            .to = {},
            .shops_before = origin.shops_before};
}

}  // namespace

Result<KeptAtShop, ReserveError> keep(store::Tx& tx, const catalogue::Offer& offer,
                                      const ReserveRequest& request, const ReserveContext& context,
                                      const Origin& origin) {
    check(offer.id == request.offer);
    auto shop = catalogue::find_shop(tx, context.territory, offer.shop);
    check(shop.has_value());
    if (!shop->is_listed) return ReserveError::unknown_offer;

    const auto taken =
        catalogue::take_stock(tx, context.territory, request.offer, request.quantity, context.now);
    if (!taken) {
        return taken.error() == catalogue::TakeError::not_enough ? ReserveError::sold_out
                                                                 : ReserveError::unknown_offer;
    }
    const auto product = catalogue::find_product(tx, context.territory, offer.product);
    check(product.has_value());
    const bool is_by_itself =
        keeps_by_itself(tx, context.territory, offer, context.stock_lines, context.now);
    const ShopTimes times = context.times(*shop);
    Reservation reservation{.id = context.ids.next<ReservationId>(),
                            .code = {},
                            .pickup_code = pickup_code(context.random),
                            .offer = offer.id,
                            .shop = offer.shop,
                            .product = offer.product,
                            .product_title = product->title,
                            .price = taken->price,
                            .quantity = request.quantity,
                            .person_name = request.person_name,
                            .contact = request.contact,
                            .language = request.language,
                            .status = is_by_itself ? Status::held : Status::requested,
                            .decline_reason = DeclineReason::none,
                            .created_at = context.now,
                            .changed_at = context.now,
                            .held_until = times.held_until,
                            .undo_to = std::nullopt,
                            .is_undone = false,
                            .stock_before = {},
                            .asking = asking_of(request, times, origin, is_by_itself),
                            .round = origin.round};
    insert_with_new_code(tx, reservation, context);
    return KeptAtShop{.reservation = std::move(reservation), .shop = *std::move(shop)};
}

Result<Reservation, ReserveError> reserve(store::Tx& tx, const ReserveRequest& request,
                                          const ReserveContext& context) {
    if (const auto fault = find_fault(request, context.limits)) return *fault;
    const auto offer = catalogue::find_offer(tx, context.territory, request.offer);
    if (!offer) return ReserveError::unknown_offer;
    return reserve(tx, *offer, request, context);
}

Result<Reservation, ReserveError> reserve(store::Tx& tx, const catalogue::Offer& offer,
                                          const ReserveRequest& request,
                                          const ReserveContext& context) {
    if (const auto fault = find_fault(request, context.limits)) return *fault;
    auto kept = keep(tx, offer, request, context, {});
    if (!kept) return kept.error();
    tell_change(tx, context.territory, kept->reservation, kept->shop, context.ids);
    return std::move(kept->reservation);
}

}  // namespace emplettes::orders
