#include <gmock/gmock.h>

#include <cstdlib>
#include <map>

#include "base/json.h"
#include "base/zip_file.h"
#include "catalogue/picture.h"
#include "catalogue/shelf.h"
#include "catalogue/shop_word.h"
#include "catalogue/test_town.h"
#include "emplettes/test_installation.h"
#include "emplettes/test_shop.h"
#include "emplettes/test_typed.h"
#include "pictures/decode.h"
#include "pictures/test_pictures.h"
#include "territory/claim.h"

namespace emplettes {
namespace {

using testing::HasSubstr;
using testing::Not;

using Entries = std::map<std::string, std::string>;

Entries unpacked(const std::string& file) {
    Entries entries;
    ZipReader zip(file);
    while (const auto name = zip.next()) entries[*name] = zip.read_all(1 << 24).value();
    EXPECT_EQ(zip.failure(), "");
    return entries;
}

void pack(const std::string& file, const Entries& entries) {
    ZipWriter zip(file, catalogue::kNoon);
    for (const auto& [name, bytes] : entries) {
        zip.begin(name);
        zip.write(bytes);
    }
    zip.finish();
}

bool is_photograph(const std::string& name) { return name.ends_with(".webp"); }

// How far two pictures are from each other, of 255; 255 when they have not one size.
double difference(const std::string& a, const std::string& b) {
    const auto one = pictures::decode_picture(a, 2'560);
    const auto other = pictures::decode_picture(b, 2'560);
    if (!one || !other || one->size != other->size) return 255;
    double sum = 0;
    for (std::size_t i = 0; i < one->rgb.size(); ++i) sum += std::abs(one->rgb[i] - other->rgb[i]);
    return sum / static_cast<double>(one->rgb.size());
}

// Everything but the moment it was made at, and what a picture lost by being made anew.
std::vector<std::string> differences(const Entries& a, const Entries& b) {
    std::vector<std::string> differ;
    for (const auto& [name, bytes] : b)
        if (!a.contains(name)) differ.push_back(name);
    for (const auto& [name, bytes] : a) {
        const auto other = b.find(name);
        bool is_same = other != b.end();
        if (is_same && is_photograph(name)) {
            is_same = difference(bytes, other->second) < 3;
        } else if (is_same && name == "shop.json") {
            auto one = parse_json(bytes);
            auto two = parse_json(other->second);
            EXPECT_EQ(one.erase("exported_at") + two.erase("exported_at"), 2U);
            is_same = one.dump() == two.dump();
        } else if (is_same) {
            is_same = bytes == other->second;
        }
        if (!is_same) differ.push_back(name);
    }
    return differ;
}

class ExportVerbTest : public testing::Test {
  protected:
    ExportVerbTest() {
        here_.add_territory("ville");
        App& app = here_.start();
        fill_test_shop(app, here_.territory("ville"), here_.path());
        app.stop();
    }

    Typed type(std::vector<std::string> words, const TestInstallation& where) const {
        words.insert(words.end(), {"--data", where.path().string()});
        if (words.front() == "import")
            words.insert(words.end(), {"--picture-maker", kPictureMaker});
        return type_in(std::move(words));
    }
    Entries exported(const TestInstallation& where, const std::string& name) {
        const auto typed = type({"export", "ecume", here_.file(name)}, where);
        EXPECT_EQ(typed.status, 0) << typed.err;
        return unpacked(here_.file(name));
    }
    // The first shelf, brought to a place where nothing was.
    Typed bring(const TestInstallation& where) {
        return type({"import", here_.file("a.zip")}, where);
    }

    TestInstallation here_;
    TestInstallation there_;
    TestInstallation elsewhere_;
};

TEST_F(ExportVerbTest, AFreshInstallationHasTheSameShelf) {
    const Entries before = exported(here_, "a.zip");
    EXPECT_EQ(before.size(), 10U);  // six texts, four photographs
    const auto brought = bring(there_);
    EXPECT_EQ(brought.status, 0) << brought.err;
    EXPECT_THAT(brought.out, HasSubstr("ecume (a new shop): 3 on its shelf"));
    EXPECT_THAT(brought.out, HasSubstr("photographs: 4 new, 0 here already, 0 refused"));
    const Entries after = exported(there_, "b.zip");
    EXPECT_THAT(differences(before, after), testing::IsEmpty());
    ASSERT_EQ(bring(elsewhere_).status, 0);
    Entries twin = exported(elsewhere_, "c.zip");
    twin["shop.json"] = after.at("shop.json");
    EXPECT_TRUE(twin == after);  // to the byte
    // Home again: nothing is there twice, nothing is another.
    EXPECT_THAT(type({"import", "shop", here_.file("b.zip")}, here_).out,
                HasSubstr("0 new, 4 here already"));
    const Entries home = exported(here_, "d.zip");
    EXPECT_THAT(differences(before, home), testing::IsEmpty());
    for (const auto& [name, bytes] : before) {
        if (is_photograph(name)) {
            EXPECT_EQ(home.at(name), bytes) << name;
        }
    }
    EXPECT_THAT(bring(there_).out, HasSubstr("0 new, 4 here already"));
}

// The comparison above sees what it is for.
TEST_F(ExportVerbTest, WhatIsAnotherShelfIsSeen) {
    const Entries before = exported(here_, "a.zip");
    ASSERT_EQ(bring(there_).status, 0);
    App& app = there_.start();
    const TerritoryId ville = there_.territory("ville");
    app.database().write([&](store::Tx& tx) {
        const auto shop = catalogue::find_shop_by_slug(tx, ville, "ecume").value();
        auto item = catalogue::load_shelf(tx, ville, shop.id, {}, 1).front();
        item.offer.price.cents += 1;
        catalogue::save_offer(tx, ville, item.offer);
        auto word = catalogue::load_shop_word(tx, ville, shop.id);
        word.closure.reset();
        check(catalogue::save_shop_word(tx, ville, shop.id, word, catalogue::kNoon).ok());
        auto claim = territory::find_holding_claim(tx, ville, shop.id).value();
        claim.seller.phone = "01 42 00 00 01";
        territory::save_claim(tx, ville, claim);
        const auto pictures = catalogue::load_pictures_of_shop(tx, ville, shop.id);
        check(catalogue::put_picture_first(tx, ville, {.shop = shop.id, .picture = pictures[1].id},
                                           catalogue::kNoon)
                  .ok());
        return Done{};
    });
    app.stop();
    EXPECT_THAT(differences(before, exported(there_, "b.zip")),
                testing::UnorderedElementsAre("shop.json", "shelf.json", "shelf.csv", "seller.json",
                                              "pictures.json", "pictures/front-1.webp",
                                              "pictures/front-2.webp"));
}

TEST_F(ExportVerbTest, PicturesAreNeverTakenAsTheyAre) {
    Entries entries = exported(here_, "a.zip");
    const std::string png = pictures::png_of(pictures::four_colours({.width = 30, .height = 40}));
    entries["pictures/front-1.webp"] = "<script>alert(1)</script>";
    entries["pictures/front-2.webp"] =
        pictures::claim_png_size(png, {.width = 40'000, .height = 40'000});
    auto& cut_off = entries["pictures/9782253140870-1.webp"];
    cut_off.resize(cut_off.size() / 2);
    pack(here_.file("a.zip"), entries);
    const auto brought = bring(there_);
    EXPECT_EQ(brought.status, 1);
    EXPECT_THAT(brought.out, HasSubstr("3 on its shelf"));
    EXPECT_THAT(brought.out, HasSubstr("1 new, 0 here already, 3 refused"));
    EXPECT_THAT(brought.out,
                HasSubstr("pictures/front-1.webp is neither JPEG, PNG, WebP nor AVIF"));
    EXPECT_THAT(brought.out, HasSubstr("pictures/front-2.webp has more than 64 million pixels"));
    EXPECT_THAT(brought.out, HasSubstr("pictures/9782253140870-1.webp is damaged or incomplete"));
    // What has a photograph's name has only what can be seen of it.
    entries["pictures/front-1.webp"] = pictures::jpeg_of(
        pictures::four_colours({.width = 60, .height = 40}), pictures::phone_exif(1));
    pack(here_.file("a.zip"), entries);
    bring(there_);
    const Entries after = exported(there_, "b.zip");
    EXPECT_THAT(after.at("pictures/front-1.webp"), testing::StartsWith("RIFF"));
    EXPECT_THAT(after.at("pictures/front-1.webp"), Not(HasSubstr("48.8790N")));
}

TEST_F(ExportVerbTest, SaysWhatIsWrong) {
    there_.add_territory("ville");
    EXPECT_THAT(type({"export", "nobody", "file.zip"}, here_).err, HasSubstr("no shop nobody"));
    const std::string file = (here_.path() / "territories" / "ville.toml").string();
    EXPECT_THAT(type({"import", "shop", file}, there_).err, HasSubstr("no ZIP file"));
    EXPECT_THAT(type({"import", file}, there_).err, HasSubstr("no ZIP file"));
    EXPECT_THAT(type_in({"import"}).err, HasSubstr("say what to bring in"));
    EXPECT_THAT(type_in({"import", file}).err, HasSubstr("--data FOLDER"));
    EXPECT_NE(type_in({"import", "no-such.zip", "--data", "."}).status, 0);
}

}  // namespace
}  // namespace emplettes
