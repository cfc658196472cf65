#include "search/text_index.h"

#include <algorithm>
#include <array>
#include <utility>

#include "search/fold.h"
#include "search/plural.h"
#include "search/ranking.h"

namespace emplettes::search {
namespace {

constexpr std::size_t kListsWithoutUnion = 3;  // so few are walked side by side
constexpr std::size_t kSparse = 64;            // a union of less than one product in so many

// The letters and digits of ASCII, as digits of a number in base 37; 0 is "no sign".
constexpr std::uint32_t kSigns = 37;

std::optional<std::uint32_t> sign_of(char c) {
    if (is_digit_byte(c)) return 1 + static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'z') return 11 + static_cast<std::uint32_t>(c - 'a');
    return std::nullopt;
}

// The number of the stored list of a prefix of one to three ASCII letters or digits.
std::optional<std::uint32_t> stored_prefix(std::string_view prefix) {
    std::uint32_t number = 0;
    for (const char c : prefix) {
        const auto sign = sign_of(c);
        if (!sign) return std::nullopt;
        number = number * kSigns + *sign;
    }
    return number;
}
constexpr std::uint32_t kStoredPrefixes = kSigns * kSigns * kSigns;

// The best impact of each list that one product is in.
class BestImpacts {
  public:
    void clear() { found_.clear(); }
    void add(std::uint32_t list, Impact impact) {
        if (list >= slots_.size()) slots_.resize(list + list / 2 + 1);
        std::uint32_t& slot = slots_[list];
        if (slot < found_.size() && found_[slot].first == list) {
            found_[slot].second = std::max(found_[slot].second, impact);
            return;
        }
        slot = static_cast<std::uint32_t>(found_.size());
        found_.emplace_back(list, impact);
    }
    const auto& all() const { return found_; }

  private:
    std::vector<std::pair<std::uint32_t, Impact>> found_;
    std::vector<std::uint32_t> slots_;  // by list, of this or an earlier product
};

// The second word stands right behind the first one in the title.
bool follows(Impact first, Impact second) {
    return title_position(second) < kTitlePositionMax &&
           title_position(first) + 1 == title_position(second);
}

class ProductReader {
  public:
    explicit ProductReader(WordTable& words) : words_(words) {}

    const auto& read(const ProductText& product) {
        impacts_.clear();
        read_field(product.title, Field::title);
        read_field(product.maker, Field::maker);
        read_field(product.category_name, Field::category);
        read_field(product.description, Field::description);
        return impacts_.all();
    }

  private:
    void read_field(std::string_view text, Field field) {
        const auto& tokens = analyzer_.analyze(text, TextOf::catalogue);
        WordPlace place{.field = field};
        place.field_words = static_cast<std::uint32_t>(std::count_if(
            tokens.begin(), tokens.end(), [](const Token& token) { return !token.is_alternate; }));
        for (const Token& token : tokens) {
            place.position = token.position;
            const auto [number, is_base_form] = words_.look_up(token.word);
            place.is_base_form = is_base_form;
            impacts_.add(number, make_impact(place));
        }
    }

    WordTable& words_;
    Analyzer analyzer_;
    BestImpacts impacts_;
};

}  // namespace

TextIndex::TextIndex(const Catalogue& catalogue, const Documents& documents)
    : product_count_(documents.product_count()) {
    WordTable words;
    PostingStream heads;
    PostingStream bodies;
    ProductReader reader(words);
    for (std::uint32_t product = 0; product < product_count_; ++product) {
        const ProductText& text = catalogue.products[documents.product_source[product]];
        for (const auto& [list, impact] : reader.read(text)) {
            (is_head(impact) ? heads : bodies).add(list, impact);
        }
        heads.end_product();
        bodies.end_product();
        if (const auto code = code_number(text.gtin)) codes_.push_back({*code, product});
    }
    std::sort(codes_.begin(), codes_.end());
    dictionary_ = Dictionary(words);
    typos_ = TypoIndex(dictionary_);
    std::vector<Tiles> tiles;
    tiles.reserve(documents.products.size());
    for (const ProductCell& product : documents.products) tiles.push_back(product.tiles);
    heads_ = PostingStore(words.classes(), heads, tiles);
    bodies_ = PostingStore(words.classes(), bodies, tiles);
    store_prefixes(heads, tiles);
}

TextIndex::TextIndex(ImageReader& image) {
    each_part(*this, image);
    typos_.refer_to(dictionary_);
}

// A product is in the list of a prefix when a word of a class of its head begins with it.
void TextIndex::store_prefixes(const PostingStream& heads, std::span<const Tiles> tiles) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> begins;  // class, prefix
    for (std::uint32_t at = 0; at < dictionary_.size(); ++at) {
        const std::string_view word = dictionary_.word(at);
        for (std::size_t size = 1; size <= std::min(word.size(), kStoredPrefixBytes); ++size) {
            const auto prefix = stored_prefix(word.substr(0, size));
            if (prefix) begins.emplace_back(dictionary_.class_at(at), *prefix);
        }
    }
    std::sort(begins.begin(), begins.end());
    begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
    std::vector<std::uint32_t> first(dictionary_.class_count() + 1);
    for (const auto& [number, prefix] : begins) ++first[number + 1];
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];

    PostingStream stream;
    BestImpacts impacts;
    for (std::uint32_t product = 0; product < product_count_; ++product) {
        impacts.clear();
        heads.for_each(product, [&](std::uint32_t number, Impact impact) {
            for (auto i = first[number]; i < first[number + 1]; ++i) {
                impacts.add(begins[i].second, impact);
            }
        });
        for (const auto& [prefix, impact] : impacts.all()) stream.add(prefix, impact);
        stream.end_product();
    }
    prefixes_ = PostingStore(kStoredPrefixes, stream, tiles);
}

void TextIndex::plan(const QueryText& query, Forgive forgive, Scratch& scratch) const {
    scratch.made_used = 0;
    if (query.code && add_code(*query.code, scratch)) return;
    scratch.words.resize(query.words.size());
    for (std::size_t i = 0; i < query.words.size(); ++i) {
        plan_word(query.words[i], forgive, scratch, scratch.words[i]);
    }
}

// A known code is all that is asked for.
bool TextIndex::add_code(std::int64_t code, Scratch& scratch) const {
    auto found = std::lower_bound(codes_.begin(), codes_.end(), Code{.number = code});
    if (found == codes_.end() || found->number != code) return false;
    MadeList& made = scratch.make_list();
    for (; found != codes_.end() && found->number == code; ++found) {
        made.add(found->product, kBestImpact);
    }
    scratch.words.resize(1);
    scratch.words[0].clear();
    scratch.words[0].add(made.end(), kBaseFormWeights);
    return true;
}

void TextIndex::plan_word(const QueryWord& word, Forgive forgive, Scratch& scratch,
                          PlannedWord& planned) const {
    planned.clear();
    for (const Spelling& spelling : word.spellings) {
        add_class(spelling.word, planned);
        if (spelling.is_prefix) add_prefix(spelling.word, scratch, planned);
    }
    const Spelling& asked = word.spellings[0];
    add_parts(asked.word, scratch, planned);
    if (typos_forgiven(asked.word) == 0) return;
    if (forgive == Forgive::all_words) return forgive_typos(asked, 0, scratch, planned);
    const std::size_t products = products_with(asked);
    if (products <= kRanking.rare_word_products_max)
        forgive_typos(asked, products * kRanking.far_more_products, scratch, planned);
}

// In how many heads the word stands, or one that begins so; a product may be counted for several,
// and what is surely not rare is not counted to the end.
std::size_t TextIndex::products_with(const Spelling& asked) const {
    if (!asked.is_prefix) {
        const auto number = dictionary_.find_class(asked.word);
        return number ? heads_.list(*number).size() : 0;
    }
    const NumberRange words = dictionary_.prefix_range(asked.word);
    for (std::uint32_t at = words.begin; at < words.end; ++at) {
        const std::size_t of_word = heads_.list(dictionary_.class_at(at)).size();
        if (of_word > kRanking.rare_word_products_max) return of_word;
    }
    std::size_t products = 0;
    for (const std::uint32_t number : classes_beginning(asked.word))
        products += heads_.list(number).size();
    return products;
}

// Words near the one asked that stand in the heads of so many products.
void TextIndex::forgive_typos(const Spelling& asked, std::size_t products_min, Scratch& scratch,
                              PlannedWord& planned) const {
    auto near = class_corrections(asked.word, typos_.words_near(asked.word));
    std::erase_if(near, [&](const Correction& correction) {
        return heads_.list(correction.word).size() < products_min;
    });
    add_corrections(near, kBaseFormWeights, scratch, planned);
    if (!asked.is_prefix || products_min > 0) return;
    const auto beginning_near = typos_.words_beginning_near(asked.word);
    add_corrections(class_corrections(asked.word, beginning_near), kPrefixWeights, scratch,
                    planned);
}

// The classes of words, each once with its fewest typos; not that of the word asked.
std::vector<Correction> TextIndex::class_corrections(std::string_view asked,
                                                     std::vector<Correction> words) const {
    for (Correction& word : words) word.word = dictionary_.class_at(word.word);
    std::sort(words.begin(), words.end(), [](const Correction& a, const Correction& b) {
        return std::pair(a.word, a.typos) < std::pair(b.word, b.typos);
    });
    const auto last = std::unique(words.begin(), words.end(),
                                  [](const auto& a, const auto& b) { return a.word == b.word; });
    words.erase(last, words.end());
    const auto own = dictionary_.find_class(asked);
    std::erase_if(words, [&](const Correction& word) { return word.word == own; });
    return words;
}

// One list for each number of typos.
void TextIndex::add_corrections(const std::vector<Correction>& classes,
                                const ImpactWeights& weights, Scratch& scratch,
                                PlannedWord& planned) const {
    for (int typos = 1; typos <= kTyposMax; ++typos) {
        std::vector<std::uint32_t> of_equal;
        for (const Correction& correction : classes)
            if (correction.typos == typos) of_equal.push_back(correction.word);
        if (!of_equal.empty()) planned.add(unite(of_equal, scratch), weights, typos);
    }
}

// The classes of the words that begin so, ascending.
std::vector<std::uint32_t> TextIndex::classes_beginning(std::string_view prefix) const {
    const NumberRange range = dictionary_.prefix_range(prefix);
    std::vector<std::uint32_t> classes;
    for (std::uint32_t at = range.begin; at < range.end; ++at)
        classes.push_back(dictionary_.class_at(at));
    std::sort(classes.begin(), classes.end());
    classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
    return classes;
}

void TextIndex::add_class(std::string_view word, PlannedWord& planned) const {
    const auto number = dictionary_.find_class(word);
    if (!number) return;
    const bool is_base_form = without_plural(word) == word;
    const ImpactWeights& weights = is_base_form ? kBaseFormWeights : kOtherFormWeights;
    const bool is_first = planned.sources.empty();
    planned.add(heads_.list(*number), weights);
    planned.add(bodies_.list(*number), weights);
    if (is_first) planned.is_disjoint = true;  // no product is in the head and the body of a class
}

void TextIndex::add_prefix(std::string_view prefix, Scratch& scratch, PlannedWord& planned) const {
    const auto stored = prefix.size() <= kStoredPrefixBytes ? stored_prefix(prefix) : std::nullopt;
    if (stored) {
        planned.add(prefixes_.list(*stored), kPrefixWeights);
        return;
    }
    const std::vector<std::uint32_t> classes = classes_beginning(prefix);
    if (classes.size() > kListsWithoutUnion) {
        planned.add(unite(classes, scratch), kPrefixWeights);
        return;
    }
    for (const std::uint32_t number : classes) planned.add(heads_.list(number), kPrefixWeights);
}

// The products within the reach's tiles that have one of the classes in their heads.
PostingList TextIndex::unite(std::span<const std::uint32_t> classes, Scratch& scratch) const {
    if (classes.size() == 1) return heads_.list(classes[0]);
    std::vector<std::uint32_t>& united = scratch.united;
    united.clear();
    std::vector<Impact>& best = scratch.best_impact;
    best.resize(product_count_);
    const Tiles tiles = scratch.reach.tiles();
    for (const std::uint32_t number : classes) {
        heads_.list(number).for_each(tiles, [&](std::uint32_t product, Impact impact) {
            if (best[product] == 0) united.push_back(product);
            best[product] = std::max(best[product], impact);
        });
    }
    if (united.size() > product_count_ / kSparse) {  // cheaper to find than to sort
        united.clear();
        for (std::uint32_t product = 0; product < product_count_; ++product) {
            if (best[product] != 0) united.push_back(product);
        }
    } else {
        std::sort(united.begin(), united.end());
    }
    MadeList& made = scratch.make_list();
    for (const std::uint32_t product : united) {
        made.add(product, std::exchange(best[product], Impact{0}));
    }
    return made.end();
}

// "portemonnaie" also stands where a title has "porte monnaie".
void TextIndex::add_parts(std::string_view word, Scratch& scratch, PlannedWord& planned) const {
    for (std::size_t at = 1; at < word.size(); ++at) {
        if (!may_split(word, at)) continue;
        const auto left = dictionary_.find_class(word.substr(0, at));
        if (!left) continue;
        const auto right = dictionary_.find_class(word.substr(at));
        if (!right) continue;
        MadeList& made = scratch.make_list();
        PostingCursor second(heads_.list(*right), kAllTiles);
        heads_.list(*left).for_each(
            scratch.reach.tiles(), [&](std::uint32_t product, Impact impact) {
                second.seek(product);
                if (second.product() == product && follows(impact, second.impact())) {
                    made.add(product, impact);
                }
            });
        planned.add(made.end(), kBaseFormWeights);
    }
}

std::size_t TextIndex::bytes() const {
    return dictionary_.bytes() + typos_.bytes() + heads_.bytes() + bodies_.bytes() +
           prefixes_.bytes() + codes_.capacity() * sizeof(codes_[0]);
}

}  // namespace emplettes::search
