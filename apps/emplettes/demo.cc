#include "emplettes/demo.h"

#include <algorithm>
#include <stdexcept>

#include "accounts/account.h"
#include "base/check.h"
#include "base/csv.h"
#include "base/text.h"
#include "catalogue/import_osm.h"
#include "catalogue/news.h"
#include "catalogue/shelf/reference.h"
#include "catalogue/shop.h"
#include "embedded/demo.h"
#include "emplettes/demo_pledge.h"
#include "emplettes/ground_import.h"
#include "geo/osm_places.h"

namespace emplettes {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMap = "paris-9e.osm.pbf";
constexpr std::string_view kTerritory = "territory.toml";
constexpr std::string_view kDistricts = "paris-9e-districts.geojson";
constexpr std::string_view kShelves = "shelves.csv";
constexpr std::string_view kSecondHand = "second-hand.csv";
constexpr std::string_view kProducts = "products/";
constexpr std::string_view kProductsFile = "products.csv";
constexpr std::string_view kSecondOperator = "demo-2@emplettes.example";
constexpr std::string_view kPledge = "pledges/noel-ici.toml";
constexpr unsigned kForAll = 0644;  // to read
constexpr int kDemoNode = 15;       // of ids: far from the servers', which count from 0

// Made-up stock: how often a shelf is empty, how full it is, how long ago somebody looked.
constexpr std::uint64_t kSoldOutPercent = 12;
constexpr std::uint64_t kStockMax = 8;
constexpr std::uint64_t kAgeMinutesMax = 2 * 24 * 60;
constexpr std::uint64_t kPriceSpreadPercent = 12;  // around the hint, for what has no fixed price
constexpr std::int64_t kPriceStepCents = 5;

std::string_view demo_file(std::string_view path) {
    for (const EmbeddedFile& file : embedded_demo())
        if (file.path == path) return file.bytes;
    throw std::runtime_error("the demo file " + std::string(path) + " is not built in");
}

// A row of shelves.csv: how many products of a category a trade carries.
struct Shelf {
    std::string kind;
    std::string category;
    std::uint64_t products_min = 0;
    std::uint64_t products_max = 0;
};

std::vector<Shelf> read_shelves() {
    const auto table = read_csv(demo_file(kShelves)).value();
    std::vector<Shelf> shelves;
    for (const auto& row : table.rows) {
        check(row.cells.size() == 4);
        shelves.push_back({.kind = row.cells[0],
                           .category = row.cells[1],
                           .products_min = static_cast<std::uint64_t>(*parse_int(row.cells[2])),
                           .products_max = static_cast<std::uint64_t>(*parse_int(row.cells[3]))});
    }
    return shelves;
}

// A row of second-hand.csv.
struct SecondHand {
    std::string kind;   // the trade; empty: any
    std::string goods;  // a category with all below it, or the sku of one product
    catalogue::Condition condition = catalogue::Condition::used;
    std::int64_t price_percent = 100;  // of the hint
    Shelf shelf;                       // so many more of them; none: what stands on the others
};

bool is_within(std::string_view category, std::string_view goods) {
    const bool is_below = category.size() > goods.size() && category[goods.size()] == '.';
    return category.starts_with(goods) && (category.size() == goods.size() || is_below);
}

std::vector<SecondHand> read_second_hand() {
    const auto table = read_csv(demo_file(kSecondHand)).value();
    std::vector<SecondHand> all;
    for (const auto& row : table.rows) {
        check(row.cells.size() == 6);
        const auto number = [&](std::size_t cell) {
            return static_cast<std::uint64_t>(parse_int(row.cells[cell]).value_or(0));
        };
        const auto condition = catalogue::parse_condition(row.cells[2]);
        check(condition.has_value() && parse_int(row.cells[3]).has_value());
        all.push_back({.kind = row.cells[0],
                       .goods = row.cells[1],
                       .condition = *condition,
                       .price_percent = *parse_int(row.cells[3]),
                       .shelf = {.kind = row.cells[0],
                                 .category = row.cells[1],
                                 .products_min = number(4),
                                 .products_max = number(5)}});
    }
    return all;
}

class DemoMaker {
  public:
    DemoMaker(const DataFolder& folder, const DemoDatabases& databases, const Clock& clock)
        : folder_(folder),
          database_(databases.main),
          signers_(databases.signers),
          clock_(clock),
          ids_(clock, kDemoNode) {}

    DemoReport run() {
        make_territory();
        make_operators();
        bring_map();
        bring_products();
        fill_shelves();
        call_for_pledge();
        return report_;
    }

  private:
    void make_territory() {
        const fs::path file = folder_.territories() / "paris-9e.toml";
        if (!fs::exists(file)) {
            write_durably(folder_.territories() / std::string(kDistricts), demo_file(kDistricts),
                          kForAll);
            write_durably(file, demo_file(kTerritory), kForAll);
        }
        territory_ = catalogue::read_territory(file.string());
        territory_.id = database_.write([&](store::Tx& tx) {
            return catalogue::register_territory(tx, territory_.slug, ids_.next<TerritoryId>());
        });
    }

    // Whoever reads their mails, which a demo shows to everybody. Two, since some things nobody
    // does alone.
    void make_operators() {
        report_.operator_email = territory_.operated_by.email;
        for (const std::string& email : {report_.operator_email, std::string(kSecondOperator)})
            make_operator(email);
    }

    void make_operator(const std::string& email) {
        const auto made = database_.write([&](store::Tx& tx) {
            const auto account = accounts::load_or_make_account(
                tx, territory_.id, {.email = email, .language = territory_.languages.front()}, ids_,
                clock_.now());
            return accounts::grant_role(tx, territory_.id,
                                        {.account = account.id,
                                         .grant = {.role = accounts::Role::operator_, .shop = {}},
                                         .by = {}},
                                        clock_.now());
        });
        check(made.ok());
    }

    void call_for_pledge() {
        publish_demo_pledge(signers_, campaign::read_pledge(demo_file(kPledge), territory_.zone),
                            {.territory = territory_.id,
                             .ids = ids_,
                             .by = report_.operator_email,
                             .now = clock_.now()},
                            std::string(kSecondOperator));
    }

    void bring_map() {
        const fs::path file = folder_.root() / std::string(kMap);
        write_durably(file, demo_file(kMap), kForAll);
        const auto places = geo::read_osm_places(file.string(), {.tags = trades_.tags()});
        ImportProgress progress(ImportedGround::kTasks);
        import_ground({.map = file.string(), .bounds = territory_.bounds},
                      folder_.ground(territory_.slug), progress);
        fs::remove(file);
        const auto report = catalogue::import_osm({.database = database_,
                                                   .territory = territory_,
                                                   .trades = trades_,
                                                   .ids = ids_,
                                                   .random = secrets_,
                                                   .now = clock_.now()},
                                                  places);
        report_.streets = report.streets;
    }

    void bring_products() {
        const fs::path file = folder_.root() / std::string(kProductsFile);
        for (const EmbeddedFile& embedded : embedded_demo()) {
            if (!embedded.path.starts_with(kProducts)) continue;
            write_durably(file, embedded.bytes, kForAll);
            const auto report =
                catalogue::import_reference({.database = database_,
                                             .territory = territory_,
                                             .trades = trades_,
                                             .ids = ids_,
                                             .now = clock_.now(),
                                             .file = file,
                                             .key_prefix = "demo/",
                                             .text_source = catalogue::TextSource::demo});
            if (!report || report->problems > 0)
                throw std::runtime_error("the demo file " + std::string(embedded.path) +
                                         " has rows that cannot be read");
            hints_.insert(report->prices.begin(), report->prices.end());
        }
        fs::remove(file);
    }

    void fill_shelves() {
        const auto shops =
            database_.read([&](store::Tx& tx) { return catalogue::load_shops(tx, territory_.id); });
        products_ = database_.read(
            [&](store::Tx& tx) { return catalogue::load_products(tx, territory_.id); });
        report_.products = static_cast<std::int64_t>(products_.size());
        const auto shelves = read_shelves();
        for (const catalogue::Shop& shop : shops) {
            if (!shop.is_listed) continue;
            ++report_.shops;
            database_.write([&](store::Tx& tx) { fill_shop(tx, shop, shelves); });
        }
        database_.write([&](store::Tx& tx) {
            catalogue::append_catalogue_news(tx, territory_.id, clock_.now());
        });
    }

    void fill_shop(store::Tx& tx, const catalogue::Shop& shop, const std::vector<Shelf>& shelves) {
        SeededRandom random(kDemoSeed ^ std::hash<std::string>{}(shop.source_ref));
        for (const Shelf& shelf : shelves) {
            if (shelf.kind != shop.kind) continue;
            for (const catalogue::Product* product : choose(shelf, random))
                save(tx, make_offer(shop, {*product, find_second_hand(shop, *product)}, random));
        }
        for (const SecondHand& more : second_hand_) {
            if (more.kind != shop.kind || more.shelf.products_max == 0) continue;
            for (const catalogue::Product* product : choose(more.shelf, random))
                save(tx, make_offer(shop, {*product, &more}, random));
        }
    }

    void save(store::Tx& tx, const catalogue::Offer& offer) {
        catalogue::save_offer(tx, territory_.id, offer);
        ++report_.offers;
    }

    // How a shop's goods are second-hand; null when they are new.
    const SecondHand* find_second_hand(const catalogue::Shop& shop,
                                       const catalogue::Product& product) const {
        for (const SecondHand& row : second_hand_) {
            const bool is_here = row.kind.empty() || row.kind == shop.kind;
            const bool is_meant =
                product.key == "demo/" + row.goods || is_within(product.category, row.goods);
            if (is_here && is_meant && row.shelf.products_max == 0) return &row;
        }
        return nullptr;
    }

    // A seeded choice without repetition (Fisher and Yates's shuffle, cut short), drawn towards the
    // front: as in life, the same things stand in many shops.
    std::vector<const catalogue::Product*> choose(const Shelf& shelf, Random& random) const {
        std::vector<const catalogue::Product*> fitting;
        for (const catalogue::Product& product : products_)
            if (is_within(product.category, shelf.category)) fitting.push_back(&product);
        const std::uint64_t wanted =
            shelf.products_min + random.below(shelf.products_max - shelf.products_min + 1);
        const std::size_t count = std::min<std::size_t>(wanted, fitting.size());
        for (std::size_t i = 0; i < count; ++i)
            std::swap(fitting[i], fitting[i + random.below(random.below(fitting.size() - i) + 1)]);
        fitting.resize(count);
        return fitting;
    }

    struct Goods {
        const catalogue::Product& product;
        const SecondHand* second_hand = nullptr;  // null: new
    };

    catalogue::Offer make_offer(const catalogue::Shop& shop, const Goods& goods, Random& random) {
        const bool is_sold_out = random.below(100) < kSoldOutPercent;
        const bool is_new = goods.second_hand == nullptr;
        const auto stock = static_cast<std::int64_t>(1 + random.below(is_new ? kStockMax : 2));
        const std::chrono::minutes age(random.below(kAgeMinutesMax));
        return {.id = ids_.next<OfferId>(),
                .shop = shop.id,
                .product = goods.product.id,
                .condition = is_new ? catalogue::Condition::new_ : goods.second_hand->condition,
                .price = price_of(goods, random),
                .stock = {.quantity = is_sold_out ? 0 : stock,
                          .source = catalogue::StockSource::demo,
                          .confirmed_at = clock_.now() - age}};
    }

    // New books have one price everywhere (loi 81-766); the rest differs a little from shop to
    // shop.
    Money price_of(const Goods& goods, Random& random) const {
        const auto hint = hints_.find(goods.product.id);
        check(hint != hints_.end());
        const bool is_new = goods.second_hand == nullptr;
        if (is_new && goods.product.category.starts_with("books")) return hint->second;
        const auto percent = static_cast<std::int64_t>(100 - kPriceSpreadPercent +
                                                       random.below(2 * kPriceSpreadPercent + 1));
        const std::int64_t worth = is_new ? 100 : goods.second_hand->price_percent;
        const std::int64_t cents = hint->second.cents * worth / 100 * percent / 100;
        return {std::max(cents / kPriceStepCents * kPriceStepCents, kPriceStepCents)};
    }

    const DataFolder& folder_;
    store::Database& database_;
    store::Database& signers_;
    const Clock& clock_;
    IdSource ids_;
    SystemRandom secrets_;
    const catalogue::Trades trades_ = catalogue::Trades::load();
    catalogue::Territory territory_;
    std::vector<catalogue::Product> products_;
    const std::vector<SecondHand> second_hand_ = read_second_hand();
    std::unordered_map<ProductId, Money> hints_;  // of the column price_eur
    DemoReport report_;
};

}  // namespace

DemoReport make_demo(const DataFolder& folder, const DemoDatabases& databases, const Clock& clock) {
    return DemoMaker(folder, databases, clock).run();
}

}  // namespace emplettes
