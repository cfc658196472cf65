#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/id.h"
#include "base/random.h"
#include "base/zone.h"
#include "catalogue/askers.h"
#include "store/database.h"

namespace emplettes::catalogue {

// What people look for, counted without them: words, day and language, nothing else. See
// docs/adr/0018-what-people-look-for.md.

inline constexpr std::size_t kQuestionWordsMax = 6;
inline constexpr std::size_t kQuestionDigitsMax = 5;
inline constexpr std::size_t kQuestionCharactersMax = 60;
// Distinct ones of one day in one book; what comes later is counted with the others.
inline constexpr std::size_t kQuestionsPerDayMax = 1000;
inline constexpr std::chrono::days kQuestionsKept{396};  // thirteen months

// The words as they may be kept: small ASCII letters, single spaces. None when they may say
// something about a person, so that they are not kept at all: an address of mail or web, a word of
// streets with any number ("12 rue Condorcet"), a number of more than kQuestionDigitsMax digits of
// whatever script, more words or characters than a product needs; also when they hold no word, or
// characters that nobody sees.
std::optional<std::string> keepable_question(std::string_view text);

// How many products had all the words.
enum class Found : std::uint8_t { none, few, many };
inline constexpr std::int64_t kFewMax = 4;
Found found_of(std::int64_t products);

struct QuestionCounts {
    std::int64_t found_none = 0;
    std::int64_t found_few = 0;
    std::int64_t found_many = 0;
    std::int64_t opened_first = 0;
    std::int64_t opened_next = 0;  // places 2 to kNextMax
    std::int64_t opened_below = 0;

    std::int64_t asked() const { return found_none + found_few + found_many; }
    std::int64_t opened() const { return opened_first + opened_next + opened_below; }
    bool is_zero() const { return *this == QuestionCounts{}; }
    QuestionCounts& operator+=(const QuestionCounts& other);
    bool operator==(const QuestionCounts&) const = default;
};
inline constexpr std::size_t kNextMax = 5;

struct QuestionKey {
    LocalDay day;
    std::string language;
    std::string text;  // empty: all whose words are not kept

    auto operator<=>(const QuestionKey&) const = default;
};
using QuestionRows = std::map<QuestionKey, QuestionCounts>;

// Counts what is asked in one territory, in memory until somebody writes it down. Thread-safe,
// bounded.
class QuestionBook {
  public:
    // Who asks, as far as it matters: the same words of one network count once a day (askers.h).
    struct Asker {
        std::string_view network;
        Random& random;
    };
    // `key.text` as it was typed.
    void add_asked(QuestionKey key, Found found, const Asker& asker);
    // A product was opened from the results; its place in them, from 1 on.
    void add_opened(QuestionKey key, std::size_t place);

    // Throws away what told the askers of another day apart.
    void forget_askers_before(LocalDay today);
    // What was counted since the last call, which begins anew.
    QuestionRows take();
    // Of a take() that could not be written, without what is forgotten().
    void give_back(QuestionRows taken);
    // Throws away what was counted of these words (words_mark()), and remembers that they may just
    // be being written.
    void forget(const std::string& mark);
    // The marks that no write has seen yet.
    std::set<std::string> forgotten() const;
    // A write has left these out, and has erased them.
    void end_forgetting(const std::set<std::string>& marks);

  private:
    QuestionCounts& find(QuestionKey key);

    mutable std::mutex mutex_;
    std::set<std::string> forgotten_;
    // With zeros after take(), as long as its day is the last one: what was seen that day.
    QuestionRows rows_;
    std::map<LocalDay, std::size_t> distinct_;
    Askers askers_;
};

void drop_marked(QuestionRows& rows, const std::set<std::string>& marks);

// Takes what was counted and writes it down; gives it back when that fails, and throws. For one
// thread at a time. Words that are forgotten while it writes are erased by the next call.
void write_questions(store::Database& database, TerritoryId territory, QuestionBook& book);
void add_questions(store::Tx& tx, TerritoryId territory, const QuestionRows& rows);
// All that was counted from this day on, the others too.
QuestionRows load_questions(store::Tx& tx, TerritoryId territory, LocalDay from);
// Returns how many rows went.
std::int64_t purge_questions(store::Tx& tx, TerritoryId territory, LocalDay before);
// The same for every spelling of a question (search/normal_form.h) and nothing to read: how the
// words to forget are told. Empty when it has no word.
std::string words_mark(std::string_view question);
// Forgets everything that was asked in these words, and tells every server to do so. Returns how
// many rows went.
std::int64_t forget_question(store::Tx& tx, TerritoryId territory, std::string_view question,
                             Instant now);

}  // namespace emplettes::catalogue
