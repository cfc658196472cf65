#include <algorithm>
#include <tuple>

#include "search/ranking.h"
#include "search/texts.h"
#include "search/typos.h"

namespace emplettes::search {
namespace {

// How many products the sources of a word have: no more are counted than hardly known ones may be,
// and one.
std::size_t products_of(const PlannedWord& word, const Documents& documents) {
    std::size_t products = 0;
    for (const Source& source : word.sources) {
        std::vector<std::uint32_t> met;
        PostingCursor cursor(source.list, kAllDocuments);
        for (; cursor.document() != kNoDocument; cursor.next()) {
            const std::uint32_t product = documents.cells[cursor.document()].product();
            if (std::find(met.begin(), met.end(), product) != met.end()) continue;
            met.push_back(product);
            if (++products > kRanking.hardly_known_products_max) return products;
        }
    }
    return products;
}

}  // namespace

std::vector<Texts::NearWord> Texts::words_near(std::string_view asked, bool is_beginning) const {
    std::vector<NearWord> all;
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const TextIndex& text = *segments_[segment];
        const auto near = is_beginning ? text.typos().words_beginning_near(asked)
                                       : text.typos().words_near(asked);
        for (Correction correction : near) {
            const std::string_view word = text.dictionary().word(correction.word);
            correction.word = text.dictionary().class_at(correction.word);
            if (segment == kDelta) correction.word = class_of_delta_[correction.word];
            all.push_back({word, correction});
        }
    }
    return all;
}

// Their classes, each once with its fewest and likeliest typos; not that of the word asked.
std::vector<Correction> Texts::class_corrections(std::string_view asked,
                                                 const std::vector<NearWord>& near) const {
    std::vector<Correction> classes;
    classes.reserve(near.size());
    for (const NearWord& word : near) classes.push_back(word.correction);
    std::sort(classes.begin(), classes.end(), [](const Correction& a, const Correction& b) {
        return std::tuple(a.word, a.typos, a.is_unlikely) <
               std::tuple(b.word, b.typos, b.is_unlikely);
    });
    const auto last = std::unique(classes.begin(), classes.end(),
                                  [](const auto& a, const auto& b) { return a.word == b.word; });
    classes.erase(last, classes.end());
    const auto own = find_class(asked);
    std::erase_if(classes, [&](const Correction& word) { return word.word == own; });
    return classes;
}

// So many products have the class in their title or maker: a category names all it holds, which
// makes no word of it likelier ("novel" for "noël").
bool Texts::is_in_names(std::uint32_t number, std::size_t products_min) const {
    if (products_min == 0) return true;
    if (heads_with(number) < products_min) return false;
    std::size_t products = 0;
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const auto own = class_in(segment, number);
        if (!own) continue;
        const TextIndex& text = *segments_[segment];
        PostingCursor cursor(text.heads(*own), kAllDocuments);
        for (; cursor.document() != kNoDocument && products < products_min; cursor.next()) {
            if (!text.documents().is_first(cursor.document())) continue;
            const bool is_gone =
                segment == kMain && gone_ != nullptr && gone_->has(cursor.document());
            if (!is_gone && is_name(cursor.impact())) ++products;
        }
    }
    return products >= products_min;
}

// The likeliest of the words near one that hardly any product has, then the one that most have;
// empty when there is none. Another form of the word asked is no other word.
std::string_view Texts::word_meant(std::string_view asked, std::span<const NearWord> near,
                                   std::size_t products_min) const {
    const auto own = find_class(asked);
    std::string_view meant;
    std::tuple<int, bool, std::size_t> best;
    for (const auto& [word, correction] : near) {
        const std::size_t products = heads_with(correction.word);
        if (products == 0 || correction.word == own) continue;
        if (!is_in_names(correction.word, products_min)) continue;
        const std::tuple key(correction.typos, correction.is_unlikely, ~products);
        if (!meant.empty() && best <= key) continue;
        best = key;
        meant = word;
    }
    return meant;
}

// See RankingConstants; also notes the word that was rather meant than one that is rare.
void Texts::forgive_typos(const Spelling& asked, Forgive forgive, Scratch& scratch,
                          std::size_t at) const {
    const bool is_of_rare = forgive == Forgive::rare_words;
    if (is_of_rare && asked.is_prefix && begins_frequent_word(asked.word)) return;
    const std::size_t products = products_with(asked);
    const bool is_rare = products <= kRanking.rare_word_products_max;
    if (is_of_rare && !is_rare) return;
    std::size_t met = 0;
    for (std::size_t segment = 0; segment < size(); ++segment)
        met += products_of(scratch.words[segment][at], segments_[segment]->documents());
    const std::size_t far_more = products * kRanking.far_more_products;
    const auto near = words_near(asked.word, false);
    if (std::max(products, met) <= kRanking.hardly_known_products_max)
        scratch.words[kMain][at].meant = word_meant(asked.word, near, far_more);
    const std::size_t products_min = is_of_rare ? far_more : products;
    auto classes = class_corrections(asked.word, near);
    std::erase_if(classes, [&](const Correction& correction) {
        return !is_in_names(correction.word, products_min);
    });
    const Impact impact_min = products_min == 0 ? Impact{0} : kNameImpactMin;
    add_corrections(classes, {&kAnyFormWeights, &kUnlikelyWeights, impact_min}, scratch, at);
    if (!asked.is_prefix || products_min > 0) return;
    add_corrections(class_corrections(asked.word, words_near(asked.word, true)),
                    {&kPrefixWeights, &kUnlikelyPrefixWeights}, scratch, at);
}

// One list for each number of typos and each likelihood.
void Texts::add_corrections(const std::vector<Correction>& classes, const TypoWeights& weights,
                            Scratch& scratch, std::size_t at) const {
    for (int typos = 1; typos <= kTyposMax; ++typos) {
        for (const bool is_unlikely : {false, true}) {
            Classes of_equal;
            for (const Correction& correction : classes) {
                if (correction.typos == typos && correction.is_unlikely == is_unlikely)
                    of_equal.push_back(correction.word);
            }
            const ImpactWeights* of_them = is_unlikely ? weights.unlikely : weights.likely;
            add_classes(of_equal, {of_them, typos, weights.impact_min}, scratch, at);
        }
    }
}

}  // namespace emplettes::search
