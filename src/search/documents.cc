#include "search/documents.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::search {
namespace {

template <typename Ids>
HugeVector<std::uint32_t> sorted_by_id(const Ids& ids) {
    HugeVector<std::uint32_t> order(ids.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return ids[a] < ids[b]; });
    const auto twice =
        std::adjacent_find(order.begin(), order.end(),
                           [&](std::uint32_t a, std::uint32_t b) { return ids[a] == ids[b]; });
    check(twice == order.end());
    return order;
}

template <typename Order, typename Ids>
std::optional<std::uint32_t> find_id(const Order& order, const Ids& ids,
                                     typename Ids::value_type id) {
    const auto found =
        std::lower_bound(order.begin(), order.end(), id,
                         [&](std::uint32_t number, auto wanted) { return ids[number] < wanted; });
    if (found == order.end() || ids[*found] != id) return std::nullopt;
    return *found;
}

template <typename Column>
std::size_t bytes_of(const Column& column) {
    return column.capacity() * sizeof(typename Column::value_type);
}

template <typename Row>
auto ids_of(const std::vector<Row>& rows) {
    std::vector<decltype(Row::id)> ids(rows.size());
    std::transform(rows.begin(), rows.end(), ids.begin(), [](const Row& row) { return row.id; });
    return ids;
}

}  // namespace

std::uint32_t Names::add(std::string_view name) {
    if (name.empty()) return 0;
    const auto [known, is_new] =
        by_folded_.try_emplace(fold(name), static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.emplace_back(name);
    return known->second;
}

std::optional<std::uint32_t> Names::find(std::string_view name) const {
    if (name.empty()) return 0;
    const auto known = by_folded_.find(fold(name));
    if (known == by_folded_.end()) return std::nullopt;
    return known->second;
}

void Names::number_anew() {
    by_folded_.clear();
    for (std::uint32_t number = 1; number < names_.size(); ++number)
        by_folded_.emplace(fold(names_[number]), number);
}

Documents::Documents(const Catalogue& catalogue) : categories(catalogue) {
    check(categories.size() <= std::numeric_limits<std::uint16_t>::max());
    number_shops(catalogue);
    fill(catalogue);
}

Documents::Documents(const Documents& others, const Catalogue& catalogue)
    : categories(catalogue),
      places(others.places),
      makers(others.makers),
      shop_district(others.shop_district),
      districts(others.districts),
      maker_names(others.maker_names) {
    check(categories.size() <= std::numeric_limits<std::uint16_t>::max());
    shop_id.view(others.shop_id.values());
    shops_by_id_.view(others.shops_by_id_.values());
    fill(catalogue);
}

void Documents::fill(const Catalogue& catalogue) {
    const auto [shelved, sources] = shelve(catalogue);
    using Place = std::tuple<std::uint32_t, std::uint32_t, ProductId>;
    std::vector<std::pair<Place, std::uint32_t>> order;
    order.reserve(shelved.size());
    for (std::uint32_t i = 0; i < shelved.size(); ++i) {
        const ProductText& product = catalogue.products[shelved[i].product];
        order.emplace_back(Place{shelved[i].shop, categories.number(product.category), product.id},
                           i);
    }
    std::sort(order.begin(), order.end());
    std::vector<Shelved> in_order;
    in_order.reserve(shelved.size());
    for (const auto& [place, i] : order) in_order.push_back(shelved[i]);

    number_products(catalogue, in_order);
    fill_cells(catalogue, in_order);
    for (const Shelved& one : in_order) {
        for (std::uint32_t i = one.offers.begin; i < one.offers.end; ++i) {
            offer_id.push_back(catalogue.offers[sources[i]].id);
            offer_source.push_back(sources[i]);
        }
    }
    offers_by_id_.assign(sorted_by_id(offer_id));
    products_by_id_.assign(sorted_by_id(product_id));
}

// Each product once for each of its shops, or once if it has none; and the offers in their order.
Documents::Shelves Documents::shelve(const Catalogue& catalogue) const {
    const auto ids = ids_of(catalogue.products);
    const auto sources_by_id = sorted_by_id(ids);
    struct Sold {
        std::uint32_t product;
        std::uint32_t shop;
        OfferId id;
        std::uint32_t source;
    };
    std::vector<Sold> sold;
    sold.reserve(catalogue.offers.size());
    for (const OfferRow& offer : catalogue.offers) {
        const auto product = find_id(sources_by_id, ids, offer.product);
        const auto shop = find_shop(offer.shop);
        check(product && shop && offer.condition < kConditions);
        sold.push_back({*product, *shop, offer.id, static_cast<std::uint32_t>(sold.size())});
    }
    std::sort(sold.begin(), sold.end(), [](const Sold& a, const Sold& b) {
        return std::tie(a.product, a.shop, a.id) < std::tie(b.product, b.shop, b.id);
    });
    Shelves shelves;
    std::uint32_t at = 0;
    for (std::uint32_t product = 0; product < ids.size(); ++product) {
        const bool is_sold = at < sold.size() && sold[at].product == product;
        if (!is_sold) shelves.documents.push_back({product, shop_count(), {at, at}});
        while (at < sold.size() && sold[at].product == product) {
            const std::uint32_t begin = at;
            const std::uint32_t shop = sold[begin].shop;
            while (at < sold.size() && sold[at].product == product && sold[at].shop == shop) ++at;
            shelves.documents.push_back({product, shop, {begin, at}});
        }
    }
    shelves.offer_sources.reserve(sold.size());
    for (const Sold& offer : sold) shelves.offer_sources.push_back(offer.source);
    return shelves;
}

void Documents::number_shops(const Catalogue& catalogue) {
    std::vector<geo::Point> points;
    points.reserve(catalogue.shops.size());
    for (const ShopPlace& shop : catalogue.shops) points.push_back(shop.position);
    places = PlaceTree(points);
    for (const std::uint32_t source : places.order()) {
        const ShopPlace& shop = catalogue.shops[source];
        shop_id.push_back(shop.id);
        const std::uint32_t district = districts.add(shop.district);
        check(district <= std::numeric_limits<std::uint16_t>::max());
        shop_district.push_back(static_cast<std::uint16_t>(district));
    }
    makers.resize(shop_id.size() / 64 + 1);
    for (std::size_t shop = 0; shop < shop_id.size(); ++shop) {
        const std::uint64_t is_maker = catalogue.shops[places.order()[shop]].is_maker ? 1 : 0;
        makers[shop / 64] |= is_maker << (shop % 64);
    }
    shops_by_id_.assign(sorted_by_id(shop_id));
}

void Documents::number_products(const Catalogue& catalogue, const std::vector<Shelved>& shelved) {
    std::vector<std::uint32_t> documents_with(catalogue.products.size());
    for (const Shelved& document : shelved) ++documents_with[document.product];
    constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> number_of(catalogue.products.size(), kNone);
    const auto number = [&](bool shared_ones) {
        for (const Shelved& document : shelved) {
            const bool is_shared = documents_with[document.product] > 1;
            if (is_shared != shared_ones || number_of[document.product] != kNone) continue;
            number_of[document.product] = product_count();
            const ProductText& product = catalogue.products[document.product];
            product_source.push_back(document.product);
            product_id.push_back(product.id);
            product_maker.push_back(maker_names.add(product.maker));
        }
    };
    number(true);
    HugeVector<std::uint32_t> first(product_count() + 1);
    for (std::uint32_t product = 0; product < product_count(); ++product)
        first[product + 1] = first[product] + documents_with[product_source[product]];
    number(false);

    document_product.reserve(shelved.size());
    for (const Shelved& document : shelved) document_product.push_back(number_of[document.product]);
    first_of_shared_ = std::move(first);
    HugeVector<std::uint32_t> all(shelved.size());
    std::vector<std::uint32_t> met(shared_count());
    for (std::uint32_t document = 0; document < shelved.size(); ++document) {
        const std::uint32_t product = document_product[document];
        const std::uint32_t before = product < shared_count() ? met[product]++ : 0;
        all[place_of(product) + before] = document;
    }
    by_product_ = std::move(all);
}

void Documents::fill_cells(const Catalogue& catalogue, const std::vector<Shelved>& shelved) {
    check(product_count() < DocumentCell::kProductsMax);
    const auto documents = static_cast<std::uint32_t>(shelved.size());
    cells = HugeVector<DocumentCell>(documents + 1);
    firsts_.assign(documents / 64 + 1, 0);
    shared_.assign(documents / 64 + 1, 0);
    first_of_shop_.assign(shop_count() + 2, 0);
    std::uint32_t offers = 0;
    for (std::uint32_t document = 0; document < documents; ++document) {
        const std::uint32_t product = document_product[document];
        const auto all = documents_of(product);
        const Shelved& row = shelved[document];
        const auto category = categories.number(catalogue.products[row.product].category);
        cells[document].place({.first_offer = offers,
                               .product = product,
                               .is_shared = all.size() > 1,
                               .shop = row.shop,
                               .category = static_cast<std::uint16_t>(category)});
        offers += row.offers.end - row.offers.begin;
        ++first_of_shop_[row.shop + 1];
        const std::uint64_t bit = std::uint64_t{1} << (document % 64);
        if (all.front() == document) firsts_[document / 64] |= bit;
        if (all.size() > 1) shared_[document / 64] |= bit;
    }
    cells.back().place({.first_offer = offers, .shop = shop_count()});
    for (std::uint32_t document = 0; document < documents; document += kDocumentsInSample)
        sampled_shops_.push_back(cells[document].shop());
    sampled_shops_.push_back(shop_count());
    std::partial_sum(first_of_shop_.begin(), first_of_shop_.end(), first_of_shop_.begin());
}

std::optional<std::uint32_t> Documents::find_product(ProductId id) const {
    return find_id(products_by_id_, product_id, id);
}

std::optional<std::uint32_t> Documents::find_offer(OfferId id) const {
    return find_id(offers_by_id_, offer_id, id);
}

std::optional<std::uint32_t> Documents::find_shop(ShopId id) const {
    return find_id(shops_by_id_, shop_id, id);
}

std::uint32_t Documents::document_of(std::uint32_t offer) const {
    const auto behind = std::upper_bound(
        cells.begin(), cells.end(), offer,
        [](std::uint32_t wanted, const DocumentCell& cell) { return wanted < cell.first_offer(); });
    return static_cast<std::uint32_t>(behind - cells.begin()) - 1;
}

std::uint32_t Documents::offers_of_product(std::uint32_t product) const {
    std::uint32_t offers = 0;
    for (const std::uint32_t document : documents_of(product)) {
        const NumberRange own = offers_of(document);
        offers += own.end - own.begin;
    }
    return offers;
}

void Documents::end_build() {
    document_product = {};
    product_source = {};
    offer_source = {};
}

std::size_t Documents::bytes() const {
    return places.bytes() + shop_id.bytes() + bytes_of(makers) + bytes_of(shop_district) +
           bytes_of(first_of_shop_) + product_id.bytes() + product_maker.bytes() +
           title_words.bytes() + bytes_of(first_of_shared_) + bytes_of(by_product_) +
           bytes_of(cells) + bytes_of(sampled_shops_) + bytes_of(firsts_) + bytes_of(shared_) +
           offer_id.bytes() + shops_by_id_.bytes() + products_by_id_.bytes() +
           offers_by_id_.bytes();
}

bool Documents::is_consistent() const {
    const std::size_t shops = shop_id.size();
    return !cells.empty() && makers.size() == shops / 64 + 1 && shop_district.size() == shops &&
           first_of_shop_.size() == shops + 2 && first_of_shop_.back() == count() &&
           shops_by_id_.size() == shops && cells.back().first_offer() == offer_id.size() &&
           firsts_.size() == count() / 64 + 1 &&
           sampled_shops_.size() == (count() + kDocumentsInSample - 1) / kDocumentsInSample + 1 &&
           shared_.size() == firsts_.size() && first_of_shared_.size() > 0 &&
           shared_count() <= product_count() && by_product_.size() == cells.size() - 1 &&
           products_by_id_.size() == product_id.size() &&
           product_maker.size() == product_id.size() && title_words.size() == product_id.size() &&
           offers_by_id_.size() == offer_id.size();
}

}  // namespace emplettes::search
