#include "search/documents.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "search/summary.h"

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

// Orders sets of tiles by their first one, then by the next.
Tiles by_first_tile(Tiles tiles) {
    Tiles reversed = 0;
    for (std::uint32_t tile = 0; tile < kTileCount; ++tile)
        reversed |= (tiles >> tile & 1U) << (kTileCount - 1 - tile);
    return ~reversed;
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
      group_tiles(others.group_tiles),
      maker_names(others.maker_names) {
    check(categories.size() <= std::numeric_limits<std::uint16_t>::max());
    shop_id.view(others.shop_id.values());
    shops_by_id_.view(others.shops_by_id_.values());
    fill(catalogue);
}

void Documents::fill(const Catalogue& catalogue) {
    number_products(catalogue);
    fill_cells();
    fill_shelves();
    offers_by_id_.assign(sorted_by_id(offer_id));
    products_by_id_.assign(sorted_by_id(product_id));
}

void Documents::number_shops(const Catalogue& catalogue) {
    std::vector<geo::Point> points;
    for (const ShopPlace& shop : catalogue.shops) points.push_back(shop.position);
    places = PlaceTree(points);
    for (const std::uint32_t source : places.order()) {
        const ShopPlace& shop = catalogue.shops[source];
        shop_id.push_back(shop.id);
        const std::uint32_t district = districts.add(shop.district);
        check(district <= std::numeric_limits<std::uint16_t>::max());
        shop_district.push_back(static_cast<std::uint16_t>(district));
    }
    group_tiles.resize(shop_id.size() / kGroupPlaces + 1);
    for (std::uint32_t shop = 0; shop < shop_count(); ++shop) {
        group_tiles[shop / kGroupPlaces] |= tile_of(shop);
    }
    makers.resize(shop_id.size() / 64 + 1);
    for (std::size_t shop = 0; shop < shop_id.size(); ++shop) {
        const std::uint64_t is_maker = catalogue.shops[places.order()[shop]].is_maker ? 1 : 0;
        makers[shop / 64] |= is_maker << (shop % 64);
    }
    shops_by_id_.assign(sorted_by_id(shop_id));
}

void Documents::number_products(const Catalogue& catalogue) {
    const auto ids = ids_of(catalogue.products);
    const auto sources_by_id = sorted_by_id(ids);
    const auto count = static_cast<std::uint32_t>(ids.size());
    std::vector<Sold> sold;
    sold.reserve(catalogue.offers.size());
    std::vector<Tiles> tiles(count, 0);
    std::vector<std::uint32_t> first_shop(count, kNoProduct);
    for (const OfferRow& offer : catalogue.offers) {
        const auto product = find_id(sources_by_id, ids, offer.product);
        const auto shop = find_shop(offer.shop);
        check(product && shop);
        sold.push_back({*product, *shop, static_cast<std::uint32_t>(sold.size())});
        tiles[*product] |= tile_of(*shop);
        first_shop[*product] = std::min(first_shop[*product], *shop);
    }

    std::vector<std::uint32_t> category_of(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        category_of[i] = categories.number(catalogue.products[i].category);
    }
    product_source.resize(count);
    std::iota(product_source.begin(), product_source.end(), 0U);
    const auto place = [&](std::uint32_t i) {
        return std::tuple(std::popcount(tiles[i]) > 1, by_first_tile(tiles[i]), first_shop[i],
                          category_of[i], ids[i]);
    };
    std::sort(product_source.begin(), product_source.end(),
              [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });

    std::vector<std::uint32_t> number_of(count);
    for (const std::uint32_t source : product_source) {
        number_of[source] = product_count();
        product_id.push_back(ids[source]);
        product_tiles.push_back(tiles[source]);
        product_category.push_back(static_cast<std::uint16_t>(category_of[source]));
        product_maker.push_back(maker_names.add(catalogue.products[source].maker));
    }
    for (Sold& offer : sold) offer.product = number_of[offer.product];
    number_offers(catalogue, std::move(sold));
}

void Documents::number_offers(const Catalogue& catalogue, std::vector<Sold> sold) {
    const auto place = [&](const Sold& offer) {
        return std::tuple(offer.product, offer.shop, catalogue.offers[offer.source].id);
    };
    std::sort(sold.begin(), sold.end(),
              [&](const Sold& a, const Sold& b) { return place(a) < place(b); });
    check(sold.size() < ProductCell::kOffersMax);
    std::vector<std::uint32_t> offers_before(product_id.size() + 1);
    for (const Sold& offer : sold) {
        ++offers_before[offer.product + 1];
        offer_id.push_back(catalogue.offers[offer.source].id);
        offer_shop.push_back(offer.shop);
        check(catalogue.offers[offer.source].condition < kConditions);
        offer_source.push_back(offer.source);
    }
    std::partial_sum(offers_before.begin(), offers_before.end(), offers_before.begin());
    products.resize(offers_before.size());
    for (std::size_t i = 0; i < products.size(); ++i) products[i].set_first_offer(offers_before[i]);
}

void Documents::fill_cells() {
    for (std::uint32_t product = 0; product < product_count(); ++product) {
        const NumberRange offers = offers_of(product);
        const auto begin = offer_shop.begin() + offers.begin;  // ascending
        const auto end = offer_shop.begin() + offers.end;
        const bool is_in_two_shops =
            begin != end && std::all_of(begin, end, [&](std::uint32_t shop) {
                return shop == *begin || shop == *(end - 1);
            });
        if (is_in_two_shops)
            products[product].set_shops(*begin, *(end - 1));
        else
            products[product].set_tiles(product_tiles[product]);
    }
}

void Documents::fill_shelves() {
    const auto each_on_shelf = [&](auto&& f) {
        for (std::uint32_t product = 0; product < product_count(); ++product) {
            std::uint32_t last_shop = kNoProduct;
            const NumberRange offers = offers_of(product);
            for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
                if (offer_shop[offer] != last_shop) f(offer_shop[offer], product);
                last_shop = offer_shop[offer];
            }
        }
    };
    first_on_shelf.assign(shop_count() + 1, 0);
    each_on_shelf([&](std::uint32_t shop, std::uint32_t) { ++first_on_shelf[shop + 1]; });
    std::partial_sum(first_on_shelf.begin(), first_on_shelf.end(), first_on_shelf.begin());
    HugeVector<std::uint32_t> all(first_on_shelf.back());
    std::vector<std::uint32_t> next(first_on_shelf.begin(), first_on_shelf.end() - 1);
    each_on_shelf([&](std::uint32_t shop, std::uint32_t product) { all[next[shop]++] = product; });
    shelves.assign(std::move(all));
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

std::uint32_t Documents::product_of(std::uint32_t offer) const {
    const auto behind = std::upper_bound(
        products.begin(), products.end(), offer,
        [](std::uint32_t wanted, const ProductCell& cell) { return wanted < cell.first_offer(); });
    return static_cast<std::uint32_t>(behind - products.begin()) - 1;
}

void Documents::end_build() {
    product_tiles = {};
    product_category = {};
    offer_shop = {};
    product_source = {};
    offer_source = {};
}

std::size_t Documents::bytes() const {
    return places.bytes() + shop_id.bytes() + bytes_of(makers) + bytes_of(shop_district) +
           bytes_of(group_tiles) + bytes_of(first_on_shelf) + shelves.bytes() + product_id.bytes() +
           bytes_of(products) + product_maker.bytes() + title_words.bytes() + offer_id.bytes() +
           shops_by_id_.bytes() + products_by_id_.bytes() + offers_by_id_.bytes();
}

bool Documents::is_consistent() const {
    const std::size_t shops = shop_id.size();
    return makers.size() == shops / 64 + 1 && shop_district.size() == shops &&
           group_tiles.size() == shops / kGroupPlaces + 1 && first_on_shelf.size() == shops + 1 &&
           shelves.size() == first_on_shelf.back() && shops_by_id_.size() == shops &&
           products.size() == product_id.size() + 1 &&
           products.back().first_offer() == offer_id.size() &&
           products_by_id_.size() == product_id.size() &&
           product_maker.size() == product_id.size() && title_words.size() == product_id.size() &&
           offers_by_id_.size() == offer_id.size();
}

}  // namespace emplettes::search
