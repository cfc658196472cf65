#include "emplettes/test_shop.h"

#include "base/check.h"
#include "catalogue/picture.h"
#include "catalogue/shop_word.h"
#include "catalogue/test_town.h"
#include "pictures/picture_maker.h"
#include "pictures/test_pictures.h"
#include "site/picture_files.h"
#include "territory/claim.h"

namespace emplettes {
namespace {

constexpr ShopId kEcume{77};

void fill_word(store::Tx& tx, TerritoryId territory) {
    catalogue::save_shop(tx, territory,
                         {.id = kEcume,
                          .slug = "ecume",
                          .name = "Ecume",
                          .kind = "bookshop",
                          .position = {.lat = 48.5, .lon = 2.5},
                          .housenumber = "12",
                          .street = "rue Cadet",
                          .opening_hours = "Mo-Sa 10:00-19:00",
                          .source = "osm",
                          .source_ref = "node/1",
                          .secret = "secret",
                          .hold_open_days = 4});
    check(catalogue::save_shop_word(
              tx, territory, kEcume,
              {.name = "L’Écume des pages",
               .opening_hours = "Tu-Sa 10:00-19:30",
               .about = "On lit tout.\nOn conseille.",
               .closure = catalogue::Closure{.from = catalogue::kNoon,
                                             .until = catalogue::kNoon + std::chrono::days{9},
                                             .reason = "Congés"}},
              catalogue::kNoon)
              .ok());
}

void fill_seller(store::Tx& tx, TerritoryId territory) {
    territory::Claim claim;
    claim.id = ClaimId{5};
    claim.shop = kEcume;
    claim.status = territory::ClaimStatus::approved;
    claim.proof = territory::Proof::mail;
    claim.seller = {.siret = "73282932000074",
                    .legal_name = "Écume SARL",
                    .legal_address = "12 rue Cadet, 75009 Paris",
                    .phone = "01 42 00 00 00",
                    .email = "claire@example.org",
                    .register_number = "RCS Paris 732 829 320",
                    .mediator = "Médiation du commerce",
                    .mediator_url = "https://mediation.example/",
                    .certified_at = catalogue::kNoon};
    territory::save_claim(tx, territory, claim);
}

void fill_shelf(store::Tx& tx, TerritoryId territory) {
    auto book = catalogue::make_product(901, "L’Écume des jours; « relié »");
    book.gtin = Gtin{9782253140870};
    book.key = "gtin:9782253140870";
    auto bowl = catalogue::make_product(902, "Bol \"du potier\"");
    bowl.key = "shop/77/REF/9";
    for (const auto& product : {book, bowl}) {
        catalogue::save_product(tx, territory, product);
        catalogue::save_offer(tx, territory, catalogue::make_offer(kEcume, product, 3));
    }
    auto used = catalogue::make_offer(kEcume, book, 0);
    used.id = OfferId{903};
    used.condition = catalogue::Condition::used;
    used.price = Money{300};
    used.stock.source = catalogue::StockSource::hand;
    catalogue::save_offer(tx, territory, used);
}

void take_pictures(App& app, TerritoryId territory, const std::filesystem::path& data) {
    pictures::PictureMaker maker({kPictureMaker});
    int number = 0;
    for (const std::int64_t product : {0, 0, 901, 902}) {
        ++number;
        const auto set = maker.make(
            pictures::jpeg_of(pictures::four_colours({.width = 300 + 40 * number, .height = 200}),
                              pictures::phone_exif(number)));
        check(set.ok());
        const catalogue::Picture picture{
            .id = PictureId{number},
            .shop = kEcume,
            .product = ProductId{product},
            .content_sha256 = site::store_picture_files(
                {.files = data / "pictures" / "ville", .spool = data / "spool"}, *set),
            .width = set->files.front().size.width,
            .height = set->files.front().size.height,
            .caption = "Vue no " + std::to_string(number),
            .source = "shop",
            .created_at = catalogue::kNoon};
        app.database().write([&](store::Tx& tx) {
            check(catalogue::add_picture(tx, territory, picture).ok());
            return Done{};
        });
    }
}

}  // namespace

void fill_test_shop(App& app, TerritoryId territory, const std::filesystem::path& data) {
    app.database().write([&](store::Tx& tx) {
        fill_word(tx, territory);
        fill_seller(tx, territory);
        fill_shelf(tx, territory);
        return Done{};
    });
    take_pictures(app, territory, data);
}

}  // namespace emplettes
