#include "catalogue/questions.h"

#include <algorithm>

#include "base/text.h"
#include "search/normal_form.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kAddQuestion =
    "INSERT INTO question (territory_id, day, language, text, found_none, found_few, found_many,"
    " opened_first, opened_next, opened_below)"
    " VALUES (:territory_id, :day, :language, :text, :found_none, :found_few, :found_many,"
    " :opened_first, :opened_next, :opened_below)"
    " ON CONFLICT (territory_id, day, language, text) DO UPDATE SET"
    " found_none = question.found_none + excluded.found_none,"
    " found_few = question.found_few + excluded.found_few,"
    " found_many = question.found_many + excluded.found_many,"
    " opened_first = question.opened_first + excluded.opened_first,"
    " opened_next = question.opened_next + excluded.opened_next,"
    " opened_below = question.opened_below + excluded.opened_below";
constexpr const char* kSelectQuestions =
    "SELECT day, language, text, found_none, found_few, found_many, opened_first, opened_next,"
    " opened_below FROM question WHERE territory_id = :territory_id AND day >= :from";
constexpr const char* kSelectTexts =
    "SELECT DISTINCT text FROM question WHERE territory_id = :territory_id";
constexpr const char* kForgetText =
    "DELETE FROM question WHERE territory_id = :territory_id AND text = :text";
constexpr const char* kPurgeQuestions =
    "DELETE FROM question WHERE territory_id = :territory_id AND day < :before";

std::int64_t number_of(LocalDay day) { return day.time_since_epoch().count(); }
LocalDay day_of(std::int64_t number) { return LocalDay{std::chrono::days{number}}; }

// Zero width, or turning the direction of what follows: a text must read as what it is.
bool has_unseen(std::string_view text) {
    constexpr std::string_view kUnseen[] = {"\u00AD", "\u200B", "\u200C", "\u200D", "\u200E",
                                            "\u200F", "\u2028", "\u2029", "\u202A", "\u202B",
                                            "\u202C", "\u202D", "\u202E", "\u2060", "\u2066",
                                            "\u2067", "\u2068", "\u2069", "\uFEFF"};
    return std::any_of(std::begin(kUnseen), std::end(kUnseen), [&](std::string_view unseen) {
        return text.find(unseen) != std::string_view::npos;
    });
}

bool is_space(char c) { return c >= 0 && c <= ' '; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::optional<std::string> keepable_question(std::string_view text) {
    if (!is_valid_utf8(text) || has_unseen(text)) return std::nullopt;
    std::string kept;
    std::size_t words = 0;
    for (const char c : to_lower_ascii(text)) {
        if (is_space(c)) {
            if (!kept.empty() && kept.back() != ' ') kept += ' ';
        } else {
            if (kept.empty() || kept.back() == ' ') ++words;
            kept += c;
        }
    }
    if (kept.ends_with(' ')) kept.pop_back();
    const auto digits = std::count_if(kept.begin(), kept.end(), is_digit);
    const bool is_personal = kept.find('@') != std::string::npos ||
                             kept.find("www.") != std::string::npos ||
                             kept.find("://") != std::string::npos ||
                             static_cast<std::size_t>(digits) > kQuestionDigitsMax;
    const bool is_long = words > kQuestionWordsMax || utf8_length(kept) > kQuestionCharactersMax;
    if (is_personal || is_long || search::normal_form(kept).empty()) return std::nullopt;
    return kept;
}

Found found_of(std::int64_t products) {
    if (products == 0) return Found::none;
    return products <= kFewMax ? Found::few : Found::many;
}

QuestionCounts& QuestionCounts::operator+=(const QuestionCounts& other) {
    found_none += other.found_none;
    found_few += other.found_few;
    found_many += other.found_many;
    opened_first += other.opened_first;
    opened_next += other.opened_next;
    opened_below += other.opened_below;
    return *this;
}

QuestionCounts& QuestionBook::find(QuestionKey key) {
    const auto found = rows_.find(key);
    if (found != rows_.end()) return found->second;
    std::size_t& distinct = distinct_[key.day];
    if (distinct >= kQuestionsPerDayMax) key.text.clear();
    if (!key.text.empty()) ++distinct;
    return rows_[std::move(key)];
}

void QuestionBook::add_asked(QuestionKey key, Found found) {
    key.text = keepable_question(key.text).value_or("");
    const std::lock_guard lock(mutex_);
    QuestionCounts& counts = find(std::move(key));
    switch (found) {
        case Found::none: ++counts.found_none; return;
        case Found::few: ++counts.found_few; return;
        case Found::many: ++counts.found_many; return;
    }
}

void QuestionBook::add_opened(QuestionKey key, std::size_t place) {
    key.text = keepable_question(key.text).value_or("");
    const std::lock_guard lock(mutex_);
    QuestionCounts& counts = find(std::move(key));
    if (place <= 1)
        ++counts.opened_first;
    else if (place <= kNextMax)
        ++counts.opened_next;
    else
        ++counts.opened_below;
}

QuestionRows QuestionBook::take() {
    const std::lock_guard lock(mutex_);
    QuestionRows taken;
    LocalDay last{};
    for (auto& [key, counts] : rows_) {
        last = std::max(last, key.day);
        if (!counts.is_zero()) taken.emplace(key, std::exchange(counts, {}));
    }
    std::erase_if(rows_, [&](const auto& row) { return row.first.day < last; });
    std::erase_if(distinct_, [&](const auto& day) { return day.first < last; });
    return taken;
}

void QuestionBook::give_back(const QuestionRows& rows) {
    const std::lock_guard lock(mutex_);
    for (const auto& [key, counts] : rows) find(key) += counts;
}

void add_questions(store::Tx& tx, TerritoryId territory, const QuestionRows& rows) {
    for (const auto& [key, counts] : rows)
        tx.run(kAddQuestion, {{"territory_id", territory},
                              {"day", number_of(key.day)},
                              {"language", key.language},
                              {"text", key.text},
                              {"found_none", counts.found_none},
                              {"found_few", counts.found_few},
                              {"found_many", counts.found_many},
                              {"opened_first", counts.opened_first},
                              {"opened_next", counts.opened_next},
                              {"opened_below", counts.opened_below}});
}

QuestionRows load_questions(store::Tx& tx, TerritoryId territory, LocalDay from) {
    QuestionRows rows;
    using Count = std::int64_t;
    tx.each<std::int64_t, std::string, std::string, Count, Count, Count, Count, Count, Count>(
        kSelectQuestions, {{"territory_id", territory}, {"from", number_of(from)}},
        [&](std::int64_t day, std::string language, std::string text, Count none, Count few,
            Count many, Count first, Count next, Count below) {
            rows.emplace(
                QuestionKey{
                    .day = day_of(day), .language = std::move(language), .text = std::move(text)},
                QuestionCounts{.found_none = none,
                               .found_few = few,
                               .found_many = many,
                               .opened_first = first,
                               .opened_next = next,
                               .opened_below = below});
        });
    return rows;
}

std::int64_t purge_questions(store::Tx& tx, TerritoryId territory, LocalDay before) {
    return tx.run(kPurgeQuestions, {{"territory_id", territory}, {"before", number_of(before)}});
}

std::int64_t forget_question(store::Tx& tx, TerritoryId territory, std::string_view question) {
    const std::string words = search::normal_form(question);
    if (words.empty()) return 0;
    std::int64_t forgotten = 0;
    for (const auto& text : tx.all<std::string>(kSelectTexts, {{"territory_id", territory}}))
        if (search::normal_form(text) == words)
            forgotten += tx.run(kForgetText, {{"territory_id", territory}, {"text", text}});
    return forgotten;
}

}  // namespace emplettes::catalogue
