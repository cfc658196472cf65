#include "search/suggestions.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "search/analyzer.h"
#include "search/fold.h"
#include "search/matches.h"

namespace emplettes::search {
namespace {

// Words as they are compared: folded, each followed by a space unless it may still go on.
std::string joined_words(const std::vector<Token>& tokens, bool may_go_on) {
    std::string joined;
    for (const Token& token : tokens) {
        if (token.is_alternate) continue;
        joined += token.word;
        joined += ' ';
    }
    if (may_go_on && !joined.empty()) joined.pop_back();
    return joined;
}

bool is_better(const NameSuggestions::Found& a, const NameSuggestions::Found& b) {
    const auto key = [](const NameSuggestions::Found& found) {
        return std::tuple(!found.is_start, ~found.popularity, found.suggestion.kind,
                          std::string_view(found.suggestion.text), found.suggestion.id);
    };
    return key(a) < key(b);
}

}  // namespace

NameSuggestions::NameSuggestions(const Catalogue& catalogue) {
    std::unordered_map<ProductId, std::uint32_t> offers_of_product;
    std::unordered_map<ShopId, std::uint32_t> offers_of_shop;
    for (const OfferRow& offer : catalogue.offers) {
        ++offers_of_product[offer.product];
        ++offers_of_shop[offer.shop];
    }
    std::map<std::string, std::pair<Name, std::string>> categories;  // by key; and their words
    std::map<std::string, Name> makers;                              // by folded name
    std::map<std::string, Name> shops;
    Analyzer analyzer;
    const auto folded = [&](std::string_view name) {
        return joined_words(analyzer.analyze(name, TextOf::catalogue), false);
    };
    for (const ProductText& product : catalogue.products) {
        const std::uint32_t offers = offers_of_product[product.id];
        if (!product.category.empty()) {
            auto& [name, words] = categories[product.category];
            name.suggestion = {Suggestion::Kind::category, product.category, 0};
            name.popularity += offers;
            if (words.empty()) words = product.category_name;
        }
        if (product.maker.empty()) continue;
        Name& maker = makers[folded(product.maker)];
        if (maker.suggestion.text.empty()) {
            maker.suggestion = {Suggestion::Kind::maker, product.maker, 0};
        }
        maker.popularity += offers;
    }
    for (const ShopPlace& shop : catalogue.shops) {
        const std::uint32_t offers = offers_of_shop[shop.id];
        Name& known = shops[folded(shop.name)];
        if (!known.suggestion.text.empty() && known.popularity >= offers) continue;
        known = {{Suggestion::Kind::shop, shop.name, shop.id.value}, offers};
    }
    for (auto& [key, category] : categories) add_name(category.first, category.second, true);
    for (auto& [words, name] : makers) add_name(name, name.suggestion.text, false);
    for (auto& [words, name] : shops) add_name(name, name.suggestion.text, false);
    std::sort(beginnings_.begin(), beginnings_.end(), [&](const auto& a, const auto& b) {
        return std::pair(words(a), a.name) < std::pair(words(b), b.name);
    });
}

void NameSuggestions::add_name(const Name& name, std::string_view text, bool starts_anywhere) {
    Analyzer analyzer;
    const auto& tokens = analyzer.analyze(text, TextOf::catalogue);
    const std::string joined = joined_words(tokens, false);
    if (joined.empty()) return;
    const auto number = static_cast<std::uint32_t>(names_.size());
    NameRow row{.id = name.suggestion.id,
                .text_begin = static_cast<std::uint32_t>(texts_.size()),
                .popularity = name.popularity,
                .kind = name.suggestion.kind};
    texts_ += name.suggestion.text;
    check(texts_.size() < (std::size_t{1} << 32));
    row.text_end = static_cast<std::uint32_t>(texts_.size());
    names_.push_back(row);
    const auto add = [&](std::size_t at, std::size_t size, bool is_start) {
        check(at + size < (std::size_t{1} << 32));
        beginnings_.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(size),
                               number, is_start ? 1U : 0U});
    };
    const std::size_t begin = words_.size();
    words_ += joined;
    for (std::size_t at = 0; at < joined.size(); at = joined.find(' ', at) + 1) {
        add(begin + at, joined.size() - at, starts_anywhere || at == 0);
    }
    for (const Token& token : tokens) {
        if (!token.is_alternate) continue;
        add(words_.size(), token.word.size() + 1, starts_anywhere || token.position == 0);
        words_ += token.word + ' ';
    }
}

std::vector<NameSuggestions::Found> NameSuggestions::find(std::string_view text,
                                                          std::size_t limit) const {
    Analyzer analyzer;
    const auto& tokens = analyzer.analyze(text, TextOf::query);
    const std::string wanted = joined_words(tokens, analyzer.ends_in_word());
    if (wanted.empty() || limit == 0) return {};
    auto at = std::lower_bound(
        beginnings_.begin(), beginnings_.end(), wanted,
        [&](const Beginning& beginning, std::string_view w) { return words(beginning) < w; });
    std::vector<std::tuple<bool, std::uint32_t, std::uint32_t>> found;  // the least is the best
    for (; at != beginnings_.end() && words(*at).starts_with(wanted); ++at) {
        found.emplace_back(at->is_start == 0, ~names_[at->name].popularity, at->name);
    }
    // A name may begin so in two places: twice as many hold enough different ones only when no name
    // repeats a word more often, so all are sorted.
    std::sort(found.begin(), found.end());
    std::vector<Found> best;
    std::vector<std::uint32_t> taken;
    for (const auto& [is_further_on, popularity, name] : found) {
        if (best.size() == limit) break;
        if (std::find(taken.begin(), taken.end(), name) != taken.end()) continue;
        taken.push_back(name);
        best.push_back(this->found(name, !is_further_on));
    }
    return best;
}

NameSuggestions::Found NameSuggestions::found(std::uint32_t name, bool is_start) const {
    const NameRow& row = names_[name];
    return {{row.kind, texts_.substr(row.text_begin, row.text_end - row.text_begin), row.id},
            is_start,
            row.popularity};
}

std::size_t NameSuggestions::bytes() const {
    return words_.capacity() + texts_.capacity() + beginnings_.capacity() * sizeof(Beginning) +
           names_.capacity() * sizeof(NameRow);
}

Suggestions::Suggestions(const Catalogue& catalogue, const Documents& documents)
    : documents_(documents), names_(catalogue), speaks_for_title_(documents.count() / 64 + 1) {
    HugeVector<char> titles;
    HugeVector<std::uint32_t> begins{0};
    std::unordered_map<std::string, std::uint32_t> speakers;
    std::string folded;
    const auto rank = [&](std::uint32_t product) {
        return std::pair(~documents.offers_of_product(product), documents.product_id[product]);
    };
    for (std::uint32_t product = 0; product < documents.product_count(); ++product) {
        const std::string& title = catalogue.products[documents.product_source[product]].title;
        titles.insert(titles.end(), title.begin(), title.end());
        check(titles.size() < (std::size_t{1} << 32));
        begins.push_back(static_cast<std::uint32_t>(titles.size()));
        fold_text(title, folded);
        const auto [speaker, is_new] = speakers.try_emplace(folded, product);
        if (!is_new && rank(product) < rank(speaker->second)) speaker->second = product;
    }
    for (const auto& [title, product] : speakers) {
        const std::uint32_t document = documents.documents_of(product).front();
        speaks_for_title_[document / 64] |= std::uint64_t{1} << (document % 64);
    }
    titles.shrink_to_fit();
    begins.shrink_to_fit();
    titles_.assign(std::move(titles));
    title_begins_.assign(std::move(begins));
}

Suggestions::Suggestions(ImageReader& image, const Documents& documents) : documents_(documents) {
    each_part(*this, image);
}

std::vector<Suggestions::Found> Suggestions::find_titles(std::span<const PlannedWord> words,
                                                         std::size_t limit,
                                                         const Gone* gone) const {
    if (words.empty() || limit == 0) return {};
    using Key = std::tuple<bool, std::uint32_t, std::uint32_t>;
    // As is_better orders them, but reading a title only between equals.
    const auto is_before = [&](const Key& a, const Key& b) {
        const auto& [is_a_further_on, a_offers, a_product] = a;
        const auto& [is_b_further_on, b_offers, b_product] = b;
        if (std::pair(is_a_further_on, a_offers) != std::pair(is_b_further_on, b_offers)) {
            return a < b;
        }
        return std::pair(title(a_product), documents_.product_id[a_product]) <
               std::pair(title(b_product), documents_.product_id[b_product]);
    };
    std::vector<Key> best;  // a heap, the worst on top
    WordWindows windows(words);
    windows.turn_to(kAllDocuments);
    windows.for_each_with_all([&](std::uint32_t document, const TextMatch& match) {
        if (!match.is_all_in_title || !speaks_for_title(document)) return;
        if (gone != nullptr && gone->has(document)) return;
        const std::uint32_t product = documents_.cells[document].product();
        const std::uint32_t offers = documents_.offers_of_product(product);
        if (offers == 0) return;  // nobody has it
        const Key key{match.first_position != 0, ~offers, product};
        if (best.size() == limit && !is_before(key, best.front())) return;
        if (best.size() == limit) {
            std::pop_heap(best.begin(), best.end(), is_before);
            best.pop_back();
        }
        best.push_back(key);
        std::push_heap(best.begin(), best.end(), is_before);
    });
    std::vector<NameSuggestions::Found> found;
    found.reserve(best.size());
    for (const auto& [is_further_on, offers, product] : best) {
        found.push_back({{Suggestion::Kind::product, std::string(title(product)),
                          documents_.product_id[product].value},
                         !is_further_on,
                         ~offers});
    }
    std::sort(found.begin(), found.end(), is_better);
    return found;
}

std::size_t Suggestions::bytes() const {
    return names_.bytes() + titles_.bytes() + title_begins_.bytes() + speaks_for_title_.size() * 8;
}

bool Suggestions::is_consistent() const {
    return title_begins_.size() == documents_.product_id.size() + 1 &&
           title_begins_[documents_.product_id.size()] == titles_.size() &&
           speaks_for_title_.size() == documents_.count() / 64 + 1;
}

void add_new(std::vector<Suggestions::Found>& found, std::vector<Suggestions::Found> others,
             std::size_t limit) {
    const auto key = [](const Suggestions::Found& one) {
        std::string text;
        fold_text(one.suggestion.text, text);
        return std::pair(one.suggestion.kind, text);
    };
    for (Suggestions::Found& other : others) {
        const auto equal = std::find_if(found.begin(), found.end(),
                                        [&](const auto& one) { return key(one) == key(other); });
        if (equal == found.end()) found.push_back(std::move(other));
    }
    std::sort(found.begin(), found.end(), is_better);
    if (found.size() > limit) found.resize(limit);
}

void prefer_as_typed(std::vector<Suggestions::Found>& titles, std::string_view text) {
    std::string typed;
    fold_text(text, typed);
    std::string title;
    const auto lacks_it = [&](const Suggestions::Found& found) {
        fold_text(found.suggestion.text, title);
        return title.find(typed) == std::string::npos;
    };
    if (std::all_of(titles.begin(), titles.end(), lacks_it)) return;
    titles.erase(std::remove_if(titles.begin(), titles.end(), lacks_it), titles.end());
}

std::vector<Suggestion> choose(std::vector<Suggestions::Found> titles,
                               std::vector<Suggestions::Found> names, std::size_t limit) {
    const std::size_t half = limit / 2;
    const std::size_t title_count = std::min(titles.size(), limit - std::min(names.size(), half));
    titles.resize(title_count);
    names.resize(std::min(names.size(), limit - title_count));
    titles.insert(titles.end(), names.begin(), names.end());
    std::sort(titles.begin(), titles.end(), is_better);
    std::vector<Suggestion> suggestions;
    suggestions.reserve(titles.size());
    for (auto& found : titles) suggestions.push_back(std::move(found.suggestion));
    return suggestions;
}

}  // namespace emplettes::search
