#include <algorithm>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/json.h"
#include "base/text.h"
#include "catalogue/live_catalogue.h"
#include "emplettes/nearest_word.h"
#include "emplettes/opened_folder.h"
#include "emplettes/verbs.h"

namespace emplettes {
namespace {

constexpr int kSearchNode = 12;  // of ids: a server may write at the same time
constexpr std::size_t kTitleColumn = 40;
constexpr std::size_t kLimitMax = 1000;
constexpr double kRadiusMax = 1e6;

struct SearchOptions {
    std::string data;
    std::string database;
    std::string territory;
    std::vector<std::string> words;
    search::Query query;
    double lat = 0;  // both or none: else the middle of the territory
    double lon = 0;
    std::string order = "best";
    bool as_json = false;
};

search::Query read_query(const SearchOptions& options, const catalogue::Territory& territory,
                         bool has_place) {
    search::Query query = options.query;
    for (const std::string& word : options.words)
        query.text += (query.text.empty() ? "" : " ") + word;
    query.from = has_place ? geo::Point{options.lat, options.lon} : territory.centre;
    if (query.radius_m <= 0) query.radius_m = territory.radius_m;
    if (options.order == "nearest") query.order = search::Order::nearest;
    if (options.order == "cheapest") query.order = search::Order::cheapest;
    query.offers_per_product_max = 1;
    return query;
}

Json to_json(const search::ProductHit& hit, const catalogue::Snapshot& snapshot) {
    const search::OfferHit& offer = hit.offers.front();
    return {{"product", hit.product.value},
            {"title", snapshot.find_product(hit.product)->title},
            {"shop", snapshot.find_shop(offer.shop)->shop.name},
            {"distance_m", offer.distance_m},
            {"price_cents", offer.price_cents},
            {"stock", offer.stock},
            {"open_now", offer.open_now},
            {"pinned", hit.is_pinned},
            {"offers_total", hit.offers_total},
            {"why",
             {{"words_matched", hit.why.words_matched},
              {"words_asked", hit.why.words_asked},
              {"typos", hit.why.typos},
              {"text", hit.why.text},
              {"exactness", hit.why.exactness},
              {"distance", hit.why.distance},
              {"availability", hit.why.availability},
              {"score", hit.why.score}}}};
}

void print_json(const search::Answer& answer, const catalogue::Snapshot& snapshot) {
    Json hits = Json::array();
    for (const search::ProductHit& hit : answer.hits) hits.push_back(to_json(hit, snapshot));
    std::printf("%s\n",
                Json{{"total", answer.total}, {"did_you_mean", answer.did_you_mean}, {"hits", hits}}
                    .dump(2)
                    .c_str());
}

// So many letters wide, cut or filled.
std::string column(std::string_view text, std::size_t width) {
    std::string cell(utf8_prefix(text, width));
    return cell + std::string(width - utf8_length(cell), ' ');
}

void print_table(const search::Answer& answer, const catalogue::Snapshot& snapshot) {
    if (!answer.did_you_mean.empty())
        std::printf("did you mean: %s\n", answer.did_you_mean.c_str());
    if (answer.hits.empty()) {
        std::puts("nothing found: fewer words, or a wider --radius?");
        return;
    }
    std::printf(" score  words  typos      price  stock  distance  %s  shop\n",
                column("product", kTitleColumn).c_str());
    for (const search::ProductHit& hit : answer.hits) {
        const search::OfferHit& offer = hit.offers.front();
        std::printf("%6.3f  %d of %d  %5d  %9.2f  %5d  %6.0f m  %s  %s%s\n", hit.why.score,
                    hit.why.words_matched, hit.why.words_asked, hit.why.typos,
                    static_cast<double>(offer.price_cents) / 100, offer.stock, offer.distance_m,
                    column(snapshot.find_product(hit.product)->title, kTitleColumn).c_str(),
                    snapshot.find_shop(offer.shop)->shop.name.c_str(),
                    hit.is_pinned    ? " (pinned)"
                    : offer.open_now ? " (open)"
                                     : "");
    }
    std::printf("%lld products\n", static_cast<long long>(answer.total));
}

void check_categories(const catalogue::Trades& trades, const std::vector<std::string>& asked) {
    for (const std::string& key : asked) {
        if (trades.find_category(key)) continue;
        std::vector<std::string> keys;
        for (const catalogue::Category& category : trades.categories())
            keys.push_back(category.key);
        const std::string nearest = nearest_word(key, keys);
        throw std::runtime_error("there is no category \"" + key + "\"" +
                                 (nearest.empty() ? "" : ". Did you mean " + nearest + "?"));
    }
}

void find(const SearchOptions& options, bool has_place) {
    OpenedFolder opened(options.data, options.database, kSearchNode);
    const auto trades = catalogue::Trades::load();
    check_categories(trades, options.query.categories);
    const auto holidays = law::Holidays::built_in();
    const auto territory = opened.territory(options.territory);
    catalogue::LiveCatalogue live(territory, {.trades = trades,
                                              .holidays = holidays,
                                              .database = *opened.database,
                                              .clock = opened.clock,
                                              .image = {},
                                              .ground = opened.folder.ground(territory.slug)});
    const auto view = live.view();
    auto query = read_query(options, live.territory(), has_place);
    view.merchandising->apply(query);
    if (const auto on_foot = view.ways->travel(query.from, geo::Profile::foot))
        query.walked_m = on_foot->walked_m;
    const auto answer = view.snapshot->index().search(query);
    if (options.as_json) {
        print_json(answer, *view.snapshot);
    } else {
        print_table(answer, *view.snapshot);
    }
}

}  // namespace

void add_search(CLI::App& cli, int& /*status*/) {
    auto options = std::make_shared<SearchOptions>();
    options->query.radius_m = 0;
    auto* verb = cli.add_subcommand("search", "What a neighbour finds, and why in this order");
    verb->add_option("words", options->words, "What is looked for: \"lapin peluche\"");
    verb->add_option("--data", options->data, "The data folder")
        ->required()
        ->check(CLI::ExistingDirectory);
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->add_option("--territory", options->territory, "Its slug, when there are several");
    auto* lat = verb->add_option("--lat", options->lat, "Where; else the middle of the territory")
                    ->check(CLI::Range(-90.0, 90.0));
    auto* lon =
        verb->add_option("--lon", options->lon, "")->needs(lat)->check(CLI::Range(-180.0, 180.0));
    lat->needs(lon);
    verb->add_option("--radius", options->query.radius_m, "In metres; else the territory's")
        ->check(CLI::Range(1.0, kRadiusMax));
    verb->add_option("--order", options->order, "best, nearest or cheapest")
        ->check(CLI::IsMember({"best", "nearest", "cheapest"}))
        ->capture_default_str();
    verb->add_option("--category", options->query.categories, "A category and all below: books");
    verb->add_flag("--open-now", options->query.open_now, "Only shops that are open");
    verb->add_flag("--in-stock", options->query.in_stock, "Only what is there");
    verb->add_flag("--makers", options->query.makers_only, "Only from their makers");
    verb->add_option("--limit", options->query.limit, "Of how many products")
        ->check(CLI::Range(std::size_t{1}, kLimitMax))
        ->capture_default_str();
    verb->add_flag("--json", options->as_json, "For programs");
    verb->callback([options, lat] { find(*options, lat->count() > 0); });
}

}  // namespace emplettes
