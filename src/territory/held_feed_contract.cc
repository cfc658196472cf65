#include <gtest/gtest.h>

#include "territory/contract.h"
#include "territory/held_feed.h"

namespace emplettes::territory {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr ShelfSourceId kFeed{71};

class HeldFeedContract : public TownContract {
  protected:
    HeldFeedContract() {
        write([&](store::Tx& tx) {
            catalogue::save_source(tx, kHere,
                                   {.id = kFeed,
                                    .shop = kShop,
                                    .name = "https://ecume.example/feed.csv",
                                    .url = "https://ecume.example/feed.csv",
                                    .every = hours{1}});
        });
    }

    // A reading that has been checked, and raised a doubt.
    void hold(std::int64_t id, Instant at, bool is_fetched = true) {
        catalogue::ShelfImport import{.id = ShelfImportId{id},
                                      .source = kFeed,
                                      .shop = kShop,
                                      .file_name = "feed",
                                      .runs_by_itself = is_fetched,
                                      .created_at = at};
        write([&](store::Tx& tx) {
            catalogue::add_import(tx, kHere, import);
            import.status = catalogue::ImportStatus::checked;
            import.report.doubt = catalogue::ImportDoubt::most_gone;
            catalogue::save_check(tx, kHere, import);
        });
    }
    void hire(const std::string& email) {
        const AccountId account = person(email).id;
        const auto granted = write([&](store::Tx& tx) {
            return accounts::grant_role(tx, kHere,
                                        {.account = account,
                                         .grant = {.role = accounts::Role::staff, .shop = kShop},
                                         .by = {}},
                                        kNow);
        });
        check(granted.ok());
    }
    std::size_t untold(Instant now = kNow) {
        return db_->read([&](store::Tx& tx) { return load_untold_feeds(tx, kHere, now); }).size();
    }
    void tell(Instant now = kNow) {
        write([&](store::Tx& tx) {
            for (const auto& held : load_untold_feeds(tx, kHere, now))
                tell_of_held_feed(tx, kHere, held, ids_, now);
        });
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, HeldFeedContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(HeldFeedContract, EverybodyOfTheShopIsToldOnce) {
    hire("claire@example.org");
    hire("paul@example.org");
    hold(1, kNow - hours{1});
    tell();
    ASSERT_EQ(notices().size(), 2u);
    EXPECT_EQ(notices()[0].facts, (Json{{"shop", "L’Écume"},
                                        {"slug", "ecume"},
                                        {"source", "https://ecume.example/feed.csv"},
                                        {"import", 1}}));
    tell(kNow + days{5});
    EXPECT_EQ(notices().size(), 2u);
}

TEST_P(HeldFeedContract, AnotherReadingIsToldOfTheNextDay) {
    hire("claire@example.org");
    hold(1, kNow - hours{26});
    tell(kNow - hours{25});
    hold(2, kNow - hours{24});
    EXPECT_EQ(untold(kNow - hours{24}), 0u);
    EXPECT_EQ(untold(), 1u);
    tell();
    EXPECT_EQ(notices().size(), 2u);
}

TEST_P(HeldFeedContract, WhatSomebodyDroppedIsBeforeTheirEyes) {
    hire("claire@example.org");
    hold(1, kNow - hours{1}, false);
    EXPECT_EQ(untold(), 0u);
}

TEST_P(HeldFeedContract, AShopWithoutPeopleIsNotWrittenTo) {
    hold(1, kNow - hours{1});
    tell();
    EXPECT_TRUE(notices().empty());
    EXPECT_EQ(untold(), 0u);
}

}  // namespace
}  // namespace emplettes::territory
