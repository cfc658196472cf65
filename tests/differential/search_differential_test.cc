#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <random>

#include "base/csv.h"
#include "base/text.h"
#include "differential/text_engines.h"
#include "search/analyzer.h"
#include "search/bench_catalogue.h"
#include "search/plural.h"
#include "search/synonyms.h"

// Xapian and FTS5 get the words of our analysis and say which products match; we must say the same.
namespace emplettes::differential {
namespace {

using search::Catalogue;
using search::Index;
using search::ProductText;
using search::Query;

constexpr double kEverywhere = 1e9;
constexpr double kRoundingShare = 0.002;  // distances are measured on a plane

class Words {
  public:
    explicit Words(const Catalogue& catalogue) {
        for (const ProductText& product : catalogue.products)
            for (const std::string* text : texts(product)) add_forms(*text);
    }

    // A beginning counts for every form that the word takes anywhere in the catalogue, but for
    // articles and the like.
    Document document(const ProductText& product) const {
        Document document;
        for (const std::string* text : texts(product)) {
            search::Analyzer analyzer;
            for (const auto& token : analyzer.analyze(*text, search::TextOf::catalogue)) {
                const auto& [base, forms] = *forms_.find(search::without_plural(token.word));
                document.words.insert(base);
                if (text == &product.description) continue;
                std::copy_if(forms.begin(), forms.end(),
                             std::inserter(document.head_words, document.head_words.end()),
                             [](const auto& form) { return !search::is_function_word(form); });
            }
        }
        return document;
    }

    // "portemonnaie" is also found where the words stand side by side: that needs more than sets.
    bool may_be_two(const std::string& word) const {
        for (std::size_t at = 1; at < word.size(); ++at) {
            if (search::may_split(word, at) && knows(word.substr(0, at)) && knows(word.substr(at)))
                return true;
        }
        return false;
    }

  private:
    static std::vector<const std::string*> texts(const ProductText& product) {
        return {&product.title, &product.maker, &product.category_name, &product.description};
    }
    void add_forms(const std::string& text) {
        search::Analyzer analyzer;
        for (const auto& token : analyzer.analyze(text, search::TextOf::catalogue)) {
            const std::string base = search::without_plural(token.word);
            forms_[base].insert({base, token.word});
        }
    }
    bool knows(const std::string& word) const {
        return forms_.contains(search::without_plural(word));
    }

    std::map<std::string, std::set<std::string>> forms_;
};

// One catalogue in three engines.
class Comparison {
  public:
    explicit Comparison(const Catalogue& catalogue)
        : catalogue_(catalogue), words_(catalogue), index_(Index::build(catalogue)) {
        std::vector<Document> documents;
        documents.reserve(catalogue.products.size());
        for (const ProductText& product : catalogue.products)
            documents.push_back(words_.document(product));
        engines_.push_back(make_xapian(documents));
        engines_.push_back(make_fts5(documents));
        std::map<ShopId, geo::Point> places;
        for (const auto& shop : catalogue.shops) places[shop.id] = shop.position;
        for (const auto& offer : catalogue.offers)
            places_[offer.product].push_back(places.at(offer.shop));
    }

    // None for what others are not asked: codes, words run together, other names, no words.
    std::optional<Question> question(const std::string& text) const {
        search::QueryText asked = search::analyze_query(text);
        if (asked.code || asked.words.empty()) return std::nullopt;
        synonyms_.widen(asked);
        Question question;
        for (const auto& word : asked.words) {
            if (words_.may_be_two(word.spellings[0].word)) return std::nullopt;
            std::vector<Term> group;
            for (const auto& spelling : word.spellings) {
                if (spelling.is_synonym) return std::nullopt;
                const bool is_beginning =
                    spelling.is_prefix && search::is_function_word(spelling.word);
                if (!is_beginning) group.push_back({search::without_plural(spelling.word)});
                if (spelling.is_prefix) group.push_back({spelling.word, true});
            }
            question.push_back(std::move(group));
        }
        return question;
    }

    // Those with every word as it was asked: few hits make us forgive typos and leave words out.
    std::set<ProductId> ours(const Query& query) const {
        std::set<ProductId> found;
        for (const auto& hit : index_->search(query).hits) {
            if (hit.why.typos == 0 && hit.why.words_matched == hit.why.words_asked)
                found.insert(hit.product);
        }
        return found;
    }

    enum class Sees { all, some, none };
    Sees sees(ProductId product, const Query& query) const {
        const auto places = places_.find(product);
        Sees sees = Sees::none;
        if (places == places_.end()) return sees;
        for (const geo::Point place : places->second) {
            const double distance_m = geo::distance_m(query.from, place);
            if (distance_m <= query.radius_m * (1 - kRoundingShare)) return Sees::all;
            if (distance_m <= query.radius_m * (1 + kRoundingShare)) sees = Sees::some;
        }
        return sees;
    }

    // How many products only one of the two has, `theirs` told to look within `radius_m`.
    std::size_t differences(const Query& query, const std::set<std::size_t>& theirs,
                            double radius_m) const {
        const std::set<ProductId> found = ours(query);
        Query wide = query;
        wide.radius_m = radius_m;
        std::size_t different = 0;
        for (std::size_t i = 0; i < catalogue_.products.size(); ++i) {
            const ProductId product = catalogue_.products[i].id;
            const Sees seen = sees(product, wide);
            if (seen == Sees::some) continue;  // on the very edge
            const bool is_theirs = seen == Sees::all && theirs.contains(i);
            if (is_theirs != found.contains(product)) ++different;
        }
        return different;
    }

    const std::vector<std::unique_ptr<TextEngine>>& engines() const { return engines_; }
    Query everything(const std::string& text) const {
        return {.text = text,
                .from = catalogue_.shops[0].position,
                .radius_m = kEverywhere,
                .limit = catalogue_.products.size(),
                .offers_per_product_max = 1};
    }

  private:
    const Catalogue& catalogue_;
    Words words_;
    search::Synonyms synonyms_;
    std::shared_ptr<const Index> index_;
    std::vector<std::unique_ptr<TextEngine>> engines_;
    std::map<ProductId, std::vector<geo::Point>> places_;
};

struct Asked {
    std::size_t questions = 0;
    std::size_t matches = 0;
};

Asked expect_same_sets(const Comparison& comparison, const std::vector<std::string>& texts) {
    Asked asked;
    for (const std::string& text : texts) {
        const auto question = comparison.question(text);
        if (!question) continue;
        ++asked.questions;
        for (const auto& engine : comparison.engines()) {
            const std::set<std::size_t> theirs = engine->find(*question);
            asked.matches += theirs.size();
            Query query = comparison.everything(text);
            for (const double radius_m : {kEverywhere, 2000.0, 400.0}) {
                query.radius_m = radius_m;
                EXPECT_EQ(comparison.differences(query, theirs, radius_m), 0U)
                    << "\"" << text << "\" within " << radius_m << " m";
            }
        }
    }
    return asked;
}

// The shelf of the demo, each product in one or two of some forty shops.
Catalogue demo_catalogue(const std::vector<std::string>& files) {
    Catalogue catalogue;
    std::mt19937_64 random(1);
    std::normal_distribution<double> degrees(0, 0.01);
    for (std::int64_t id = 1; id <= 40; ++id)
        catalogue.shops.push_back(
            {.id = {id}, .position = {48.87 + degrees(random), 2.34 + degrees(random)}});
    for (const std::string& name : files) {
        std::ifstream stream(EMPLETTES_SOURCE_DIR "/demo/products/" + name, std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(stream), {});
        const auto table = read_csv(bytes).value();
        for (const auto& row : table.rows) {
            const auto id = static_cast<std::int64_t>(catalogue.products.size() + 1);
            catalogue.products.push_back({.id = {id},
                                          .title = row.cells[2],
                                          .maker = row.cells[3],
                                          .category_name = row.cells[4],
                                          .description = row.cells[5]});
            for (const std::int64_t shop : {id % 40 + 1, id * 7 % 40 + 1})
                catalogue.offers.push_back(
                    {.id = {id * 100 + shop}, .product = {id}, .shop = {shop}, .stock = 1});
            if (id % 40 == id * 7 % 40) catalogue.offers.pop_back();
        }
    }
    return catalogue;
}

// One word, two of one title, and titles cut off while the last word is typed.
std::vector<std::string> texts_from(const Catalogue& catalogue, std::size_t count) {
    std::mt19937_64 random(2);
    std::vector<std::string> texts;
    const auto below = [&](std::size_t bound) { return random() % bound; };
    while (texts.size() < count) {
        const std::string& title = catalogue.products[below(catalogue.products.size())].title;
        const auto words = split(title, ' ');
        const std::string first(words[below(words.size())]);
        const std::string second(words[below(words.size())]);
        const std::size_t typed = 1 + below(utf8_length(second) + 1);
        texts.push_back(first + " ");
        texts.push_back(first + " " + second + " ");
        texts.emplace_back(utf8_prefix(second, typed));
        texts.push_back(first + " " + std::string(utf8_prefix(second, typed)));
    }
    return texts;
}

TEST(SearchDifferential, FoodsByTheirFrenchNames) {
    const Catalogue catalogue = demo_catalogue({"food.csv", "grocer.csv"});
    ASSERT_GT(catalogue.products.size(), 2000U);
    const Asked asked = expect_same_sets(Comparison(catalogue), texts_from(catalogue, 120));
    EXPECT_GT(asked.questions, 80U);
    EXPECT_GT(asked.matches, 5'000U);
}

TEST(SearchDifferential, Books) {
    const Catalogue catalogue =
        demo_catalogue({"books.csv", "books-classics.csv", "books-french.csv"});
    const Asked asked = expect_same_sets(Comparison(catalogue), texts_from(catalogue, 120));
    EXPECT_GT(asked.questions, 80U);
    EXPECT_GT(asked.matches, 2'000U);
}

TEST(SearchDifferential, MadeUpCities) {
    for (const std::uint64_t seed : {1U, 2U}) {
        const Catalogue catalogue =
            search::make_bench_catalogue({.products = 600, .shops = 60, .offers = 1'000}, seed);
        std::vector<std::string> texts = texts_from(catalogue, 40);
        for (const auto kind : {search::BenchCase::one_word, search::BenchCase::two_words,
                                search::BenchCase::prefix}) {
            for (const Query& query :
                 make_bench_queries(catalogue, {.kind = kind, .count = 20}, seed))
                texts.push_back(query.text);
        }
        const Asked asked = expect_same_sets(Comparison(catalogue), texts);
        EXPECT_GT(asked.questions, 60U);
        EXPECT_GT(asked.matches, 500U);
    }
}

// The controls: what is asked of the others is made wrong, and the comparison must see it.
TEST(SearchDifferential, AWrongQuestionIsSeen) {
    const Catalogue catalogue = demo_catalogue({"grocer.csv", "counter.csv"});
    const Comparison comparison(catalogue);
    std::size_t of_radius = 0;
    std::size_t of_word = 0;
    std::size_t of_beginning = 0;
    for (const std::string& text : texts_from(catalogue, 40)) {
        const auto question = comparison.question(text);
        if (!question) continue;
        Question less = *question;
        less.pop_back();
        Question whole_words = *question;
        for (auto& group : whole_words)
            std::erase_if(group, [](const Term& term) { return term.is_beginning; });
        for (const auto& engine : comparison.engines()) {
            Query query = comparison.everything(text);
            of_word += comparison.differences(
                query, less.empty() ? std::set<std::size_t>{} : engine->find(less), kEverywhere);
            of_beginning += comparison.differences(query, engine->find(whole_words), kEverywhere);
            query.radius_m = 500;
            of_radius += comparison.differences(query, engine->find(*question), 600);
        }
    }
    EXPECT_GT(of_radius, 0U);
    EXPECT_GT(of_word, 0U);
    EXPECT_GT(of_beginning, 0U);
}

}  // namespace
}  // namespace emplettes::differential
