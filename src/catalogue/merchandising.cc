#include "catalogue/merchandising.h"

#include <algorithm>

#include "base/text.h"
#include "catalogue/news.h"
#include "catalogue/offer.h"
#include "search/normal_form.h"

namespace emplettes::catalogue {
namespace {

constexpr const char* kSelectChoices =
    "SELECT choice_id, question, product_id, action, position, reason, created_at"
    " FROM merchandising WHERE territory_id = :territory_id AND ended_at IS NULL"
    " ORDER BY position, choice_id";
constexpr const char* kInsertChoice =
    "INSERT INTO merchandising (territory_id, choice_id, question, product_id, action, position,"
    " reason, created_at) VALUES (:territory_id, :choice_id, :question, :product_id, :action,"
    " :position, :reason, :created_at)";
constexpr const char* kEndChoice =
    "UPDATE merchandising SET ended_at = :now"
    " WHERE territory_id = :territory_id AND choice_id = :choice_id AND ended_at IS NULL";
constexpr const char* kMoveChoice =
    "UPDATE merchandising SET position = :position"
    " WHERE territory_id = :territory_id AND choice_id = :choice_id";

bool hides_everywhere(const ChooseRequest& request) {
    return request.action == ChoiceAction::hide && trim(request.question).empty();
}

std::optional<ChoiceError> fault_of(const ChooseRequest& request) {
    if (utf8_length(request.question) > kQuestionLengthMax) return ChoiceError::question_too_long;
    if (!hides_everywhere(request) && search::normal_form(request.question).empty())
        return ChoiceError::no_words;
    if (trim(request.reason).empty()) return ChoiceError::no_reason;
    if (utf8_length(request.reason) > kReasonLengthMax) return ChoiceError::reason_too_long;
    return std::nullopt;
}

const Choice* find_in(const std::vector<Choice>& choices, ProductId product) {
    const auto found = std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) {
        return choice.product == product;
    });
    return found == choices.end() ? nullptr : &*found;
}

// Without words: those for every question.
std::vector<Choice> of_question(const std::vector<Choice>& choices, std::string_view question) {
    const std::string words = search::normal_form(question);
    std::vector<Choice> found;
    for (const Choice& choice : choices)
        if (search::normal_form(choice.question) == words) found.push_back(choice);
    return found;
}

void write_end(store::Tx& tx, TerritoryId territory, ChoiceId choice, Instant now) {
    tx.run(kEndChoice, {{"territory_id", territory}, {"choice_id", choice}, {"now", now}});
}

// Numbers the pins of one question from 1 on, leaving the asked place free. Returns that place.
std::int64_t make_room(store::Tx& tx, TerritoryId territory, const std::vector<Choice>& pins,
                       std::optional<std::int64_t> asked) {
    const auto last = static_cast<std::int64_t>(pins.size()) + 1;
    const std::int64_t place = std::clamp<std::int64_t>(asked.value_or(last), 1, last);
    std::int64_t position = 0;
    for (const Choice& pin : pins) {
        if (++position == place) ++position;
        if (pin.position == position) continue;
        tx.run(kMoveChoice,
               {{"territory_id", territory}, {"choice_id", pin.id}, {"position", position}});
    }
    return place;
}

void insert_choice(store::Tx& tx, TerritoryId territory, const Choice& choice) {
    tx.run(kInsertChoice, {{"territory_id", territory},
                           {"choice_id", choice.id},
                           {"question", choice.question},
                           {"product_id", choice.product},
                           {"action", to_string(choice.action)},
                           {"position", choice.position},
                           {"reason", choice.reason},
                           {"created_at", choice.created_at}});
}

}  // namespace

std::string_view to_string(ChoiceAction action) {
    return action == ChoiceAction::pin ? "pin" : "hide";
}

std::vector<Choice> load_choices(store::Tx& tx, TerritoryId territory) {
    std::vector<Choice> choices;
    tx.each<ChoiceId, std::string, ProductId, std::string, std::int64_t, std::string, Instant>(
        kSelectChoices, {{"territory_id", territory}},
        [&](ChoiceId id, std::string question, ProductId product, const std::string& action,
            std::int64_t position, std::string reason, Instant created_at) {
            choices.push_back({.id = id,
                               .question = std::move(question),
                               .product = product,
                               .action = action == "pin" ? ChoiceAction::pin : ChoiceAction::hide,
                               .position = position,
                               .reason = std::move(reason),
                               .created_at = created_at});
        });
    return choices;
}

Result<Choice, ChoiceError> choose(store::Tx& tx, TerritoryId territory,
                                   const ChooseRequest& request, ChoiceId id, Instant now) {
    if (const auto fault = fault_of(request)) return *fault;
    if (!find_product(tx, territory, request.product)) return ChoiceError::unknown_product;
    const std::vector<Choice> all = load_choices(tx, territory);
    std::vector<Choice> others = of_question(all, request.question);
    const auto is_same = [&](const Choice& choice) { return choice.product == request.product; };
    for (const Choice& choice : others)
        if (is_same(choice)) write_end(tx, territory, choice.id, now);
    const std::size_t replaced = std::erase_if(others, is_same);
    const std::size_t most =
        hides_everywhere(request) ? kHiddenEverywhereMax : kChoicesPerQuestionMax;
    if (others.size() >= most) return ChoiceError::too_many_products;
    if (all.size() - replaced >= kChoicesMax) return ChoiceError::too_many_questions;
    Choice choice{.id = id,
                  .question = std::string(trim(request.question)),
                  .product = request.product,
                  .action = request.action,
                  .reason = std::string(trim(request.reason)),
                  .created_at = now};
    if (request.action == ChoiceAction::pin) {
        std::erase_if(others,
                      [](const Choice& other) { return other.action == ChoiceAction::hide; });
        choice.position = make_room(tx, territory, others, request.place);
    }
    insert_choice(tx, territory, choice);
    append_merchandising_news(tx, territory, now);
    return choice;
}

bool end_choice(store::Tx& tx, TerritoryId territory, std::string_view question, ProductId product,
                Instant now) {
    bool was_there = false;
    for (const Choice& choice : of_question(load_choices(tx, territory), question)) {
        if (choice.product != product) continue;
        write_end(tx, territory, choice.id, now);
        was_there = true;
    }
    if (was_there) append_merchandising_news(tx, territory, now);
    return was_there;
}

Merchandising::Merchandising(std::vector<Choice> choices) : all_(std::move(choices)) {
    for (const Choice& choice : all_)
        if (choice.question.empty() && !find_hidden_everywhere(choice.product))
            everywhere_.push_back(choice);
    for (const Choice& choice : all_) {
        // What is hidden everywhere is not pinned anywhere.
        const bool is_pin = choice.action == ChoiceAction::pin;
        if (choice.question.empty() || (is_pin && find_hidden_everywhere(choice.product))) continue;
        OfQuestion& question = by_words_[search::normal_form(choice.question)];
        // Two operators at once may have chosen twice: the first one holds.
        if (find_in(question.pinned, choice.product) || find_in(question.hidden, choice.product))
            continue;
        (is_pin ? question.pinned : question.hidden).push_back(choice);
    }
}

const Merchandising::OfQuestion* Merchandising::find(std::string_view question) const {
    if (by_words_.empty()) return nullptr;
    const auto found = by_words_.find(search::normal_form(question));
    return found == by_words_.end() ? nullptr : &found->second;
}

const Choice* Merchandising::find_hidden_everywhere(ProductId product) const {
    return find_in(everywhere_, product);
}

const Merchandising::OfQuestion* Merchandising::apply(search::Query& query) const {
    for (const Choice& choice : everywhere_) query.hidden.push_back(choice.product);
    if (query.shop || query.text.empty()) return nullptr;
    const OfQuestion* chosen = find(query.text);
    if (!chosen) return nullptr;
    for (const Choice& choice : chosen->pinned) query.pinned.push_back(choice.product);
    for (const Choice& choice : chosen->hidden)
        if (!find_hidden_everywhere(choice.product)) query.hidden.push_back(choice.product);
    return chosen;
}

}  // namespace emplettes::catalogue
