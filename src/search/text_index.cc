#include "search/text_index.h"

#include <algorithm>
#include <array>

#include "search/analyzer.h"
#include "search/fold.h"

namespace emplettes::search {
namespace {

constexpr std::uint32_t kTitleWordsMax = 255;

// The letters and digits of ASCII, as digits of a number in base 37; 0 is "no sign".
constexpr std::uint32_t kSigns = 37;

std::optional<std::uint32_t> sign_of(char c) {
    if (is_digit_byte(c)) return 1 + static_cast<std::uint32_t>(c - '0');
    if (c >= 'a' && c <= 'z') return 11 + static_cast<std::uint32_t>(c - 'a');
    return std::nullopt;
}

constexpr std::uint32_t kStoredPrefixes = kSigns * kSigns * kSigns;

// The best impact of each list that one product is in.
class BestImpacts {
  public:
    void clear() { found_.clear(); }
    // 0 at first.
    Impact& operator[](std::uint32_t list) {
        if (list >= slots_.size()) slots_.resize(list + list / 2 + 1);
        std::uint32_t& slot = slots_[list];
        if (slot >= found_.size() || found_[slot].first != list) {
            slot = static_cast<std::uint32_t>(found_.size());
            found_.emplace_back(list, Impact{0});
        }
        return found_[slot].second;
    }
    const auto& all() const { return found_; }

  private:
    std::vector<std::pair<std::uint32_t, Impact>> found_;
    std::vector<std::uint32_t> slots_;  // by list, of this or an earlier product
};

class ProductReader {
  public:
    explicit ProductReader(WordTable& words) : words_(words) {}

    const auto& read(const ProductText& product) {
        impacts_.clear();
        text_of_ = text_in(product.language);
        read_field(product.title, Field::title);
        read_field(product.maker, Field::maker);
        read_field(product.description, Field::description);
        text_of_ = TextOf::catalogue;
        read_field(product.category_name, Field::category);
        return impacts_.all();
    }
    // Of the product last read; so many and more are not told apart.
    std::uint8_t title_words() const { return title_words_; }

  private:
    void read_field(std::string_view text, Field field) {
        const auto& tokens = analyzer_.analyze(text, text_of_);
        number_telling_words(tokens, numbers_);
        if (field == Field::title)
            title_words_ = static_cast<std::uint8_t>(std::min(numbers_.back(), kTitleWordsMax));
        WordPlace place{.field = field};
        for (const Token& token : tokens) {
            place.position = numbers_[token.position];
            const auto [number, is_base_form] = words_.look_up(token.word);
            place.is_base_form = is_base_form;
            Impact& best = impacts_[number];
            best = best_place(best, make_impact(place));
        }
    }

    WordTable& words_;
    Analyzer analyzer_;
    TextOf text_of_ = TextOf::catalogue;  // of the field being read
    BestImpacts impacts_;
    std::vector<std::uint32_t> numbers_;
    std::uint8_t title_words_ = 0;
};

}  // namespace

std::optional<std::uint32_t> stored_prefix(std::string_view prefix) {
    std::uint32_t number = 0;
    for (const char c : prefix) {
        const auto sign = sign_of(c);
        if (!sign) return std::nullopt;
        number = number * kSigns + *sign;
    }
    return number;
}

TextIndex::TextIndex(const Catalogue& catalogue, Documents& documents) : documents_(documents) {
    WordTable words;
    PostingStream heads;
    PostingStream bodies;
    ProductReader reader(words);
    for (std::uint32_t product = 0; product < documents.product_count(); ++product) {
        const ProductText& text = catalogue.products[documents.product_source[product]];
        for (const auto& [list, impact] : reader.read(text)) {
            (is_head(impact) ? heads : bodies).add(list, impact);
        }
        documents.title_words.push_back(reader.title_words());
        heads.end_product();
        bodies.end_product();
        if (const auto code = code_number(text.gtin)) codes_.push_back({*code, product});
    }
    std::sort(codes_.begin(), codes_.end());
    dictionary_ = Dictionary(words);
    typos_ = TypoIndex(dictionary_);
    heads_ = PostingStore(words.classes(), heads, documents.document_product);
    bodies_ = PostingStore(words.classes(), bodies, documents.document_product);
    store_prefixes(heads);
}

TextIndex::TextIndex(ImageReader& image, const Documents& documents) : documents_(documents) {
    each_part(*this, image);
    typos_.refer_to(dictionary_);
}

// A product is in the list of a prefix when a word of a class of its head begins with it; see
// is_function_word.
void TextIndex::store_prefixes(const PostingStream& heads) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> begins;  // class, prefix
    for (std::uint32_t at = 0; at < dictionary_.size(); ++at) {
        const std::string_view word = dictionary_.word(at);
        if (is_function_word(word)) continue;
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
    for (std::uint32_t product = 0; product < heads.products(); ++product) {
        impacts.clear();
        heads.for_each(product, [&](std::uint32_t number, Impact impact) {
            for (auto i = first[number]; i < first[number + 1]; ++i) {
                Impact& best = impacts[begins[i].second];
                best = std::max(best, impact);
            }
        });
        for (const auto& [prefix, impact] : impacts.all()) stream.add(prefix, impact);
        stream.end_product();
    }
    prefixes_ = PostingStore(kStoredPrefixes, stream, documents_.document_product);
}

std::span<const TextIndex::Code> TextIndex::with_code(std::int64_t code) const {
    const auto begin = std::lower_bound(codes_.begin(), codes_.end(), Code{.number = code});
    const auto end =
        std::find_if(begin, codes_.end(), [&](const Code& known) { return known.number != code; });
    return {begin, end};
}

// Ascending, so most blocks of most lists are passed over.
void TextIndex::count_postings(std::span<const std::uint32_t> firsts, GoneByClass& gone) const {
    for (std::uint32_t number = 0; number < dictionary_.class_count(); ++number) {
        const auto in_heads = heads_.list(number).count_of(firsts);
        const auto in_bodies = bodies_.list(number).count_of(firsts);
        if (in_heads + in_bodies == 0) continue;
        gone[number].heads += in_heads;
        gone[number].bodies += in_bodies;
    }
}

std::size_t TextIndex::bytes() const {
    return dictionary_.bytes() + typos_.bytes() + heads_.bytes() + bodies_.bytes() +
           prefixes_.bytes() + codes_.capacity() * sizeof(codes_[0]);
}

}  // namespace emplettes::search
