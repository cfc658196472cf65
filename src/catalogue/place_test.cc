#include "catalogue/place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/snapshot.h"
#include "catalogue/test_town.h"

namespace emplettes::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class FindPlaces : public testing::Test {
  protected:
    std::vector<std::string> names(std::string_view text, std::size_t limit = 10) const {
        std::vector<std::string> names;
        for (const NamedPlace& place : find_places(*snapshot_, text, limit))
            names.push_back(place.name);
        return names;
    }

    const std::shared_ptr<const Snapshot> snapshot_ = Snapshot::build(
        {.shops = {make_shop(1, "L’Écume des pages"), make_shop(2, "Boulangerie Cadet")},
         .products = {},
         .offers = {},
         .streets = {{.id = StreetId{1}, .name = "Rue Cadet", .position = {48.6, 2.6}},
                     {.id = StreetId{2}, .name = "Rue de la Tour d’Auvergne"},
                     {.id = StreetId{3}, .name = "Rue Condorcet"},
                     {.id = StreetId{4}, .name = "Cité Condorcet"},
                     {.id = StreetId{5}, .name = "Rue du 8 Mai 1945"},
                     {.id = StreetId{6}, .name = "Condorcet"}}},
        trades());
};

TEST_F(FindPlaces, SetsCaseAccentsAndApostrophesAside) {
    EXPECT_THAT(names("cite CONDORCET"), ElementsAre("Cité Condorcet"));
    EXPECT_THAT(names("rue de la tour d'auvergne"), ElementsAre("Rue de la Tour d’Auvergne"));
}

TEST_F(FindPlaces, SetsTheHouseNumberAside) {
    for (const std::string_view text :
         {"45 rue Condorcet", "45, rue Condorcet", "45 bis rue Condorcet", "45bis rue condorcet"})
        EXPECT_THAT(names(text), ElementsAre("Rue Condorcet")) << text;
}

TEST_F(FindPlaces, ANumberInTheNameStillFindsIt) {
    EXPECT_THAT(names("rue du 8 mai 1945"), ElementsAre("Rue du 8 Mai 1945"));
    EXPECT_THAT(names("8 mai"), ElementsAre("Rue du 8 Mai 1945"));
}

TEST_F(FindPlaces, TheLastWordMayBeItsBeginning) {
    EXPECT_THAT(names("rue cad"), ElementsAre("Rue Cadet"));
    EXPECT_THAT(names("cad rue"), IsEmpty());
}

TEST_F(FindPlaces, WantsAllWordsInAnyOrder) {
    EXPECT_THAT(names("auvergne tour"), ElementsAre("Rue de la Tour d’Auvergne"));
    EXPECT_THAT(names("tour condorcet"), IsEmpty());
}

TEST_F(FindPlaces, TheExactNameComesFirstThenTheShortest) {
    EXPECT_THAT(names("condorcet"), ElementsAre("Condorcet", "Rue Condorcet", "Cité Condorcet"));
    EXPECT_THAT(names("condorcet", 1), ElementsAre("Condorcet"));
}

TEST_F(FindPlaces, KnowsShopsAndWhereThingsAre) {
    const auto places = find_places(*snapshot_, "cadet", 10);
    ASSERT_EQ(places.size(), 2U);
    EXPECT_EQ(places[0].kind, NamedPlace::Kind::street);
    EXPECT_EQ(places[0].position, (geo::Point{48.6, 2.6}));
    EXPECT_EQ(places[1].kind, NamedPlace::Kind::shop);
    EXPECT_EQ(places[1].name, "Boulangerie Cadet");
    EXPECT_EQ(places[1].position, kMarketPlace);
}

TEST_F(FindPlaces, FindsNothingForNothing) {
    for (const std::string_view text : {"", " ,;", "rue Lafayette"})
        EXPECT_THAT(names(text), IsEmpty()) << text;
}

}  // namespace
}  // namespace emplettes::catalogue
