#include "catalogue/merchandising.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/contract.h"
#include "catalogue/live_catalogue.h"
#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr ProductId kLapin{11};
constexpr ProductId kOurs{12};
constexpr ProductId kRenard{13};

class MerchandisingContract : public CatalogueContract {
  protected:
    MerchandisingContract() {
        save(make_shop(kShop.value, "Écume"));
        for (const auto& [id, title] :
             {std::pair(kLapin, "Peluche lapin"), std::pair(kOurs, "Peluche ours"),
              std::pair(kRenard, "Peluche renard")}) {
            const Product product = make_product(id.value, title);
            save(product, make_offer(kShop, product, 1));
        }
    }

    Result<Choice, ChoiceError> choose(const ChooseRequest& request) {
        return db_->write([&](store::Tx& tx) {
            return catalogue::choose(tx, town_.id, request, ids_.next<ChoiceId>(), clock_.now());
        });
    }
    Result<Choice, ChoiceError> pin(ProductId product,
                                    std::optional<std::int64_t> place = std::nullopt) {
        return choose({.question = "peluche", .product = product, .reason = "r", .place = place});
    }
    Result<Choice, ChoiceError> hide(ProductId product) {
        return choose({.question = "Peluches",
                       .product = product,
                       .action = ChoiceAction::hide,
                       .reason = "rappelé par le fabricant"});
    }
    Result<Choice, ChoiceError> hide_everywhere(ProductId product) {
        return choose({.question = " ",
                       .product = product,
                       .action = ChoiceAction::hide,
                       .reason = "rappelé par le fabricant"});
    }
    bool end(std::string_view question, ProductId product) {
        return db_->write([&](store::Tx& tx) {
            return end_choice(tx, town_.id, question, product, clock_.now());
        });
    }
    Merchandising load() {
        return Merchandising(db_->read([&](store::Tx& tx) { return load_choices(tx, town_.id); }));
    }
    std::vector<ProductId> pinned() {
        std::vector<ProductId> products;
        const Merchandising all = load();
        if (const auto* chosen = all.find("peluche"))
            for (const Choice& choice : chosen->pinned) products.push_back(choice.product);
        return products;
    }
};

INSTANTIATE_TEST_SUITE_P(Databases, MerchandisingContract, store::both_databases(),
                         store::name_of_dialect);

TEST_P(MerchandisingContract, PinsStandInTheOrderAsked) {
    ASSERT_TRUE(pin(kLapin));
    ASSERT_TRUE(pin(kOurs));
    EXPECT_THAT(pinned(), ElementsAre(kLapin, kOurs));
    ASSERT_TRUE(pin(kRenard, 1));
    EXPECT_THAT(pinned(), ElementsAre(kRenard, kLapin, kOurs));
    ASSERT_TRUE(pin(kRenard, 2));  // again: it moves
    EXPECT_THAT(pinned(), ElementsAre(kLapin, kRenard, kOurs));
    ASSERT_TRUE(pin(kLapin, 99));
    EXPECT_THAT(pinned(), ElementsAre(kRenard, kOurs, kLapin));
}

TEST_P(MerchandisingContract, AQuestionIsKnownByItsWords) {
    ASSERT_TRUE(choose({.question = " Lapins en peluche ", .product = kLapin, .reason = " r "}));
    const Merchandising chosen = load();
    for (const char* question : {"peluche lapin", "LAPIN peluches", "lapin en peluche"})
        ASSERT_NE(chosen.find(question), nullptr) << question;
    EXPECT_EQ(chosen.find("lapin"), nullptr);
    EXPECT_EQ(chosen.find(""), nullptr);
    EXPECT_EQ(chosen.find("lapin peluche")->pinned.at(0).question, "Lapins en peluche");
    EXPECT_EQ(chosen.find("lapin peluche")->pinned.at(0).reason, "r");
}

TEST_P(MerchandisingContract, TheLastChoiceForAProductHolds) {
    ASSERT_TRUE(pin(kLapin));
    ASSERT_TRUE(hide(kLapin));
    const Merchandising chosen = load();
    EXPECT_THAT(chosen.find("peluche")->pinned, IsEmpty());
    EXPECT_THAT(chosen.find("peluche")->hidden, SizeIs(1));
    EXPECT_THAT(chosen.all(), SizeIs(1));
    EXPECT_TRUE(end("peluche", kLapin));
    EXPECT_FALSE(end("peluche", kLapin));
    EXPECT_THAT(load().all(), IsEmpty());
    EXPECT_THAT(told(kMerchandisingTopic), SizeIs(3));
}

TEST_P(MerchandisingContract, WhatIsHiddenEverywhereIsInNoAnswer) {
    ASSERT_TRUE(pin(kLapin));
    ASSERT_TRUE(hide(kOurs));
    ASSERT_TRUE(hide_everywhere(kLapin));
    ASSERT_TRUE(hide_everywhere(kLapin));  // again: it takes the place of the first
    const Merchandising chosen = load();
    EXPECT_THAT(chosen.all(), SizeIs(3));
    ASSERT_NE(chosen.find_hidden_everywhere(kLapin), nullptr);
    EXPECT_EQ(chosen.find_hidden_everywhere(kOurs), nullptr);
    EXPECT_THAT(pinned(), IsEmpty());

    search::Query of_words{.text = "peluches"};
    ASSERT_NE(chosen.apply(of_words), nullptr);
    EXPECT_THAT(of_words.hidden, ElementsAre(kLapin, kOurs));
    for (search::Query other : {search::Query{.text = "lapin"}, search::Query{},
                                search::Query{.text = "peluche", .shop = kShop}}) {
        EXPECT_EQ(chosen.apply(other), nullptr);
        EXPECT_THAT(other.hidden, ElementsAre(kLapin));
    }
    EXPECT_TRUE(end("", kLapin));
    EXPECT_FALSE(end("", kLapin));
    EXPECT_THAT(pinned(), ElementsAre(kLapin));
}

TEST_P(MerchandisingContract, AProductThatIsHiddenForOneQuestionAndEverywhereIsHiddenOnce) {
    ASSERT_TRUE(hide(kLapin));
    ASSERT_TRUE(hide_everywhere(kLapin));
    search::Query query{.text = "peluche"};
    const Merchandising chosen = load();
    chosen.apply(query);
    EXPECT_THAT(query.hidden, ElementsAre(kLapin));
}

TEST_P(MerchandisingContract, WhatCannotBeChosenIsRefusedAndChangesNothing) {
    const auto error = [&](const ChooseRequest& request) { return choose(request).error(); };
    const std::string long_text(300, 'x');
    EXPECT_EQ(error({.question = "?!", .product = kOurs, .reason = "r"}), ChoiceError::no_words);
    EXPECT_EQ(error({.question = "", .product = kOurs, .reason = "r"}), ChoiceError::no_words);
    EXPECT_EQ(error({.question = long_text, .product = kOurs, .reason = "r"}),
              ChoiceError::question_too_long);
    EXPECT_EQ(error({.question = "ours", .product = kOurs, .reason = " "}), ChoiceError::no_reason);
    EXPECT_EQ(error({.question = "ours", .product = kOurs, .reason = long_text}),
              ChoiceError::reason_too_long);
    EXPECT_EQ(error({.question = "ours", .product = ProductId{99}, .reason = "r"}),
              ChoiceError::unknown_product);
    EXPECT_THAT(load().all(), IsEmpty());
    EXPECT_THAT(told(kMerchandisingTopic), IsEmpty());
}

TEST_P(MerchandisingContract, AQuestionHasSoManyChoicesAndNoMore) {
    for (std::size_t i = 0; i < kChoicesPerQuestionMax; ++i) {
        const Product product = make_product(100 + static_cast<std::int64_t>(i), "Peluche");
        save(product, make_offer(kShop, product, 1));
        ASSERT_TRUE(pin(product.id));
    }
    EXPECT_EQ(pin(kLapin).error(), ChoiceError::too_many_products);
    EXPECT_TRUE(pin(ProductId{100}, 3));  // one of them may still move
    EXPECT_THAT(pinned(), SizeIs(kChoicesPerQuestionMax));
}

TEST_P(MerchandisingContract, ARunningCatalogueTakesItUpOnReload) {
    const law::Holidays holidays = law::Holidays::built_in();
    const CatalogueSource source{
        .trades = trades(), .holidays = holidays, .database = *db_, .clock = clock_, .image = {}};
    LiveCatalogue live(town_, source);
    const auto before = live.view();
    ASSERT_TRUE(pin(kOurs));
    EXPECT_EQ(live.view().merchandising->find("peluche"), nullptr);
    live.reload_merchandising();
    ASSERT_NE(live.view().merchandising->find("peluche"), nullptr);
    EXPECT_EQ(before.merchandising->find("peluche"), nullptr);  // a request's view stays as it was
    LiveCatalogue later(town_, source);
    EXPECT_NE(later.view().merchandising->find("peluche"), nullptr);
}

}  // namespace
}  // namespace emplettes::catalogue
