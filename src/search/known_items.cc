#include "search/known_items.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "base/text.h"
#include "search/fold.h"

namespace emplettes::search {
namespace {

constexpr std::size_t kDamagedLettersMin = 5;  // of a word that is damaged

class Chance {
  public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}
    // Not std::uniform_int_distribution, which differs between libraries.
    std::size_t below(std::size_t bound) { return random_() % bound; }
    template <typename T>
    void shuffle(std::vector<T>& values) {
        for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
    }

  private:
    std::mt19937_64 random_;
};

using Words = std::vector<std::string>;

Words words_of(std::string_view title) {
    Words words;
    for (const std::string_view word : split(title, ' '))
        if (!word.empty()) words.emplace_back(word);
    return words;
}

std::string joined(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

bool is_plain(const std::string& word) {
    return word.size() >= kDamagedLettersMin && std::all_of(word.begin(), word.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
           });
}

// One of the words that may be damaged; null when there is none.
std::string* any_plain(Words& words, Chance& chance) {
    std::vector<std::string*> plain;
    for (std::string& word : words)
        if (is_plain(word)) plain.push_back(&word);
    return plain.empty() ? nullptr : plain[chance.below(plain.size())];
}

void change_number(Words& words, Chance& chance) {
    std::string* word = any_plain(words, chance);
    if (!word) return;
    if (word->back() == 's')
        word->pop_back();
    else
        *word += 's';
}

void drop_elisions(Words& words) {
    for (std::string& word : words) {
        for (const std::string_view apostrophe : {"'", "’"}) {
            const auto at = word.find(apostrophe);
            if (at == 1 && word.size() > at + apostrophe.size())
                word.erase(0, at + apostrophe.size());
        }
    }
}

void mistype(Words& words, Chance& chance) {
    std::string* word = any_plain(words, chance);
    if (!word) return;
    const std::size_t at = 1 + chance.below(word->size() - 2);
    switch (chance.below(4)) {
        case 0: word->erase(at, 1); break;
        case 1: word->insert(at, 1, (*word)[at]); break;
        case 2: (*word)[at] = static_cast<char>('a' + chance.below(26)); break;
        default: std::swap((*word)[at], (*word)[at + 1]);
    }
}

void cut_last(Words& words) {
    std::string& last = words.back();
    const std::size_t letters = utf8_length(last);
    if (letters >= kDamagedLettersMin) last = utf8_prefix(last, letters - letters / 2);
}

std::string damaged(const std::string& title, Damage damage, Chance& chance) {
    Words words = words_of(title);
    switch (damage) {
        case Damage::none: break;
        case Damage::accents: return fold(joined(words));
        case Damage::number: change_number(words, chance); break;
        case Damage::elision: drop_elisions(words); break;
        case Damage::typo: mistype(words, chance); break;
        case Damage::cut: cut_last(words); break;
        case Damage::swapped: std::swap(words[0], words[1 + chance.below(words.size() - 1)]); break;
    }
    return joined(words);
}

bool is_changed(const std::string& question, const std::string& title, Damage damage) {
    if (damage == Damage::none) return true;
    if (damage == Damage::accents) return question != to_lower_ascii(joined(words_of(title)));
    return question != joined(words_of(title));
}

}  // namespace

const char* name_of(Damage damage) {
    switch (damage) {
        case Damage::none: return "none";
        case Damage::accents: return "accents";
        case Damage::number: return "number";
        case Damage::elision: return "elision";
        case Damage::typo: return "typo";
        case Damage::cut: return "cut";
        case Damage::swapped: return "swapped";
    }
    return "";
}

std::vector<KnownItem> make_known_items(std::span<const ProductText> products, Damage damage,
                                        std::size_t count, std::uint64_t seed) {
    Chance chance(seed);
    std::map<std::string, Grades> of_name;
    for (const ProductText& product : products) of_name[fold(product.title)][product.id] = 1;
    std::vector<std::size_t> order(products.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    chance.shuffle(order);
    std::vector<KnownItem> items;
    for (const std::size_t number : order) {
        if (items.size() == count) break;
        const std::string& title = products[number].title;
        if (words_of(title).size() < 2) continue;
        std::string question = damaged(title, damage, chance);
        if (is_changed(question, title, damage))
            items.push_back({damage, std::move(question), of_name.at(fold(title))});
    }
    return items;
}

}  // namespace emplettes::search
