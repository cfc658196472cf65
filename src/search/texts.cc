#include "search/texts.h"

#include <algorithm>
#include <utility>

#include "search/plural.h"
#include "search/ranking.h"
#include "search/typos.h"

namespace emplettes::search {
namespace {

constexpr std::size_t kListsWithoutUnion = 3;  // so few are walked side by side
constexpr std::size_t kSparse = 64;            // a union of less than one document in so many

// The second word stands right behind the first one in the title.
bool follows(Impact first, Impact second) {
    return title_position(second) < kTitlePositionMax &&
           title_position(first) + 1 == title_position(second);
}

void sort_distinct(std::vector<std::uint32_t>& numbers) {
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

// The words that begin so but for a function word: a prefix that has no stored list begins no
// other.
NumberRange words_beginning(const Dictionary& dictionary, std::string_view prefix) {
    static_assert(kFunctionWordBytesMax <= kStoredPrefixBytes + 1);
    NumberRange words = dictionary.prefix_range(prefix);
    if (is_function_word(prefix) && dictionary.has(prefix)) ++words.begin;
    return words;
}

// Calls f(prefix) for the stored prefixes of the word that the name of its class has not.
template <typename F>
void for_each_other_prefix(std::string_view word, F&& f) {
    const std::string name = without_plural(word);
    for (std::size_t size = 1; size <= std::min(word.size(), kStoredPrefixBytes); ++size) {
        const auto prefix = stored_prefix(word.substr(0, size));
        if (prefix && !name.starts_with(word.substr(0, size))) f(*prefix);
    }
}

// The documents within the reach's runs that have one of the classes in their heads, there with
// such an impact.
PostingList unite(const TextIndex& segment, std::span<const std::uint32_t> classes,
                  Scratch& scratch, Impact impact_min = 0) {
    if (classes.size() == 1 && impact_min == 0) return segment.heads(classes[0]);
    const Documents& documents = segment.documents();
    std::vector<Impact>& best = scratch.best_impact;
    if (best.size() < documents.count()) best.resize(documents.count());
    MadeList& made = scratch.make_list();
    for (const NumberRange run : scratch.reach.runs()) {
        const NumberRange range = documents.shelves(run);
        std::vector<std::uint32_t>& united = scratch.united;
        united.clear();
        for (const std::uint32_t number : classes) {
            segment.heads(number).for_each(range, [&](std::uint32_t document, Impact impact) {
                if (impact < impact_min) return;
                if (best[document] == 0) united.push_back(document);
                best[document] = std::max(best[document], impact);
            });
        }
        if (united.size() > (range.end - range.begin) / kSparse) {  // cheaper to find than to sort
            united.clear();
            for (std::uint32_t document = range.begin; document < range.end; ++document)
                if (best[document] != 0) united.push_back(document);
        } else {
            std::sort(united.begin(), united.end());
        }
        for (const std::uint32_t document : united)
            made.add(document, std::exchange(best[document], Impact{0}));
    }
    return made.end();
}

}  // namespace

Texts::Texts(const TextIndex& main, const TextIndex& delta, const Gone& gone)
    : segments_{&main, &delta}, gone_(&gone) {
    find_shared_classes();
    add_forms_of_delta();
    add_forms_of_main();
}

// A class that both have has its name in both dictionaries.
void Texts::find_shared_classes() {
    const Dictionary& main = segments_[kMain]->dictionary();
    const Dictionary& delta = segments_[kDelta]->dictionary();
    class_of_delta_.resize(delta.class_count());
    for (std::uint32_t number = 0; number < class_of_delta_.size(); ++number)
        class_of_delta_[number] = static_cast<std::uint32_t>(main.class_count()) + number;
    for (std::uint32_t at = 0; at < delta.size(); ++at) {
        const auto same = main.find(delta.word(at));
        if (same) class_of_delta_[delta.class_at(at)] = main.class_at(*same);
    }
    for (std::uint32_t number = 0; number < class_of_delta_.size(); ++number) {
        if (class_of_delta_[number] < main.class_count())
            shared_.emplace_back(class_of_delta_[number], number);
    }
    std::sort(shared_.begin(), shared_.end());
}

void Texts::add_forms_of_delta() {
    const Dictionary& main = segments_[kMain]->dictionary();
    const Dictionary& delta = segments_[kDelta]->dictionary();
    auto& more = more_of_prefix_[kMain];
    for (std::uint32_t at = 0; at < delta.size(); ++at) {
        const std::uint32_t number = class_of_delta_[delta.class_at(at)];
        if (number >= main.class_count() || main.has(delta.word(at))) continue;
        for_each_other_prefix(delta.word(at),
                              [&](std::uint32_t prefix) { more.emplace_back(prefix, number); });
    }
    std::sort(more.begin(), more.end());
}

void Texts::add_forms_of_main() {
    const Dictionary& main = segments_[kMain]->dictionary();
    const Dictionary& delta = segments_[kDelta]->dictionary();
    std::vector<bool> is_shared(main.class_count());
    for (const auto& [number, of_delta] : shared_) is_shared[number] = true;
    auto& more = more_of_prefix_[kDelta];
    for (std::uint32_t at = 0; at < main.size(); ++at) {
        const std::uint32_t number = main.class_at(at);
        if (!is_shared[number] || delta.has(main.word(at))) continue;
        const std::uint32_t of_delta = *class_in(kDelta, number);
        for_each_other_prefix(main.word(at),
                              [&](std::uint32_t prefix) { more.emplace_back(prefix, of_delta); });
    }
    std::sort(more.begin(), more.end());
}

std::optional<std::uint32_t> Texts::find_class(std::string_view word) const {
    const auto of_main = segments_[kMain]->dictionary().find_class(word);
    if (of_main || size() == 1) return of_main;
    const auto of_delta = segments_[kDelta]->dictionary().find_class(word);
    if (!of_delta) return std::nullopt;
    return class_of_delta_[*of_delta];
}

// The segment's own number of a class, if it has it.
std::optional<std::uint32_t> Texts::class_in(std::size_t segment, std::uint32_t number) const {
    const auto of_main = static_cast<std::uint32_t>(segments_[kMain]->dictionary().class_count());
    if (segment == kMain) return number < of_main ? std::optional(number) : std::nullopt;
    if (number >= of_main) return number - of_main;
    const auto found =
        std::lower_bound(shared_.begin(), shared_.end(), std::pair(number, std::uint32_t{0}));
    if (found == shared_.end() || found->first != number) return std::nullopt;
    return found->second;
}

// The segment's own numbers of those that it has.
Texts::Classes Texts::classes_of(std::size_t segment,
                                 std::span<const std::uint32_t> classes) const {
    Classes own;
    own.reserve(classes.size());
    for (const std::uint32_t number : classes)
        if (const auto known = class_in(segment, number)) own.push_back(*known);
    return own;
}

// In how many heads the class stands.
std::size_t Texts::heads_with(std::uint32_t number) const {
    std::size_t products = 0;
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const auto own = class_in(segment, number);
        if (own) products += segments_[segment]->products_with_head(*own);
    }
    if (gone_ == nullptr) return products;
    const auto gone = gone_->postings.find(number);
    return gone == gone_->postings.end() ? products : products - gone->second.heads;
}

// A word that is not rare begins so: told without counting all that do.
bool Texts::begins_frequent_word(std::string_view prefix) const {
    const Dictionary& main = segments_[kMain]->dictionary();
    const NumberRange words = words_beginning(main, prefix);
    for (std::uint32_t at = words.begin; at < words.end; ++at)
        if (heads_with(main.class_at(at)) > kRanking.rare_word_products_max) return true;
    return false;
}

// In how many heads the word stands, or one that begins so; a product may be counted for several.
std::size_t Texts::products_with(const Spelling& asked) const {
    if (!asked.is_prefix) {
        const auto number = find_class(asked.word);
        return number ? heads_with(*number) : 0;
    }
    std::size_t products = 0;
    for (const std::uint32_t number : classes_beginning(asked.word)) products += heads_with(number);
    return products;
}

// The classes of the words that begin so, ascending.
Texts::Classes Texts::classes_beginning(std::string_view prefix) const {
    Classes classes;
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const Dictionary& dictionary = segments_[segment]->dictionary();
        const NumberRange range = words_beginning(dictionary, prefix);
        for (std::uint32_t at = range.begin; at < range.end; ++at) {
            const std::uint32_t number = dictionary.class_at(at);
            classes.push_back(segment == kMain ? number : class_of_delta_[number]);
        }
    }
    sort_distinct(classes);
    return classes;
}

std::size_t Texts::products() const {
    std::size_t products = 0;
    for (std::size_t segment = 0; segment < size(); ++segment)
        products += segments_[segment]->documents().product_count();
    return gone_ == nullptr ? products : products - gone_->product_count;
}

// Wherever they have it.
std::size_t Texts::products_with_word(std::string_view word) const {
    const auto number = find_class(word);
    if (!number) return 0;
    std::size_t products = 0;
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const auto own = class_in(segment, *number);
        if (!own) continue;
        const TextIndex& text = *segments_[segment];
        products += text.products_with_head(*own) + text.products_with_body(*own);
    }
    if (gone_ == nullptr) return products;
    const auto gone = gone_->postings.find(*number);
    if (gone == gone_->postings.end()) return products;
    return products - gone->second.heads - gone->second.bodies;
}

void Texts::plan(const QueryText& query, Forgive forgive, Scratch& scratch) const {
    scratch.made_used = 0;
    if (query.code && add_code(*query.code, scratch)) return;
    for (std::size_t segment = 0; segment < size(); ++segment)
        scratch.words[segment].resize(query.words.size());
    for (std::size_t i = 0; i < query.words.size(); ++i)
        plan_word(query.words[i], forgive, scratch, i);
}

bool Texts::is_known_code(std::int64_t code) const {
    if (size() > 1 && !segments_[kDelta]->with_code(code).empty()) return true;
    const auto known = segments_[kMain]->with_code(code);
    return std::any_of(known.begin(), known.end(), [&](const TextIndex::Code& of_main) {
        const Documents& documents = segments_[kMain]->documents();
        return gone_ == nullptr || !gone_->has(documents.documents_of(of_main.product).front());
    });
}

// A known code is all that is asked for.
bool Texts::add_code(std::int64_t code, Scratch& scratch) const {
    if (!is_known_code(code)) return false;
    for (std::size_t segment = 0; segment < size(); ++segment) {
        MadeList& made = scratch.make_list();
        scratch.united.clear();
        for (const TextIndex::Code& known : segments_[segment]->with_code(code)) {
            const auto documents = segments_[segment]->documents().documents_of(known.product);
            scratch.united.insert(scratch.united.end(), documents.begin(), documents.end());
        }
        std::sort(scratch.united.begin(), scratch.united.end());
        for (const std::uint32_t document : scratch.united) made.add(document, kBestImpact);
        scratch.words[segment].resize(1);
        scratch.words[segment][0].clear();
        scratch.words[segment][0].add(made.end(), kBaseFormWeights);
    }
    return true;
}

void Texts::plan_word(const QueryWord& word, Forgive forgive, Scratch& scratch,
                      std::size_t at) const {
    const Spelling& asked = word.spellings[0];
    const float of_word = rarity(products_with_word(asked.word), products());
    for (std::size_t segment = 0; segment < size(); ++segment) {
        scratch.words[segment][at].clear();
        scratch.words[segment][at].rarity = of_word;
    }
    for (const Spelling& spelling : word.spellings) {
        if (spelling.is_synonym) continue;
        const bool is_beginning = spelling.is_prefix && is_function_word(spelling.word);
        if (!is_beginning) add_class(spelling.word, scratch, at);
        if (spelling.is_prefix) add_prefix(spelling.word, scratch, at);
    }
    add_synonyms(word, scratch, at);
    add_parts(asked.word, scratch, at);
    if (typos_forgiven(asked.word) > 0) forgive_typos(asked, forgive, scratch, at);
}

void Texts::add_class(std::string_view word, Scratch& scratch, std::size_t at) const {
    const auto number = find_class(word);
    if (!number) return;
    const bool is_base_form = without_plural(word) == word;
    const ImpactWeights& weights = is_base_form ? kBaseFormWeights : kOtherFormWeights;
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const auto own = class_in(segment, *number);
        if (!own) continue;
        PlannedWord& planned = scratch.words[segment][at];
        const bool is_first = planned.sources.empty();
        planned.add(segments_[segment]->heads(*own), weights);
        planned.add(segments_[segment]->bodies(*own), weights);
        // No product is in the head and the body of a class.
        if (is_first) planned.is_disjoint = true;
    }
}

void Texts::add_prefix(std::string_view prefix, Scratch& scratch, std::size_t at) const {
    if (prefix.size() <= kStoredPrefixBytes) {
        if (const auto stored = stored_prefix(prefix))
            return add_stored_prefix(*stored, scratch, at);
    }
    const Classes classes = classes_beginning(prefix);
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const TextIndex& text = *segments_[segment];
        PlannedWord& planned = scratch.words[segment][at];
        const Classes own = classes_of(segment, classes);
        if (own.size() > kListsWithoutUnion) {
            planned.add(unite(text, own, scratch), kPrefixWeights);
            continue;
        }
        for (const std::uint32_t number : own) planned.add(text.heads(number), kPrefixWeights);
    }
}

void Texts::add_stored_prefix(std::uint32_t prefix, Scratch& scratch, std::size_t at) const {
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const TextIndex& text = *segments_[segment];
        PlannedWord& planned = scratch.words[segment][at];
        planned.add(text.prefix(prefix), kPrefixWeights);
        const auto& more = more_of_prefix_[segment];
        auto it = std::lower_bound(more.begin(), more.end(), std::pair(prefix, std::uint32_t{0}));
        for (; it != more.end() && it->first == prefix; ++it)
            planned.add(text.heads(it->second), kPrefixWeights);
    }
}

// Other names, where the head of a product has them: a description names much that it is not.
void Texts::add_synonyms(const QueryWord& word, Scratch& scratch, std::size_t at) const {
    Classes classes;
    for (const Spelling& spelling : word.spellings) {
        if (!spelling.is_synonym) continue;
        const std::string_view name = spelling.word;
        const std::size_t space = name.find(' ');
        if (space != std::string_view::npos) {
            add_pair({name.substr(0, space), name.substr(space + 1)}, kSynonymWeights, scratch, at);
        } else if (const auto number = find_class(name)) {
            classes.push_back(*number);
        }
    }
    add_classes(classes, {&kSynonymWeights}, scratch, at);
}

// "portemonnaie" also stands where a title has "porte monnaie".
void Texts::add_parts(std::string_view word, Scratch& scratch, std::size_t at) const {
    for (std::size_t cut = 1; cut < word.size(); ++cut) {
        if (may_split(word, cut))
            add_pair({word.substr(0, cut), word.substr(cut)}, kBaseFormWeights, scratch, at);
    }
}

void Texts::add_pair(const Pair& pair, const ImpactWeights& weights, Scratch& scratch,
                     std::size_t at) const {
    const auto left = find_class(pair.first);
    if (!left) return;
    const auto right = find_class(pair.second);
    if (!right) return;
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const TextIndex& text = *segments_[segment];
        const auto own_left = class_in(segment, *left);
        const auto own_right = class_in(segment, *right);
        if (!own_left || !own_right) continue;
        MadeList& made = scratch.make_list();
        PostingCursor second(text.heads(*own_right), kAllDocuments);
        for (const NumberRange run : scratch.reach.runs()) {
            text.heads(*own_left).for_each(
                text.documents().shelves(run), [&](std::uint32_t document, Impact impact) {
                    second.seek(document);
                    if (second.document() == document && follows(impact, second.impact()))
                        made.add(document, impact);
                });
        }
        scratch.words[segment][at].add(made.end(), weights);
    }
}

// As one list of each segment.
void Texts::add_classes(std::span<const std::uint32_t> classes, const Standing& standing,
                        Scratch& scratch, std::size_t at) const {
    if (classes.empty()) return;
    for (std::size_t segment = 0; segment < size(); ++segment) {
        const Classes own = classes_of(segment, classes);
        if (own.empty()) continue;
        scratch.words[segment][at].add(
            unite(*segments_[segment], own, scratch, standing.impact_min), *standing.weights,
            standing.typos);
    }
}

}  // namespace emplettes::search
