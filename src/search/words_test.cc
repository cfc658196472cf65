#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "search/index.h"

// How a question's words are read, by what is found: every row is a complaint of somebody who used
// the demonstration, with what must not be found beside it.
namespace emplettes::search {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Not;
using testing::UnorderedElementsAre;

constexpr geo::Point kHere{48.8760, 2.3400};

struct Goods {
    const char* title;
    const char* language = "";
    int copies = 1;
};

// One shop has them all.
class Shelf {
  public:
    explicit Shelf(const std::vector<Goods>& goods) {
        catalogue_.shops.push_back({.id = {1}, .position = kHere});
        for (const Goods& of : goods)
            for (int copy = 0; copy < of.copies; ++copy) add(of);
        index_ = Index::build(catalogue_);
    }
    Answer ask(const std::string& text) const {
        return index_->search({.text = text, .from = kHere, .limit = 1'000});
    }
    // In their order.
    std::vector<std::string> titles(const std::string& text) const {
        std::vector<std::string> found;
        for (const ProductHit& hit : ask(text).hits)
            found.push_back(catalogue_.products[static_cast<std::size_t>(hit.product.value)].title);
        return found;
    }

    std::vector<std::string> suggested(const std::string& text) const {
        std::vector<std::string> found;
        for (const Suggestion& suggestion : index_->suggest(text, 8))
            found.push_back(suggestion.text);
        return found;
    }

  private:
    void add(const Goods& of) {
        const auto id = static_cast<std::int64_t>(catalogue_.products.size());
        catalogue_.products.push_back(
            {.id = {id}, .title = of.title, .category = "goods", .language = of.language});
        catalogue_.offers.push_back({.id = {id}, .product = {id}, .shop = {1}, .stock = 1});
    }
    Catalogue catalogue_;
    std::shared_ptr<const Index> index_;
};

TEST(Tea, IsNotTheArticleOfEnglishTitles) {
    const Shelf shelf({{"Thé vert", "fr"},
                       {"THE NOIR BIO", "fr"},
                       {"The Hobbit", "en"},
                       {"The Lord of the Rings"},
                       {"Théière", "fr"}});
    for (const char* tea : {"thé ", "the ", "THÉ ", "thés ", "du thé "})
        EXPECT_THAT(shelf.titles(tea), UnorderedElementsAre("Thé vert", "THE NOIR BIO")) << tea;
    EXPECT_THAT(shelf.titles("the"), IsSupersetOf({"Thé vert", "THE NOIR BIO", "Théière"}));
    EXPECT_THAT(shelf.titles("the"), Not(Contains("The Hobbit")));
    EXPECT_EQ(shelf.titles("the vert").front(), "Thé vert");
    EXPECT_EQ(shelf.titles("thé vert").front(), "Thé vert");
}

TEST(Tea, TheArticleIsFoundByWhoWritesTheWholeTitle) {
    const Shelf shelf({{"Thé vert", "fr"}, {"The Hobbit", "en"}, {"The Lord of the Rings"}});
    for (const auto& [asked, found] : {std::pair{"the hobbit ", "The Hobbit"},
                                       {"the lord of the rings ", "The Lord of the Rings"},
                                       {"lord of the rings", "The Lord of the Rings"}}) {
        const Answer answer = shelf.ask(asked);
        EXPECT_EQ(shelf.titles(asked).front(), found);
        EXPECT_EQ(answer.hits.at(0).why.words_matched, answer.hits[0].why.words_asked) << asked;
    }
}

// Each keystroke shows what the words so far say.
TEST(Keystrokes, AFunctionWordIsNoWordOfItsOwn) {
    const Shelf shelf({{"Cafetière à piston"},
                       {"Cafetière italienne"},
                       {"Pain de mie"},
                       {"Pain aux raisins"},
                       {"Huile d'olive"},
                       {"Huile de noix"},
                       {"À la recherche du temps perdu"},
                       {"Abricots"},
                       {"Poivre de Kampot"},
                       {"Dentifrice"}});
    const std::vector<std::string> pots = {"Cafetière à piston", "Cafetière italienne"};
    const std::vector<std::string> loaves = {"Pain aux raisins", "Pain de mie"};
    const std::vector<std::string> oils = {"Huile d'olive", "Huile de noix"};
    for (const char* typed : {"cafetière ", "cafetière à", "cafetière à "})
        EXPECT_THAT(shelf.titles(typed), testing::UnorderedElementsAreArray(pots)) << typed;
    for (const char* typed : {"pain ", "pain d", "pain de", "pain de "})
        EXPECT_THAT(shelf.titles(typed), testing::UnorderedElementsAreArray(loaves)) << typed;
    for (const char* typed : {"huile", "huile d", "huile d'", "huile d’"})
        EXPECT_THAT(shelf.titles(typed), testing::UnorderedElementsAreArray(oils)) << typed;
    // What comes next decides, and nothing is found by one letter alone.
    EXPECT_THAT(shelf.titles("cafetière à p"), ElementsAre(pots[0], pots[1]));
    EXPECT_THAT(shelf.titles("pain de m"), ElementsAre(loaves[1], loaves[0]));
    EXPECT_THAT(shelf.titles("huile d'o"), ElementsAre(oils[0], oils[1]));
    EXPECT_THAT(shelf.titles("à"), ElementsAre("Abricots"));
    EXPECT_THAT(shelf.titles("de"), ElementsAre("Dentifrice"));
    EXPECT_THAT(shelf.titles("à "), Contains("À la recherche du temps perdu"));
    EXPECT_THAT(shelf.titles("poivre den"), Contains("Dentifrice"));
}

// Few products have all the words: those that many have are right as they are.
TEST(Typos, AreForgivenInTheWordsThatNeedIt) {
    const Shelf shelf({{"Baguette ordinaire"},
                       {"Baguette", "", 10},
                       {"Raquette", "", 4},
                       {"Ordinateur", "", 4},
                       {"Chaussettes rouges"},
                       {"Chaussettes", "", 6}});
    const auto words = [&](const std::string& asked) {
        const auto found = shelf.titles(asked);
        return std::set<std::string>(found.begin(), found.end());
    };
    const std::set<std::string> loaves = {"Baguette ordinaire", "Baguette"};
    for (const char* asked : {"baguette ordinaire", "ordinaire baguette", "baguette ordinaire ",
                              "ordinaire baguette ", "baguettes ordinaires", "ordinare baguette"})
        EXPECT_EQ(words(asked), loaves) << asked;
    // What few have may be another word, and what nobody has must be one.
    EXPECT_THAT(words("raquette ordinaire "), Contains("Baguette ordinaire"));
    EXPECT_EQ(shelf.titles("chausettes rouge").front(), "Chaussettes rouges");
    EXPECT_EQ(shelf.titles("rouge chausettes ").front(), "Chaussettes rouges");
}

TEST(OtherNames, OfEverydayWords) {
    const Shelf shelf({{"Téléphone reconditionné"},
                       {"Ordinateur portable"},
                       {"Baskets en toile"},
                       {"Bottes de pluie"},
                       {"Radis, la botte"},
                       {"Raquette de tennis"},
                       {"Cirage"}});
    for (const char* phone : {"smartphone", "téléphone portable", "portable"})
        EXPECT_THAT(shelf.titles(phone), Contains("Téléphone reconditionné")) << phone;
    EXPECT_THAT(shelf.titles("sneakers"), ElementsAre("Baskets en toile"));
    EXPECT_THAT(shelf.titles("chaussures"),
                UnorderedElementsAre("Baskets en toile", "Bottes de pluie"));
    EXPECT_THAT(shelf.titles("tennis"), ElementsAre("Raquette de tennis"));
    // Suggestions know them, too.
    EXPECT_THAT(shelf.suggested("smartphone"), ElementsAre("Téléphone reconditionné"));
    EXPECT_THAT(shelf.suggested("smartph"), testing::IsEmpty());
}

}  // namespace
}  // namespace emplettes::search
