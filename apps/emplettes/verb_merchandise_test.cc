#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "emplettes/test_installation.h"
#include "emplettes/test_typed.h"

namespace emplettes {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MerchandiseVerbTest : public testing::Test {
  protected:
    MerchandiseVerbTest() {
        installation_.add_territory("ville");
        const Typed found = type_in({"search", "--data", data(), "letranger", "--json"});
        product_ = std::to_string(Json::parse(found.out)["hits"][0]["product"].get<std::int64_t>());
    }

    std::string data() const { return installation_.path().string(); }
    Typed merchandise(std::vector<std::string> words) const {
        words.insert(words.begin(), "merchandise");
        words.insert(words.end(), {"--data", data()});
        return type_in(std::move(words));
    }

    TestInstallation installation_;
    std::string product_;
};

TEST_F(MerchandiseVerbTest, PinsListsAndEnds) {
    EXPECT_THAT(merchandise({"list"}).out, HasSubstr("nothing"));
    const Typed pinned = merchandise({"pin", "Prix Goncourt", product_, "--reason", "la rentrée"});
    EXPECT_EQ(pinned.status, 0) << pinned.err;
    EXPECT_THAT(merchandise({"list"}).out, HasSubstr("L’Étranger  (la rentrée)"));
    EXPECT_EQ(merchandise({"end", "goncourt prix", product_}).status, 0);
    EXPECT_THAT(merchandise({"list"}).out, Not(HasSubstr("Goncourt")));
}

TEST_F(MerchandiseVerbTest, ARunningServerShowsItWithTheReason) {
    App& app = installation_.start();
    const auto page = [&](const std::string& target) { return installation_.get("ville", target); };
    EXPECT_THAT(page("/fr/search?q=prix+goncourt"), Not(HasSubstr("Étranger")));
    merchandise({"pin", "prix goncourt", product_, "--reason", "rentrée littéraire"});
    app.run_jobs();
    EXPECT_THAT(page("/fr/search?q=goncourt,+prix"),
                AllOf(HasSubstr("Étranger"), HasSubstr("rentrée littéraire")));
    const Json found = Json::parse(page("/api/v1/search?q=prix+goncourt"));
    EXPECT_EQ(found["total"], 1);
    EXPECT_EQ(found["hits"][0]["pinned"], true);
    EXPECT_EQ(found["hits"][0]["pinned_reason"], "rentrée littéraire");
    EXPECT_THAT(page("/fr/ranking"), HasSubstr("rentrée littéraire"));

    merchandise({"hide", "l'étranger", product_, "--reason", "retiré de la vente"});
    app.run_jobs();
    EXPECT_THAT(page("/fr/search?q=etranger"),
                AllOf(HasSubstr("Aucun produit"), HasSubstr("retiré de la vente")));
    const Json hidden = Json::parse(page("/api/v1/search?q=etranger"));
    EXPECT_EQ(hidden["total"], 0);
    EXPECT_EQ(hidden["hidden"][0]["reason"], "retiré de la vente");
    EXPECT_THAT(page("/fr/shops/shop-1?shelf=etranger"), Not(HasSubstr("retiré de la vente")));
    // Only for these words.
    EXPECT_EQ(Json::parse(page("/api/v1/search?q=etrang"))["hits"][0].contains("pinned"), false);
}

TEST_F(MerchandiseVerbTest, ARecalledProductIsInNoSearchAndItsPageSaysWhy) {
    App& app = installation_.start();
    const auto page = [&](const std::string& target) { return installation_.get("ville", target); };
    const auto total = [&](const std::string& query) {
        return Json::parse(page("/api/v1/search" + query))["total"].get<int>();
    };
    const std::string product = "/fr/products/" + product_;
    EXPECT_EQ(total("?q=etranger"), 1);
    EXPECT_THAT(page(product), HasSubstr("/reserve/"));
    const Typed hidden =
        merchandise({"hide", "--everywhere", product_, "--reason", "rappelé par l’éditeur"});
    EXPECT_THAT(hidden.out, HasSubstr("every search")) << hidden.err;
    app.run_jobs();
    for (const char* query : {"?q=etranger", "?q=letranger", "", "?shop=shop-1"})
        EXPECT_EQ(total(query), 0) << query;
    EXPECT_THAT(page("/api/v1/suggest?q=etra"), Not(HasSubstr("tranger")));
    EXPECT_THAT(page("/fr/shops/shop-1"), Not(HasSubstr("Étranger")));
    EXPECT_THAT(page(product),
                AllOf(HasSubstr("rappelé par l’éditeur"), Not(HasSubstr("/reserve/"))));
    EXPECT_THAT([&] { installation_.reserve("ville", "Ada"); },
                testing::ThrowsMessage<std::runtime_error>(
                    AllOf(HasSubstr("409"), HasSubstr("\"withdrawn\""))));
    EXPECT_THAT(page("/fr/ranking"),
                AllOf(HasSubstr("Toutes les recherches"), HasSubstr("rappelé par l’éditeur")));

    EXPECT_THAT(type_in({"search", "--data", data(), "etranger"}).out, HasSubstr("nothing found"));
    EXPECT_EQ(merchandise({"end", "--everywhere", product_}).status, 0);
    app.run_jobs();
    EXPECT_EQ(total("?q=etranger"), 1);
}

TEST_F(MerchandiseVerbTest, ARecalledProductIsOnNoOtherPageEither) {
    App& app = installation_.start();
    const auto page = [&](const std::string& target) { return installation_.get("ville", target); };
    const auto ranking_has_example = [&] {
        const std::string all = page("/fr/ranking");
        return all.find(", chez Écume") != std::string::npos;
    };
    const std::string product = "/api/v1/products/" + product_;
    EXPECT_THAT(page("/fr/"), HasSubstr("1 produit"));
    EXPECT_TRUE(ranking_has_example());
    EXPECT_EQ(Json::parse(page(product))["offers_total"], 1);
    EXPECT_FALSE(Json::parse(page(product)).contains("withdrawn"));
    merchandise({"hide", "--everywhere", product_, "--reason", "rappelé par l’éditeur"});
    app.run_jobs();
    EXPECT_THAT(page("/fr/"), AllOf(HasSubstr("0 produit"), Not(HasSubstr("1 produit"))));
    EXPECT_FALSE(ranking_has_example());
    const Json answer = Json::parse(page(product));
    EXPECT_EQ(answer["offers"].size(), 0U);
    EXPECT_EQ(answer["offers_total"], 0);
    EXPECT_EQ(answer["withdrawn"], true);
    EXPECT_EQ(answer["withdrawn_reason"], "rappelé par l’éditeur");
}

TEST_F(MerchandiseVerbTest, TakesTheWordsWithoutQuotes) {
    EXPECT_EQ(merchandise({"pin", "prix", "goncourt", product_, "--reason", "r"}).status, 0);
    EXPECT_THAT(merchandise({"list"}).out, HasSubstr("\"prix goncourt\""));
}

TEST_F(MerchandiseVerbTest, SaysWhatIsWrongAndTeaches) {
    const std::string many(300, '9');
    EXPECT_THAT(merchandise({"pin", "livre", many, "--reason", "r"}).err,
                HasSubstr("not the number of a product"));
    for (const std::string& place : {std::string("0"), std::string("-1"), many})
        EXPECT_NE(merchandise({"pin", "livre", product_, "--reason", "r", "--place", place}).status,
                  0)
            << place;
    EXPECT_THAT(merchandise({"hide", "livre", product_, "--everywhere", "--reason", "r"}).err,
                HasSubstr("alone"));
    EXPECT_THAT(merchandise({"hide", product_, "--reason", "r"}).err, HasSubstr("words"));

    EXPECT_THAT(merchandise({"pin", "livre", product_}).err, HasSubstr("--reason"));
    EXPECT_THAT(merchandise({"hide", "livre", product_, "--reason", " "}).err,
                HasSubstr("everybody will read it"));
    EXPECT_THAT(merchandise({"hide", "livre", "999", "--reason", "r"}).err,
                HasSubstr("no such product"));
    EXPECT_THAT(merchandise({"end", "livre", product_}).err, HasSubstr("nothing is chosen"));
    EXPECT_THAT(type_in({"merchandise", "--help"}).out, HasSubstr("must not be sold"));
}

}  // namespace
}  // namespace emplettes
