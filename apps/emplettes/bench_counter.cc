#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>

#include "accounts/account.h"
#include "accounts/session.h"
#include "accounts/sign_in.h"
#include "base/text.h"
#include "emplettes/bench_line.h"
#include "emplettes/bench_measure.h"
#include "emplettes/bench_shelf.h"
#include "emplettes/bench_verbs.h"
#include "orders/reserve.h"

namespace emplettes {
namespace {

constexpr int kBenchCounterNode = 11;  // of ids: the server measured has another
constexpr std::size_t kOpenRequests = 30;
constexpr std::int64_t kRowsBeside = 1'000'000;  // numbers of the other shop's books begin here
constexpr const char* kKeeper = "bench@emplettes.example";

struct CounterBench {
    std::string data;
    std::string database;
    std::string only;
    std::int64_t offers = 100'000;
    int seconds = 3;
    int connections = 1;
    int server_cpu = 0;
    int client_cpu = 1;
};

// A keeper's shop with its shelf, beside another one as large, and what it takes to come in.
struct LargeShop {
    catalogue::Shop shop;
    std::vector<catalogue::Offer> offers;  // by id
    std::string cookie;
    std::string request_code;
};

std::vector<catalogue::Offer> load_offers_of_shop(OpenedFolder& opened, TerritoryId territory,
                                                  ShopId shop) {
    auto offers = opened.database->read([&](store::Tx& tx) {
        tx.allow(std::chrono::minutes{5});
        return catalogue::load_offers(tx, territory);
    });
    std::erase_if(offers, [&](const catalogue::Offer& offer) { return offer.shop != shop; });
    std::sort(offers.begin(), offers.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    return offers;
}

// The same rows again change nothing but their age, so that the verb can be repeated.
void fill(OpenedFolder& opened, const BenchShop& shop, const ShelfFile& file) {
    const auto path = opened.folder.root() / "bench-shelf.csv";
    write_shelf(path, file);
    const auto id = shop.take(path, false);
    shop.check(id);
    shop.run(id);
    std::filesystem::remove(path);
}

std::string sign_in(OpenedFolder& opened, TerritoryId territory, ShopId shop) {
    const std::string token = opened.random.url_token(accounts::kTokenBytes);
    opened.database->write([&](store::Tx& tx) {
        const Instant now = opened.clock.now();
        const auto account = accounts::load_or_make_account(
            tx, territory, {.email = kKeeper, .language = "fr"}, opened.ids, now);
        accounts::grant_role(tx, territory,
                             {.account = account.id,
                              .grant = {.role = accounts::Role::shopkeeper, .shop = shop},
                              .by = {}},
                             now)
            .value();
        accounts::start_session(tx, territory,
                                {.id = opened.ids.next<SessionId>(),
                                 .token = token,
                                 .account = account.id,
                                 .device = "bench"},
                                now);
    });
    return "session=" + token;
}

// Some that wait for an answer, as on a busy day; of one of them its code.
std::string make_requests(OpenedFolder& opened, TerritoryId territory,
                          const std::vector<catalogue::Offer>& offers) {
    const Instant now = opened.clock.now();
    const orders::ReserveContext context{.territory = territory,
                                         .now = now,
                                         .times =
                                             [now](const catalogue::Shop&) {
                                                 return orders::ShopTimes{
                                                     .held_until = now + std::chrono::days{1},
                                                     .remind_at = now + std::chrono::hours{12},
                                                     .answer_by = now + std::chrono::days{1}};
                                             },
                                         .stock_lines = catalogue::stock_lines({}, now),
                                         .limits = {},
                                         .ids = opened.ids,
                                         .random = opened.random};
    std::string code;
    for (std::size_t i = 0; i < std::min(kOpenRequests, offers.size()); ++i) {
        const auto made = opened.database->write([&](store::Tx& tx) {
            return orders::reserve(tx,
                                   {.offer = offers[i * offers.size() / kOpenRequests].id,
                                    .quantity = 1,
                                    .person_name = "Ada",
                                    .contact = "0612345678",
                                    .language = "fr"},
                                   context);
        });
        if (made) code = made->code;
    }
    if (code.empty()) throw std::runtime_error("nothing of this shelf is left: make another demo");
    return code;
}

LargeShop make_large_shop(const CounterBench& options) {
    OpenedFolder opened(options.data, options.database, kBenchCounterNode);
    const auto territory = opened.territory("");
    if (!territory.is_demo)
        throw std::runtime_error("bench counter adds shops: only in a demo's data folder");
    const BenchShop shop(opened, territory, "bench-counter");
    const BenchShop beside(opened, territory, "bench-beside");
    fill(opened, beside, {.rows = options.offers, .first = kRowsBeside});
    fill(opened, shop, {.rows = options.offers});
    LargeShop large{.shop = shop.shop(),
                    .offers = load_offers_of_shop(opened, territory.id, shop.id()),
                    .cookie = sign_in(opened, territory.id, shop.id())};
    large.request_code = make_requests(opened, territory.id, large.offers);
    return large;
}

struct CounterCase {
    const char* name;
    std::string path;  // below the counter's address
};

std::vector<CounterCase> counter_cases(const LargeShop& large) {
    const auto after = [&](std::size_t share) {
        const auto& offer = large.offers[large.offers.size() * share / 10];
        return std::to_string(offer.id.value);
    };
    return {
        {"requests", ""},
        {"request", "/requests/" + large.request_code},
        {"slip", "/requests/" + large.request_code + "/slip"},
        {"shelf", "/shelf"},
        {"shelf_deep", "/shelf?after=" + after(9)},
        {"shelf_search", "/shelf?q=" + url_encode(title_of(77))},
        {"shelf_search_one_word", "/shelf?q=saison"},
        {"shelf_out_of_stock", "/shelf?show=out_of_stock"},
        {"shelf_doubtful", "/shelf?show=doubtful"},
        {"shelf_without_picture", "/shelf?show=without_picture"},
        {"scan", "/scan"},
        {"still_true", "/still-true"},
        {"hours", "/hours"},
        {"about", "/about"},
        {"pictures", "/pictures"},
        {"statement", "/statement"},
        {"statement_csv", "/statement.csv"},
        {"team", "/team"},
        {"export", "/export"},
        {"more", "/more"},
    };
}

void bench_counter(const CounterBench& options) {
    const LargeShop large = make_large_shop(options);
    const ServerProcess server(
        {.data = options.data, .database = options.database, .cpu = options.server_cpu});
    pin_to_cpu(options.client_cpu);
    print_line({{"bench", "counter"},
                {"case", "start"},
                {"start_ms", static_cast<std::int64_t>(server.start_s() * 1000)},
                {"resident_mb", server.resident_bytes() >> 20},
                {"offers", large.offers.size()},
                {"clock", "wall"}});
    const auto run = [&](const std::string& name, const std::string& path) {
        if (!options.only.empty() && options.only != name) return;
        LoadPlan plan{.port = server.port(),
                      .connections = options.connections,
                      .duration = std::chrono::seconds{options.seconds},
                      .request = [&](std::uint64_t) { return get_request(path, large.cookie); }};
        print_line(run_measure({.bench = "counter", .name = name, .plan = plan}, server));
    };
    const std::string counter = "/counter/" + large.shop.slug;
    for (const CounterCase& one : counter_cases(large)) run(one.name, "/fr" + counter + one.path);
    run("scanned_api", "/api/v1" + counter + "/scanned/" + isbn_of(4711));
    run("touches_api", "/api/v1" + counter + "/touches");
    run("shop_page", "/fr/shops/" + large.shop.slug);
    run("export_zip", "/fr" + counter + "/export.zip");
}

}  // namespace

void add_bench_counter(CLI::App& bench) {
    auto options = std::make_shared<CounterBench>();
    auto* verb = bench.add_subcommand("counter", "Every page of a counter with a large shelf");
    verb->add_option("--data", options->data, "A demo's data folder; shops are added")->required();
    verb->add_option("--database", options->database, "postgresql://… instead of SQLite");
    verb->add_option("--only", options->only, "One case, such as shelf; else all of them");
    verb->add_option("--offers", options->offers, "On the shelf, and on the one beside it")
        ->check(CLI::Range(100, 1'000'000))
        ->capture_default_str();
    verb->add_option("--seconds", options->seconds, "For each case")->capture_default_str();
    verb->add_option("--connections", options->connections, "Each asks, waits and asks again")
        ->check(CLI::Range(1, 256))
        ->capture_default_str();
    verb->add_option("--server-cpu", options->server_cpu, "The server's only core; -1: any")
        ->capture_default_str();
    verb->add_option("--client-cpu", options->client_cpu, "The load's only core; -1: any")
        ->capture_default_str();
    verb->callback([options] { bench_counter(*options); });
}

}  // namespace emplettes
