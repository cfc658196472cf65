#include "catalogue/feeds/category_names.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "catalogue/feeds/cell_words.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kSeenMax = 4096;

// Words that shops use where our tree says it otherwise; and the numbers of Google's tops
// (google.com/basepages/producttype/taxonomy-with-ids.en-US.txt).
constexpr std::array<std::pair<std::string_view, std::string_view>, 50> kOtherNames{
    {{"784", "books"},
     {"livre", "books"},
     {"printbooks", "books"},
     {"roman", "books.novels"},
     {"litterature", "books.novels"},
     {"fiction", "books.novels"},
     {"policier", "books.crime"},
     {"policiers", "books.crime"},
     {"polar", "books.crime"},
     {"thriller", "books.crime"},
     {"sciencefiction", "books.fantasy"},
     {"bd", "books.comics"},
     {"bandedessinee", "books.comics"},
     {"bandesdessinees", "books.comics"},
     {"manga", "books.comics"},
     {"mangas", "books.comics"},
     {"comics", "books.comics"},
     {"jeunesse", "books.children"},
     {"livresjeunesse", "books.children"},
     {"childrensbooks", "books.children"},
     {"essai", "books.essays"},
     {"essais", "books.essays"},
     {"vin", "drinks.wine"},
     {"vins", "drinks.wine"},
     {"wine", "drinks.wine"},
     {"biere", "drinks.beer"},
     {"bieres", "drinks.beer"},
     {"beer", "drinks.beer"},
     {"the", "drinks.tea"},
     {"fromage", "food.cheese"},
     {"fruitsetlegumes", "food.produce"},
     {"1253", "toys"},
     {"1239", "toys"},
     {"jeuxetjouets", "toys"},
     {"toysgames", "toys"},
     {"jeudesociete", "games.board"},
     {"puzzle", "games.puzzles"},
     {"vetement", "clothing"},
     {"bougies", "home.candles"},
     {"bijou", "jewellery"},
     {"bijoux", "jewellery"},
     {"savon", "beauty.soap"},
     {"vegetables", "food.produce"},
     {"legumes", "food.produce"},
     {"fruits", "food.produce"},
     {"miel", "food.breakfast"},
     {"honey", "food.breakfast"},
     {"dairy", "food.dairy"},
     {"pain", "food.bakery"},
     {"pains", "food.bakery"}}};

}  // namespace

CategoryNames::CategoryNames(const Trades* trades) : trades_(trades) {
    if (!trades_) return;
    for (const Category& category : trades_->categories())
        for (const auto& [language, name] : category.names)
            key_by_name_.emplace(plain_word(name), category.key);
    for (const auto& [name, key] : kOtherNames)
        if (trades_->find_category(key)) key_by_name_.emplace(name, key);
}

bool CategoryNames::knows(const std::string& key) const {
    return trades_ && trades_->find_category(key);
}

const std::string* CategoryNames::find_one(std::string_view text) const {
    if (const Category* category = trades_->find_category(trim(text))) return &category->key;
    const auto found = key_by_name_.find(plain_word(text));
    return found == key_by_name_.end() ? nullptr : &found->second;
}

// Of a path the last part that is known; of several paths the first.
const std::string* CategoryNames::find_in_path(std::string_view text) const {
    for (const char separator : {'>', '/', '|'}) {
        const auto parts = split(text, separator);
        for (auto part = parts.rbegin(); parts.size() > 1 && part != parts.rend(); ++part)
            if (const auto* key = find_one(*part)) return key;
    }
    return nullptr;
}

const std::string& CategoryNames::find(std::string_view text) {
    static const std::string kNone;
    if (!trades_ || text.empty()) return kNone;
    const auto seen = seen_.find(std::string(text));
    if (seen != seen_.end()) return seen->second;
    const std::string* key = find_one(text);
    if (!key) key = find_in_path(text);
    for (const auto& path : split(text, ',')) {
        if (key) break;
        key = find_one(path);
        if (!key) key = find_in_path(path);
    }
    if (seen_.size() >= kSeenMax) seen_.clear();
    return seen_.emplace(text, key ? *key : kNone).first->second;
}

}  // namespace emplettes::catalogue
