#include "geo/addresses/address_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <random>

#include "geo/addresses/address_search.h"
#include "geo/addresses/written_addresses.h"

namespace emplettes::geo {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kBan = EMPLETTES_SOURCE_DIR "/src/geo/testdata/ban-paris-11e.csv";
constexpr const char* kBano = EMPLETTES_SOURCE_DIR "/src/geo/testdata/bano-belfort.csv";
constexpr const char* kMap = EMPLETTES_SOURCE_DIR "/demo/paris-9e.osm.pbf";

AddressRow row(const char* number, std::string street, std::string postcode, std::string town,
               Point position) {
    return {.number = *parse_house_number(number),
            .street = std::move(street),
            .other_name = {},
            .postcode = std::move(postcode),
            .town = std::move(town),
            .position = position};
}

AddressIndex quarter() {
    return AddressIndex({row("2", "Rue de la Paix", "75002", "Paris", {48.868, 2.330}),
                         row("10", "Rue de la Paix", "75002", "Paris", {48.870, 2.332}),
                         row("11", "Rue de la Paix", "75002", "Paris", {48.871, 2.333}),
                         row("2 bis", "Rue de la Paix", "75002", "Paris", {48.8681, 2.3301}),
                         row("4", "Rue du Quatre Septembre", "75002", "Paris", {48.869, 2.335}),
                         row("4", "Rue du 4 Septembre", "75011", "Paris", {48.86, 2.37}),
                         row("12", "Rue du 4 Septembre", "75011", "Paris", {48.861, 2.371}),
                         row("1", "Boulevard Saint-Martin", "75003", "Paris", {48.867, 2.36}),
                         row("12a", "Rue Neuve", "75003", "Paris", {48.866, 2.36}),
                         row("12b", "Rue Neuve", "75003", "Paris", {48.866, 2.361}),
                         row("3", "Rue de la Gare", "90100", "Delle", {47.5, 7.0}),
                         row("3", "Rue de la Gare", "90400", "Danjoutin", {47.6, 6.86})});
}

std::string first(const AddressIndex& index, std::string text) {
    const auto found = index.find({.text = std::move(text)});
    return found.empty() ? "nothing" : found.front().label();
}

TEST(AddressIndex, FindsAddressesInAnyForm) {
    const AddressIndex index = quarter();
    for (const char* text : {"2 rue de la Paix", "2, RUE DE LA PAIX, 75002 Paris", "r paix 2",
                             "2 r de la paixx", "2 rue de la piax paris", "2 rue pai"})
        EXPECT_EQ(first(index, text), "2 Rue de la Paix, 75002 Paris") << text;
    for (const char* text : {"paix 2e 10 ", "rue de la paix paris II 10"})
        EXPECT_EQ(first(index, text), "10 Rue de la Paix, 75002 Paris") << text;
    for (const char* text : {"2bis rue de la paix", "2 b rue de la paix", "rue de la paix 2 bis"})
        EXPECT_EQ(first(index, text), "2 bis Rue de la Paix, 75002 Paris") << text;
    EXPECT_EQ(first(index, "bd st martin"), "Boulevard Saint-Martin, 75003 Paris");
    EXPECT_EQ(first(index, "12 rue du 4 septembre"), "12 Rue du 4 Septembre, 75011 Paris");
    EXPECT_EQ(first(index, "4 rue du 4 septembre 11e"), "4 Rue du 4 Septembre, 75011 Paris");
    EXPECT_EQ(first(index, "gare delle"), "Rue de la Gare, 90100 Delle");
    EXPECT_EQ(first(index, "rue de la gare 3 danjoutin"), "3 Rue de la Gare, 90400 Danjoutin");
}

TEST(AddressIndex, ALetterIsALetterWhereThereIsAnA) {
    const AddressIndex index = quarter();
    EXPECT_EQ(first(index, "12 b rue neuve"), "12 B Rue Neuve, 75003 Paris");
    EXPECT_EQ(first(index, "12a rue neuve"), "12 A Rue Neuve, 75003 Paris");
}

TEST(AddressIndex, SaysThatAHouseWasNotThere) {
    const AddressIndex index = quarter();
    const auto found = index.find({.text = "6 rue de la paix"});
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().match, AddressMatch::interpolated);
    EXPECT_EQ(found.front().label(), "6 Rue de la Paix, 75002 Paris");
    EXPECT_NEAR(found.front().position.lat, 48.869, 1e-9);  // half way from 2 to 10, not from 11
    const auto behind = index.find({.text = "31 rue de la paix"});
    EXPECT_EQ(behind.front().match, AddressMatch::interpolated);
    EXPECT_NEAR(behind.front().position.lat, 48.871, 1e-9);         // the last odd one
    const auto beyond = index.find({.text = "99 rue de la paix"});  // nobody knows where
    EXPECT_EQ(beyond.front().match, AddressMatch::street);
    const auto without = index.find({.text = "2 boulevard saint martin"});  // only an odd house
    EXPECT_EQ(without.front().match, AddressMatch::street);
    EXPECT_EQ(without.front().number, "");
}

// Maps write one street now with its postcode, now without.
TEST(AddressIndex, ASideWithHousesComesBeforeOneWithout) {
    const AddressIndex index({row("9", "Rue Rodier", "", "", {48.88, 2.34}),
                              row("8", "Rue Rodier", "75009", "", {48.87, 2.33}),
                              row("12", "Rue Rodier", "75009", "", {48.88, 2.33})});
    const auto found = index.find({.text = "10 rue rodier paris", .near = Point{48.88, 2.34}});
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.front().label(), "10 Rue Rodier, 75009");
    EXPECT_EQ(index.find({.text = "10 rue rodier", .near = Point{48.88, 2.34}}).front().match,
              AddressMatch::interpolated);
}

TEST(AddressIndex, SaysHowWellAnAnswerFits) {
    const AddressIndex index = quarter();
    const auto fit = [&](const char* text) { return index.find({.text = text}).front().fit; };
    EXPECT_TRUE(fit("6 rue de la paix, paris").is_exact());
    EXPECT_EQ(fit("rue de la piax"), AddressFit{.typos = 1});
    EXPECT_EQ(fit("rue du 4"), AddressFit{.left_out = 1});
    EXPECT_EQ(fit("rue de la pai"), AddressFit{.begun = 1});
    EXPECT_EQ(fit("rue de la paix london"), AddressFit{.missing = 1});
}

TEST(AddressIndex, TheNearestOfOneNameComesFirst) {
    const AddressIndex index = quarter();
    for (const Point near : {Point{47.5, 7.0}, Point{47.6, 6.86}}) {
        const auto found = index.find({.text = "3 rue de la gare", .near = near});
        ASSERT_EQ(found.size(), 2U);
        EXPECT_LT(found[0].distance_m, 1);
        EXPECT_GT(found[1].distance_m, 1000);
    }
}

// More than are looked at closely.
TEST(AddressIndex, TheNearestOfVeryManyComesFirst) {
    std::vector<AddressRow> rows;
    for (int i = 0; i < 1000; ++i)
        rows.push_back(
            row("3", "Rue de la Gare", "", "Ville " + std::to_string(i), {45 + 0.001 * i, 2}));
    const AddressIndex index(std::move(rows));
    for (const double lat : {45.0, 45.5, 45.999}) {
        const auto found = index.find({.text = "3 rue de la gare", .near = Point{lat, 2}});
        ASSERT_FALSE(found.empty());
        EXPECT_LT(found.front().distance_m, 1);
    }
}

TEST(AddressIndex, NothingIsFoundWhereNothingIs) {
    const AddressIndex index = quarter();
    for (const char* text : {"", " ", "zzzz", "99999", "12", "é", "\xFF"})
        EXPECT_THAT(index.find({.text = text}), IsEmpty()) << text;
    EXPECT_THAT(index.find({.text = "paix", .limit = 0}), IsEmpty());
    const AddressIndex empty({});
    EXPECT_THAT(empty.find({.text = "rue de la paix"}), IsEmpty());
    EXPECT_FALSE(empty.nearest({48.8, 2.3}, 1e9).has_value());
}

// Real files, written as people do; the whole files are measured by "bench geocode".
TEST(AddressIndex, FindsWhatPeopleWrite) {
    for (const char* file : {kBan, kBano}) {
        const AddressRows rows = read_addresses(file);
        const AddressIndex index(rows.rows);
        int right = 0;
        const auto written = write_addresses(rows.rows, 1000, 7);
        for (const WrittenAddress& address : written) {
            const auto found = index.find({.text = address.text});
            right += !found.empty() && is_right(found.front(), address) ? 1 : 0;
        }
        EXPECT_GE(right, 950) << file;
        // A control: another house of the file is not right.
        EXPECT_FALSE(is_right(index.find({.text = written[0].text}).front(), written[1])) << file;
    }
}

TEST(AddressIndex, EveryBeginningOfATextIsAQuestion) {
    const AddressRows rows = read_addresses(kBan);
    const AddressIndex index(rows.rows);
    const std::string text = "12 bis bd de la Bastille, 75012 Paris";
    for (std::size_t size = 0; size <= text.size(); ++size)
        EXPECT_LE(index.find({.text = text.substr(0, size)}).size(), 5U);
    EXPECT_THAT(first(index, "12 bd de la bast"), HasSubstr("Boulevard de la Bastille"));
}

RC_GTEST_PROP(AddressIndex, TheNearestHouseIsTheNearest, (std::uint64_t seed)) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> degrees(-0.02, 0.02);
    std::vector<AddressRow> rows;
    for (std::size_t i = random() % 60; i > 0; --i)
        rows.push_back(row(std::to_string(i).c_str(), "Rue Une", "", "",
                           {48.8 + degrees(random), 2.3 + degrees(random)}));
    const Point from{48.8 + degrees(random), 2.3 + degrees(random)};
    double nearest_m = 1000;
    for (const AddressRow& one : rows)
        nearest_m = std::min(nearest_m, distance_m(one.position, from));
    const auto found = AddressIndex(rows).nearest(from, 1000);
    RC_ASSERT(found.has_value() == (nearest_m < 1000));
    if (found) RC_ASSERT(found->distance_m == nearest_m);
}

// One edit, everything tried.
bool is_one_edit(const std::string& a, const std::string& b) {
    const std::string letters = "abc";
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (const char c : letters) {
            std::string longer = a;
            longer.insert(i, 1, c);
            if (longer == b) return true;
            if (i == a.size()) continue;
            std::string other = a;
            other[i] = c;
            if (other == b && other != a) return true;
        }
        if (i == a.size()) continue;
        std::string shorter = a;
        shorter.erase(i, 1);
        if (shorter == b) return true;
        if (i + 1 == a.size()) continue;
        std::string swapped = a;
        std::swap(swapped[i], swapped[i + 1]);
        if (swapped == b && swapped != a) return true;
    }
    return false;
}

RC_GTEST_PROP(AddressIndex, OneTypoIsOneEdit, ()) {
    const auto word = rc::gen::container<std::string>(rc::gen::elementOf(std::string("abc")));
    const std::string a = *word;
    const std::string b = *word;
    RC_ASSERT(is_one_typo(a, b) == (a != b && is_one_edit(a, b)));
}

class AddressImage : public testing::Test {
  protected:
    AddressImage()
        : file_(std::filesystem::temp_directory_path() /
                ("emplettes-addresses-" + std::to_string(::getpid()) + ".image")) {}
    ~AddressImage() override { std::filesystem::remove(file_); }

    std::string read() const {
        std::ifstream in(file_, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& bytes) const {
        std::ofstream(file_, std::ios::binary | std::ios::trunc) << bytes;
    }

    const std::filesystem::path file_;
};

std::string told(const std::vector<FoundAddress>& found) {
    std::string text;
    for (const FoundAddress& one : found)
        text += one.label() + ' ' + std::to_string(one.position.lat) + ' ' +
                std::to_string(one.position.lon) + ' ' + std::string(to_string(one.match)) + ' ' +
                std::string(to_string(one.exactness)) + ' ' + std::to_string(one.distance_m) + '\n';
    return text;
}

TEST_F(AddressImage, AnswersAsTheIndexItWasMadeOf) {
    for (const char* file : {kBan, kBano, kMap}) {
        AddressRows rows = read_addresses(file);
        rows.report.without_number = 7;
        const auto written = write_addresses(rows.rows, 200, 3);
        const auto built = AddressIndex::build(std::move(rows), 42);
        built->save(file_);
        const auto loaded = AddressIndex::load(file_);
        ASSERT_TRUE(loaded);
        const AddressIndex& index = **loaded;
        EXPECT_EQ(index.origin().source, 42U);
        EXPECT_EQ(index.origin().rules, kAddressRules);
        EXPECT_EQ(index.origin().report.without_number, 7);
        EXPECT_EQ(index.house_count(), built->house_count());
        EXPECT_EQ(index.street_count(), built->street_count());
        for (const WrittenAddress& address : written)
            for (const std::size_t size : {address.text.size(), address.text.size() / 2}) {
                const AddressIndex::Question question{.text = address.text.substr(0, size),
                                                      .near = written.front().meant.position};
                EXPECT_EQ(told(index.find(question)), told(built->find(question))) << question.text;
                const auto nearest = index.nearest(address.meant.position, 100);
                ASSERT_TRUE(nearest);
                EXPECT_EQ(told({*nearest}), told({*built->nearest(address.meant.position, 100)}));
            }
    }
}

TEST_F(AddressImage, MayBeOfNothing) {
    AddressIndex({}).save(file_);
    const auto loaded = AddressIndex::load(file_);
    ASSERT_TRUE(loaded);
    EXPECT_THAT((*loaded)->find({.text = "rue de la paix"}), IsEmpty());
    EXPECT_FALSE((*loaded)->nearest({48.8, 2.3}, 1e9).has_value());
}

TEST_F(AddressImage, DamageIsNoticed) {
    EXPECT_EQ(AddressIndex::load(file_).error(), ImageError::missing);
    quarter().save(file_);
    const std::string whole = read();
    for (std::size_t at = 0; at < whole.size(); at += 13) {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 4);
        write(bytes);
        EXPECT_FALSE(AddressIndex::load(file_).ok()) << at;
        write(whole.substr(0, at));
        EXPECT_FALSE(AddressIndex::load(file_).ok()) << at;
    }
    ImageWriter writer(file_, {.name = {'O', 'T', 'H', 'E', 'R'}, .version = 1});
    writer.finish();
    EXPECT_EQ(AddressIndex::load(file_).error(), ImageError::foreign);
}

TEST(AddressFiles, AreReadWhateverTheirKind) {
    const AddressRows ban = read_addresses(kBan);
    EXPECT_EQ(ban.report.rows_read, 593);
    EXPECT_EQ(ban.rows.size(), 593U);
    EXPECT_EQ(ban.rows[0].exactness, Exactness::parcel);
    const AddressRows bano = read_addresses(kBano);
    EXPECT_EQ(bano.report.rows_read, 796);
    EXPECT_EQ(bano.rows.size(), 796U);
    const AddressRows map = read_addresses(kMap);
    EXPECT_GT(map.rows.size(), 40U);
    EXPECT_THAT(first(AddressIndex(map.rows), "rue marguerite rochechouart"),
                HasSubstr("Rue Marguerite de Rochechouart"));
}

TEST(AddressFiles, SayWhatIsWrong) {
    const auto error_of = [](const char* file) -> std::string {
        try {
            read_addresses(file);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    };
    EXPECT_THAT(error_of("nowhere.csv"), AllOf(HasSubstr("nowhere.csv"), HasSubstr("none")));
    EXPECT_THAT(error_of(EMPLETTES_SOURCE_DIR "/LICENSE"),
                AllOf(HasSubstr("LICENSE"), HasSubstr("Base Adresse Nationale")));
    EXPECT_THAT(error_of(EMPLETTES_SOURCE_DIR "/rules/public-holidays.csv"),
                HasSubstr("none of the columns known"));
}

}  // namespace
}  // namespace emplettes::geo
