#include "geo/addresses/address_search.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace emplettes::geo {
namespace {

constexpr std::size_t kTypoLettersMin = 4;
constexpr std::size_t kLookedAt = 256;  // streets of which the houses are looked at

bool has_digit(std::string_view word) {
    return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_kind(const TypedWord& word) {
    return is_kind_of_street(word.word) || std::ranges::any_of(word.meanings, is_kind_of_street);
}

}  // namespace

bool is_one_typo(std::string_view asked, std::string_view word) {
    const std::size_t longer = std::max(asked.size(), word.size());
    const std::size_t shorter = std::min(asked.size(), word.size());
    if (longer - shorter > 1) return false;
    const auto [a, b] = std::mismatch(asked.begin(), asked.end(), word.begin(), word.end());
    if (a == asked.end() && b == word.end()) return false;  // none
    const std::string_view left(a, asked.end());
    const std::string_view other(b, word.end());
    if (asked.size() > word.size()) return left.substr(1) == other;
    if (asked.size() < word.size()) return left == other.substr(1);
    const bool is_swapped = left.size() > 1 && left[0] == other[1] && left[1] == other[0] &&
                            left.substr(2) == other.substr(2);
    return is_swapped || left.substr(1) == other.substr(1);
}

bool AddressSearch::Candidate::operator<(const Candidate& other) const {
    const auto place = [](const Candidate& one) {
        return std::tuple(one.fit, one.first_named, one.match, one.distance_m, one.street);
    };
    return place(*this) < place(other);
}

AddressSearch::AddressSearch(const AddressIndex& index, const AddressIndex::Question& question)
    : index_(index), question_(question), words_(typed_words(question.text)) {
    for (std::size_t i = 0; i < words_.size(); ++i) {
        const Words bit = Words{1} << i;
        if (words_[i].is_article)
            articles_ |= bit;
        else if (!is_kind(words_[i]))
            telling_ |= bit;
        if (words_[i].number) numbers_ |= bit;
    }
}

std::vector<FoundAddress> AddressSearch::run() {
    if (words_.empty() || question_.limit == 0) return {};
    meet_all(false);
    std::vector<Candidate> found = candidates();
    if (found.empty() || least_missing(found) > 0) {
        meet_all(true);
        found = candidates();
    }
    const int missing = least_missing(found);
    std::erase_if(found, [&](const Candidate& one) { return one.fit.missing > missing; });
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(found.size(), kLookedAt));
    std::partial_sort(found.begin(), end, found.end());
    found.erase(end, found.end());
    std::vector<std::pair<Candidate, FoundAddress>> answers;
    for (Candidate& one : found) {
        FoundAddress address = answer(one);
        if (one.house != 0) one.match = address.match;
        if (question_.near) one.distance_m = distance_m(*question_.near, address.position);
        address.distance_m = one.distance_m;
        address.fit = one.fit;
        answers.emplace_back(one, std::move(address));
    }
    std::ranges::sort(answers, [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<FoundAddress> best;
    for (auto& [one, address] : answers) {
        if (best.size() == question_.limit) break;
        best.push_back(std::move(address));
    }
    return best;
}

void AddressSearch::meet_all(bool forgives_all) {
    met_.assign(index_.streets_.size(), {});
    for (std::size_t i = 0; i < words_.size(); ++i) meet(i, forgives_all);
}

// The word as it is and what it may stand for; then words that begin so; then words near it.
void AddressSearch::meet(std::size_t at, bool forgives) {
    bool is_known = meet_word(at, words_[at].word);
    for (const std::string& meaning : words_[at].meanings)
        is_known = meet_word(at, meaning) || is_known;
    if (words_[at].is_prefix) is_known = meet_beginning(at) || is_known;
    const bool may_be_typo =
        words_[at].word.size() >= kTypoLettersMin && !has_digit(words_[at].word);
    if (may_be_typo && (forgives || !is_known)) meet_typos(at);
}

bool AddressSearch::meet_word(std::size_t at, std::string_view word) {
    const std::size_t found = index_.words_.lower_bound(word);
    if (found == index_.words_.size() || index_.words_[found] != word) return false;
    add(found, Words{1} << at, nullptr);
    return true;
}

bool AddressSearch::meet_beginning(std::size_t at) {
    const std::string_view beginning = words_[at].word;
    const std::size_t first = index_.words_.lower_bound(beginning);
    std::size_t word = first;
    for (; word < index_.words_.size() && index_.words_[word].starts_with(beginning); ++word)
        add(word, Words{1} << at, &Met::begun);
    return word != first;
}

void AddressSearch::meet_typos(std::size_t at) {
    const std::string_view asked = words_[at].word;
    const auto is_near = [&](std::string_view word) {
        if (is_one_typo(asked, word)) return true;
        if (!words_[at].is_prefix || word.size() < asked.size()) return false;
        return is_one_typo(asked, word.substr(0, asked.size())) ||
               is_one_typo(asked, word.substr(0, asked.size() - 1)) ||
               is_one_typo(asked, word.substr(0, asked.size() + 1));
    };
    for (std::size_t word = 0; word < index_.words_.size(); ++word)
        if (is_near(index_.words_[word])) add(word, Words{1} << at, &Met::with_typo);
}

// Streets that have the word already keep how they have it.
void AddressSearch::add(std::size_t word, Words bit, Words Met::*how) {
    for (const auto& posting : index_.postings(word)) {
        Met& met = met_[posting.street];
        const bool is_known = ((met.in_name | met.in_town) & bit) != 0;
        if (is_known && how != nullptr) continue;
        if ((posting.fields & AddressIndex::kInName) != 0) met.in_name |= bit;
        if ((posting.fields & AddressIndex::kInTown) != 0) met.in_town |= bit;
        if (how != nullptr) met.*how |= bit;
    }
}

// The first number that the street has not in its name ("rue du 4 septembre"), unless it stands
// right behind the town as its arrondissement does ("Paris 11").
AddressSearch::Words AddressSearch::house_word(std::uint32_t street) const {
    const Met& met = met_[street];
    const Words named = numbers_ & met.in_name & ~met.begun;
    if (std::popcount(named) >
        static_cast<int>(index_.streets_[street].numbers))  // "4 rue du 4 septembre"
        return named & (~named + 1);
    for (Words left = numbers_ & ~named; left != 0; left &= left - 1) {
        const Words bit = left & (~left + 1);
        const Words in_town = met.in_town & ~met.begun;
        const bool is_arrondissement = (in_town & bit) != 0 && (in_town & (bit >> 1)) != 0;
        if (!is_arrondissement) return bit;
    }
    return 0;
}

AddressSearch::Candidate AddressSearch::candidate(std::uint32_t street) const {
    const Met& met = met_[street];
    Candidate one{.street = street, .house = house_word(street)};
    const Words all = (Words{1} << words_.size()) - 1;
    const Words needed = all & ~articles_ & ~one.house;
    const Words found = met.in_name | met.in_town;
    const Words name = met.in_name & telling_ & ~one.house;
    const auto named = std::popcount(name);
    one.first_named = std::countr_zero(name);
    one.fit.missing = std::popcount(needed & ~found);
    one.fit.typos = std::popcount(met.with_typo & needed);
    one.fit.begun = std::popcount(met.begun & needed);
    one.fit.left_out = std::max(0, static_cast<int>(index_.streets_[street].telling_words) - named);
    // As far as its middle, until its houses are looked at.
    if (question_.near)
        one.distance_m = distance_m(*question_.near, index_.middle_of(index_.streets_[street]));
    return one;
}

// Streets of which a telling word was typed; where only the kind of street was, all of that kind.
std::vector<AddressSearch::Candidate> AddressSearch::candidates() const {
    std::vector<Candidate> found;
    for (std::uint32_t street = 0; street < met_.size(); ++street) {
        const Met& met = met_[street];
        const Words house = house_word(street);
        const Words asked = telling_ & ~house;
        const Words named = met.in_name & (asked != 0 ? asked : ~house);
        if (named != 0) found.push_back(candidate(street));
    }
    return found;
}

int AddressSearch::least_missing(const std::vector<Candidate>& found) const {
    const auto least =
        std::ranges::min_element(found, {}, [](const Candidate& one) { return one.fit.missing; });
    return least == found.end() ? 0 : least->fit.missing;
}

FoundAddress AddressSearch::answer(const Candidate& candidate) const {
    if (candidate.house == 0) return index_.found_street(candidate.street);
    const TypedWord& word = words_[static_cast<std::size_t>(std::countr_zero(candidate.house))];
    return index_.found_house(candidate.street, *word.number);
}

}  // namespace emplettes::geo
