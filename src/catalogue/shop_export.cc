#include "catalogue/shop_export.h"

#include <fstream>

#include "base/json.h"
#include "base/zip_file.h"
#include "catalogue/degrees.h"
#include "catalogue/shelf_files.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kPieceBytes = 256 * 1024;

constexpr std::string_view kReadme =
    "Cette archive contient tout ce qu’une boutique a mis sur Emplettes.\n"
    "  shop.json   la boutique : nom, adresse, horaires\n"
    "  shelf.csv   le rayon, pour un tableur (séparateur « ; », UTF-8)\n"
    "  shelf.json  le rayon, exactement, pour un programme\n"
    "  pictures/   les photographies\n"
    "Pour la reprendre ailleurs : emplettes import shop export.zip --data DOSSIER\n"
    "\n"
    "This archive holds everything that a shop put on Emplettes.\n"
    "  shop.json   the shop: name, address, hours\n"
    "  shelf.csv   the shelf for a spreadsheet (separator ';', UTF-8)\n"
    "  shelf.json  the shelf, exactly, for a program\n"
    "  pictures/   the photographs\n"
    "To bring it in elsewhere: emplettes import shop export.zip --data FOLDER\n";

Json shop_json(const ShopExport& wanted) {
    const Shop& shop = wanted.shop;
    return {{"format", "emplettes-shop"},
            {"version", kShopExportVersion},
            {"exported_at", to_unix(wanted.now)},
            {"currency", wanted.currency},
            {"slug", shop.slug},
            {"name", shop.name},
            {"kind", shop.kind},
            {"is_maker", shop.is_maker},
            {"lat_e7", to_e7(shop.position.lat)},
            {"lon_e7", to_e7(shop.position.lon)},
            {"housenumber", shop.housenumber},
            {"street", shop.street},
            {"postcode", shop.postcode},
            {"city", shop.city},
            {"phone", shop.phone},
            {"website", shop.website},
            {"email", shop.email},
            {"opening_hours", shop.opening_hours},
            {"source", shop.source},
            {"source_ref", shop.source_ref},
            {"hold_open_days", shop.hold_open_days}};
}

Json item_json(const ShelfItem& item) {
    const Product& product = item.product;
    return {{"key", product.key},
            {"gtin", product.gtin ? product.gtin->text() : std::string()},
            {"title", product.title},
            {"maker", product.maker},
            {"category", product.category},
            {"description", product.description},
            {"language", product.language},
            {"condition", to_string(item.offer.condition)},
            {"price_cents", item.offer.price.cents},
            {"quantity", item.counted()},
            {"stock_source", to_string(item.offer.stock.source)},
            {"confirmed_at", to_unix(item.offer.stock.confirmed_at)}};
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
    each_on_shelf(database, wanted.territory, wanted.shop.id, [&](const ShelfItem& item) {
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
    each_on_shelf(database, wanted.territory, wanted.shop.id, [&](const ShelfItem& item) {
        if (!is_first) pieces.out() += ",\n";
        is_first = false;
        pieces.out() += item_json(item).dump();
        pieces.flush_when_full();
    });
    pieces.out() += "\n]\n";
    pieces.flush();
}

void write_picture(ZipWriter& zip, const ExportedPicture& picture) {
    std::ifstream stream(picture.file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + picture.file.string());
    zip.begin("pictures/" + picture.name);
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
    zip.write(shop_json(wanted).dump(2) + "\n");
    write_shelf_csv(zip, database, wanted);
    write_shelf_json(zip, database, wanted);
    for (const ExportedPicture& picture : wanted.pictures) write_picture(zip, picture);
    zip.finish();
}

}  // namespace emplettes::catalogue
