#include "catalogue/live_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "catalogue/contract.h"

namespace emplettes::catalogue {
namespace {

using namespace std::chrono_literals;
using State = OpenNow::State;
using testing::ElementsAre;
using testing::IsEmpty;

// One shop, open Mo-Sa 10:00-19:00 but not on holidays, with three of one book; Thursday noon.
class LiveCatalogueContract : public CatalogueContract {
  protected:
    LiveCatalogueContract() {
        save(make_shop(kShop.value, "Écume"));
        save(book_, make_offer(kShop, book_, 3));
        live_.emplace(town_, trades(), holidays_, *db_, clock_);
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
};

constexpr LocalDay kThursday = LocalDay{std::chrono::year{2026} / 10 / 15};

INSTANTIATE_TEST_SUITE_P(Databases, LiveCatalogueContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(LiveCatalogueContract, AReloadSeesWhatIsNew) {
    const auto before = live_->view();
    const Product tea = make_product(12, "Thé vert");
    save(tea, make_offer(kShop, tea, 1));
    EXPECT_THAT(titles(live_->view(), {.text = "thé"}), IsEmpty());
    live_->reload();
    EXPECT_THAT(titles(live_->view(), {.text = "thé"}), ElementsAre("Thé vert"));
    EXPECT_THAT(titles(before, {.text = "thé"}), IsEmpty());  // a request's view stays as it was
}

TEST_P(LiveCatalogueContract, AReloadDropsShopsThatAreGone) {
    Shop gone = make_shop(kShop.value, "Écume");
    gone.is_listed = false;
    save(gone);
    live_->reload();
    EXPECT_THAT(titles(live_->view(), {}), IsEmpty());
    EXPECT_EQ(live_->view().snapshot->find_shop(kShop), nullptr);
}

TEST_P(LiveCatalogueContract, StockIsSeenByTheNextSearch) {
    const auto in_stock = [&] { return titles(live_->view(), {.in_stock = true}); };
    const OfferId offer{book_.id.value};
    EXPECT_THAT(in_stock(), ElementsAre("L’Étranger"));
    live_->set_stock(offer, {.quantity = 0, .confirmed_at = kNoon});
    EXPECT_THAT(in_stock(), IsEmpty());
    live_->set_stock(offer,
                     {.quantity = 2, .source = StockSource::till, .confirmed_at = kNoon + 1h});
    const auto hits = live_->view().snapshot->index().offers_of(book_.id, kMarketPlace);
    ASSERT_EQ(hits.size(), 1U);
    EXPECT_EQ(hits[0].stock, 2);
    EXPECT_EQ(hits[0].stock_source, StockSource::till);
    EXPECT_EQ(hits[0].stock_confirmed_at, kNoon + 1h);
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

TEST_P(LiveCatalogueContract, AReloadKnowsWhoIsOpen) {
    go_to(kThursday, 20h);
    live_->reload();
    EXPECT_THAT(open_titles(), IsEmpty());
}

// Reads of SQLite wait for nobody.
class LiveCatalogueOnPostgres : public LiveCatalogueContract {};
INSTANTIATE_TEST_SUITE_P(Databases, LiveCatalogueOnPostgres,
                         testing::Values(store::Dialect::postgresql), store::name_of_dialect);

// A loaded or large database: each statement of a load may take longer than a request's.
TEST_P(LiveCatalogueOnPostgres, AReloadMayTakeLongerThanARequest) {
    auto options = place_.options();
    options.query_timeout_max = 100ms;
    const auto hasty = store::Database::open(options);
    LiveCatalogue live(town_, trades(), holidays_, *hasty, clock_);
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
    EXPECT_NO_THROW(live.reload());
    holder.join();
}

}  // namespace
}  // namespace emplettes::catalogue
