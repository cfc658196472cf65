#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/feed_pace.h"
#include "catalogue/shelf/import_contract.h"
#include "catalogue/shelf/picture_link.h"

namespace emplettes::catalogue {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::IsEmpty;
using testing::SizeIs;

// Files that name pictures, and what is fetched of them.
class PictureLinkContract : public ImportContract {
  protected:
    static std::string file(const std::string& lines) {
        return "sku;titre;prix;stock;image\n" + lines;
    }
    static std::string tea(const std::string& url) {
        return file("vert;Thé vert;12,90;2;" + url + "\n");
    }
    std::vector<DueLinks> due() {
        return db_->read(
            [&](store::Tx& tx) { return load_due_links(tx, town_.id, clock_.now(), 9); });
    }
    std::optional<PictureLink> claim(const std::string& host, ShopId shop = kShop) {
        return db_->write([&](store::Tx& tx) {
            return claim_link(tx, town_.id, {shop, host}, clock_.now(), clock_.now() + minutes{10});
        });
    }
    Result<Done, PictureRowError> keep(const PictureLink& link, const std::string& content) {
        return db_->write([&](store::Tx& tx) {
            return keep_fetched(tx, town_.id, link,
                                {.id = ids_.next<PictureId>(),
                                 .content_sha256 = content,
                                 .width = 640,
                                 .height = 480,
                                 .created_at = clock_.now()});
        });
    }
    void note(const PictureLink& link, const LinkFault& fault) {
        db_->write(
            [&](store::Tx& tx) { note_link_fault(tx, town_.id, link, fault, clock_.now()); });
    }
    std::vector<Picture> pictures(ShopId shop = kShop) {
        return db_->read([&](store::Tx& tx) { return load_pictures_of_shop(tx, town_.id, shop); });
    }
    std::int64_t count(ShelfImportId import, LinkState state) {
        std::int64_t all = 0;
        for (const LinkCount& one :
             db_->read([&](store::Tx& tx) { return count_links(tx, town_.id, import); }))
            if (one.state == state) all += one.links;
        return all;
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, PictureLinkContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(PictureLinkContract, WhatAFileNamesIsFetchedOnceAndIsTheShops) {
    const auto import = bring(tea("https://Tea.example/vert.jpg"));
    ASSERT_THAT(due(), SizeIs(1));
    EXPECT_EQ(due().front().host, "tea.example");
    const auto link = claim("tea.example");
    ASSERT_TRUE(link.has_value());
    EXPECT_EQ(link->url, "https://Tea.example/vert.jpg");
    EXPECT_EQ(claim("tea.example"), std::nullopt) << "somebody has it";
    EXPECT_TRUE(keep(*link, "a"));
    ASSERT_THAT(pictures(), SizeIs(1));
    EXPECT_EQ(pictures().front().product, link->product);
    EXPECT_EQ(pictures().front().source, "feed");
    EXPECT_EQ(count(import.id, LinkState::fetched), 1);
    // Neither the same file nor another address asks for it again.
    bring(tea("https://tea.example/vert.jpg"));
    bring(tea("https://tea.example/other.jpg"));
    clock_.advance(hours{1});
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_EQ(keep(*link, "b").error(), PictureRowError::unknown_picture) << "it is done";
    EXPECT_THAT(pictures(), SizeIs(1));
}

TEST_P(PictureLinkContract, OnlyWhatStandsOnTheShelfAndHasAnAddress) {
    bring(file("vert;Thé vert;12,90;2;\nnoir;Thé noir;9,90;0;https://tea.example/noir.jpg\n"));
    EXPECT_THAT(due(), IsEmpty());
}

TEST_P(PictureLinkContract, AFaultOfOneAddressLetsTheOthersGo) {
    const auto import =
        bring(file("a;A;1,00;1;https://tea.example/a.jpg\nb;B;1,00;1;https://tea.example/b.jpg\n"));
    const auto first = claim("tea.example");
    note(*first, {FaultOf::address, "gone"});
    const auto second = claim("tea.example");
    ASSERT_TRUE(second.has_value());
    EXPECT_NE(second->product, first->product);
    EXPECT_TRUE(keep(*second, "b"));
    EXPECT_THAT(due(), IsEmpty());
    // Later each time, then never.
    std::int64_t tries = 1;
    for (const Instant end = clock_.now() + hours{48}; clock_.now() < end;
         clock_.advance(minutes{1}))
        if (const auto again = claim("tea.example")) {
            note(*again, {FaultOf::address, "gone"});
            ++tries;
        }
    EXPECT_EQ(tries, kLinkFaultsMax);
    EXPECT_EQ(count(import.id, LinkState::failed), 1);
}

TEST_P(PictureLinkContract, AHostThatIsAwayForHoursCostsNothingButAge) {
    const auto import =
        bring(file("a;A;1,00;1;https://tea.example/a.jpg\nb;B;1,00;1;https://tea.example/b.jpg\n"
                   "c;C;1,00;1;https://other.example/c.jpg\n"));
    note(*claim("tea.example"), {FaultOf::host, "unreachable"});
    ASSERT_THAT(due(), SizeIs(1)) << "both of that host rest";
    EXPECT_EQ(due().front().host, "other.example");
    std::int64_t tries = 1;
    for (const Instant end = clock_.now() + hours{4}; clock_.now() < end;
         clock_.advance(minutes{1}))
        if (const auto again = claim("tea.example")) {
            note(*again, {FaultOf::host, "unreachable"});
            ++tries;
        }
    EXPECT_LE(tries, 12) << "one question for all of them, later each time";
    clock_.advance(hours{1});
    while (const auto back = claim("tea.example")) EXPECT_TRUE(keep(*back, back->url));
    EXPECT_EQ(count(import.id, LinkState::fetched), 2);
}

TEST_P(PictureLinkContract, AHostIsAskedAsOneHoweverManyWait) {
    std::string lines;
    for (char sku = 'a'; sku <= 'h'; ++sku)
        lines += std::string(1, sku) + ";T;1,00;1;https://tea.example/" + sku + ".jpg\n";
    const auto import = bring(file(lines));
    std::int64_t tries = 0;
    for (const Instant end = clock_.now() + hours{72}; clock_.now() < end;
         clock_.advance(minutes{1}))
        if (const auto link = claim("tea.example")) {
            note(*link, {FaultOf::host, "unreachable"});
            ++tries;
        }
    EXPECT_EQ(tries, kHostFaultsMax) << "of all of them together";
    EXPECT_EQ(count(import.id, LinkState::failed), 8);
}

// What the host did is not the address's fault, and what we could not do is nobody's.
TEST_P(PictureLinkContract, EachFaultIsCountedOfWhoseItIs) {
    const auto import = bring(tea("https://tea.example/vert.jpg"));
    for (std::int64_t i = 0; i < 2 * kHostFaultsMax; ++i) {
        const auto link = claim("tea.example");
        ASSERT_TRUE(link.has_value());
        EXPECT_EQ(link->faults, 0);
        note(*link, {FaultOf::ours, "disk_full"});
        clock_.advance(minutes{10});
    }
    for (std::int64_t i = 0; i < 2 * kLinkFaultsMax; ++i) {
        const auto link = claim("tea.example");
        ASSERT_TRUE(link.has_value());
        EXPECT_EQ(link->faults, 0);
        note(*link, {FaultOf::host, "unreachable"});
        clock_.advance(hours{2});
    }
    for (std::int64_t i = 0; i < kLinkFaultsMax; ++i) {
        const auto link = claim("tea.example");
        ASSERT_TRUE(link.has_value()) << "none of that was its own fault";
        EXPECT_EQ(link->faults, i);
        note(*link, {FaultOf::address, "gone"});
        clock_.advance(hours{2});
    }
    EXPECT_EQ(count(import.id, LinkState::failed), 1);
}

// A host that answers begins at nothing when it is away again.
TEST_P(PictureLinkContract, AHostThatAnswersHasNoFaults) {
    bring(file("a;A;1,00;1;https://tea.example/a.jpg\nb;B;1,00;1;https://tea.example/b.jpg\n"));
    for (int i = 0; i < 5; ++i) {
        note(*claim("tea.example"), {FaultOf::host, "unreachable"});
        clock_.advance(hours{2});
    }
    EXPECT_TRUE(keep(*claim("tea.example"), "a"));
    note(*claim("tea.example"), {FaultOf::host, "unreachable"});
    clock_.advance(kFeedRetryFirst + minutes{1});
    EXPECT_TRUE(claim("tea.example").has_value());
}

// The fault of an address that an older file named says nothing of the same address now.
TEST_P(PictureLinkContract, ALateFaultIsOfTheFileThatNamedIt) {
    const auto first = bring(tea("https://tea.example/vert.jpg"));
    const auto late = claim("tea.example");
    undo(first.id);
    const auto second = bring(tea("https://tea.example/vert.jpg"));
    note(*late, {FaultOf::address_for_good, "too_many_pictures"});
    EXPECT_EQ(count(second.id, LinkState::waiting), 1);
    EXPECT_EQ(count(second.id, LinkState::failed), 0);
}

// One address that always answers with an error does not keep its neighbours from coming.
TEST_P(PictureLinkContract, WhatFailsForAHostGoesAfterTheOthers) {
    const auto import =
        bring(file("a;A;1,00;1;https://tea.example/a.jpg\nb;B;1,00;1;https://tea.example/b.jpg\n"));
    const auto broken = claim("tea.example");
    note(*broken, {FaultOf::host, "failed"});
    EXPECT_EQ(claim("tea.example"), std::nullopt);
    clock_.advance(minutes{10});
    const auto next = claim("tea.example");
    ASSERT_TRUE(next.has_value());
    EXPECT_NE(next->product, broken->product);
    EXPECT_TRUE(keep(*next, "b"));
    EXPECT_EQ(claim("tea.example")->product, broken->product);
    EXPECT_EQ(count(import.id, LinkState::fetched), 1);
}

TEST_P(PictureLinkContract, SomebodyElsesPictureIsEnough) {
    const auto import = bring(
        "ean;titre;prix;stock;image\n9782070360024;L’Étranger;7,80;2;https://tea.example/a.jpg\n");
    const auto link = claim("tea.example");
    const auto lacks = [&] {
        return db_->read([&](store::Tx& tx) { return lacks_picture(tx, town_.id, link->product); });
    };
    EXPECT_TRUE(lacks());
    EXPECT_TRUE(db_->write([&](store::Tx& tx) {
        return add_picture(tx, town_.id,
                           {.id = ids_.next<PictureId>(),
                            .shop = kOtherShop,
                            .product = link->product,
                            .content_sha256 = "x",
                            .width = 1,
                            .height = 1,
                            .source = "shop",
                            .created_at = clock_.now()});
    }));
    EXPECT_FALSE(lacks());
    db_->write([&](store::Tx& tx) { leave_link(tx, town_.id, *link); });
    EXPECT_EQ(count(import.id, LinkState::needless), 1);
    EXPECT_THAT(due(), IsEmpty());
}

TEST_P(PictureLinkContract, UndoTakesThePicturesAway) {
    const auto first = bring(tea("https://tea.example/vert.jpg"));
    EXPECT_TRUE(keep(*claim("tea.example"), "a"));
    EXPECT_EQ(undo(first.id).status, ImportStatus::undone);
    EXPECT_THAT(pictures(), IsEmpty());
    EXPECT_THAT(due(), IsEmpty());
}

TEST_P(PictureLinkContract, UndoAsksForWhatTheEarlierFileNamed) {
    bring(tea("https://tea.example/old.jpg"));
    const auto second = bring(tea("https://tea.example/new.jpg"));
    undo(second.id);
    const auto link = claim("tea.example");
    ASSERT_TRUE(link.has_value());
    EXPECT_EQ(link->url, "https://tea.example/old.jpg");
}

TEST_P(PictureLinkContract, WhatWasForgottenMeanwhileIsNotKept) {
    const auto import = bring(tea("https://tea.example/vert.jpg"));
    const auto link = claim("tea.example");
    undo(import.id);
    EXPECT_EQ(keep(*link, "a").error(), PictureRowError::unknown_picture);
    EXPECT_THAT(pictures(), IsEmpty());
}

// What somebody has written below it makes it theirs.
TEST_P(PictureLinkContract, UndoLeavesWhatHasACaption) {
    const auto import = bring(tea("https://tea.example/vert.jpg"));
    EXPECT_TRUE(keep(*claim("tea.example"), "a"));
    EXPECT_TRUE(db_->write([&](store::Tx& tx) {
        return caption_picture(tx, town_.id, {kShop, pictures().front().id}, "Une boîte",
                               clock_.now());
    }));
    undo(import.id);
    EXPECT_THAT(pictures(), SizeIs(1));
}

}  // namespace
}  // namespace emplettes::catalogue
