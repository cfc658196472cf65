#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "search/query.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// The operator's hand in the results: for one question a product is pinned to the top, or hidden,
// with a reason that everybody reads beside it; or it is hidden from every question, as when it is
// recalled. Nobody pays for it.
enum class ChoiceAction { pin, hide };
std::string_view to_string(ChoiceAction action);

struct Choice {
    ChoiceId id;
    std::string question;  // as the operator wrote it; empty: every question
    ProductId product;
    ChoiceAction action = ChoiceAction::pin;
    std::int64_t position = 0;  // among the pins of the question, ascending
    std::string reason;
    Instant created_at;

    bool operator==(const Choice&) const = default;
};

inline constexpr std::size_t kChoicesPerQuestionMax = 20;
inline constexpr std::size_t kHiddenEverywhereMax = 100;
inline constexpr std::size_t kChoicesMax = 1000;  // in one territory at a time
inline constexpr std::size_t kReasonLengthMax = 200;
inline constexpr std::size_t kQuestionLengthMax = 120;

enum class ChoiceError {
    no_words,           // the question has none that a search looks at, or there is none to pin for
    question_too_long,  // kQuestionLengthMax
    no_reason,          //
    reason_too_long,    // kReasonLengthMax
    unknown_product,    //
    too_many_questions,  // kChoicesMax
    too_many_products,   // kChoicesPerQuestionMax, kHiddenEverywhereMax
};

struct ChooseRequest {
    std::string question;  // empty: every question, for what is hidden
    ProductId product;
    ChoiceAction action = ChoiceAction::pin;
    std::string reason;
    // 1 is the first pin of the question, the later ones move down; none: after the others.
    std::optional<std::int64_t> place;
};

// A product has one choice for a question: this one takes the place of an older one. Questions are
// one when their words are (search/normal_form.h): any order, accents and plurals do not count.
Result<Choice, ChoiceError> choose(store::Tx& tx, TerritoryId territory,
                                   const ChooseRequest& request, ChoiceId id, Instant now);
// Ends the choice of this product for this question, whatever it is. False when there is none.
bool end_choice(store::Tx& tx, TerritoryId territory, std::string_view question, ProductId product,
                Instant now);
// Those in force, in the order of the pins, then as they were made.
std::vector<Choice> load_choices(store::Tx& tx, TerritoryId territory);

// All choices in force, by question. Immutable.
class Merchandising {
  public:
    Merchandising() = default;
    explicit Merchandising(std::vector<Choice> choices);

    struct OfQuestion {
        std::vector<Choice> pinned;  // in their order
        std::vector<Choice> hidden;
    };
    // Null when nothing is chosen for these words.
    const OfQuestion* find(std::string_view question) const;
    // The choice that hides a product from every question; null when there is none.
    const Choice* find_hidden_everywhere(ProductId product) const;
    const std::vector<Choice>& all() const { return all_; }

    // Tells the engine what to pin and to hide for what it is asked, and returns what is chosen for
    // just these words, or null. The shelf of one shop is the shop's own, and a question may have
    // no words: there only what is hidden everywhere is missing.
    const OfQuestion* apply(search::Query& query) const;

  private:
    std::vector<Choice> all_;
    std::vector<Choice> everywhere_;  // each product once
    std::unordered_map<std::string, OfQuestion> by_words_;
};

}  // namespace emplettes::catalogue
