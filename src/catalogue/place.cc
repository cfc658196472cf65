#include "catalogue/place.h"

#include <algorithm>

#include "base/text.h"
#include "catalogue/snapshot.h"

namespace emplettes::catalogue {
namespace {

constexpr std::size_t kWordsMax = 12;

std::vector<std::string> words_of(std::string_view text) {
    const std::string slug = slugify(text);
    std::vector<std::string> words;
    for (const auto word : split(slug, '-'))
        if (!word.empty() && words.size() < kWordsMax) words.emplace_back(word);
    return words;
}

bool is_number(const std::string& word) { return word.front() >= '0' && word.front() <= '9'; }

// "45 bis rue Condorcet": the number is not part of any name we know.
void drop_house_number(std::vector<std::string>& words) {
    if (words.size() < 2 || !is_number(words.front())) return;
    words.erase(words.begin());
    if (words.size() > 1 && (words.front() == "bis" || words.front() == "ter"))
        words.erase(words.begin());
}

bool has_all_words(const std::vector<std::string>& name, const std::vector<std::string>& asked) {
    for (std::size_t i = 0; i < asked.size(); ++i) {
        const bool is_last = i + 1 == asked.size();
        const bool found = std::any_of(name.begin(), name.end(), [&](const std::string& word) {
            return word == asked[i] || (is_last && word.starts_with(asked[i]));
        });
        if (!found) return false;
    }
    return true;
}

struct Candidate {
    const NamedPlace* place;
    bool is_exact = false;
};

}  // namespace

FindablePlace make_findable(NamedPlace place) {
    auto words = words_of(place.name);
    return {.place = std::move(place), .words = std::move(words)};
}

std::vector<NamedPlace> find_places(const Snapshot& snapshot, std::string_view text,
                                    std::size_t limit) {
    auto asked = words_of(text);
    drop_house_number(asked);
    if (asked.empty()) return {};
    std::vector<Candidate> candidates;
    for (const FindablePlace& known : snapshot.places())
        if (has_all_words(known.words, asked))
            candidates.push_back({.place = &known.place, .is_exact = known.words == asked});
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) {
                         if (a.is_exact != b.is_exact) return a.is_exact;
                         return a.place->name.size() < b.place->name.size();
                     });
    std::vector<NamedPlace> places;
    for (const Candidate& candidate : candidates)
        if (places.size() < limit) places.push_back(*candidate.place);
    return places;
}

}  // namespace emplettes::catalogue
