#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/text.h"
#include "catalogue/merchandising.h"
#include "catalogue/offer.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

constexpr int kMerchandiseNode = 11;  // of ids: a server may write at the same time

constexpr const char* kMerchandiseFooter = R"(
  emplettes merchandise pin "cadeau noël" 281474976710657 --reason "marché de Noël" --data DIR
  emplettes merchandise hide "cadeau" 281474976710659 --reason "photo trompeuse" --data DIR
  emplettes merchandise hide --everywhere 281474976710658 --reason "rappel du 12 mai" --data DIR
  emplettes merchandise list --data DIR
  emplettes merchandise end "cadeau noël" 281474976710657 --data DIR
  emplettes merchandise end --everywhere 281474976710658 --data DIR

A choice holds for one search: its words, in any order, whatever their accents and plurals. What is
hidden everywhere, as when it is recalled, is in no search, shelf or suggestion, is pinned nowhere
and cannot be reserved; its page says why. The number of a product is the end of its
page's address. A pinned product comes first where it is within reach and passes the filters; a
hidden one is not shown and not counted. Everybody reads the reason beside the results and on the
page "how results are ranked", so nothing here can be done in secret, and a place must not be sold.
A running server follows within a second.)";

constexpr std::int64_t kPlaceMax = catalogue::kChoicesPerQuestionMax;

struct MerchandiseOptions {
    std::string data;
    std::string database;
    std::string territory;
    std::vector<std::string> subject;  // the words of the question, then the product
    bool is_everywhere = false;
    std::string reason;
    std::optional<std::int64_t> place;
};

// Without quotes the words of a question are arguments of their own.
catalogue::ChooseRequest read_request(const MerchandiseOptions& options,
                                      catalogue::ChoiceAction action) {
    const auto& subject = options.subject;
    if (options.is_everywhere && subject.size() > 1)
        throw std::runtime_error("--everywhere takes the number of the product alone");
    if (!options.is_everywhere && subject.size() < 2)
        throw std::runtime_error("say the words of the search, then the number of the product");
    const auto number = parse_int(subject.back());
    if (!number || *number <= 0)
        throw std::runtime_error("\"" + subject.back() +
                                 "\" is not the number of a product: it is the end of its page's "
                                 "address");
    catalogue::ChooseRequest request{.product = ProductId{*number},
                                     .action = action,
                                     .reason = options.reason,
                                     .place = options.place};
    for (std::size_t i = 0; i + 1 < subject.size(); ++i)
        request.question += (i == 0 ? "" : " ") + subject[i];
    return request;
}

std::string quoted(const std::string& question) {
    return question.empty() ? "every search" : '"' + question + '"';
}

std::string explain(catalogue::ChoiceError error) {
    using enum catalogue::ChoiceError;
    const auto most = [](std::size_t number) { return std::to_string(number); };
    switch (error) {
        case no_words: return "the question has no word that a search looks at";
        case question_too_long:
            return "a question has at most " + most(catalogue::kQuestionLengthMax) + " characters";
        case no_reason: return "say why with --reason: everybody will read it";
        case reason_too_long:
            return "a reason has at most " + most(catalogue::kReasonLengthMax) + " characters";
        case unknown_product:
            return "there is no such product: its number is the end of its page's address";
        case too_many_questions:
            return "a territory has at most " + most(catalogue::kChoicesMax) +
                   " choices: end some first";
        case too_many_products:
            return "a question has at most " + most(catalogue::kChoicesPerQuestionMax) +
                   " choices, and at most " + most(catalogue::kHiddenEverywhereMax) +
                   " products are hidden everywhere: end some first";
    }
    return "";
}

void choose(const MerchandiseOptions& options, catalogue::ChoiceAction action) {
    const auto request = read_request(options, action);
    OpenedFolder opened(options.data, options.database, kMerchandiseNode);
    const auto territory = opened.territory(options.territory);
    const auto choice = opened.database->write([&](store::Tx& tx) {
        return catalogue::choose(tx, territory.id, request, opened.ids.next<ChoiceId>(),
                                 opened.clock.now());
    });
    if (!choice) throw std::runtime_error(explain(choice.error()));
    std::printf("%s for %s: product %lld, because: %s\n",
                choice->action == catalogue::ChoiceAction::pin ? "pinned" : "hidden",
                quoted(choice->question).c_str(), static_cast<long long>(choice->product.value),
                choice->reason.c_str());
}

void end(const MerchandiseOptions& options) {
    const auto request = read_request(options, catalogue::ChoiceAction::hide);
    OpenedFolder opened(options.data, options.database, kMerchandiseNode);
    const auto territory = opened.territory(options.territory);
    const bool was_there = opened.database->write([&](store::Tx& tx) {
        return catalogue::end_choice(tx, territory.id, request.question, request.product,
                                     opened.clock.now());
    });
    if (!was_there)
        throw std::runtime_error(
            "nothing is chosen for this question and product: see "
            "emplettes merchandise list");
    std::puts("ended");
}

void list(const MerchandiseOptions& options) {
    OpenedFolder opened(options.data, options.database, kMerchandiseNode);
    const auto territory = opened.territory(options.territory);
    opened.database->read([&](store::Tx& tx) {
        const auto choices = catalogue::load_choices(tx, territory.id);
        if (choices.empty()) std::puts("nothing is pinned or hidden");
        for (const catalogue::Choice& choice : choices) {
            const auto product = catalogue::find_product(tx, territory.id, choice.product);
            std::printf("%-4s  %s  %lld  %s  (%s)\n",
                        std::string(catalogue::to_string(choice.action)).c_str(),
                        quoted(choice.question).c_str(),
                        static_cast<long long>(choice.product.value),
                        product ? product->title.c_str() : "", choice.reason.c_str());
        }
    });
}

using Options = std::shared_ptr<MerchandiseOptions>;

CLI::App* add_part(CLI::App& verb, const Options& options, const char* name, const char* help) {
    auto* part = verb.add_subcommand(name, help);
    part->add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    part->add_option("--database", options->database, "postgresql://… instead of SQLite");
    part->add_option("--territory", options->territory, "Its slug, when there are several");
    return part;
}

void add_subject(CLI::App& part, const Options& options) {
    part.add_option("subject", options->subject,
                    "The words of the search, then the number of the product")
        ->required();
}

void add_everywhere(CLI::App& part, const Options& options) {
    part.add_flag("--everywhere", options->is_everywhere,
                  "From every search: the number of the product alone");
}

void add_reason(CLI::App& part, const Options& options) {
    part.add_option("--reason", options->reason, "Why; everybody reads it")->required();
}

}  // namespace

void add_merchandise(CLI::App& cli, int& /*status*/) {
    auto* verb = cli.add_subcommand("merchandise", "Puts a product first, or hides it, openly");
    verb->require_subcommand(1);
    verb->footer(kMerchandiseFooter);
    const auto options = std::make_shared<MerchandiseOptions>();

    auto* pin = add_part(*verb, options, "pin", "Puts a product first");
    add_subject(*pin, options);
    add_reason(*pin, options);
    pin->add_option("--place", options->place, "1 is the first; else after the others")
        ->check(CLI::Range(std::int64_t{1}, kPlaceMax));
    pin->callback([options] { choose(*options, catalogue::ChoiceAction::pin); });

    auto* hide = add_part(*verb, options, "hide", "Takes a product out");
    add_subject(*hide, options);
    add_everywhere(*hide, options);
    add_reason(*hide, options);
    hide->callback([options] { choose(*options, catalogue::ChoiceAction::hide); });

    auto* all = add_part(*verb, options, "list", "What is pinned and hidden now");
    all->callback([options] { list(*options); });

    auto* ending = add_part(*verb, options, "end", "Undoes a pin or a hide");
    add_subject(*ending, options);
    add_everywhere(*ending, options);
    ending->callback([options] { end(*options); });
}

}  // namespace emplettes
