#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include "search/bench_catalogue.h"
#include "search/index.h"

namespace emplettes::search {
namespace {

constexpr BenchSize kSmallCity{.products = 2'000, .shops = 150, .offers = 5'000};

std::vector<Query> questions(const Catalogue& catalogue) {
    std::vector<Query> all;
    for (const BenchCase kind :
         {BenchCase::one_word, BenchCase::two_words, BenchCase::prefix, BenchCase::typo}) {
        for (const BenchReach reach : {BenchReach::near_2km, BenchReach::whole_city}) {
            const auto some =
                make_bench_queries(catalogue, {.kind = kind, .reach = reach, .count = 10}, 5);
            all.insert(all.end(), some.begin(), some.end());
        }
    }
    return all;
}

// What holds of every answer, whatever changes meanwhile.
void expect_sound(const Answer& answer, const Query& query) {
    EXPECT_LE(static_cast<std::int64_t>(answer.hits.size()), answer.total);
    EXPECT_LE(answer.facets.in_stock, answer.total);
    EXPECT_LE(answer.facets.open_now, answer.total);
    for (const ProductHit& hit : answer.hits) {
        ASSERT_FALSE(hit.offers.empty());
        for (const OfferHit& offer : hit.offers) EXPECT_LE(offer.distance_m, query.radius_m);
    }
}

TEST(Live, ReadersAndWritersTogether) {
    constexpr int kReaders = 3;
    constexpr int kRounds = 300;
    const Catalogue catalogue = make_bench_catalogue(kSmallCity, 7);
    const auto index = Index::build(catalogue);
    const std::vector<Query> asked = questions(catalogue);
    std::atomic<int> reading{kReaders};
    std::latch start(kReaders + 2);
    std::vector<std::jthread> threads;
    for (int reader = 0; reader < kReaders; ++reader) {
        threads.emplace_back([&, reader] {
            start.arrive_and_wait();
            for (int i = 0; i < kRounds; ++i) {
                const Query& query = asked[static_cast<std::size_t>(i + reader) % asked.size()];
                expect_sound(index->search(query), query);
                EXPECT_LE(index->suggest(query.text, 8).size(), 8U);
            }
            --reading;
        });
    }
    threads.emplace_back([&] {
        start.arrive_and_wait();
        for (std::size_t i = 0; reading > 0; i = (i + 1) % catalogue.offers.size()) {
            const OfferId offer = catalogue.offers[i].id;
            EXPECT_TRUE(index->set_stock(offer, static_cast<std::int32_t>(i % 3),
                                         instant_from_unix(1'700'000'000), StockSource::till));
            EXPECT_TRUE(index->set_price(offer, static_cast<std::int64_t>(i)));
        }
    });
    threads.emplace_back([&] {
        start.arrive_and_wait();
        for (std::size_t i = 0; reading > 0; ++i) {
            const ShopId shop = catalogue.shops[i % catalogue.shops.size()].id;
            EXPECT_TRUE(index->set_open(shop, i % 2 == 0));
        }
    });
}

// A change by another thread is in the very next answer: nothing is kept from query to query.
TEST(Live, AChangeIsInTheNextAnswer) {
    const Catalogue catalogue = make_bench_catalogue(kSmallCity, 8);
    const auto index = Index::build(catalogue);
    for (const OfferRow& offer : catalogue.offers) {
        index->set_stock(offer.id, 0, instant_from_unix(0), StockSource::hand);
    }
    Query query;
    query.from = catalogue.shops[0].position;
    query.radius_m = 100'000;
    query.in_stock = true;
    EXPECT_EQ(index->search(query).total, 0);
    std::jthread([&] {
        index->set_stock(catalogue.offers[3].id, 1, instant_from_unix(60), StockSource::till);
    }).join();
    const Answer answer = index->search(query);
    ASSERT_EQ(answer.total, 1);
    EXPECT_EQ(answer.hits[0].product, catalogue.offers[3].product);
    EXPECT_EQ(answer.hits[0].offers[0].stock_confirmed_at, instant_from_unix(60));
}

TEST(BenchCatalogue, IsTheSameForTheSameSeed) {
    const Catalogue a = make_bench_catalogue(kSmallCity, 1);
    const Catalogue b = make_bench_catalogue(kSmallCity, 1);
    EXPECT_EQ(a.products.size(), kSmallCity.products);
    EXPECT_EQ(a.shops.size(), kSmallCity.shops);
    EXPECT_EQ(a.offers.size(), kSmallCity.offers);
    EXPECT_EQ(a.products[100].description, b.products[100].description);
    EXPECT_EQ(a.offers[4000].price_cents, b.offers[4000].price_cents);
    EXPECT_NE(a.products[100].description,
              make_bench_catalogue(kSmallCity, 2).products[100].description);
    const auto index = Index::build(a);
    std::int64_t found = 0;
    for (const Query& query : questions(a)) found += index->search(query).total;
    EXPECT_GT(found, 1000);
}

}  // namespace
}  // namespace emplettes::search
