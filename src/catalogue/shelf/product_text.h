#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// Who says what a product is called, the most trusted first: its publisher or distributor, its
// brand, a shop's till or file, somebody at a counter, the demo.
enum class TextSource : std::uint8_t { onix, google, file, hand, demo };
std::string_view to_string(TextSource source);
std::optional<TextSource> parse_text_source(std::string_view word);

// What one source says of a product; empty where it says nothing.
struct ProductText {
    ProductId product;
    TextSource source = TextSource::file;
    ShopId shop;  // whose file or counter; none of sources that are nobody's shop
    std::string title;
    std::string maker;
    std::string category;
    std::string description;
    std::string language;
    std::string picture_url;
    ShelfImportId import;  // that wrote it; none: no import
    Instant first_at;      // when this source first spoke of it
    Instant updated_at;

    bool operator==(const ProductText&) const = default;
};

// Of its six texts: equal for equal ones, for ever. Never 0.
std::int64_t hash_of(const ProductText& text);

// A shop has taken somebody's words for a product instead of its own.
struct TextChoice {
    ShopId shop;  // that has taken them
    TextSource source = TextSource::file;
    ShopId by;  // whose they are

    bool operator==(const TextChoice&) const = default;
};

// The best of what is said, field by field: of the most trusted source that says something; of its
// equals what most shops say or have taken; of these the one that spoke first, so that no shop
// alone can change what another one wrote. Empty texts without any. Product, source and times are
// those of the one that gives the title.
ProductText best_of(std::vector<ProductText> texts, const std::vector<TextChoice>& choices = {});

// All that is said of products, by product.
using TextsByProduct = std::unordered_map<ProductId, std::vector<ProductText>>;
TextsByProduct load_texts_of(store::Tx& tx, TerritoryId territory,
                             std::span<const ProductId> products);
// What the source and shop of `of` say of its product, among these.
const ProductText* find_text(const TextsByProduct& texts, const ProductText& of);

// All that is said of a product, as proposals for whoever sells it next.
std::vector<ProductText> load_product_texts(store::Tx& tx, TerritoryId territory,
                                            ProductId product);

std::vector<TextChoice> load_text_choices(store::Tx& tx, TerritoryId territory, ProductId product);
// Takes these words; takes none but its own again. Whether the product's row changed; without news.
bool choose_text(store::Tx& tx, TerritoryId territory, ProductId product, const TextChoice& choice,
                 Instant now);
bool drop_text_choice(store::Tx& tx, TerritoryId territory, ProductId product, ShopId shop,
                      Instant now);

// Writes what sources say, each of another product, and the products' rows where the best of all
// changes: those, and the new ones. The products are there. Writes no news. `is_new`: the row was
// just made of this text.
struct TextTold {
    ProductText text;
    bool is_new = false;
};
std::vector<ProductId> tell_of_products(store::Tx& tx, TerritoryId territory,
                                        std::span<const TextTold> told);
// The same of one; whether its row changed, or is new.
bool tell_of_product(store::Tx& tx, TerritoryId territory, const TextTold& told);
// As if the sources had never said it, each of another product; as tell_of_products.
std::vector<ProductId> forget_product_texts(store::Tx& tx, TerritoryId territory,
                                            std::span<const ProductText> texts);

}  // namespace emplettes::catalogue
