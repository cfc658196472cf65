#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "base/check.h"
#include "search/index.h"
#include "search/oracle.h"
#include "search/random_town.h"
#include "search/same_answer.h"

namespace emplettes::search {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// A catalogue that changes, and the index that follows it.
class World {
  public:
    explicit World(std::uint64_t seed)
        : town_(seed), now_(town_.catalogue()), built_(now_), index_(Index::build(now_)) {}

    Town& town() { return town_; }
    const Catalogue& now() const { return now_; }
    const Index& index() const { return *index_; }
    Answer expected(const Query& query) const {
        Oracle oracle(now_, built_);
        oracle.number_shops(index_->shops());
        for (const ShopId shop : open_) oracle.set_open(shop, true);
        oracle.set_doubtful_before(doubtful_before_);
        return oracle.search(query);
    }

    void change_something() {
        const std::size_t kind = town_.below(12);
        if (kind < 4) return change_columns();
        if (kind < 11) return change_products();
        merge();
    }

  private:
    void change_columns() {
        const ShopId shop = town_.one_of(now_.shops).id;
        const bool is_open = town_.chance(0.6);
        RC_ASSERT(index_->set_open(shop, is_open));
        if (is_open) open_.insert(shop);
        if (!is_open) open_.erase(shop);
        if (town_.chance(0.3)) {
            doubtful_before_ = town_.doubtful_before();
            index_->set_doubtful_before(doubtful_before_);
        }
        if (now_.offers.empty()) return;
        OfferRow& offer = now_.offers[town_.below(now_.offers.size())];
        offer.stock = static_cast<std::int32_t>(town_.below(3));
        offer.stock_confirmed_at = instant_from_unix(static_cast<std::int64_t>(town_.below(9000)));
        offer.stock_source = StockSource::till;
        offer.price_cents = town_.one_of(kTypicalPrices);
        RC_ASSERT(
            index_->set_stock(offer.id, offer.stock, offer.stock_confirmed_at, offer.stock_source));
        RC_ASSERT(index_->set_price(offer.id, offer.price_cents));
    }

    // Some products go, some change their texts or offers, some come.
    void change_products() {
        Changes changes;
        const double share = town_.chance(0.2) ? 0.8 : 0.1;
        const Catalogue others = town_.catalogue();
        std::vector<ProductText> products;
        for (const ProductText& product : now_.products) {
            if (!town_.chance(share)) {
                products.push_back(product);
            } else if (town_.chance(0.3)) {
                changes.gone.push_back(product.id);
            } else {
                changes.products.push_back(product);
                if (town_.chance(0.7) && !others.products.empty())
                    take_texts(town_.one_of(others.products), changes.products.back());
            }
        }
        for (std::size_t i = town_.below(4); i > 0 && !others.products.empty(); --i) {
            changes.products.push_back(town_.one_of(others.products));
            changes.products.back().id = {next_id_++};
        }
        const bool keeps_offers = town_.chance(0.5);
        for (const ProductText& product : changes.products)
            add_offers(product.id, keeps_offers, changes);
        std::erase_if(now_.offers,
                      [&](const OfferRow& offer) { return is_among(offer.product, changes); });
        now_.offers.insert(now_.offers.end(), changes.offers.begin(), changes.offers.end());
        products.insert(products.end(), changes.products.begin(), changes.products.end());
        now_.products = std::move(products);
        index_ = index_->changed(changes);
    }

    static void take_texts(const ProductText& from, ProductText& to) {
        const ProductId id = to.id;
        to = from;
        to.id = id;
    }
    static bool is_among(ProductId id, const Changes& changes) {
        return std::find(changes.gone.begin(), changes.gone.end(), id) != changes.gone.end() ||
               std::any_of(changes.products.begin(), changes.products.end(),
                           [&](const ProductText& product) { return product.id == id; });
    }
    void add_offers(ProductId product, bool keeps_offers, Changes& changes) {
        if (keeps_offers) {
            std::copy_if(now_.offers.begin(), now_.offers.end(), std::back_inserter(changes.offers),
                         [&](const OfferRow& offer) { return offer.product == product; });
        }
        for (std::size_t i = town_.below(3); i > 0; --i) {
            changes.offers.push_back({.id = {next_id_++},
                                      .product = product,
                                      .shop = town_.one_of(now_.shops).id,
                                      .price_cents = town_.one_of(kTypicalPrices),
                                      .stock = static_cast<std::int32_t>(town_.below(3))});
        }
    }

    void merge() {
        built_ = now_;
        index_ = Index::build(now_);
        for (const ShopId shop : open_) index_->set_open(shop, true);
        index_->set_doubtful_before(doubtful_before_);
    }

    Town town_;
    Catalogue now_;
    Catalogue built_;
    std::set<ShopId> open_;
    ConfirmedBefore doubtful_before_{};
    std::shared_ptr<const Index> index_;
    std::int64_t next_id_ = 100'000'000;
};

RC_GTEST_PROP(Changes, AnswersAreThoseOfReadingEverythingAnew, (std::uint64_t seed)) {
    World world(seed);
    for (int step = 0; step < 6; ++step) {
        for (int i = 0; i < 3; ++i) world.change_something();
        const Query query = world.town().query(world.now());
        RC_LOG() << "text \"" << query.text << "\" radius " << query.radius_m << '\n';
        expect_same(world.index().search(query), world.expected(query));
        if (world.now().products.empty()) continue;
        const ProductId product = world.town().one_of(world.now().products).id;
        std::vector<OfferId> offers;
        for (const OfferRow& offer : world.now().offers)
            if (offer.product == product) offers.push_back(offer.id);
        std::vector<OfferId> found;
        for (const OfferHit& hit : world.index().offers_of(product, kMiddle))
            found.push_back(hit.id);
        std::sort(offers.begin(), offers.end());
        std::sort(found.begin(), found.end());
        RC_ASSERT(offers == found);
        RC_ASSERT(world.index().size().products == world.now().products.size());
        RC_ASSERT(world.index().size().offers == world.now().offers.size());
    }
}

// Titles that are suggested are titles of living products, each once.
RC_GTEST_PROP(Changes, SuggestionsAreOfWhatIsThere, (std::uint64_t seed)) {
    World world(seed);
    for (int i = 0; i < 4; ++i) world.change_something();
    const auto suggestions = world.index().suggest(world.town().text(), 10);
    RC_ASSERT(suggestions.size() <= 10U);
    std::set<std::pair<Suggestion::Kind, std::string>> seen;
    for (const Suggestion& suggestion : suggestions) {
        RC_ASSERT(seen.emplace(suggestion.kind, suggestion.text).second);
        if (suggestion.kind != Suggestion::Kind::product) continue;
        RC_ASSERT(std::any_of(world.now().products.begin(), world.now().products.end(),
                              [&](const ProductText& product) {
                                  return product.id.value == suggestion.id &&
                                         product.title == suggestion.text;
                              }));
    }
}

Catalogue one_shop() {
    Catalogue catalogue;
    catalogue.shops = {{.id = {1}, .position = kMiddle, .name = "Écume"}};
    catalogue.products = {{.id = {11}, .title = "Lapin bleu", .category = "toys"}};
    catalogue.offers = {
        {.id = {111}, .product = {11}, .shop = {1}, .price_cents = 900, .stock = 1}};
    return catalogue;
}

std::vector<std::int64_t> hits(const Index& index, const std::string& text) {
    std::vector<std::int64_t> ids;
    for (const ProductHit& hit : index.search({.text = text, .from = kMiddle}).hits)
        ids.push_back(hit.product.value);
    return ids;
}

std::vector<std::string> suggested(const Index& index, std::string_view text) {
    std::vector<std::string> texts;
    for (const Suggestion& suggestion : index.suggest(text, 8)) texts.push_back(suggestion.text);
    return texts;
}

TEST(ChangesTest, ANewTextIsFoundAndTheOldOneIsNot) {
    const auto before = Index::build(one_shop());
    const OfferRow offer = one_shop().offers[0];
    const auto after = before->changed(
        {.products = {{.id = {11}, .title = "Renard roux", .maker = "Kaloo", .category = "toys"},
                      {.id = {12}, .title = "Lapin vert", .category = "games"}},
         .offers = {offer, {.id = {112}, .product = {12}, .shop = {1}, .price_cents = 500}}});
    EXPECT_THAT(hits(*after, "renard"), ElementsAre(11));
    EXPECT_THAT(hits(*after, "bleu"), IsEmpty());
    EXPECT_THAT(hits(*after, "lapin"), ElementsAre(12));
    EXPECT_THAT(hits(*after, ""), UnorderedElementsAre(11, 12));
    EXPECT_THAT(hits(*before, "lapin"), ElementsAre(11));  // whoever holds it keeps it
    EXPECT_THAT(suggested(*after, "r"), ElementsAre("Renard roux"));
    EXPECT_THAT(suggested(*after, "lap"), ElementsAre("Lapin vert"));
    EXPECT_THAT(suggested(*after, "k"), ElementsAre("Kaloo"));
    const auto gone = after->changed({.gone = {{11}, {12}}});
    EXPECT_THAT(hits(*gone, ""), IsEmpty());
    EXPECT_EQ(gone->size().products, 0U);
}

// A form of a word that one segment alone has stands for the word in the other.
TEST(ChangesTest, APrefixOfAFormFindsTheWordInBothSegments) {
    for (const auto& [built, added] : {std::pair("Oeil", "Yeux"), std::pair("Yeux", "Oeil")}) {
        Catalogue catalogue = one_shop();
        catalogue.products[0].title = built;
        const auto index = Index::build(catalogue)->changed(
            {.products = {{.id = {12}, .title = added}},
             .offers = {{.id = {112}, .product = {12}, .shop = {1}}}});
        EXPECT_THAT(hits(*index, "ye"), UnorderedElementsAre(11, 12)) << built;
    }
}

// Nine products have the careless word: too many for it to be a typo. Without two of them it is.
TEST(ChangesTest, WhatIsGoneDoesNotMakeAWordFrequent) {
    Catalogue catalogue = one_shop();
    catalogue.products.clear();
    catalogue.offers.clear();
    for (std::int64_t id = 1; id <= 200; ++id) {
        catalogue.products.push_back({.id = {id}, .title = id <= 9 ? "Lapain" : "Lapin"});
        catalogue.offers.push_back({.id = {id}, .product = {id}, .shop = {1}});
    }
    const auto total = [](const Index& index) {
        return index.search({.text = "lapain ", .from = kMiddle}).total;
    };
    const auto index = Index::build(catalogue);
    EXPECT_EQ(total(*index), 9);
    EXPECT_EQ(total(*index->changed({.gone = {{1}, {2}}})), 198);
}

TEST(ChangesTest, WhatChangedLiveStaysChanged) {
    const Catalogue catalogue = one_shop();
    auto index = Index::build(catalogue);
    index->set_open({1}, true);
    index = index->changed({.products = catalogue.products, .offers = catalogue.offers});
    EXPECT_TRUE(index->set_stock({111}, 7, instant_from_unix(60), StockSource::till));
    EXPECT_TRUE(index->set_price({111}, 850));
    EXPECT_FALSE(index->set_price({112}, 850));
    index = index->changed({.products = {{.id = {12}, .title = "Lapin vert"}}});
    const auto answer = index->search({.text = "bleu", .from = kMiddle, .open_now = true});
    ASSERT_EQ(answer.hits.size(), 1U);
    EXPECT_EQ(answer.hits[0].offers[0].stock, 7);
    EXPECT_EQ(answer.hits[0].offers[0].price_cents, 850);
    EXPECT_EQ(answer.hits[0].offers[0].stock_source, StockSource::till);
}

TEST(ChangesTest, AnOfferOfAnUnknownShopIsABug) {
    const auto index = Index::build(one_shop());
    OfferRow offer = one_shop().offers[0];
    offer.shop = {2};
    EXPECT_THROW(index->changed({.products = one_shop().products, .offers = {offer}}), Bug);
}

TEST(ChangesTest, ManyChangesAreWorthAMerge) {
    auto index = Index::build(one_shop());
    EXPECT_FALSE(index->is_worth_a_merge());
    index = index->changed({.products = one_shop().products, .offers = one_shop().offers});
    EXPECT_FALSE(index->is_worth_a_merge());
    Changes changes;
    for (std::int64_t id = 1000; id < 6000; ++id)
        changes.products.push_back({.id = {id}, .title = "x"});
    index = index->changed(changes);
    EXPECT_TRUE(index->is_worth_a_merge());
}

}  // namespace
}  // namespace emplettes::search
