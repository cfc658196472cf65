#include "site/operator_choices.h"

#include <algorithm>

namespace emplettes::site {
namespace {

using catalogue::Choice;
using catalogue::ChoiceAction;
using OfQuestion = catalogue::Merchandising::OfQuestion;

std::string operator_name(const Visit& visit) {
    const std::string& name = visit.territory().operated_by.name;
    return name.empty() ? visit.territory_name() : name;
}

void set_choice(web::View& view, const Visit& visit, const Choice& choice,
                const catalogue::Product& product) {
    view.set("title", product.title);
    view.set("url", visit.links.product(product.id));
    view.set("reason", choice.reason);
}

}  // namespace

const Choice* find_pin(const OfQuestion* choices, ProductId product) {
    if (!choices) return nullptr;
    const auto pin = std::find_if(choices->pinned.begin(), choices->pinned.end(),
                                  [&](const Choice& choice) { return choice.product == product; });
    return pin == choices->pinned.end() ? nullptr : &*pin;
}

std::string withdrawn_text(const Visit& visit, ProductId product) {
    const Choice* choice = visit.view.merchandising->find_hidden_everywhere(product);
    if (!choice) return {};
    return visit.say.text("choices.withdrawn", {operator_name(visit), choice->reason});
}

std::string pin_text(const Visit& visit, const Choice& pin) {
    return visit.say.text("choices.pinned", {operator_name(visit), pin.reason});
}

void set_hidden(web::View& view, const Visit& visit, const OfQuestion* choices) {
    std::vector<web::View> hidden;
    if (choices) {
        for (const Choice& choice : choices->hidden) {
            const auto* product = visit.snapshot().find_product(choice.product);
            if (product) set_choice(hidden.emplace_back(), visit, choice, *product);
        }
    }
    const auto count = static_cast<std::int64_t>(hidden.size());
    view.set("has_hidden", count > 0);
    view.set("hidden_text", visit.say.plural("choices.hidden", count, {operator_name(visit)}));
    view.set("hidden", std::move(hidden));
}

void set_all_choices(web::View& view, const Visit& visit) {
    std::vector<web::View> choices;
    for (const Choice& choice : visit.view.merchandising->all()) {
        const auto* product = visit.snapshot().find_product(choice.product);
        if (!product) continue;
        web::View& row = choices.emplace_back();
        set_choice(row, visit, choice, *product);
        const bool is_pin = choice.action == ChoiceAction::pin;
        row.set("action", visit.say.text(is_pin ? "choices.pin" : "choices.hide"));
        row.set("question", choice.question.empty()
                                ? visit.say.text("choices.everywhere")
                                : visit.say.text("choices.question", {choice.question}));
        row.set("date", visit.say.date(choice.created_at));
    }
    view.set("choices_text", visit.say.text("choices.text", {operator_name(visit)}));
    view.set("has_choices", !choices.empty());
    view.set("choices", std::move(choices));
}

}  // namespace emplettes::site
