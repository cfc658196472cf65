#include "emplettes/bench_stall.h"

#include <algorithm>
#include <stdexcept>

#include "catalogue/news.h"
#include "emplettes/bench_shelf.h"
#include "emplettes/demo_pledge.h"
#include "orders/reserve.h"

namespace emplettes {
namespace {

constexpr const char* kSlug = "bench-write";
constexpr std::size_t kMadeAtOnce = 5'000;
constexpr std::int64_t kKeptAtOnce = 1'000;
constexpr std::uint64_t kSpread = 0x9e3779b97f4a7c15;  // 2^64 / golden ratio (Knuth, 6.4)

}  // namespace

BenchStall::BenchStall(const BenchOptions& options)
    : options_(options),
      opened_(options.data, options.database, kBenchNode),
      territory_(opened_.territory("")) {
    if (!territory_.is_demo)
        throw std::runtime_error("bench write changes stocks: only in a demo's data folder");
    shop_ = load_or_make_bench_shop(opened_, territory_,
                                    {.slug = kSlug, .name = "Bench", .opening_hours = "24/7"});
}

BenchStall::Thing BenchStall::make(const catalogue::Shop& shop, std::int64_t stock) {
    const auto id = opened_.ids.next<ProductId>();
    const std::string number = std::to_string(id.value);
    // Words enough for a search to have something to do.
    catalogue::Product product{
        .id = id,
        .key = "bench:" + number,
        .title = "Chose " + number.substr(number.size() - 6) + " de la saison, reliée",
        .maker = "Maison " + number.substr(number.size() - 3),
        .category = "books",
        .description = "Une chose inventée pour mesurer.",
        .language = "fr",
        .source = "demo",
        .updated_at = now()};
    catalogue::Offer offer{
        .id = opened_.ids.next<OfferId>(),
        .shop = shop.id,
        .product = id,
        .price = {500 + id.value % 2'500},
        .stock = {
            .quantity = stock, .source = catalogue::StockSource::demo, .confirmed_at = now()}};
    return {.product = std::move(product), .offer = offer};
}

void BenchStall::save(const std::vector<Thing>& things) {
    opened_.database->write([&](store::Tx& tx) {
        for (const auto& [product, offer] : things) {
            catalogue::save_product(tx, territory_.id, product);
            catalogue::save_offer(tx, territory_.id, offer);
        }
        catalogue::append_shop_news(tx, territory_.id, opened_.clock.now());
    });
}

catalogue::Offer BenchStall::offer(std::int64_t stock) {
    const Thing thing = make(shop_, stock);
    save({thing});
    return thing.offer;
}

void BenchStall::fill_shops_to(std::int64_t offers) {
    const auto shops = opened_.database->read(
        [&](store::Tx& tx) { return catalogue::load_shops(tx, territory_.id); });
    auto there = static_cast<std::int64_t>(
        opened_.database
            ->read([&](store::Tx& tx) { return catalogue::load_offers(tx, territory_.id); })
            .size());
    while (there < offers) {
        std::vector<Thing> things;
        for (; there < offers && things.size() < kMadeAtOnce; ++there)
            things.push_back(make(shops[static_cast<std::size_t>(there) % shops.size()], 3));
        save(things);
    }
}

void BenchStall::keep(const catalogue::Offer& offer, std::int64_t count, Instant held_until) {
    const orders::ReserveContext context{.territory = territory_.id,
                                         .now = now(),
                                         .times =
                                             [&](const catalogue::Shop&) {
                                                 return orders::ShopTimes{.held_until = held_until,
                                                                          .remind_at = held_until,
                                                                          .answer_by = held_until};
                                             },
                                         .stock_lines = {},
                                         .limits = {.quantity_max = territory_.quantity_max},
                                         .ids = opened_.ids,
                                         .random = opened_.random};
    const std::uint64_t run = draw();
    for (std::int64_t kept = 0; kept < count; kept += kKeptAtOnce)
        opened_.database->write([&](store::Tx& tx) {
            for (std::int64_t i = kept; i < std::min(count, kept + kKeptAtOnce); ++i)
                orders::reserve(tx,
                                {.offer = offer.id,
                                 .person_name = "Ada",
                                 .contact = "0" + std::to_string(700'000'000 + run % 90'000'000 +
                                                                 static_cast<std::uint64_t>(i)),
                                 .language = "fr",
                                 .only_here = true},
                                context)
                    .value();
        });
}

std::int64_t BenchStall::stock(OfferId id) {
    return opened_.database->read([&](store::Tx& tx) {
        return catalogue::find_offer(tx, territory_.id, id).value().stock.quantity;
    });
}

std::string BenchStall::call_for_pledge() {
    const auto signers =
        open_signers(opened_.folder, *opened_.database, options_.database, opened_.clock);
    const campaign::PledgeText text{
        .title = "Une promesse", .body = "Inventée pour mesurer.", .thanks = "Merci."};
    const campaign::Pledge pledge{.slug = "bench-" + std::to_string(draw()),
                                  .called_by = "emplettes bench",
                                  .goal = 1'000'000,
                                  .texts = {{"fr", text}}};
    publish_demo_pledge(
        signers->database(), pledge,
        {.territory = territory_.id, .ids = opened_.ids, .by = "emplettes bench", .now = now()},
        "nobody");
    return pledge.slug;
}

std::string BenchStall::name(const std::string& of_case) const {
    return of_case + (options_.database.empty() ? ".sqlite" : ".postgresql");
}

ServerProcess::Options BenchStall::server_options() const {
    return {.data = options_.data,
            .database = options_.database,
            .cpu = options_.server_cpu,
            .behind_proxy = true};
}

std::string post_reservation(OfferId offer, const BenchBuyer& buyer) {
    // Another neighbour each time: one contact may not have everything kept. As in life, numbers
    // and keys that follow each other are far apart.
    const std::uint64_t spread = (buyer.run + buyer.number) * kSpread;
    const std::string contact = "0" + std::to_string(600'000'000 + (spread >> 16) % 100'000'000);
    const Json body = {
        {"offer_id", offer.value}, {"quantity", 1}, {"name", "Ada"}, {"contact", contact}};
    const std::string text = body.dump();
    return "POST /api/v1/reservations HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
           "application/json\r\nIdempotency-Key: bench-" +
           std::to_string(spread) + "-" + std::to_string(buyer.number) +
           "\r\nContent-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
}

}  // namespace emplettes
