#include "site/basket_cookie.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "web/cookies.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kName = "basket";
constexpr std::chrono::days kKept{7};
constexpr std::size_t kLengthMax = 1000;
constexpr std::int64_t kQuantityMax = 100'000;  // far more than anybody may ask for (reserve.h)

std::optional<orders::RoundLine> read_line(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto offer = parse_int(text.substr(0, dot));
    const auto quantity = parse_int(text.substr(dot + 1));
    if (!offer || !quantity || *quantity < 1 || *quantity > kQuantityMax) return std::nullopt;
    return orders::RoundLine{.offer = OfferId{*offer}, .quantity = *quantity};
}

}  // namespace

Basket read_basket(const web::Request& request) {
    Basket basket;
    const auto cookie = web::find_cookie(request, kName);
    if (!cookie || cookie->empty() || cookie->size() > kLengthMax) return basket;
    for (const std::string_view text : split(*cookie, '_'))
        if (const auto line = read_line(text)) put_into(basket, *line);
    return basket;
}

void set_basket(web::Response& response, const Visit& visit, const Basket& basket) {
    std::string value;
    for (const orders::RoundLine& line : basket)
        value += (value.empty() ? "" : "_") + std::to_string(line.offer.value) + "." +
                 std::to_string(line.quantity);
    const bool is_https = visit.context.origin_of(visit.territory()).starts_with("https://");
    web::set_cookie(response, {.name = std::string(kName),
                               .value = std::move(value),
                               .max_age = basket.empty() ? std::chrono::seconds{-1}
                                                         : std::chrono::seconds{kKept},
                               .https = is_https});
}

Put put_into(Basket& basket, const orders::RoundLine& line) {
    const auto known = std::ranges::find(basket, line.offer, &orders::RoundLine::offer);
    if (line.quantity < 1) {
        if (known != basket.end()) basket.erase(known);
        return Put::added;
    }
    if (known != basket.end()) {
        known->quantity = line.quantity;
        return Put::added;
    }
    if (basket.size() >= orders::kRoundLinesMax) return Put::full;
    basket.push_back(line);
    return Put::added;
}

}  // namespace emplettes::site
