#include "catalogue/wanted.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "search/analyzer.h"
#include "search/normal_form.h"
#include "search/ranking.h"

namespace emplettes::catalogue {
namespace {

constexpr std::array<std::string_view, 4> kTrends{"appeared", "rising", "steady", "falling"};

// The most asked ones; each costs a search.
constexpr std::size_t kLookedAtMax = 500;

struct Group {
    LookedFor sum;
    std::map<LocalDay, std::int64_t> by_day;  // of the last period
    std::map<std::string, std::int64_t> spellings;
};

bool is_public(const Group& group) {
    return std::any_of(group.by_day.begin(), group.by_day.end(),
                       [](const auto& day) { return day.second >= kPublicNetworksMin; });
}

void add(Group& group, const QuestionKey& key, const QuestionCounts& counts, LocalDay today) {
    if (key.day <= today - kWantedPeriod) {
        group.sum.asked_before += counts.asked();
        return;
    }
    group.sum.asked += counts.asked();
    group.sum.found_none += counts.found_none;
    group.sum.opened += counts.opened();
    group.spellings[key.text] += counts.asked();
    group.by_day[key.day] += counts.asked();
}

const std::string& most_written(const Group& group) {
    return std::max_element(group.spellings.begin(), group.spellings.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

}  // namespace

std::string_view to_string(Trend trend) { return kTrends.at(static_cast<std::size_t>(trend)); }

Trend trend_of(std::int64_t before, std::int64_t now) {
    if (before == 0) return Trend::appeared;
    if (4 * now >= 5 * before) return Trend::rising;
    return 4 * now <= 3 * before ? Trend::falling : Trend::steady;
}

std::vector<LookedFor> looked_for(const QuestionRows& rows, LocalDay today) {
    std::unordered_map<std::string, std::string> words_of;  // by text
    std::map<std::string, Group> groups;                    // by words
    for (const auto& [key, counts] : rows) {
        if (key.text.empty() || key.day > today || key.day <= today - 2 * kWantedPeriod) continue;
        const auto [words, is_new] = words_of.try_emplace(key.text);
        if (is_new) words->second = search::normal_form(key.text);
        add(groups[words->second], key, counts, today);
    }
    std::vector<LookedFor> found;
    for (auto& [words, group] : groups) {
        if (!is_public(group)) continue;
        group.sum.text = most_written(group);
        found.push_back(std::move(group.sum));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.asked > b.asked; });
    return found;
}

std::int64_t products_with_all_words(const search::Answer& answer, std::string_view text) {
    const auto asked = search::analyze_query(text);
    const bool may_have_typos =
        std::all_of(asked.words.begin(), asked.words.end(), [](const search::QueryWord& word) {
            return word.spellings.front().word.size() >= search::kRanking.two_typos_letters;
        });
    const auto has_all = [&](const search::ProductHit& hit) {
        const bool has_words = hit.why.words_matched >= hit.why.words_asked;
        return hit.is_pinned || (has_words && (may_have_typos || hit.why.typos == 0));
    };
    // The others come last, and only when there are not many with all.
    const auto full = std::count_if(answer.hits.begin(), answer.hits.end(), has_all);
    return full == static_cast<std::ptrdiff_t>(answer.hits.size()) ? answer.total : full;
}

std::int64_t products_with(const Findable& findable, std::string_view text) {
    const std::string words = std::string(text) + " ";  // the last one is no beginning of another
    search::Query query{.text = words,
                        .from = findable.territory.centre,
                        .radius_m = findable.territory.radius_m_max,
                        .limit = static_cast<std::size_t>(search::kRanking.hits_enough)};
    findable.choices.apply(query);
    return products_with_all_words(findable.index.search(query), words);
}

Wanted make_wanted(const QuestionRows& rows, LocalDay today, const Findable& findable) {
    Wanted wanted;
    for (const auto& [key, counts] : rows)
        if (key.day > today - kWantedPeriod && key.day <= today) wanted.asked += counts.asked();
    std::vector<LookedFor> questions = looked_for(rows, today);
    questions.resize(std::min(questions.size(), kLookedAtMax));
    for (LookedFor& question : questions) {
        const bool found_little = 2 * question.found_none >= question.asked;
        const bool may_miss = found_little && wanted.missing.size() < kWantedMax;
        const bool is_shown = wanted.most_asked.size() < kWantedMax;
        if (!may_miss && !is_shown) continue;
        question.products = products_with(findable, question.text);
        if (question.products == 0) question.shops = findable.shops_named(question.text);
        if (may_miss && question.products == 0 && question.shops == 0)
            wanted.missing.push_back(question);
        if (is_shown) wanted.most_asked.push_back(std::move(question));
    }
    return wanted;
}

QuestionRows load_last_periods(store::Tx& tx, TerritoryId territory, LocalDay today) {
    return load_questions(tx, territory, today - 2 * kWantedPeriod + std::chrono::days{1});
}

}  // namespace emplettes::catalogue
