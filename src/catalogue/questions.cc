#include "catalogue/questions.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/text.h"
#include "catalogue/news.h"
#include "search/normal_form.h"
#include "store/sha256.h"

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

// As people read it: "①", "１" and "1" are one digit, "＠" is "@".
icu::UnicodeString compatible(std::string_view text) {
    UErrorCode error = U_ZERO_ERROR;
    const auto* form = icu::Normalizer2::getNFKCInstance(error);
    check(U_SUCCESS(error));
    const auto whole = icu::UnicodeString::fromUTF8(text);
    icu::UnicodeString read = form->normalize(whole, error);
    check(U_SUCCESS(error));
    return read;
}

template <typename F>
bool has_any(const icu::UnicodeString& text, F&& is_meant) {
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
        if (is_meant(text.char32At(i))) return true;
    return false;
}

// Zero width, or turning the direction of what follows, or of nobody's alphabet: a text must read
// as what it is.
bool is_unseen(UChar32 c) {
    if (u_isUWhiteSpace(c))
        return u_charType(c) == U_LINE_SEPARATOR || u_charType(c) == U_PARAGRAPH_SEPARATOR;
    switch (u_charType(c)) {
        case U_CONTROL_CHAR:
        case U_FORMAT_CHAR:
        case U_PRIVATE_USE_CHAR:
        case U_SURROGATE:
        case U_UNASSIGNED: return true;
        default: return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
    }
}

// Decimal or not: "Ⅷ" and "½" have become letters and figures by now.
std::size_t count_digits(const icu::UnicodeString& text) {
    std::size_t digits = 0;
    has_any(text, [&](UChar32 c) {
        const auto type = u_charType(c);
        const bool is_digit =
            type == U_DECIMAL_DIGIT_NUMBER || type == U_LETTER_NUMBER || type == U_OTHER_NUMBER;
        digits += is_digit ? 1 : 0;
        return false;
    });
    return digits;
}

bool names_an_address(const icu::UnicodeString& text) {
    return text.indexOf(u'@') >= 0 || text.indexOf(u"www.") >= 0 || text.indexOf(u"://") >= 0;
}

constexpr std::array<std::string_view, 22> kStreetWords{
    "rue",    "avenue", "av",     "boulevard", "boul",  "bd",      "bld",   "place",
    "square", "quai",   "chemin", "impasse",   "allee", "allees",  "route", "passage",
    "cite",   "villa",  "street", "road",      "lane",  "faubourg"};

// "12 rue Condorcet", wherever the number stands: who lives there, not a product. A few products
// lose their words by it ("vélo de route 54"); "plan rue de la Paix" has no number and keeps them.
bool names_a_house(std::string_view text) {
    bool has_street = false;
    bool has_number = false;
    std::string folded = fold(text);
    for (char& c : folded)
        if (std::string_view(",;.:/-'").find(c) != std::string_view::npos) c = ' ';
    for (const std::string_view word : split(folded, ' ')) {
        if (word.empty()) continue;
        has_number = has_number || (word.front() >= '0' && word.front() <= '9');
        has_street = has_street || std::find(kStreetWords.begin(), kStreetWords.end(), word) !=
                                       kStreetWords.end();
    }
    return has_street && has_number;
}

std::int64_t erase_marked(store::Tx& tx, TerritoryId territory,
                          const std::set<std::string>& marks) {
    std::int64_t erased = 0;
    if (marks.empty()) return erased;
    for (const auto& text : tx.all<std::string>(kSelectTexts, {{"territory_id", territory}}))
        if (marks.contains(words_mark(text)))
            erased += tx.run(kForgetText, {{"territory_id", territory}, {"text", text}});
    return erased;
}

// Words apart by one space, of whatever width they were.
struct Tidied {
    std::string text;
    std::size_t words = 0;
};
Tidied tidy(std::string_view text) {
    Tidied tidied;
    icu::UnicodeString letters;
    const auto whole = icu::UnicodeString::fromUTF8(to_lower_ascii(text));
    bool is_between = true;
    for (std::int32_t i = 0; i < whole.length(); i = whole.moveIndex32(i, 1)) {
        const UChar32 c = whole.char32At(i);
        if (u_isUWhiteSpace(c)) {
            is_between = true;
            continue;
        }
        if (is_between && tidied.words++ > 0) letters.append(u' ');
        is_between = false;
        letters.append(c);
    }
    letters.toUTF8String(tidied.text);
    return tidied;
}

}  // namespace

std::optional<std::string> keepable_question(std::string_view text) {
    if (!is_valid_utf8(text) || has_any(icu::UnicodeString::fromUTF8(text), is_unseen))
        return std::nullopt;
    Tidied tidied = tidy(text);
    const auto read = compatible(tidied.text);
    std::string as_read;
    read.toUTF8String(as_read);
    const bool is_personal =
        names_an_address(read) || names_a_house(as_read) || count_digits(read) > kQuestionDigitsMax;
    const bool is_long =
        tidied.words > kQuestionWordsMax || utf8_length(tidied.text) > kQuestionCharactersMax;
    if (is_personal || is_long || search::normal_form(tidied.text).empty()) return std::nullopt;
    return std::move(tidied.text);
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

void QuestionBook::add_asked(QuestionKey key, Found found, const Asker& asker) {
    const std::string words = search::normal_form(key.text);
    key.text = keepable_question(key.text).value_or("");
    const std::lock_guard lock(mutex_);
    switch (askers_.tell(key.day, asker.network, words, asker.random)) {
        case Asking::first: break;
        case Asking::again: return;
        case Asking::unknown: key.text.clear(); break;
    }
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

void QuestionBook::forget_askers_before(LocalDay today) {
    const std::lock_guard lock(mutex_);
    askers_.forget_before(today);
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

void QuestionBook::give_back(QuestionRows taken) {
    const std::lock_guard lock(mutex_);
    drop_marked(taken, forgotten_);
    for (const auto& [key, counts] : taken) find(key) += counts;
}

std::set<std::string> QuestionBook::forgotten() const {
    const std::lock_guard lock(mutex_);
    return forgotten_;
}

void QuestionBook::end_forgetting(const std::set<std::string>& marks) {
    const std::lock_guard lock(mutex_);
    for (const std::string& mark : marks) forgotten_.erase(mark);
}

void QuestionBook::forget(const std::string& mark) {
    const std::lock_guard lock(mutex_);
    forgotten_.insert(mark);
    std::erase_if(rows_, [&](const auto& row) { return words_mark(row.first.text) == mark; });
}

void drop_marked(QuestionRows& rows, const std::set<std::string>& marks) {
    if (marks.empty()) return;
    std::erase_if(rows,
                  [&](const auto& row) { return marks.contains(words_mark(row.first.text)); });
}

void write_questions(store::Database& database, TerritoryId territory, QuestionBook& book) {
    const QuestionRows taken = book.take();
    if (taken.empty() && book.forgotten().empty()) return;
    std::set<std::string> marks;
    try {
        database.write([&](store::Tx& tx) {
            marks = book.forgotten();
            QuestionRows rows = taken;
            drop_marked(rows, marks);
            erase_marked(tx, territory, marks);
            add_questions(tx, territory, rows);
        });
    } catch (...) {
        book.give_back(taken);
        throw;
    }
    book.end_forgetting(marks);
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

std::string words_mark(std::string_view question) {
    const std::string words = search::normal_form(question);
    return words.empty() ? std::string() : store::sha256(words);
}

std::int64_t forget_question(store::Tx& tx, TerritoryId territory, std::string_view question,
                             Instant now) {
    const std::string mark = words_mark(question);
    if (mark.empty()) return 0;
    const std::int64_t forgotten = erase_marked(tx, territory, {mark});
    append_forgotten_news(tx, territory, mark, now);
    return forgotten;
}

}  // namespace emplettes::catalogue
