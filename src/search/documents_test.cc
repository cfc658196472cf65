#include "search/documents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "search/columns.h"
#include "search/random_town.h"
#include "search/reach.h"

namespace emplettes::search {
namespace {

// Rows of what is numbered, by id: which products are in which shops, with which offers.
using Shelves = std::map<std::pair<ShopId, ProductId>, std::set<OfferId>>;

Shelves shelves_of(const Catalogue& catalogue) {
    Shelves shelves;
    for (const OfferRow& offer : catalogue.offers)
        shelves[{offer.shop, offer.product}].insert(offer.id);
    return shelves;
}

Shelves shelves_of(const Documents& documents) {
    Shelves shelves;
    for (std::uint32_t shop = 0; shop < documents.shop_count(); ++shop) {
        const NumberRange shelf = documents.shelf(shop);
        for (std::uint32_t document = shelf.begin; document < shelf.end; ++document) {
            RC_ASSERT(documents.cells[document].shop() == shop);
            const ProductId product = documents.product_id[documents.cells[document].product()];
            const NumberRange offers = documents.offers_of(document);
            RC_ASSERT(offers.begin < offers.end);
            for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
                RC_ASSERT(documents.document_of(offer) == document);
                shelves[{documents.shop_id[shop], product}].insert(documents.offer_id[offer]);
            }
        }
    }
    return shelves;
}

RC_GTEST_PROP(Documents, AreTheProductsOfEachShop, (std::uint64_t seed)) {
    const Catalogue catalogue = Town(seed).catalogue();
    const Documents documents(catalogue);
    RC_ASSERT(shelves_of(documents) == shelves_of(catalogue));
    RC_ASSERT(documents.product_count() == catalogue.products.size());
    std::vector<std::vector<std::uint32_t>> all(documents.product_count());
    for (std::uint32_t document = 0; document < documents.count(); ++document)
        all[documents.cells[document].product()].push_back(document);
    for (std::uint32_t product = 0; product < documents.product_count(); ++product) {
        const auto own = documents.documents_of(product);
        RC_ASSERT(std::vector(own.begin(), own.end()) == all[product]);
        std::uint32_t offers = 0;
        for (const std::uint32_t document : own) {
            RC_ASSERT(documents.is_first(document) == (document == own.front()));
            RC_ASSERT(documents.is_shared(document) == (own.size() > 1));
            RC_ASSERT(documents.cells[document].is_shared() == (own.size() > 1));
            offers += documents.offers_of(document).end - documents.offers_of(document).begin;
        }
        RC_ASSERT(documents.offers_of_product(product) == offers);
        RC_ASSERT((own.size() > 1) == (product < documents.shared_count()));
    }
}

// So many documents that the shops of some are told from those of others.
Catalogue long_street() {
    Catalogue catalogue;
    for (std::int64_t i = 0; i < 5000; ++i) {
        catalogue.shops.push_back(
            {.id = {i + 1}, .position = {48.8, 2.3 + 1e-5 * static_cast<double>(i)}});
        catalogue.products.push_back({.id = {i + 1}, .title = "Lapin"});
        catalogue.offers.push_back({.id = {i + 1}, .product = {i + 1}, .shop = {i + 1}});
    }
    return catalogue;
}

TEST(Documents, TheirShopsAreToldWithoutLookingAtThem) {
    const Documents documents(long_street());
    for (const auto& [first, last] : {std::pair(0U, 0U), std::pair(1023U, 1024U),
                                      std::pair(100U, 3000U), std::pair(4999U, 4999U)}) {
        const NumberRange shops = documents.shops_of(first, last);
        for (std::uint32_t document = first; document <= last; ++document) {
            EXPECT_LE(shops.begin, documents.cells[document].shop());
            EXPECT_GT(shops.end, documents.cells[document].shop());
        }
    }
    EXPECT_LT(documents.shops_of(0, 0).end, 1200U);  // not simply all of them
    EXPECT_GT(documents.shops_of(4999, 4999).begin, 4000U);
}

// What is true of every disc.
void expect_sound(const Reach& reach, const Documents& documents, geo::Point from,
                  double radius_m) {
    const LocalPlane::From here = documents.places.plane().from(from);
    std::set<std::uint32_t> in_stretches;
    for (const Reach::Stretch& stretch : reach.stretches()) {
        for (std::uint32_t shop = stretch.shops.begin; shop < stretch.shops.end; ++shop) {
            EXPECT_TRUE(in_stretches.insert(shop).second);
            EXPECT_TRUE(!stretch.is_whole || reach.has(shop));
        }
    }
    std::set<std::uint32_t> in_runs;
    for (const NumberRange run : reach.runs())
        for (std::uint32_t shop = run.begin; shop < run.end; ++shop) in_runs.insert(shop);
    EXPECT_EQ(in_runs, in_stretches);
    bool is_everywhere = true;
    for (std::uint32_t shop = 0; shop < documents.shop_count(); ++shop) {
        const float distance_m = distance_to(documents, here, shop);
        EXPECT_EQ(reach.has(shop), distance_m <= static_cast<float>(radius_m));
        EXPECT_TRUE(!reach.has(shop) || in_stretches.contains(shop));
        is_everywhere &= reach.has(shop);
        for (const std::uint32_t width : {1U, 70U, 2200U}) {
            const std::uint32_t end = std::min(shop + width, documents.shop_count());
            EXPECT_LE(reach.distance_m_min({shop, end}), distance_m);
        }
    }
    EXPECT_EQ(reach.is_everywhere(), is_everywhere);
}

TEST(Reach, IsWhatTheDistancesSay) {
    const Catalogue catalogue = long_street();
    Documents documents(catalogue);
    const Columns columns(documents, catalogue);
    Reach reach;
    for (const double radius_m : {0.0, 300.0, 1500.0, 9000.0}) {
        const geo::Point from{48.801, 2.32};
        reach.set_disc(documents, columns, {.from = from, .radius_m = radius_m});
        expect_sound(reach, documents, from, radius_m);
    }
}

// The nearest come first, and what is far is told apart from what is near.
TEST(Reach, LooksAroundTheNearestShopFirst) {
    const Catalogue catalogue = long_street();
    Documents documents(catalogue);
    const Columns columns(documents, catalogue);
    const geo::Point from{48.8, 2.325};
    Reach reach;
    reach.set_disc(documents, columns, {.from = from, .radius_m = 9000});
    ASSERT_GT(reach.stretches().size(), 1U);
    const LocalPlane::From here = documents.places.plane().from(from);
    std::uint32_t nearest = 0;
    for (std::uint32_t shop = 0; shop < documents.shop_count(); ++shop)
        if (distance_to(documents, here, shop) < distance_to(documents, here, nearest))
            nearest = shop;
    const NumberRange first = reach.stretches().front().shops;
    EXPECT_LE(first.begin, nearest);
    EXPECT_GT(first.end, nearest);
    EXPECT_LT(first.end - first.begin, 1100U);
    EXPECT_GT(reach.distance_m_min(reach.stretches().back().shops), 100);
}

}  // namespace
}  // namespace emplettes::search
