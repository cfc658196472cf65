#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "catalogue/merchandising.h"
#include "catalogue/offer.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

constexpr int kMerchandiseNode = 11;  // of ids: a server may write at the same time

constexpr const char* kMerchandiseFooter = R"(
  emplettes merchandise pin "cadeau noël" 281474976710657 --reason "marché de Noël" --data DIR
  emplettes merchandise hide "chaise bébé" 281474976710658 --reason "rappel du 12 mai" --data DIR
  emplettes merchandise list --data DIR
  emplettes merchandise end "cadeau noël" 281474976710657 --data DIR

A choice holds for one search: its words, in any order, whatever their accents and plurals. The
number of a product is the end of its page's address. A pinned product comes first where it is
within reach and passes the filters; a hidden one is not shown and not counted. Everybody reads the
reason beside the results and on the page "how results are ranked", so nothing here can be done in
secret, and a place must not be sold. A running server follows within a second.)";

struct MerchandiseOptions {
    std::string data;
    std::string database;
    std::string territory;
    catalogue::ChooseRequest request;
};

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
                   " choices: end some first";
    }
    return "";
}

void choose(const MerchandiseOptions& options) {
    OpenedFolder opened(options.data, options.database, kMerchandiseNode);
    const auto territory = opened.territory(options.territory);
    const auto choice = opened.database->write([&](store::Tx& tx) {
        return catalogue::choose(tx, territory.id, options.request, opened.ids.next<ChoiceId>(),
                                 opened.clock.now());
    });
    if (!choice) throw std::runtime_error(explain(choice.error()));
    std::printf("%s for \"%s\": product %lld, because: %s\n",
                choice->action == catalogue::ChoiceAction::pin ? "pinned" : "hidden",
                choice->question.c_str(), static_cast<long long>(choice->product.value),
                choice->reason.c_str());
}

void end(const MerchandiseOptions& options) {
    OpenedFolder opened(options.data, options.database, kMerchandiseNode);
    const auto territory = opened.territory(options.territory);
    const bool was_there = opened.database->write([&](store::Tx& tx) {
        return catalogue::end_choice(tx, territory.id, options.request.question,
                                     options.request.product, opened.clock.now());
    });
    if (!was_there) throw std::runtime_error("nothing is chosen for this question and product");
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
            std::printf("%-4s  \"%s\"  %lld  %s  (%s)\n",
                        std::string(catalogue::to_string(choice.action)).c_str(),
                        choice.question.c_str(), static_cast<long long>(choice.product.value),
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
    part.add_option("question", options->request.question, "The words of the search")->required();
    part.add_option("product", options->request.product.value, "The number of the product")
        ->required();
}

void add_reason(CLI::App& part, const Options& options) {
    part.add_option("--reason", options->request.reason, "Why; everybody reads it")->required();
}

}  // namespace

void add_merchandise(CLI::App& cli, int& /*status*/) {
    auto* verb = cli.add_subcommand("merchandise",
                                    "Puts a product first for one search, or hides it, openly");
    verb->require_subcommand(1);
    verb->footer(kMerchandiseFooter);
    const auto options = std::make_shared<MerchandiseOptions>();

    auto* pin = add_part(*verb, options, "pin", "Puts a product first");
    add_subject(*pin, options);
    add_reason(*pin, options);
    pin->add_option("--place", options->request.place, "1 is the first; else after the others")
        ->check(CLI::PositiveNumber);
    pin->callback([options] { choose(*options); });

    auto* hide = add_part(*verb, options, "hide", "Takes a product out");
    add_subject(*hide, options);
    add_reason(*hide, options);
    hide->callback([options] {
        options->request.action = catalogue::ChoiceAction::hide;
        choose(*options);
    });

    auto* all = add_part(*verb, options, "list", "What is pinned and hidden now");
    all->callback([options] { list(*options); });

    auto* ending = add_part(*verb, options, "end", "Undoes a pin or a hide");
    add_subject(*ending, options);
    ending->callback([options] { end(*options); });
}

}  // namespace emplettes
