#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "catalogue/contract.h"
#include "catalogue/live_catalogue.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A shop with two things, both counted by hand on Thursday noon: a book and tea. What it has is
// believed for a week, then the shop is asked for three.
class StockAgeContract : public CatalogueContract {
  protected:
    StockAgeContract() {
        save(make_shop(kShop.value, "Écume"));
        count(book_);
        count(tea_);
        tell({book_.id, tea_.id});
        start();
    }
    ~StockAgeContract() override { std::filesystem::remove(image_); }

    void start() {
        live_.emplace(town_, CatalogueSource{.trades = trades(),
                                             .holidays = holidays_,
                                             .database = *db_,
                                             .clock = clock_,
                                             .image = image_,
                                             .ground = {}});
    }
    Offer counted(const Product& product) {
        Offer offer = make_offer(kShop, product, 3);
        offer.stock.source = StockSource::hand;
        offer.stock.confirmed_at = clock_.now();
        return offer;
    }
    void count(const Product& product) {
        const Offer offer = counted(product);
        save(product, offer);
        db_->write([&](store::Tx& tx) { append_stock_news(tx, town_.id, offer, clock_.now()); });
    }
    void tell(const std::vector<ProductId>& products) {
        db_->write(
            [&](store::Tx& tx) { append_product_news(tx, town_.id, products, clock_.now()); });
    }
    // As the server's thread does again and again.
    void follow() {
        told("");
        const auto entries = db_->read([&](store::Tx& tx) {
            return store::read_news_after(tx, town_.id, live_->place(), 1'000);
        });
        for (const auto& entry : entries) live_->hear(entry);
        live_->catch_up();
        live_->await_rebuild();
    }
    search::Answer find(bool in_stock) {
        return live_->view().snapshot->index().search(
            {.text = "", .from = kMarketPlace, .in_stock = in_stock});
    }
    std::int64_t found() { return find(false).total; }
    std::int64_t in_stock() { return find(true).total; }

    const Product book_ = make_product(11, "L’Étranger");
    const Product tea_ = make_product(12, "Thé vert");
    const law::Holidays holidays_ = law::Holidays::built_in();
    const std::filesystem::path image_ =
        testing::TempDir() + "stock-age-" + std::to_string(getpid()) + ".image";
    std::optional<LiveCatalogue> live_;
};

INSTANTIATE_TEST_SUITE_P(Databases, StockAgeContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(StockAgeContract, IsInDoubtAfterItsTimeWithoutAnyNews) {
    EXPECT_EQ(in_stock(), 2);
    clock_.advance(days{7});
    EXPECT_EQ(in_stock(), 2);
    clock_.advance(hours{1});
    EXPECT_EQ(in_stock(), 0);
    EXPECT_EQ(found(), 2);
    EXPECT_EQ(find(false).facets.in_stock, 0);
    const auto offer = find(false).hits.at(0).offers.at(0);
    EXPECT_EQ(offer.stock, 3);
    EXPECT_EQ(live_->view().trust({.quantity = offer.stock,
                                   .source = offer.stock_source,
                                   .confirmed_at = offer.stock_confirmed_at}),
              StockTrust::doubtful);
}

TEST_P(StockAgeContract, ACountMakesItSureAgain) {
    clock_.advance(days{8});
    EXPECT_EQ(in_stock(), 0);
    count(tea_);
    follow();
    EXPECT_EQ(in_stock(), 1);
    clock_.advance(days{8});
    EXPECT_EQ(in_stock(), 0);
}

TEST_P(StockAgeContract, IsHiddenInTheEndAndShownAgainOnceItIsCounted) {
    clock_.advance(days{28});
    follow();
    EXPECT_EQ(found(), 2);
    clock_.advance(hours{1});
    follow();
    EXPECT_EQ(found(), 0);
    EXPECT_THAT(live_->view().snapshot->index().offers_of(tea_.id, kMarketPlace), IsEmpty());
    count(tea_);
    follow();
    EXPECT_EQ(found(), 1);
    EXPECT_EQ(in_stock(), 1);
    EXPECT_THAT(live_->view().snapshot->index().offers_of(tea_.id, kMarketPlace), SizeIs(1));
}

TEST_P(StockAgeContract, AStartLongAfterShowsWhatIsShownThen) {
    clock_.advance(days{8});
    count(tea_);
    clock_.advance(days{21});  // the book is hidden by now, the tea in doubt
    for (const bool is_from_image : {true, false}) {
        if (!is_from_image) std::filesystem::remove(image_);
        start();
        EXPECT_EQ(found(), 1);
        EXPECT_EQ(in_stock(), 0);
    }
    count(book_);
    follow();
    EXPECT_EQ(found(), 2);
    EXPECT_EQ(in_stock(), 1);
}

TEST_P(StockAgeContract, AnImageOfTheDayBeforeAgesToo) {
    clock_.advance(days{28} - hours{2});
    tell({});
    std::filesystem::remove(image_);
    count(tea_);
    start();  // keeps an image with both
    EXPECT_EQ(found(), 2);
    clock_.advance(hours{4});
    start();
    EXPECT_EQ(found(), 1);
    EXPECT_EQ(in_stock(), 1);
    count(book_);
    follow();
    EXPECT_EQ(found(), 2);
}

TEST_P(StockAgeContract, ChangedProductsKnowWhoIsInDoubt) {
    clock_.advance(days{8});
    EXPECT_EQ(in_stock(), 0);
    const Product bread = make_product(13, "Pain");
    count(bread);
    tell({bread.id, tea_.id});
    follow();
    EXPECT_EQ(found(), 3);
    EXPECT_EQ(in_stock(), 1);
}

}  // namespace
}  // namespace emplettes::catalogue
