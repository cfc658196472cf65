#include "catalogue/shelf/offer_rule.h"

#include <algorithm>

namespace emplettes::catalogue {
namespace {

bool says_there_is_none(Availability availability) {
    switch (availability) {
        case Availability::unsaid:
        case Availability::in_stock: return false;
        case Availability::on_order:
        case Availability::out_of_stock:
        case Availability::discontinued: return true;
    }
    return false;
}

// How many stand in the shop; none: the row does not say.
std::optional<std::int64_t> counted(const ShelfRow& row, const std::optional<OfferState>& before) {
    if (row.is_deleted || row.availability == Availability::out_of_stock) return 0;
    if (row.quantity) return row.quantity;
    if (says_there_is_none(row.availability)) return 0;
    if (row.availability == Availability::unsaid) return std::nullopt;
    const bool is_there = before && before->is_on_shelf();
    return is_there ? std::max<std::int64_t>(before->standing(), 1) : 1;
}

void count(OfferState& offer, std::int64_t standing, Instant at) {
    offer.stock = std::max<std::int64_t>(standing - offer.kept, 0);
    offer.confirmed_at = at;
    if (standing > 0) offer.withdrawn_at = Instant{};
    if (standing == 0 && offer.is_on_shelf()) offer.withdrawn_at = at;
}

std::optional<OfferState> new_offer(const ShelfRow& row, const ImportTerms& terms, Instant at) {
    const auto standing = counted(row, std::nullopt);
    if (!row.price || !standing || *standing == 0) return std::nullopt;
    return OfferState{.price = *row.price,
                      .stock = *standing,
                      .stock_source = terms.stock_source,
                      .confirmed_at = at,
                      .source = terms.source,
                      .import = terms.import};
}

bool is_touched_since(const OfferState& offer, Instant at) {
    return offer.stock_source == StockSource::hand && offer.confirmed_at > at;
}

}  // namespace

std::optional<OfferState> offer_after(const ShelfRow& row, const std::optional<OfferState>& before,
                                      const ImportTerms& terms) {
    const Instant at = std::min(row.counted_at.value_or(terms.made_at), terms.made_at);
    if (!before) return new_offer(row, terms, at);
    if (is_touched_since(*before, terms.made_at) || before->withdrawn_at > at) return before;
    OfferState after = *before;
    after.source = terms.source;
    after.import = terms.import;
    if (row.price && at >= before->priced_at) after.price = *row.price;
    const auto standing = counted(row, before);
    if (standing && at >= before->confirmed_at) {
        count(after, *standing, at);
        after.stock_source = terms.stock_source;
    }
    return after;
}

std::optional<OfferState> offer_after_absence(const OfferState& before, const ImportTerms& terms) {
    const bool is_newer = before.confirmed_at > terms.made_at;
    if (!before.is_on_shelf() || before.source != terms.source || is_newer) return std::nullopt;
    OfferState after = before;
    count(after, 0, terms.made_at);
    after.stock_source = terms.stock_source;
    after.import = terms.import;
    return after;
}

RowOutcome outcome_of(const std::optional<OfferState>& before,
                      const std::optional<OfferState>& after) {
    const bool was_there = before && before->is_on_shelf();
    const bool is_there = after && after->is_on_shelf();
    if (!is_there) return was_there ? RowOutcome::gone : RowOutcome::not_on_shelf;
    if (!was_there) return RowOutcome::new_;
    const bool is_same = before->price == after->price && before->stock == after->stock;
    return is_same ? RowOutcome::unchanged : RowOutcome::changed;
}

}  // namespace emplettes::catalogue
