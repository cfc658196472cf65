#include "catalogue/shop_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/contract.h"
#include "catalogue/shop_views.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

const LocalDay kFirstDay = day(2026, 10, 14);
const LocalDay kSecondDay = day(2026, 10, 15);

class ShopRecordContract : public CatalogueContract {
  protected:
    void write(ViewBook& book) { write_views(*db_, town_.id, book); }
    std::map<LocalDay, ViewCounts> views(LocalDay first, LocalDay last) {
        return db_->read(
            [&](store::Tx& tx) { return load_views(tx, town_.id, kShop, first, last); });
    }
};

TEST_P(ShopRecordContract, ViewsAddUpByDay) {
    ViewBook book;
    book.add_shop_page(kFirstDay, kShop);
    book.add_product_page(kSecondDay, {kShop, ShopId{2}});
    write(book);
    EXPECT_THAT(book.take(), IsEmpty());
    book.add_shop_page(kSecondDay, kShop);
    book.add_shop_page(kSecondDay, kShop);
    write(book);
    write(book);
    EXPECT_THAT(views(kFirstDay, kSecondDay),
                ElementsAre(Pair(kFirstDay, ViewCounts{.shop_pages = 1}),
                            Pair(kSecondDay, ViewCounts{.shop_pages = 2, .product_pages = 1})));
    EXPECT_THAT(views(kSecondDay, kSecondDay), SizeIs(1));
    const auto gone =
        db_->write([&](store::Tx& tx) { return purge_views(tx, town_.id, kSecondDay); });
    EXPECT_EQ(gone, 1);
    EXPECT_THAT(views(kFirstDay, kSecondDay), SizeIs(1));
}

TEST(ViewBook, WhatCouldNotBeWrittenIsCountedStill) {
    ViewBook book;
    book.add_shop_page(kFirstDay, kShop);
    const ViewRows taken = book.take();
    book.add_shop_page(kFirstDay, kShop);
    book.give_back(taken);
    EXPECT_EQ(book.take().at({kFirstDay, kShop}), (ViewCounts{.shop_pages = 2}));
}

TEST(ViewBook, IsBounded) {
    ViewBook book;
    for (std::size_t i = 0; i <= kViewRowsMax; ++i)
        book.add_shop_page(kFirstDay, ShopId{static_cast<std::int64_t>(i)});
    EXPECT_THAT(book.take(), SizeIs(kViewRowsMax));
}

TEST_P(ShopRecordContract, OnlyTheFirstAnswerCounts) {
    const ShopAnswer first{.shop = kShop,
                           .reservation_code = "K7M4PX",
                           .asked_at = kNoon,
                           .answered_at = kNoon + 3min,
                           .is_kept = true};
    ShopAnswer second = first;
    second.answered_at = kNoon + 9min;
    second.is_kept = false;
    const auto answers = db_->write([&](store::Tx& tx) {
        note_answer(tx, town_.id, first);
        note_answer(tx, town_.id, second);
        return load_answers(tx, town_.id, kShop, kNoon, kNoon + 1min);
    });
    EXPECT_THAT(answers, ElementsAre(first));
    const auto later = db_->read(
        [&](store::Tx& tx) { return load_answers(tx, town_.id, kShop, kNoon + 1s, kNoon + 1h); });
    EXPECT_THAT(later, IsEmpty());
}

TEST_P(ShopRecordContract, MessagesAreKeptForAWhile) {
    const ShopMessage message{.id = MessageId{1},
                              .shop = kShop,
                              .reservation_code = "K7M4PX",
                              .text = "La couverture est bleue.",
                              .created_at = kNoon};
    db_->write([&](store::Tx& tx) { add_message(tx, town_.id, message); });
    const auto messages = [&] {
        return db_->read([&](store::Tx& tx) { return load_messages(tx, town_.id, "K7M4PX", 5); });
    };
    EXPECT_THAT(messages(), ElementsAre(message));
    const auto count = [&](Instant since) {
        return db_->read([&](store::Tx& tx) { return count_messages(tx, town_.id, kShop, since); });
    };
    EXPECT_EQ(count(kNoon - 1s), 1);
    EXPECT_EQ(count(kNoon), 0);
    const auto purge = [&](Instant before) {
        return db_->write([&](store::Tx& tx) {
            return purge_shop_records(tx, town_.id, {.messages = before, .answers = kNoon}, 10);
        });
    };
    EXPECT_EQ(purge(kNoon), 0);
    EXPECT_EQ(purge(kNoon + 1s), 1);
    EXPECT_THAT(messages(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Databases, ShopRecordContract, store::both_databases(),
                         store::name_of_dialect);

}  // namespace
}  // namespace emplettes::catalogue
