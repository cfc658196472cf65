#include "search/bench_catalogue.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "search/fold.h"

namespace emplettes::search {
namespace {

constexpr geo::Point kCityMiddle{47.0, 2.0};
constexpr double kMetresPerDegree = 111'195;
constexpr std::size_t kVocabulary = 120'000;
constexpr std::size_t kMakers = 6'000;
constexpr std::size_t kDistricts = 20;

struct Department {
    std::string_view key;
    std::string_view name;
    double price_euros;  // in the middle
    std::vector<std::string_view> nouns;
};

const std::vector<Department>& departments() {
    static const std::vector<Department> all = {
        {"food.grocery",
         "Épicerie Grocery",
         6,
         {"huile d'olive", "confiture", "miel", "pâtes", "riz", "chocolat", "café", "thé vert",
          "moutarde", "biscuits", "tisane", "sirop"}},
        {"food.cheese",
         "Fromagerie Cheese",
         9,
         {"fromage de chèvre", "camembert", "comté", "beurre", "yaourt"}},
        {"food.cellar", "Cave Wines", 16, {"vin rouge", "vin blanc", "cidre", "bière", "rhum"}},
        {"clothes.shoes",
         "Chaussures Shoes",
         85,
         {"chaussures", "baskets", "bottes", "sandales", "pantoufles"}},
        {"clothes.women",
         "Femme Women",
         60,
         {"robe", "jupe", "manteau", "pull", "écharpe", "veste", "ceinture"}},
        {"clothes.men",
         "Homme Men",
         65,
         {"chemise", "cravate", "jean", "blouson", "chaussettes", "bonnet"}},
        {"children.toys",
         "Jouets Toys",
         25,
         {"jeu de société", "poupée", "puzzle", "peluche", "train électrique", "toupie"}},
        {"children.babies", "Enfant Babies", 28, {"pyjama", "doudou", "biberon", "couches"}},
        {"books.novels", "Romans Novels", 15, {"roman", "recueil de poésie", "biographie"}},
        {"books.children", "Albums Children's books", 14, {"album illustré", "bande dessinée"}},
        {"books.guides", "Guides", 18, {"guide de voyage", "livre de cuisine", "atlas"}},
        {"office.paper",
         "Papeterie Stationery",
         8,
         {"cahier", "stylo", "agenda", "carnet", "crayon", "trousse", "aquarelle"}},
        {"home.tools",
         "Bricolage Tools",
         22,
         {"perceuse", "tournevis", "marteau", "clé à molette", "peinture", "pinceau", "colle"}},
        {"home.garden", "Jardin Garden", 19, {"arrosoir", "sécateur", "terreau", "graines"}},
        {"home.decoration",
         "Maison Home",
         45,
         {"lampe", "coussin", "rideau", "tapis", "vase", "miroir", "bougie", "abat-jour"}},
        {"home.kitchen",
         "Cuisine Kitchen",
         35,
         {"casserole", "poêle", "couteau", "assiette", "théière", "saladier", "cocotte"}},
        {"home.furniture", "Mobilier Furniture", 190, {"chaise", "table", "armoire", "fauteuil"}},
        {"electronics",
         "Électronique Electronics",
         120,
         {"casque audio", "chargeur", "clavier", "souris", "écran", "enceinte", "ampoule"}},
        {"beauty",
         "Beauté Beauty",
         24,
         {"parfum", "savon", "crème hydratante", "shampooing", "brosse", "sérum"}},
        {"sport", "Sport", 48, {"raquette", "ballon", "vélo", "gourde", "tente", "sac à dos"}},
        {"music", "Musique Music", 75, {"guitare", "violon", "flûte", "partition", "vinyle"}}};
    return all;
}

constexpr auto kAdjectives = std::to_array<std::string_view>(
    {"rouge",     "noir",     "blanc",   "bleu",  "vert",    "petit",     "grand",
     "artisanal", "naturel",  "moderne", "léger", "pliable", "étanche",   "réglable",
     "fait main", "épais",    "rayé",    "brodé", "doré",    "équitable", "végétal",
     "compact",   "original", "premium", "ancien"});
constexpr auto kMaterials = std::to_array<std::string_view>(
    {"en bois", "en cuir", "en coton", "en laine", "en lin", "en métal", "en verre", "en bambou",
     "en velours", "à l'ancienne", "d'été", "d'hiver", "pour l'école", "sans sucre"});
constexpr auto kSizes = std::to_array<std::string_view>(
    {"250 g", "500 g", "1 kg", "75 cl", "1,5 l", "50 cm", "lot de 2", "taille M", "A4", "18 V"});
constexpr auto kSmallWords = std::to_array<std::string_view>(
    {"de", "la", "le", "et", "les", "des", "en", "un", "du", "une", "pour", "dans", "avec"});
constexpr auto kSyllables = std::to_array<std::string_view>(
    {"ba",   "bel", "bri", "cha", "clo", "cor",  "dan",  "del", "dou", "far",
     "fleu", "gar", "gé",  "jou", "lan", "lor",  "mar",  "mon", "né",  "nor",
     "pal",  "pé",  "plu", "ra",  "ré",  "ro",   "sal",  "ser", "tal", "ter",
     "tou",  "val", "ver", "vi",  "zé",  "tion", "ment", "eur", "age", "ière"});

// Chance that is the same everywhere: the distributions of <random> are not.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : engine_(seed) {}

    double unit() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
    std::size_t below(std::size_t bound) {
        return std::min(bound - 1, static_cast<std::size_t>(unit() * static_cast<double>(bound)));
    }
    bool chance(double probability) { return unit() < probability; }
    double normal() {
        const double radius = std::sqrt(-2 * std::log(unit() + 1e-12));
        return radius * std::cos(6.283185307179586 * unit());
    }
    template <typename Values>
    const auto& one_of(const Values& values) {
        return values[below(values.size())];
    }

  private:
    std::mt19937_64 engine_;
};

// Numbers below `count`, drawn in proportion to their weights.
class Weighted {
  public:
    template <typename F>
    Weighted(std::size_t count, F&& weight) {
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) sums_.push_back(sum += weight(i));
    }
    std::size_t draw(Dice& dice) const {
        const double wanted = dice.unit() * sums_.back();
        const auto found = std::upper_bound(sums_.begin(), sums_.end(), wanted);
        return std::min(static_cast<std::size_t>(found - sums_.begin()), sums_.size() - 1);
    }

  private:
    std::vector<double> sums_;
};

Weighted zipf(std::size_t count, double exponent) {
    return {count, [&](std::size_t i) { return std::pow(static_cast<double>(i + 1), -exponent); }};
}

std::string invented_word(Dice& dice) {
    std::string word;
    for (std::size_t i = 2 + dice.below(2); i > 0; --i) word += dice.one_of(kSyllables);
    return word;
}

class Goods {
  public:
    explicit Goods(Dice& dice)
        : dice_(dice),
          word_(zipf(kVocabulary, 1.0)),
          maker_(zipf(kMakers, 0.9)),
          department_(zipf(departments().size(), 0.4)),
          noun_(zipf(12, 0.5)),
          adjective_(zipf(kAdjectives.size(), 0.6)) {
        for (const std::string_view word : kSmallWords) words_.emplace_back(word);
        while (words_.size() < kVocabulary) words_.push_back(invented_word(dice_));
        while (makers_.size() < kMakers) {
            std::string name = invented_word(dice_);
            if (name[0] >= 'a') name[0] = static_cast<char>(name[0] - 'a' + 'A');
            makers_.push_back(dice_.chance(0.1) ? "L'A" + name : name);
        }
    }

    std::size_t draw_department() { return department_.draw(dice_); }
    const std::string& draw_maker() { return makers_[maker_.draw(dice_)]; }

    ProductText make(std::int64_t id, std::size_t department) {
        const Department& of = departments()[department];
        const std::string noun(of.nouns[noun_.draw(dice_) % of.nouns.size()]);
        ProductText product{.id = {id},
                            .title = noun,
                            .maker = draw_maker(),
                            .category = std::string(of.key),
                            .category_name = std::string(of.name)};
        const auto add = [&](double probability, std::string_view words) {
            if (dice_.chance(probability)) product.title.append(" ").append(words);
        };
        add(0.75, kAdjectives[adjective_.draw(dice_)]);
        add(0.55, dice_.one_of(kMaterials));
        add(0.35, words_[word_.draw(dice_)]);
        add(0.8, product.maker);
        add(0.4, std::string("MX").append(std::to_string(100 + dice_.below(9000))));
        add(0.5, dice_.one_of(kSizes));
        product.description = noun;
        for (std::size_t i = 12 + dice_.below(30); i > 0; --i) {
            product.description += dice_.chance(0.06) ? " l'" : " ";
            product.description += dice_.chance(0.05) ? std::string(dice_.one_of(kAdjectives))
                                                      : words_[word_.draw(dice_)];
        }
        return product;
    }

    std::int64_t draw_price_cents(std::size_t department) {
        const double euros = departments()[department].price_euros * std::exp(dice_.normal() * 0.6);
        return static_cast<std::int64_t>(euros * 100);
    }

  private:
    Dice& dice_;
    std::vector<std::string> words_;
    std::vector<std::string> makers_;
    Weighted word_;
    Weighted maker_;
    Weighted department_;
    Weighted noun_;
    Weighted adjective_;
};

geo::Point shifted(geo::Point from, double east_m, double north_m) {
    const double metres_per_degree_east =
        kMetresPerDegree * 0.682;  // cosine of the city's latitude
    return {from.lat + north_m / kMetresPerDegree, from.lon + east_m / metres_per_degree_east};
}

// Shops gather around district centres; each sells from two departments.
std::vector<ShopPlace> make_shops(std::size_t count, Goods& goods, Dice& dice,
                                  std::vector<std::vector<std::uint32_t>>& by_department) {
    std::vector<geo::Point> centres;
    for (std::size_t i = 0; i < kDistricts; ++i) {
        centres.push_back(
            shifted(kCityMiddle, (dice.unit() - 0.5) * 10'000, (dice.unit() - 0.5) * 8'000));
    }
    by_department.resize(departments().size());
    std::vector<ShopPlace> shops;
    for (std::size_t i = 0; i < count; ++i) {
        const geo::Point place =
            shifted(dice.one_of(centres), dice.normal() * 680, dice.normal() * 670);
        shops.push_back({.id = {static_cast<std::int64_t>(i + 1)},
                         .position = place,
                         .name = "Boutique " + goods.draw_maker(),
                         .is_maker = dice.chance(0.1)});
        for (int k = 0; k < 2; ++k) {
            by_department[goods.draw_department()].push_back(static_cast<std::uint32_t>(i));
        }
    }
    for (auto& sellers : by_department) {
        if (sellers.empty()) sellers.push_back(0);
    }
    return shops;
}

}  // namespace

Catalogue make_bench_catalogue(const BenchSize& size, std::uint64_t seed) {
    check(size.shops > 0 && size.products > 0 && size.offers >= size.products);
    Dice dice(seed);
    Goods goods(dice);
    Catalogue catalogue;
    std::vector<std::vector<std::uint32_t>> sellers;
    catalogue.shops = make_shops(size.shops, goods, dice, sellers);
    std::vector<std::size_t> department_of;
    catalogue.products.reserve(size.products);
    for (std::size_t i = 0; i < size.products; ++i) {
        department_of.push_back(goods.draw_department());
        catalogue.products.push_back(
            goods.make(static_cast<std::int64_t>(i + 1), department_of.back()));
    }
    const Weighted popular = zipf(size.products, 0.7);
    catalogue.offers.reserve(size.offers);
    for (std::size_t i = 0; i < size.offers; ++i) {
        const std::size_t product = i < size.products ? i : popular.draw(dice);
        const std::uint32_t shop = dice.one_of(sellers[department_of[product]]);
        const std::int32_t stock =
            dice.chance(0.15) ? 0 : 1 + static_cast<std::int32_t>(dice.below(20));
        catalogue.offers.push_back({.id = {static_cast<std::int64_t>(i + 1)},
                                    .product = catalogue.products[product].id,
                                    .shop = catalogue.shops[shop].id,
                                    .price_cents = goods.draw_price_cents(department_of[product]),
                                    .stock = stock,
                                    .stock_confirmed_at = instant_from_unix(1'700'000'000),
                                    .stock_source = StockSource::demo});
    }
    return catalogue;
}

namespace {

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), is_digit_byte);
}

// The words of a title that somebody would type.
std::vector<std::string> telling_words(std::string_view title) {
    std::vector<std::string> words;
    for (const std::string_view word : split(title, ' ')) {
        const auto after = word.find('\'') == std::string_view::npos ? 0 : word.find('\'') + 1;
        if (word.size() - after > 3 && !has_digit(word)) words.emplace_back(word.substr(after));
    }
    return words;
}

std::string as_typed(std::string word, Dice& dice) {
    if (dice.chance(0.25)) {
        if (word.ends_with('s')) {
            word.pop_back();
        } else {
            word += 's';
        }
    }
    return dice.chance(0.4) ? fold(word) : word;
}

std::string beginning(const std::string& word, std::size_t characters) {
    return std::string(utf8_prefix(word, characters));
}

// One letter missing, doubled, changed or swapped with the next one; not the first.
std::string mistyped(std::string word, Dice& dice) {
    const std::size_t at = 1 + dice.below(word.size() - 2);
    switch (dice.below(4)) {
        case 0: return word.erase(at, 1);
        case 1: return word.insert(at, 1, word[at]);
        case 2: word[at] = static_cast<char>('a' + dice.below(26)); return word;
        default: std::swap(word[at], word[at + 1]);
    }
    return word;
}

std::string one_word(Dice& dice) {
    const Department& of = departments()[dice.below(departments().size())];
    const auto noun = telling_words(dice.one_of(of.nouns));
    const std::string adjective(dice.one_of(kAdjectives));
    return as_typed(noun.empty() || dice.chance(0.4) ? adjective : noun[0], dice);
}

std::string make_text(const Catalogue& catalogue, BenchCase kind, Dice& dice) {
    std::vector<std::string> words;
    while (words.size() < 2) words = telling_words(dice.one_of(catalogue.products).title);
    const std::string& first = words[0];
    const std::string& second = words[1 + dice.below(words.size() - 1)];
    switch (kind) {
        case BenchCase::one_word: return one_word(dice) + " ";
        case BenchCase::typo: return mistyped(fold(one_word(dice)), dice) + " ";
        case BenchCase::two_words:
            return as_typed(first, dice) + " " + as_typed(second, dice) + " ";
        case BenchCase::prefix:
            if (dice.chance(0.5)) return beginning(first, 2 + dice.below(3));
            return first + " " + beginning(second, 1 + dice.below(4));
    }
    return {};
}

}  // namespace

void set_reach(Query& query, BenchReach reach) {
    query.counts_names = false;
    const bool is_near = reach == BenchReach::near_2km;
    query.radius_m = is_near ? 2'000 : 100'000;
    query.order = is_near ? Order::nearest : Order::best;
}

std::vector<Query> make_bench_queries(const Catalogue& catalogue, const BenchQueries& queries,
                                      std::uint64_t seed) {
    Dice dice(seed);
    std::vector<Query> made;
    for (std::size_t i = 0; i < queries.count; ++i) {
        Query query;
        query.text = make_text(catalogue, queries.kind, dice);
        query.from = shifted(dice.one_of(catalogue.shops).position, dice.normal() * 300,
                             dice.normal() * 300);
        set_reach(query, queries.reach);
        made.push_back(std::move(query));
    }
    return made;
}

}  // namespace emplettes::search
