#include "catalogue/shelf/said_before.h"

#include "base/json.h"

namespace emplettes::catalogue {
namespace {

Json day_json(std::optional<LocalDay> day) {
    return day ? Json(day->time_since_epoch().count()) : Json();
}

std::optional<LocalDay> day_in(const Json& number) {
    if (number.is_null()) return std::nullopt;
    return LocalDay{std::chrono::days{number.get<int>()}};
}

}  // namespace

std::string kept_text(const ProductText& text) {
    return Json({{"title", text.title},
                 {"maker", text.maker},
                 {"category", text.category},
                 {"description", text.description},
                 {"language", text.language},
                 {"picture_url", text.picture_url},
                 {"import", text.import.value},
                 {"updated_at", to_unix(text.updated_at)}})
        .dump();
}

std::string kept_prices(const ToldPrices& prices) {
    if (prices.prices.empty()) return std::string(kSaidNothing);
    Json periods = Json::array();
    for (const PublisherPrice& price : prices.prices)
        periods.push_back({{"cents", price.price.cents},
                           {"from", day_json(price.from)},
                           {"until", day_json(price.until)}});
    return Json({{"prices", std::move(periods)}, {"import", prices.import.value}}).dump();
}

void read_kept_text(std::string_view kept, ProductText& text) {
    const Json before = parse_json(kept);
    text.title = before.at("title");
    text.maker = before.at("maker");
    text.category = before.at("category");
    text.description = before.at("description");
    text.language = before.at("language");
    text.picture_url = before.at("picture_url");
    text.import = ShelfImportId{before.at("import").get<std::int64_t>()};
    text.updated_at = instant_from_unix(before.at("updated_at").get<std::int64_t>());
}

ToldPrices read_kept_prices(std::string_view kept, ProductId product) {
    ToldPrices prices{.product = product};
    if (kept == kSaidNothing) return prices;
    const Json before = parse_json(kept);
    for (const Json& price : before.at("prices"))
        prices.prices.push_back({.price = Money{price.at("cents").get<std::int64_t>()},
                                 .from = day_in(price.at("from")),
                                 .until = day_in(price.at("until"))});
    prices.import = ShelfImportId{before.at("import").get<std::int64_t>()};
    return prices;
}

}  // namespace emplettes::catalogue
