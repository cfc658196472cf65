#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "catalogue/feeds/shelf_reader.h"
#include "emplettes/bench_line.h"
#include "emplettes/verbs.h"
#include "search/index.h"
#include "search/known_items.h"
#include "search/relevance.h"

namespace emplettes {
namespace {

constexpr std::size_t kResults = 100;
constexpr geo::Point kHere{48.87, 2.34};

struct EvalOptions {
    std::string products;
    std::string ratings;
    bool show_questions = false;
    std::size_t questions = 1000;  // of each kind
    std::uint64_t seed = 1;
};

// A question and what people judged, each judge apart.
struct Question {
    std::string text;
    std::vector<search::Grades> grades;
};

// Which questions a line of the report is about: the odd ones may be tuned on, the even ones not.
struct Half {
    const char* name;
    bool has_odd;
    bool has_even;
};
constexpr Half kHalves[] = {{"all", true, true}, {"odd", true, false}, {"even", false, true}};
constexpr std::size_t kGradeCells[] = {3, 5};  // where a line of ratings has them

// Calls f(cells) for each line of a file of cells with tabs between, and names the line that has
// too few.
template <typename F>
void for_each_row(const std::string& file, std::size_t cells_min, F&& f) {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error("cannot open " + file);
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
        const auto cells = split(line, '\t');
        if (cells.size() < cells_min)
            throw std::runtime_error(file + ", line " + std::to_string(number) + ": " +
                                     std::to_string(cells.size()) + " cells instead of " +
                                     std::to_string(cells_min));
        f(cells);
    }
}

std::int64_t whole_number(std::string_view cell) {
    const auto number = parse_int(cell);
    if (!number) throw std::runtime_error("\"" + std::string(cell) + "\" is not a whole number");
    return *number;
}

std::vector<search::ProductText> read_cells(const std::string& file) {
    std::vector<search::ProductText> products;
    std::map<std::int64_t, std::size_t> place_of;
    for_each_row(file, 4, [&](const std::vector<std::string_view>& cells) {
        if (!place_of.emplace(whole_number(cells[0]), products.size()).second)
            throw std::runtime_error(file + " has the product " + std::string(cells[0]) +
                                     " twice; products come first, then ratings");
        products.push_back({.id = ProductId{whole_number(cells[0])},
                            .title = std::string(cells[1]),
                            .maker = std::string(cells[2]),
                            .description = std::string(cells[3])});
    });
    return products;
}

// A file as `import products` reads it.
std::vector<search::ProductText> read_shelf(const std::string& file) {
    const auto trades = catalogue::Trades::load();
    auto opened = catalogue::open_feed({.file = file, .trades = &trades});
    if (!opened)
        throw std::runtime_error(file + ", line " + std::to_string(opened.error().line) + ": " +
                                 opened.error().detail);
    const auto reader = std::move(opened).value();
    std::vector<search::ProductText> products;
    std::vector<catalogue::RowProblem> problems;
    while (const auto row = reader->next(problems)) {
        problems.clear();
        if (!row->title.empty())
            products.push_back({.id = ProductId{row->line},
                                .title = row->title,
                                .maker = row->maker,
                                .description = row->description,
                                .language = row->language});
    }
    if (products.empty()) throw std::runtime_error(file + " has no product that can be read");
    return products;
}

// One shop that has everything, so that the words alone decide.
std::shared_ptr<const search::Index> index_of(std::vector<search::ProductText> products) {
    search::Catalogue catalogue;
    catalogue.shops.push_back({.id = ShopId{1}, .position = kHere});
    for (const search::ProductText& product : products)
        catalogue.offers.push_back({.id = OfferId{product.id.value},
                                    .product = product.id,
                                    .shop = ShopId{1},
                                    .stock = 1});
    catalogue.products = std::move(products);
    return search::Index::build(catalogue);
}

std::map<std::int64_t, Question> read_ratings(const std::string& file) {
    std::map<std::int64_t, Question> questions;
    for_each_row(file, 4, [&](const std::vector<std::string_view>& cells) {
        Question& question = questions[whole_number(cells[0])];
        question.text = cells[1];
        question.grades.resize(std::size(kGradeCells));
        const ProductId product{whole_number(cells[2])};
        for (std::size_t judge = 0; judge < std::size(kGradeCells); ++judge) {
            if (kGradeCells[judge] < cells.size())
                question.grades[judge][product] =
                    static_cast<int>(whole_number(cells[kGradeCells[judge]]));
        }
    });
    return questions;
}

std::vector<ProductId> results_of(const search::Index& index, const std::string& text) {
    const auto answer = index.search({.text = text, .from = kHere, .limit = kResults});
    std::vector<ProductId> results;
    results.reserve(answer.hits.size());
    for (const search::ProductHit& hit : answer.hits) results.push_back(hit.product);
    return results;
}

void print_names(const search::Index& index, const std::vector<search::KnownItem>& items,
                 const EvalOptions& options) {
    double first = 0;
    double in_ten = 0;
    double reciprocal = 0;
    for (const search::KnownItem& item : items) {
        const auto place = search::place_of(results_of(index, item.question), item.wanted);
        first += place == 1U ? 1 : 0;
        in_ten += place && *place <= search::kJudgedResults ? 1 : 0;
        reciprocal += place ? 1 / static_cast<double>(*place) : 0;
        if (options.show_questions && place != 1U)
            std::printf("%3zu  %s\n", place.value_or(0), item.question.c_str());
    }
    const auto of_all = [&](double sum) { return sum / static_cast<double>(items.size()); };
    print_line({{"eval", options.products},
                {"damage", search::name_of(items.front().damage)},
                {"questions", items.size()},
                {"success_at_1", of_all(first)},
                {"success_at_10", of_all(in_ten)},
                {"mean_reciprocal_rank", of_all(reciprocal)}});
}

// Questions about the names of the products themselves, damaged as people damage them.
void evaluate_names(const EvalOptions& options) {
    const auto products = read_shelf(options.products);
    const auto index = index_of(products);
    for (const search::Damage damage : search::kDamages) {
        const auto items =
            search::make_known_items(products, damage, options.questions, options.seed);
        if (!items.empty()) print_names(*index, items, options);
    }
}

// What one question or all of them are worth to one judge.
struct Score {
    std::size_t questions = 0;
    double ndcg = 0;
    double condensed = 0;
    std::size_t judged = 0;
    std::size_t empty = 0;

    void add(std::span<const ProductId> results, const search::Grades& grades) {
        const auto of_question = search::ndcg(results, grades, search::Unjudged::wrong);
        if (!of_question) return;
        ++questions;
        ndcg += *of_question;
        condensed += *search::ndcg(results, grades, search::Unjudged::left_out);
        judged += search::judged(results, grades);
        empty += results.empty() ? 1 : 0;
    }
};

void print_score(const EvalOptions& options, const Half& half, std::size_t judge,
                 const Score& score) {
    const auto mean = [&](double sum) { return sum / static_cast<double>(score.questions); };
    print_line({{"eval", options.ratings},
                {"half", half.name},
                {"judge", judge + 1},
                {"questions", score.questions},
                {"ndcg_at_10", mean(score.ndcg)},
                {"ndcg_at_10_of_judged", mean(score.condensed)},
                {"judged_at_10", mean(static_cast<double>(score.judged))},
                {"without_result", score.empty}});
}

void evaluate_ratings(const EvalOptions& options) {
    const auto index = index_of(read_cells(options.products));
    Score scores[std::size(kHalves)][std::size(kGradeCells)];
    for (const auto& [number, question] : read_ratings(options.ratings)) {
        const auto results = results_of(*index, question.text);
        const bool is_odd = number % 2 != 0;
        for (std::size_t half = 0; half < std::size(kHalves); ++half) {
            if (is_odd ? !kHalves[half].has_odd : !kHalves[half].has_even) continue;
            for (std::size_t judge = 0; judge < std::size(kGradeCells); ++judge)
                scores[half][judge].add(results, question.grades[judge]);
        }
        const auto first = search::ndcg(results, question.grades.front(), search::Unjudged::wrong);
        if (options.show_questions && first)
            std::printf("%.3f  %s\n", *first, question.text.c_str());
    }
    if (scores[0][0].questions == 0)
        throw std::runtime_error(options.ratings + " grades nothing above 0");
    for (std::size_t half = 0; half < std::size(kHalves); ++half) {
        for (std::size_t judge = 0; judge < std::size(kGradeCells); ++judge) {
            if (scores[half][judge].questions > 0)
                print_score(options, kHalves[half], judge, scores[half][judge]);
        }
    }
}

}  // namespace

void add_eval(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<EvalOptions>();
    auto* verb = cli.add_subcommand("eval", "How good the results are");
    verb->add_option("products", options->products,
                     "With ratings: id, title, maker, description, with tabs between. Without: a "
                     "CSV file as import products reads it, asked for its own damaged names")
        ->required();
    verb->add_option("ratings", options->ratings,
                     "question id, question, product id, grade 0 to 3, with tabs between; perhaps "
                     "a reason and the grade of a second judge");
    verb->add_flag("--show", options->show_questions, "Each question with its score or place");
    verb->add_option("--questions", options->questions, "Names asked for, of each kind of damage")
        ->capture_default_str();
    verb->add_option("--seed", options->seed, "Of their choice")->capture_default_str();
    verb->callback([options] {
        options->ratings.empty() ? evaluate_names(*options) : evaluate_ratings(*options);
    });
}

}  // namespace emplettes
