#include <algorithm>
#include <optional>

#include "base/check.h"
#include "base/zip_file.h"
#include "catalogue/export_json.h"
#include "catalogue/export_lines.h"
#include "catalogue/news.h"
#include "catalogue/shelf.h"
#include "catalogue/shop_export.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kItemsPerTransaction = 1'000;
constexpr std::size_t kShopSecretBytes = 24;

constexpr const char* kNumberSql =
    "UPDATE offer SET sku = :sku WHERE territory_id = :territory_id AND offer_id = :offer_id";

using Failure = std::optional<RestoreError>;

// Without news.
ProductId find_or_make_product(store::Tx& tx, const ShopRestore& restore, ShopId shop,
                               Product product) {
    const TerritoryId territory = restore.territory.id;
    product.key = key_at_home(product, shop);
    if (const auto known = find_product_by_key(tx, territory, product.key)) return known->id;
    product.id = restore.ids.next<ProductId>();
    product.updated_at = restore.now;
    save_product(tx, territory, product);
    return product.id;
}

class Restoring {
  public:
    Restoring(const ShopRestore& restore, const ShopArchive& archive)
        : restore_(restore), archive_(archive) {}

    void bring_shop() {
        restore_.database.write([&](store::Tx& tx) {
            find_or_make(tx, archive_.shop);
            // It was read, so nothing is wrong with it.
            check(save_shop_word(tx, restore_.territory.id, restored_.shop, archive_.word,
                                 restore_.now)
                      .ok());
            append_shop_news(tx, restore_.territory.id, restore_.now);
            return Done{};
        });
    }

    Failure bring_shelf(ZipReader& zip) {
        while (const auto name = zip.next()) {
            if (*name != "shelf.json") continue;
            const Failure failure = each_line(zip, *name, [&](const Json& json) {
                const auto item = item_from_json(json);
                if (item) take(*item);
                return item.has_value();
            });
            if (failure) return failure;
            write_items();
        }
        if (zip.failure().empty()) return std::nullopt;
        return RestoreError{.fault = RestoreFault::broken, .detail = "the file " + zip.failure()};
    }

    const RestoredShop& restored() const { return restored_; }

  private:
    void find_or_make(store::Tx& tx, Shop shop) {
        const auto shops = load_sourced_shops(tx, restore_.territory.id);
        const auto find = [&](auto&& is_it) {
            return std::find_if(shops.begin(), shops.end(), is_it);
        };
        auto known = find([&](const Shop& other) {
            return other.source == shop.source && other.source_ref == shop.source_ref;
        });
        if (known == shops.end())
            known = find([&](const Shop& other) { return other.slug == shop.slug; });
        restored_ = {.is_new = known == shops.end()};
        if (restored_.is_new) {
            shop.id = restore_.ids.next<ShopId>();
            shop.secret = restore_.random.url_token(kShopSecretBytes);
        } else {
            const int days = shop.hold_open_days;
            shop = *known;
            shop.hold_open_days = days;
        }
        shop.updated_at = restore_.now;
        save_shop(tx, restore_.territory.id, shop);
        restored_.shop = shop.id;
        restored_.slug = shop.slug;
    }

    void take(const ShelfItem& item) {
        ++restored_.items;
        items_.push_back(item);
        if (items_.size() == kItemsPerTransaction) write_items();
    }

    void write_items() {
        restore_.database.write([&](store::Tx& tx) {
            std::vector<ProductId> changed;
            changed.reserve(items_.size());
            for (const ShelfItem& item : items_) changed.push_back(write_item(tx, item));
            std::sort(changed.begin(), changed.end());
            changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
            append_product_news(tx, restore_.territory.id, changed, restore_.now);
            return Done{};
        });
        items_.clear();
    }

    ProductId write_item(store::Tx& tx, const ShelfItem& item) {
        const TerritoryId territory = restore_.territory.id;
        Offer offer = item.offer;
        offer.shop = restored_.shop;
        offer.product = find_or_make_product(tx, restore_, restored_.shop, item.product);
        const auto known = find_offer_of(tx, territory, offer.shop, offer.product, offer.condition);
        offer.id = known ? known->id : restore_.ids.next<OfferId>();
        save_offer(tx, territory, offer);
        if (!item.sku.empty())
            tx.run(kNumberSql,
                   {{"territory_id", territory}, {"offer_id", offer.id}, {"sku", item.sku}});
        return offer.product;
    }

    const ShopRestore& restore_;
    const ShopArchive& archive_;
    RestoredShop restored_;
    std::vector<ShelfItem> items_;
};

}  // namespace

ProductId restore_product(store::Tx& tx, const ShopRestore& restore, ShopId shop,
                          const Product& product) {
    const ProductId id = find_or_make_product(tx, restore, shop, product);
    append_product_news(tx, restore.territory.id, {id}, restore.now);
    return id;
}

Result<RestoredShop, RestoreError> restore_shop(const ShopRestore& restore,
                                                const ShopArchive& archive,
                                                const std::filesystem::path& file) {
    if (archive.territory.currency != restore.territory.currency)
        return RestoreError{.fault = RestoreFault::other_currency,
                            .detail = "its prices are in " + archive.territory.currency +
                                      ", here they are in " + restore.territory.currency};
    ZipReader zip(file);
    Restoring restoring(restore, archive);
    restoring.bring_shop();
    if (const auto failure = restoring.bring_shelf(zip)) return *failure;
    return restoring.restored();
}

}  // namespace emplettes::catalogue
