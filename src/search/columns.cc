#include "search/columns.h"

#include <algorithm>
#include <limits>

#include "base/check.h"

namespace emplettes::search {

Columns::Columns(Documents& documents, const Catalogue& catalogue, const Columns* others)
    : documents_(documents),
      cells_(documents.offer_count()),
      confirmed_at_(documents.offer_count()),
      sources_(documents.offer_count()),
      open_(documents.shop_count() / 64 + 1) {
    check(documents.shop_count() <= OfferCell::kShopsMax);
    if (others != nullptr) doubtful_before_ = others->doubtful_before_;
    for (std::uint32_t document = 0; document < documents.count(); ++document) {
        const NumberRange offers = documents.offers_of(document);
        for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
            const OfferRow& row = catalogue.offers[documents.offer_source[offer]];
            cells_[offer].place(documents.cells[document].shop(), row.condition);
            store_stock(offer, row.stock, row.stock_confirmed_at, row.stock_source);
            store_price(offer, row.price_cents);
        }
    }
    if (others != nullptr) {
        for (std::size_t word = 0; word < open_.size(); ++word)
            open_[word].store(others->open_[word].load(std::memory_order_relaxed),
                              std::memory_order_relaxed);
    }
    sum_up_all();
}

Traits Columns::traits(std::uint32_t offer) const {
    const std::uint32_t shop = cells_[offer].shop();
    return static_cast<Traits>(
        (is_open(shop) ? kOpenNow : 0) | (documents_.is_maker(shop) ? kMaker : 0) |
        traits_of_stock(cells_[offer].held_stock.load(std::memory_order_relaxed)));
}

void Columns::copy_open(std::vector<std::uint64_t>& open) const {
    open.resize(open_.size());
    std::transform(open_.begin(), open_.end(), open.begin(),
                   [](const auto& word) { return word.load(std::memory_order_relaxed); });
}

void Columns::store_stock(std::uint32_t offer, std::int32_t stock, Instant confirmed_at,
                          StockSource source) {
    constexpr std::int64_t kLast = std::numeric_limits<std::uint32_t>::max();
    const auto seconds = std::clamp<std::int64_t>(to_unix(confirmed_at), 0, kLast);
    confirmed_at_[offer].store(static_cast<std::uint32_t>(seconds), std::memory_order_relaxed);
    sources_[offer].store(source, std::memory_order_relaxed);
    cells_[offer].held_stock.store(held_stock(offer, stock), std::memory_order_relaxed);
}

// What is sold out is so, however long ago.
std::int32_t Columns::held_stock(std::uint32_t offer, std::int32_t stock) const {
    const std::int32_t count = std::max(stock, 0);
    return is_confirmed_before(offer, doubtful_before_) ? -count : count;
}

void Columns::store_price(std::uint32_t offer, std::int64_t price_cents) {
    using Limits = std::numeric_limits<std::int32_t>;
    const auto held = std::clamp<std::int64_t>(price_cents, Limits::min(), Limits::max());
    cells_[offer].price_cents.store(static_cast<std::int32_t>(held), std::memory_order_relaxed);
}

Summary Columns::summary_of_document(std::uint32_t document) const {
    Summary summary = 0;
    const NumberRange offers = documents_.offers_of(document);
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
        summary |= summary_of(traits(offer), cells_[offer].condition(), price_cents(offer));
    }
    return summary;
}

void Columns::sum_up_all() {
    summaries_ = HugeVector<std::atomic<Summary>>(documents_.product_count());
    for (std::uint32_t document = 0; document < documents_.count(); ++document) {
        DocumentCell& cell = documents_.cells[document];
        cell.set_summary(summary_of_document(document));
        summaries_[cell.product()].fetch_or(cell.summary(), std::memory_order_relaxed);
    }
}

// A product's other documents are looked at only when it may have lost something.
void Columns::sum_up(std::uint32_t document) {
    DocumentCell& cell = documents_.cells[document];
    const Summary before = cell.summary();
    const Summary now = summary_of_document(document);
    if (now == before) return;
    cell.set_summary(now);
    Summary of_product = summaries_[cell.product()].load(std::memory_order_relaxed) | now;
    if ((before & ~now) != 0) {
        of_product = 0;
        for (const std::uint32_t one : documents_.documents_of(cell.product()))
            of_product |= documents_.cells[one].summary();
    }
    summaries_[cell.product()].store(of_product, std::memory_order_relaxed);
}

void Columns::set_stock(std::uint32_t offer, std::int32_t stock, Instant confirmed_at,
                        StockSource source) {
    const std::scoped_lock lock(writing_);
    store_stock(offer, stock, confirmed_at, source);
    sum_up(documents_.document_of(offer));
}

void Columns::set_price(std::uint32_t offer, std::int64_t price_cents) {
    const std::scoped_lock lock(writing_);
    store_price(offer, price_cents);
    sum_up(documents_.document_of(offer));
}

void Columns::set_open(std::uint32_t shop, bool is_open) {
    const std::scoped_lock lock(writing_);
    if (this->is_open(shop) == is_open) return;
    open_[shop / 64].fetch_xor(std::uint64_t{1} << (shop % 64), std::memory_order_relaxed);
    const NumberRange shelf = documents_.shelf(shop);
    for (std::uint32_t document = shelf.begin; document < shelf.end; ++document) sum_up(document);
}

void Columns::set_doubtful_before(const ConfirmedBefore& before) {
    const std::scoped_lock lock(writing_);
    doubtful_before_ = before;
    for (std::uint32_t offer = 0; offer < cells_.size(); ++offer) {
        const std::int32_t known = cells_[offer].held_stock.load(std::memory_order_relaxed);
        const std::int32_t held = held_stock(offer, std::abs(known));
        if (held == known) continue;
        cells_[offer].held_stock.store(held, std::memory_order_relaxed);
        sum_up(documents_.document_of(offer));
    }
}

bool Columns::has_size() const {
    const std::size_t offers = documents_.offer_count();
    return cells_.size() == offers && confirmed_at_.size() == offers && sources_.size() == offers &&
           open_.size() == documents_.shop_count() / 64 + 1;
}

std::size_t Columns::bytes() const {
    return cells_.size() * sizeof(OfferCell) + confirmed_at_.size() * sizeof(confirmed_at_[0]) +
           sources_.size() * sizeof(sources_[0]) + open_.size() * sizeof(open_[0]) +
           summaries_.size() * sizeof(summaries_[0]);
}

}  // namespace emplettes::search
