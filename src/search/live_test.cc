#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

#include "base/published.h"
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

// A catalogue that several threads change, and the index that follows it, as a server keeps them:
// writers one after the other, merges aside, readers at any time.
class LiveTown {
  public:
    explicit LiveTown(Catalogue catalogue)
        : now_(std::move(catalogue)), published_(Index::build(now_)) {}

    std::shared_ptr<const Index> index() const { return published_.load(); }
    const Catalogue& now() const { return now_; }

    // One product gets the title of the other, and the other way round, in one change.
    void swap_titles(std::size_t a, std::size_t b) {
        const std::lock_guard lock(writing_);
        std::swap(now_.products[a].title, now_.products[b].title);
        const std::vector<std::size_t> products{a, b};
        changed_since_merge_.insert(changed_since_merge_.end(), products.begin(), products.end());
        published_.store(published_.load()->changed(changes_of(products)));
    }
    void set_stock(std::size_t offer, std::int32_t stock) {
        const std::lock_guard lock(writing_);
        now_.offers[offer].stock = stock;
        sold_since_merge_.push_back(offer);
        published_.load()->set_stock(now_.offers[offer].id, stock, {}, StockSource::till);
    }
    void merge() {
        Catalogue then;
        {
            const std::lock_guard lock(writing_);
            then = now_;
            changed_since_merge_.clear();
            sold_since_merge_.clear();
        }
        auto merged = Index::build(then);
        const std::lock_guard lock(writing_);
        std::sort(changed_since_merge_.begin(), changed_since_merge_.end());
        changed_since_merge_.erase(
            std::unique(changed_since_merge_.begin(), changed_since_merge_.end()),
            changed_since_merge_.end());
        if (!changed_since_merge_.empty())
            merged = merged->changed(changes_of(changed_since_merge_));
        for (const std::size_t offer : sold_since_merge_) {
            const OfferRow& row = now_.offers[offer];
            merged->set_stock(row.id, row.stock, {}, StockSource::till);
        }
        published_.store(std::move(merged));
    }

  private:
    Changes changes_of(const std::vector<std::size_t>& products) const {
        Changes changes;
        for (const std::size_t product : products) {
            const ProductText& text = now_.products[product];
            changes.products.push_back(text);
            std::copy_if(now_.offers.begin(), now_.offers.end(), std::back_inserter(changes.offers),
                         [&](const OfferRow& offer) { return offer.product == text.id; });
        }
        return changes;
    }

    std::mutex writing_;
    Catalogue now_;
    std::vector<std::size_t> changed_since_merge_;
    std::vector<std::size_t> sold_since_merge_;
    Published<Index> published_;
};

Query whole_city(const Catalogue& catalogue, const std::string& text) {
    return {.text = text, .from = catalogue.shops[0].position, .radius_m = 100'000, .limit = 5'000};
}

// Each change gives a word to one product and takes it from another, so every moment has equally
// many: an answer that counts another number has seen half of a change or of a merge.
TEST(Live, ChangesAndMergesAreSeenWholeOrNotAtAll) {
    constexpr std::size_t kWithWord = 60;
    constexpr std::size_t kProducts = 300;
    Catalogue catalogue =
        make_bench_catalogue({.products = kProducts, .shops = 60, .offers = 700}, 11);
    for (std::size_t i = 0; i < kWithWord; ++i)
        catalogue.products[i].title = "Licorne " + std::to_string(i);
    LiveTown town(catalogue);
    const Query query = whole_city(catalogue, "licorne ");
    std::atomic<bool> is_over{false};
    std::vector<std::jthread> threads;
    for (int reader = 0; reader < 2; ++reader) {
        threads.emplace_back([&] {
            while (!is_over) {
                const Answer answer = town.index()->search(query);
                EXPECT_EQ(answer.total, kWithWord);
                EXPECT_EQ(answer.hits.size(), kWithWord);
                EXPECT_LE(town.index()->suggest("lic", 8).size(), 8U);
            }
        });
    }
    threads.emplace_back([&] {
        for (std::size_t i = 0; !is_over; ++i)
            town.set_stock(i % town.now().offers.size(), static_cast<std::int32_t>(i % 5));
    });
    threads.emplace_back([&] {
        for (int i = 0; i < 3; ++i) town.merge();
        is_over = true;
    });
    // Never of one product with itself: 6 i + 1 is no multiple of 300.
    for (std::size_t i = 0; !is_over; ++i) town.swap_titles(i % kProducts, (i * 7 + 1) % kProducts);
    threads.clear();

    const auto anew = Index::build(town.now());
    for (const std::string text : {"licorne ", "licor", "", "lic"}) {
        const Query asked = whole_city(catalogue, text);
        const Answer answer = town.index()->search(asked);
        const Answer expected = anew->search(asked);
        EXPECT_EQ(answer.total, expected.total);
        EXPECT_EQ(answer.facets.in_stock, expected.facets.in_stock);
        ASSERT_EQ(answer.hits.size(), expected.hits.size());
        for (std::size_t i = 0; i < answer.hits.size(); ++i) {
            EXPECT_EQ(answer.hits[i].product, expected.hits[i].product);
            EXPECT_EQ(answer.hits[i].offers[0].stock, expected.hits[i].offers[0].stock);
        }
    }
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
