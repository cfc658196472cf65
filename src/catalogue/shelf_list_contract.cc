#include "catalogue/shelf_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/contract.h"
#include "catalogue/stock_age.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr ShopId kNeighbourShop{2};

class ShelfListContract : public CatalogueContract {
  protected:
    ShelfListContract() {
        save(make_shop(kShop.value, "Écume"));
        save(make_shop(kNeighbourShop.value, "Ailleurs"));
    }

    void put(std::int64_t number, const Stock& stock, ShopId shop = kShop) {
        const Product product = make_product(number, "Livre " + std::to_string(number));
        Offer offer = make_offer(shop, product, 0);
        offer.stock = stock;
        save(product, offer);
    }
    ShelfAsked asked(ShelfFilter filter, OfferId after = {}) const {
        return {.shop = kShop,
                .filter = filter,
                .after = after,
                .doubtful = stock_lines({}, kNoon).doubtful};
    }
    ShelfPage page(ShelfFilter filter, OfferId after = {}) {
        return db_->read(
            [&](store::Tx& tx) { return load_shelf_page(tx, town_.id, asked(filter, after)); });
    }
    static std::vector<std::int64_t> ids(const std::vector<ShelfLine>& lines) {
        std::vector<std::int64_t> ids;
        ids.reserve(lines.size());
        for (const ShelfLine& line : lines) ids.push_back(line.offer.id.value);
        return ids;
    }
};

TEST_P(ShelfListContract, FiltersTellTheDoubtfulFromTheSold) {
    const Instant three_days_ago = kNoon - std::chrono::days{3};
    put(1, {.quantity = 2, .source = StockSource::till, .confirmed_at = three_days_ago});
    put(2, {.quantity = 0, .source = StockSource::hand, .confirmed_at = three_days_ago});
    put(3, {.quantity = 4, .source = StockSource::feed, .confirmed_at = three_days_ago});
    put(4, {.quantity = 4, .source = StockSource::feed, .confirmed_at = kNoon});
    put(5, {.quantity = 1, .source = StockSource::till, .confirmed_at = three_days_ago},
        kNeighbourShop);

    const ShelfPage all = page(ShelfFilter::all);
    EXPECT_THAT(ids(all.lines), ElementsAre(1, 2, 3, 4));
    EXPECT_FALSE(all.next);
    EXPECT_EQ(all.lines[0].title, "Livre 1");
    EXPECT_TRUE(all.lines[0].is_doubtful);
    EXPECT_FALSE(all.lines[1].is_doubtful);
    EXPECT_EQ(all.lines[2].offer, offers().at(2));
    EXPECT_THAT(ids(page(ShelfFilter::out_of_stock).lines), ElementsAre(2));
    EXPECT_THAT(ids(page(ShelfFilter::doubtful).lines), ElementsAre(1, 3));
    EXPECT_THAT(ids(page(ShelfFilter::without_picture).lines), ElementsAre(1, 2, 3, 4));
    const auto counts = db_->read([&](store::Tx& tx) {
        return count_shelf(tx, town_.id, kShop, asked(ShelfFilter::all).doubtful);
    });
    EXPECT_EQ(counts, (ShelfCounts{.all = 4, .out_of_stock = 1, .doubtful = 2}));
}

TEST_P(ShelfListContract, PagesFollowEachOtherWithoutGapOrDouble) {
    const std::int64_t count = 2 * kShelfPageMax + 7;
    for (std::int64_t i = 1; i <= count; ++i) put(i, {.quantity = 1, .confirmed_at = kNoon});
    std::vector<std::int64_t> seen;
    OfferId after;
    for (int pages = 1;; ++pages) {
        const ShelfPage now = page(ShelfFilter::all, after);
        for (const std::int64_t id : ids(now.lines)) seen.push_back(id);
        if (!now.next) {
            EXPECT_EQ(pages, 3);
            break;
        }
        EXPECT_THAT(now.lines, SizeIs(kShelfPageMax));
        after = *now.next;
    }
    ASSERT_THAT(seen, SizeIs(count));
    for (std::int64_t i = 0; i < count; ++i) EXPECT_EQ(seen.at(static_cast<std::size_t>(i)), i + 1);
    EXPECT_THAT(page(ShelfFilter::all, OfferId{count}).lines, IsEmpty());
}

TEST_P(ShelfListContract, WhatASearchFoundStaysInItsOrder) {
    for (std::int64_t i = 1; i <= 3; ++i) put(i, {.quantity = 1, .confirmed_at = kNoon});
    put(4, {.quantity = 1, .confirmed_at = kNoon}, kNeighbourShop);
    const std::vector<ProductId> products{ProductId{3}, ProductId{4}, ProductId{1}};
    const auto lines = db_->read([&](store::Tx& tx) {
        return load_shelf_lines(tx, town_.id, asked(ShelfFilter::all), products);
    });
    EXPECT_THAT(ids(lines), ElementsAre(3, 1));
}

INSTANTIATE_TEST_SUITE_P(Databases, ShelfListContract, store::both_databases(),
                         store::name_of_dialect);

}  // namespace
}  // namespace emplettes::catalogue
