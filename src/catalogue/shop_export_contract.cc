#include "catalogue/shop_export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "base/check.h"
#include "base/json.h"
#include "base/zip_file.h"
#include "catalogue/contract.h"
#include "catalogue/shelf.h"

namespace emplettes::catalogue {
namespace {

using testing::HasSubstr;

class ShopExportContract : public CatalogueContract {
  protected:
    ShopExportContract() {
        shop_.hold_open_days = 3;
        save(shop_);
        Product book = make_product(21, "L’Étranger; « relié »");
        book.gtin = Gtin{9782070360024};
        book.key = "gtin:9782070360024";
        save(book, offer(1, book.id, Condition::new_, 705));
        save(book, offer(2, book.id, Condition::used, 300));
        Product bowl = make_product(22, "Bol \"du potier\"");
        bowl.key = "shop/1/REF/9";
        save(bowl, offer(3, bowl.id, Condition::new_, 2'400));
    }
    ~ShopExportContract() override { std::filesystem::remove_all(folder_); }

    static Offer offer(std::int64_t number, ProductId product, Condition condition,
                       std::int64_t cents) {
        return {.id = OfferId{number},
                .shop = kShop,
                .product = product,
                .condition = condition,
                .price = {cents},
                .stock = {.quantity = number, .source = StockSource::till, .confirmed_at = kNoon}};
    }
    std::filesystem::path exported(std::vector<ExportedPicture> pictures = {}) {
        const auto file = folder_ / "export.zip";
        const auto shown =
            db_->read([&](store::Tx& tx) { return *find_shop(tx, town_.id, kShop); });
        write_shop_export(*db_,
                          {.territory = town_,
                           .shop = shown,
                           .pictures = std::move(pictures),
                           .seller_json = "{}\n",
                           .now = kNoon},
                          file);
        return file;
    }
    Result<RestoredShop, RestoreError> restore(const Territory& territory,
                                               const std::filesystem::path& file) {
        const auto archive = read_shop_export(file);
        if (!archive) return archive.error();
        return restore_shop({.database = *db_,
                             .territory = territory,
                             .ids = ids_,
                             .random = random_,
                             .now = clock_.now()},
                            *archive, file);
    }
    ShopWord word_of(const Territory& territory, ShopId shop) {
        return db_->read([&](store::Tx& tx) { return load_shop_word(tx, territory.id, shop); });
    }
    std::string refusal_of(const std::map<std::string, std::string>& entries) {
        const auto restored = restore(elsewhere(), file_with(entries));
        return restored ? std::string("was taken") : restored.error().detail;
    }
    // All that is told of a shelf, but for what each installation numbers for itself.
    std::vector<std::string> shelf_of(const Territory& territory, ShopId shop) {
        std::vector<std::string> lines;
        each_on_shelf(*db_, territory.id, shop, [&](const ShelfItem& item) {
            lines.push_back(
                item.product.title + "|" + item.product.maker + "|" +
                (item.product.gtin ? item.product.gtin->text() : "") + "|" +
                std::string(to_string(item.offer.condition)) + "|" +
                std::to_string(item.offer.price.cents) + "|" + std::to_string(item.counted()) +
                "|" + std::string(to_string(item.offer.stock.source)) + "|" +
                std::to_string(to_unix(item.offer.stock.confirmed_at)) + "|" + item.sku);
        });
        std::sort(lines.begin(), lines.end());
        return lines;
    }
    static Territory elsewhere() {
        Territory territory = make_town();
        territory.id = TerritoryId{8};
        territory.slug = "ailleurs";
        return territory;
    }
    std::string file_with(const std::map<std::string, std::string>& entries) {
        const auto file = folder_ / "made.zip";
        ZipWriter zip(file, kNoon);
        for (const auto& [name, bytes] : entries) {
            zip.begin(name);
            zip.write(bytes);
        }
        zip.finish();
        return file;
    }
    static std::string picture_line(const std::string& name) {
        return "[\n" +
               Json({{"file", name},
                     {"product", Json()},
                     {"caption", ""},
                     {"source", "shop"},
                     {"origin_sha256", std::string(64, 'a')},
                     {"created_at", 0}})
                   .dump() +
               "\n]\n";
    }
    std::string shop_json_of(const std::filesystem::path& file) {
        ZipReader zip(file);
        while (const auto name = zip.next())
            if (*name == "shop.json") return *zip.read_all(100'000);
        return {};
    }

    Shop shop_ = make_shop(kShop.value, "Écume");
    const std::filesystem::path folder_ = [] {
        const auto folder =
            std::filesystem::temp_directory_path() / ("shop_export_" + std::to_string(getpid()));
        std::filesystem::create_directories(folder);
        return folder;
    }();
};

TEST_P(ShopExportContract, GivesTheSameShelfInAFreshPlace) {
    const Territory fresh = elsewhere();
    const auto restored = restore(fresh, exported());
    ASSERT_TRUE(restored) << restored.error().detail;
    EXPECT_TRUE(restored->is_new);
    EXPECT_EQ(restored->items, 3);
    EXPECT_EQ(restored->slug, shop_.slug);
    EXPECT_EQ(shelf_of(fresh, restored->shop), shelf_of(town_, kShop));
    const auto shops = db_->read([&](store::Tx& tx) { return load_shops(tx, fresh.id); });
    ASSERT_EQ(shops.size(), 1U);
    EXPECT_EQ(shops[0].name, shop_.name);
    EXPECT_EQ(shops[0].opening_hours, shop_.opening_hours);
    EXPECT_EQ(shops[0].hold_open_days, 3);
    EXPECT_EQ(shops[0].position, shop_.position);
    EXPECT_NE(shops[0].secret, shop_.secret);
}

TEST_P(ShopExportContract, TheKeepersWordIsApartFromTheMaps) {
    ShopWord word;
    word.name = "L’Écume des pages";
    word.about = "On lit tout.";
    word.closure = Closure{.from = kNoon, .until = kNoon + std::chrono::days{3}, .reason = "Août"};
    db_->write([&](store::Tx& tx) {
        check(save_shop_word(tx, town_.id, kShop, word, kNoon).ok());
        return Done{};
    });
    const auto file = exported();
    const Territory fresh = elsewhere();
    for (const Territory& territory : {fresh, town_, fresh}) {
        const auto restored = restore(territory, file);
        ASSERT_TRUE(restored) << restored.error().detail;
        EXPECT_EQ(word_of(territory, restored->shop), word);
        const auto sourced = db_->read(
            [&](store::Tx& tx) { return find_sourced_shop(tx, territory.id, restored->shop); });
        EXPECT_EQ(sourced->name, shop_.name);
        EXPECT_EQ(sourced->opening_hours, shop_.opening_hours);
    }
}

TEST_P(ShopExportContract, RepeatedItChangesNothing) {
    const auto file = exported();
    const auto before = shelf_of(town_, kShop);
    const auto restored = restore(town_, file);
    ASSERT_TRUE(restored);
    EXPECT_FALSE(restored->is_new);
    EXPECT_EQ(restored->shop, kShop);
    EXPECT_EQ(shelf_of(town_, kShop), before);
    EXPECT_EQ(products().size(), 2U);
    EXPECT_EQ(offers().size(), 3U);
}

TEST_P(ShopExportContract, HasWhatPeopleRead) {
    const auto picture = folder_ / "front.webp";
    std::ofstream(picture) << "RIFF";
    std::map<std::string, std::string> entries;
    ZipReader zip(exported(
        {{.picture = {.id = PictureId{1}, .shop = kShop, .content_sha256 = std::string(64, 'a')},
          .file = picture}}));
    while (const auto name = zip.next()) entries[*name] = *zip.read_all(100'000);
    EXPECT_THAT(entries.at("README.txt"), HasSubstr("emplettes import export.zip"));
    EXPECT_THAT(entries.at("shelf.csv"), HasSubstr("\"L’Étranger; « relié »\""));
    EXPECT_EQ(entries.at("pictures/front-1.webp"), "RIFF");
    EXPECT_THAT(entries.at("shop.json"), Not(HasSubstr(shop_.secret)));
}

TEST_P(ShopExportContract, OtherFilesAreRefusedBeforeAnythingIsChanged) {
    const Territory fresh = elsewhere();
    EXPECT_EQ(refusal_of({{"holiday.jpg", "…"}}), "the file has no shop.json and shelf.json");
    EXPECT_EQ(refusal_of({{"shop.json", "[]"}}), "shop.json is not that of a shop");
    const std::string sound = shop_json_of(exported());
    std::string newer = sound;
    newer.replace(newer.find("\"version\": 2"), 12, "\"version\": 9");
    EXPECT_EQ(refusal_of({{"shop.json", newer}}),
              "shop.json is of a version that this program does not know");
    std::string francs = sound;
    francs.replace(francs.find("EUR"), 3, "CHF");
    EXPECT_EQ(refusal_of({{"shop.json", francs}, {"shelf.json", "[\n]\n"}}),
              "its prices are in CHF, here they are in EUR");
    EXPECT_EQ(refusal_of({{"shop.json", sound}, {"shelf.json", "[\n{}\n]\n"}}),
              "item 1 of shelf.json is not understood");
    EXPECT_EQ(refusal_of({{"shop.json", sound}, {"shelf.json", std::string(100'000, ' ')}}),
              "a line of shelf.json is too long");
    EXPECT_EQ(refusal_of({{"shop.json", sound},
                          {"shelf.json", "[\n]\n"},
                          {"pictures.json", picture_line("front-1.webp")}}),
              "pictures.json names front-1.webp, which is not in the file");
    EXPECT_EQ(refusal_of({{"shop.json", sound},
                          {"shelf.json", "[\n]\n"},
                          {"pictures.json", picture_line("../front-1.webp")}}),
              "item 1 of pictures.json is not understood");
    EXPECT_EQ(refusal_of({{"../shop.json", sound}, {"shelf.json", "[\n]\n"}}),
              "the file has a name that leads out of it: \"../shop.json\"");
    std::string keeper = sound;
    keeper.replace(keeper.find("\"about\": \"\""), 11, "\"website\": \"javascript:\"");
    EXPECT_EQ(refusal_of({{"shop.json", keeper}, {"shelf.json", "[\n]\n"}}),
              "what the keeper says in shop.json is not understood");
    EXPECT_TRUE(db_->read([&](store::Tx& tx) { return load_shops(tx, fresh.id); }).empty());
    const std::string path = folder_ / "text.zip";
    std::ofstream(path) << "no archive";
    EXPECT_FALSE(restore(fresh, path));
}

TEST_P(ShopExportContract, OneOfTheFirstVersionIsTakenToo) {
    Json json = parse_json(shop_json_of(exported()));
    json["version"] = 1;
    EXPECT_EQ(json.erase("map") + json.erase("keeper") + json.erase("territory"), 3U);
    const Territory fresh = elsewhere();
    const auto restored =
        restore(fresh, file_with({{"shelf.json", "[\n]\n"}, {"shop.json", json.dump()}}));
    ASSERT_TRUE(restored) << restored.error().detail;
    EXPECT_EQ(word_of(fresh, restored->shop), ShopWord());
}

TEST_P(ShopExportContract, AnItemThatIsNotUnderstoodIsNamed) {
    const std::string sound = shop_json_of(exported());
    for (const std::string item : {"{}", "[1]", "not json",
                                   R"({"key":"a/b/c","title":"T","condition":"new","gtin":"",)"
                                   R"("price_cents":-1,"quantity":1,"stock_source":"till",)"
                                   R"("confirmed_at":0})"}) {
        const auto restored =
            restore(elsewhere(), file_with({{"a/shop.json", ""},
                                            {"shop.json", sound},
                                            {"shelf.json", "[\n" + item + "\n]\n"}}));
        ASSERT_FALSE(restored) << item;
    }
}

INSTANTIATE_TEST_SUITE_P(Databases, ShopExportContract, store::both_databases(),
                         store::name_of_dialect);

}  // namespace
}  // namespace emplettes::catalogue
