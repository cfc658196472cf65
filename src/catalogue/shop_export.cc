#include "catalogue/shop_export.h"

#include <fstream>
#include <map>
#include <stdexcept>

#include "base/zip_file.h"
#include "catalogue/export_json.h"
#include "catalogue/shelf_files.h"
#include "store/sha256.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;
constexpr std::size_t kOwnDigits = 12;

constexpr std::string_view kReadme =
    "Cette archive contient tout ce qu’une boutique a mis sur Emplettes.\n"
    "  shop.json      la boutique : nom, adresse, horaires, fermeture, ce que vous en dites\n"
    "  shelf.csv      le rayon, pour un tableur (séparateur « ; », UTF-8)\n"
    "  shelf.json     le rayon, exactement, pour un programme\n"
    "  seller.json    qui vend, comme la loi le demande\n"
    "  pictures.json  ce que montrent les photographies\n"
    "  pictures/      les photographies\n"
    "Pour la reprendre ailleurs : emplettes import export.zip --data DOSSIER\n"
    "\n"
    "This archive holds everything that a shop put on Emplettes.\n"
    "  shop.json      the shop: name, address, hours, closure, what you say of it\n"
    "  shelf.csv      the shelf for a spreadsheet (separator ';', UTF-8)\n"
    "  shelf.json     the shelf, exactly, for a program\n"
    "  seller.json    who sells, as the law wants it told\n"
    "  pictures.json  what the photographs show\n"
    "  pictures/      the photographs\n"
    "To bring it in elsewhere: emplettes import export.zip --data FOLDER\n";

// Beside what everybody sees, the map's word and the keeper's, each alone.
Json shop_json(store::Database& database, const ShopExport& wanted) {
    const Territory& territory = wanted.territory;
    const ShopWord word = database.read(
        [&](store::Tx& tx) { return load_shop_word(tx, territory.id, wanted.shop.id); });
    const auto sourced = database.read(
        [&](store::Tx& tx) { return find_sourced_shop(tx, territory.id, wanted.shop.id); });
    Json json = {{"format", kShopFormat},
                 {"version", kShopExportVersion},
                 {"exported_at", to_unix(wanted.now)},
                 {"currency", territory.currency}};
    json.update(shop_to_json(wanted.shop));
    json["map"] = shop_to_json(sourced.value_or(wanted.shop));
    json["keeper"] = word_to_export(word);
    json["territory"] = {{"name", territory.name(territory.languages.front())},
                         {"languages", territory.languages},
                         {"time_zone", territory.zone.name()},
                         {"holiday_region", territory.holiday_region}};
    return json;
}

// Collects what comes in small pieces.
class Pieces {
  public:
    explicit Pieces(ZipWriter& zip) : zip_(zip) {}

    std::string& out() { return piece_; }
    void flush_when_full() {
        if (piece_.size() >= kPieceBytes) flush();
    }
    void flush() {
        zip_.write(piece_);
        piece_.clear();
    }

  private:
    ZipWriter& zip_;
    std::string piece_;
};

void write_shelf_csv(ZipWriter& zip, store::Database& database, const ShopExport& wanted) {
    zip.begin("shelf.csv");
    Pieces pieces(zip);
    pieces.out() += full_shelf_header();
    each_on_shelf(database, wanted.territory.id, wanted.shop.id, [&](const ShelfItem& item) {
        append_full_shelf(pieces.out(), item);
        pieces.flush_when_full();
    });
    pieces.flush();
}

void write_shelf_json(ZipWriter& zip, store::Database& database, const ShopExport& wanted) {
    zip.begin("shelf.json");
    Pieces pieces(zip);
    pieces.out() += "[\n";
    bool is_first = true;
    each_on_shelf(database, wanted.territory.id, wanted.shop.id, [&](const ShelfItem& item) {
        if (!is_first) pieces.out() += ",\n";
        is_first = false;
        pieces.out() += item_to_json(item).dump();
        pieces.flush_when_full();
    });
    pieces.out() += "\n]\n";
    pieces.flush();
}

// What a picture's file is called by what it shows: "front-1.webp", "9782070360024-2.webp",
// "own-3f5ac09b12de-1.webp". The same in every installation.
std::string subject_name(const std::optional<Product>& product) {
    if (!product) return "front";
    if (product->gtin) return product->gtin->text();
    const auto key = product_to_json(*product)["key"].get<std::string>();
    return "own-" + store::sha256(key).substr(0, kOwnDigits);
}

struct NamedPicture {
    const ExportedPicture& exported;
    std::string name;
    std::optional<Product> product;
};

std::vector<NamedPicture> name_pictures(store::Database& database, const ShopExport& wanted) {
    std::vector<NamedPicture> named;
    database.read([&](store::Tx& tx) {
        named.clear();
        std::map<ProductId, std::int64_t> seen;
        for (const ExportedPicture& exported : wanted.pictures) {
            const ProductId id = exported.picture.product;
            auto product =
                id == ProductId{} ? std::nullopt : find_product(tx, wanted.territory.id, id);
            if (id != ProductId{} && !product) continue;
            std::string name = subject_name(product) + "-" + std::to_string(++seen[id]) +
                               exported.file.extension().string();
            named.push_back({exported, std::move(name), std::move(product)});
        }
        return Done{};
    });
    return named;
}

void write_pictures_json(ZipWriter& zip, const std::vector<NamedPicture>& pictures) {
    zip.begin("pictures.json");
    std::string text = "[\n";
    for (const NamedPicture& named : pictures) {
        const Picture& picture = named.exported.picture;
        const Json json = {{"file", named.name},
                           {"product", named.product ? product_to_json(*named.product) : Json()},
                           {"caption", picture.caption},
                           {"source", picture.source},
                           {"origin_sha256", origin_of(picture)},
                           {"created_at", to_unix(picture.created_at)}};
        text += json.dump() + (&named == &pictures.back() ? "\n" : ",\n");
    }
    zip.write(text + "]\n");
}

void write_picture(ZipWriter& zip, const NamedPicture& named) {
    std::ifstream stream(named.exported.file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + named.exported.file.string());
    zip.begin("pictures/" + named.name);
    std::string piece(kPieceBytes, '\0');
    while (stream) {
        stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        zip.write(std::string_view(piece).substr(0, static_cast<std::size_t>(stream.gcount())));
    }
}

}  // namespace

void write_shop_export(store::Database& database, const ShopExport& wanted,
                       const std::filesystem::path& file) {
    ZipWriter zip(file, wanted.now);
    zip.begin("README.txt");
    zip.write(kReadme);
    zip.begin("shop.json");
    zip.write(shop_json(database, wanted).dump(2) + "\n");
    write_shelf_csv(zip, database, wanted);
    write_shelf_json(zip, database, wanted);
    if (!wanted.seller_json.empty()) {
        zip.begin("seller.json");
        zip.write(wanted.seller_json);
    }
    const auto pictures = name_pictures(database, wanted);
    write_pictures_json(zip, pictures);
    for (const NamedPicture& picture : pictures) write_picture(zip, picture);
    zip.finish();
}

}  // namespace emplettes::catalogue
