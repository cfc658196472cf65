#include "catalogue/live_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <thread>

#include "catalogue/contract.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using State = OpenNow::State;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// One shop, open Mo-Sa 10:00-19:00 but not on holidays, with three of one book; Thursday noon.
class LiveCatalogueContract : public CatalogueContract {
  protected:
    LiveCatalogueContract() {
        save(make_shop(kShop.value, "Écume"));
        save(book_, make_offer(kShop, book_, 3));
        live_.emplace(town_, source());
        opening_ = live_->view().opening;
    }

    CatalogueSource source() {
        return {.trades = trades(),
                .holidays = holidays_,
                .database = *db_,
                .clock = clock_,
                .image = {}};
    }
    template <typename F>
    void tell(F&& write) {
        db_->write([&](store::Tx& tx) { write(tx); });
    }
    void tell_of(const Product& product) {
        tell([&](store::Tx& tx) { append_product_news(tx, town_.id, {product.id}, kNoon); });
    }
    void hear_all() {
        told("");
        hear(*live_);
    }
    // What is settled now.
    void hear(LiveCatalogue& live) {
        const auto entries = db_->read([&](store::Tx& tx) {
            return store::read_news_after(tx, town_.id, live.place(), 1'000);
        });
        for (const auto& entry : entries) live.hear(entry);
        live.catch_up();
    }
    // Hears all that is told, and waits until it is seen.
    void follow() {
        hear_all();
        live_->await_rebuild();
    }

    static std::vector<std::string> titles(const LiveCatalogue::View& view, search::Query query) {
        query.from = kMarketPlace;
        std::vector<std::string> titles;
        for (const auto& hit : view.snapshot->index().search(query).hits)
            titles.push_back(view.snapshot->find_product(hit.product)->title);
        return titles;
    }
    std::vector<std::string> open_titles() { return titles(live_->view(), {.open_now = true}); }
    void go_to(LocalDay day, std::chrono::minutes time) {
        clock_.set(town_.zone.to_instant(day + time));
    }

    const Product book_ = make_product(11, "L’Étranger");
    const law::Holidays holidays_ = law::Holidays::built_in();
    std::optional<LiveCatalogue> live_;
    std::shared_ptr<const OpeningTable> opening_;
};

constexpr LocalDay kThursday = LocalDay{std::chrono::year{2026} / 10 / 15};

INSTANTIATE_TEST_SUITE_P(Databases, LiveCatalogueContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(LiveCatalogueContract, NewProductsAreSeenOnceTheyAreTold) {
    const auto before = live_->view();
    const Product tea = make_product(12, "Thé vert");
    save(tea, make_offer(kShop, tea, 1));
    follow();
    EXPECT_THAT(titles(live_->view(), {.text = "thé"}), IsEmpty());
    tell_of(tea);
    follow();
    EXPECT_THAT(titles(live_->view(), {.text = "thé"}), ElementsAre("Thé vert"));
    EXPECT_THAT(titles(before, {.text = "thé"}), IsEmpty());  // a request's view stays as it was
}

TEST_P(LiveCatalogueContract, AChangedTextReplacesTheOldOne) {
    Product renamed = book_;
    renamed.title = "La Peste";
    save(renamed, make_offer(kShop, renamed, 3));
    tell_of(renamed);
    follow();
    EXPECT_THAT(titles(live_->view(), {.text = "peste"}), ElementsAre("La Peste"));
    EXPECT_THAT(titles(live_->view(), {.text = "étranger"}), IsEmpty());
    EXPECT_EQ(live_->view().opening, opening_);  // nothing else was made anew
}

TEST_P(LiveCatalogueContract, ShopsThatAreGoneAreDropped) {
    Shop gone = make_shop(kShop.value, "Écume");
    gone.is_listed = false;
    save(gone);
    tell([&](store::Tx& tx) { append_shop_news(tx, town_.id, kNoon); });
    follow();
    EXPECT_THAT(titles(live_->view(), {}), IsEmpty());
    EXPECT_EQ(live_->view().snapshot->find_shop(kShop), nullptr);
}

TEST_P(LiveCatalogueContract, WhatSearchesDoNotKnowOfAShopNeedsNoOtherIndex) {
    const auto* index = &live_->view().snapshot->index();
    Shop shop = make_shop(kShop.value, "Écume");
    shop.opening_hours = "Mo-Sa 10:00-11:00";
    save(shop);
    tell([&](store::Tx& tx) { append_shop_news(tx, town_.id, kNoon); });
    follow();
    EXPECT_EQ(&live_->view().snapshot->index(), index);
    EXPECT_THAT(open_titles(), IsEmpty());
}

TEST_P(LiveCatalogueContract, StocksAndPricesAreSeenByTheNextSearch) {
    const auto in_stock = [&] { return titles(live_->view(), {.in_stock = true}); };
    const auto* index = &live_->view().snapshot->index();
    EXPECT_THAT(in_stock(), ElementsAre("L’Étranger"));
    Offer offer = make_offer(kShop, book_, 0);
    tell([&](store::Tx& tx) { append_stock_news(tx, town_.id, offer, kNoon); });
    follow();
    EXPECT_THAT(in_stock(), IsEmpty());
    offer.stock = {.quantity = 2, .source = StockSource::till, .confirmed_at = kNoon + 1h};
    offer.price = Money{990};
    tell([&](store::Tx& tx) { append_stock_news(tx, town_.id, offer, kNoon); });
    follow();
    const auto hits = live_->view().snapshot->index().offers_of(book_.id, kMarketPlace);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].stock, 2);
    EXPECT_EQ(hits[0].stock_source, StockSource::till);
    EXPECT_EQ(hits[0].stock_confirmed_at, kNoon + 1h);
    EXPECT_EQ(hits[0].price_cents, 990);
    EXPECT_EQ(&live_->view().snapshot->index(), index);  // no index was written
}

TEST_P(LiveCatalogueContract, OpenFollowsTheClock) {
    EXPECT_THAT(open_titles(), ElementsAre("L’Étranger"));
    go_to(kThursday, 18h + 59min);
    EXPECT_THAT(open_titles(), ElementsAre("L’Étranger"));
    EXPECT_EQ(live_->view().open_now(kShop).state, State::closing_soon);
    go_to(kThursday, 19h);
    EXPECT_THAT(open_titles(), IsEmpty());
    EXPECT_EQ(live_->view().open_now(kShop).state, State::closed);
    EXPECT_EQ(live_->view().open_now(kShop).changes_at,
              town_.zone.to_instant(kThursday + std::chrono::days{1} + 10h));
}

TEST_P(LiveCatalogueContract, TheTableOfOpeningsIsMadeAnewEachDay) {
    const LocalDay later = kThursday + std::chrono::days{60};  // long after the first table's end
    go_to(later, 12h);
    EXPECT_THAT(open_titles(), ElementsAre("L’Étranger"));
    EXPECT_EQ(live_->view().opening->day(), later);
    go_to(later, 20h);
    EXPECT_THAT(open_titles(), IsEmpty());
}

TEST_P(LiveCatalogueContract, ClosedOnHolidays) {
    go_to(LocalDay{std::chrono::year{2026} / 11 / 11}, 12h);  // a Wednesday
    EXPECT_THAT(open_titles(), IsEmpty());
    go_to(LocalDay{std::chrono::year{2026} / 11 / 12}, 12h);
    EXPECT_THAT(open_titles(), ElementsAre("L’Étranger"));
}

TEST_P(LiveCatalogueContract, WhatIsBuiltAnewKnowsWhoIsOpenAndWhatWasToldMeanwhile) {
    go_to(kThursday, 20h);
    const auto* index = &live_->view().snapshot->index();
    tell([&](store::Tx& tx) { append_catalogue_news(tx, town_.id, kNoon); });
    hear_all();  // a thread begins to build
    const Offer sold_out = make_offer(kShop, book_, 0);
    save(book_, sold_out);
    tell([&](store::Tx& tx) { append_stock_news(tx, town_.id, sold_out, kNoon); });
    follow();
    EXPECT_NE(&live_->view().snapshot->index(), index);
    EXPECT_THAT(open_titles(), IsEmpty());
    EXPECT_THAT(titles(live_->view(), {.in_stock = true}), IsEmpty());
}

// As when a standby that lacked the last commits became the leader.
TEST_P(LiveCatalogueContract, ACatalogueThatStartsOverShowsWhatTheDatabaseSaysNow) {
    const Product tea = make_product(12, "Thé vert");
    save(tea, make_offer(kShop, tea, 1));
    tell_of(tea);
    follow();
    EXPECT_THAT(titles(live_->view(), {.text = "thé"}), ElementsAre("Thé vert"));
    const auto place = live_->place();
    db_->write([&](store::Tx& tx) {
        tx.run("DELETE FROM outbox WHERE territory_id = :territory", {{"territory", town_.id}});
        tx.run("DELETE FROM offer WHERE product_id = 12");
        tx.run("DELETE FROM product WHERE product_id = 12");
    });
    hear(*live_);
    EXPECT_THAT(titles(live_->view(), {.text = "thé"}), ElementsAre("Thé vert"));
    live_->start_over();
    EXPECT_THAT(titles(live_->view(), {}), ElementsAre("L’Étranger"));
    EXPECT_NE(live_->place(), place);
    tell_of(book_);
    follow();
    EXPECT_THAT(titles(live_->view(), {}), ElementsAre("L’Étranger"));
}

// Starts from an image, and with it.
class ImageContract : public LiveCatalogueContract {
  protected:
    ImageContract() {
        std::filesystem::create_directories(folder_);
        tell_of(book_);
        told("");
        start();
    }
    ~ImageContract() override { std::filesystem::remove_all(folder_); }

    void start() {
        CatalogueSource with_image = source();
        with_image.image = image_;
        live_.emplace(town_, with_image);
    }
    // Whether the next start takes the image: only a build writes it.
    bool starts_from_image() {
        const auto written = std::filesystem::last_write_time(image_) - 1h;
        std::filesystem::last_write_time(image_, written);
        start();
        return std::filesystem::last_write_time(image_) == written;
    }

    const std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                          ("emplettes-catalogue-" + std::to_string(::getpid()));
    const std::filesystem::path image_ = folder_ / "ville.image";
};
INSTANTIATE_TEST_SUITE_P(Databases, ImageContract, store::both_databases(), store::name_of_dialect);

TEST_P(ImageContract, AStartFromItReadsTheNewsSince) {
    const Product tea = make_product(12, "Thé vert");
    save(tea, make_offer(kShop, tea, 1));
    tell_of(tea);
    tell([&](store::Tx& tx) {
        append_stock_news(tx, town_.id, make_offer(kShop, book_, 0), kNoon);
    });
    told("");
    EXPECT_TRUE(starts_from_image());
    EXPECT_THAT(titles(live_->view(), {.in_stock = true}), ElementsAre("Thé vert"));
    EXPECT_THAT(open_titles(), UnorderedElementsAre("L’Étranger", "Thé vert"));
    EXPECT_TRUE(starts_from_image());
}

// However many there are, they are read some at a time and made into one segment.
TEST_P(ImageContract, AStartAfterALongAbsenceSeesEverything) {
    const Product tea = make_product(12, "Thé vert");
    const Product sold_out = make_product(13, "Thé noir");
    save(tea, make_offer(kShop, tea, 1));
    save(sold_out, make_offer(kShop, sold_out, 0));
    tell([&](store::Tx& tx) {
        append_product_news(tx, town_.id, {tea.id}, kNoon);
        for (int i = 0; i < 1'200; ++i) append_product_news(tx, town_.id, {book_.id}, kNoon);
        append_product_news(tx, town_.id, {sold_out.id}, kNoon);
    });
    told("");
    EXPECT_TRUE(starts_from_image());
    EXPECT_THAT(titles(live_->view(), {}),
                UnorderedElementsAre("L’Étranger", "Thé vert", "Thé noir"));
    EXPECT_THAT(titles(live_->view(), {.in_stock = true}),
                UnorderedElementsAre("L’Étranger", "Thé vert"));
}

TEST_P(ImageContract, WhenMuchIsNewTheIndexIsBuiltAnew) {
    std::vector<ProductId> many;
    for (std::size_t i = 0; i <= kHeardMax; ++i)
        many.push_back(ProductId{1'000'000 + static_cast<std::int64_t>(i)});
    tell([&](store::Tx& tx) { append_product_news(tx, town_.id, many, kNoon); });
    told("");
    EXPECT_FALSE(starts_from_image());
    EXPECT_TRUE(starts_from_image());
}

TEST_P(LiveCatalogueContract, WordsToForgetAreGoneFromTheBookAndTheLists) {
    const auto ask = [&](std::string_view network) {
        live_->questions().add_asked({.day = kThursday, .language = "fr", .text = "luge"},
                                     Found::none, {.network = network, .random = random_});
    };
    for (const char* network : {"a", "b", "c"}) ask(network);
    db_->write([&](store::Tx& tx) { add_questions(tx, town_.id, live_->questions().take()); });
    ask("d");
    EXPECT_THAT(live_->wanted()->missing, testing::SizeIs(1));
    db_->write([&](store::Tx& tx) { forget_question(tx, town_.id, "luges", clock_.now()); });
    follow();
    EXPECT_THAT(live_->wanted()->missing, IsEmpty());
    EXPECT_THAT(live_->questions().take(), IsEmpty());
}

TEST_P(ImageContract, WhatDoesNotFitIsBuiltAnew) {
    EXPECT_TRUE(starts_from_image());
    std::filesystem::resize_file(image_, 1000);
    EXPECT_FALSE(starts_from_image());
    EXPECT_TRUE(starts_from_image());
    save(make_shop(99, "Zoé"));  // not told
    EXPECT_FALSE(starts_from_image());
    EXPECT_TRUE(starts_from_image());
    db_->write([&](store::Tx& tx) {
        tx.run("DELETE FROM outbox WHERE territory_id = :territory", {{"territory", town_.id}});
    });
    tell_of(book_);
    told("");
    EXPECT_FALSE(starts_from_image());
    clock_.advance(7 * 24h);
    EXPECT_FALSE(starts_from_image());
    std::filesystem::remove(image_);
    start();
    EXPECT_THAT(titles(live_->view(), {.text = "étranger"}), ElementsAre("L’Étranger"));
    EXPECT_TRUE(std::filesystem::exists(image_));
}

// Reads of SQLite wait for nobody.
class LiveCatalogueOnPostgres : public LiveCatalogueContract {};
INSTANTIATE_TEST_SUITE_P(Databases, LiveCatalogueOnPostgres,
                         testing::Values(store::Dialect::postgresql), store::name_of_dialect);

// Two servers on one database, and a commit that began before what they have heard already.
TEST_P(LiveCatalogueOnPostgres, EachNodeSeesACommitThatComesLate) {
    const auto elsewhere = place_.open();
    CatalogueSource of_other = {.trades = trades(),
                                .holidays = holidays_,
                                .database = *elsewhere,
                                .clock = clock_,
                                .image = {}};
    LiveCatalogue other(town_, of_other);
    const Product tea = make_product(12, "Thé vert");
    save(tea, make_offer(kShop, tea, 1));
    std::promise<void> has_begun;
    std::promise<void> may_end;
    std::thread late([&] {
        elsewhere->write([&](store::Tx& tx) {
            append_stock_news(tx, town_.id, make_offer(kShop, book_, 0), kNoon);
            has_begun.set_value();
            may_end.get_future().wait();
        });
    });
    has_begun.get_future().wait();
    tell_of(tea);
    const auto orders = [&] {
        return db_->read([&](store::Tx& tx) {
            return tx.all<std::int64_t>(
                "SELECT commit_order FROM outbox WHERE territory_id = :territory"
                " ORDER BY created_at, topic",
                {{"territory", town_.id}});
        });
    };
    const auto early = orders();
    for (LiveCatalogue* node : {&*live_, &other}) hear(*node);
    may_end.set_value();
    late.join();
    // The control: whoever went on behind the greatest number seen would never hear the late one.
    const auto all = orders();
    ASSERT_EQ(all.size(), early.size() + 1);
    EXPECT_LT(*std::ranges::find_if(
                  all, [&](auto order) { return std::ranges::find(early, order) == early.end(); }),
              *std::ranges::max_element(early));
    told("");
    for (LiveCatalogue* node : {&*live_, &other}) {
        hear(*node);
        EXPECT_THAT(titles(node->view(), {}), UnorderedElementsAre("L’Étranger", "Thé vert"));
        EXPECT_THAT(titles(node->view(), {.in_stock = true}), ElementsAre("Thé vert"));
    }
}

// A loaded or large database: each statement of a load may take longer than a request's.
TEST_P(LiveCatalogueOnPostgres, ALoadMayTakeLongerThanARequest) {
    auto options = place_.options();
    options.query_timeout_max = 100ms;
    const auto hasty = store::Database::open(options);
    const CatalogueSource with_haste{.trades = trades(),
                                     .holidays = holidays_,
                                     .database = *hasty,
                                     .clock = clock_,
                                     .image = {}};
    std::promise<void> locked;
    std::thread holder([&] {
        db_->write([&](store::Tx& tx) {
            tx.run("LOCK TABLE offer IN ACCESS EXCLUSIVE MODE");
            locked.set_value();
            tx.run("SELECT pg_sleep(1)");
        });
    });
    locked.get_future().wait();
    EXPECT_ANY_THROW(hasty->read([&](store::Tx& tx) { return load_offers(tx, town_.id); }));
    EXPECT_NO_THROW(LiveCatalogue(town_, with_haste));
    holder.join();
}

}  // namespace
}  // namespace emplettes::catalogue
