// A shop's feed at an address: read on a schedule, through outages and traps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "accounts/account.h"
#include "catalogue/feed_pace.h"
#include "catalogue/shelf/shelf_import.h"
#include "catalogue/test_town.h"
#include "emplettes/test_installation.h"
#include "site/feed_address.h"
#include "web/test_server.h"

namespace emplettes {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// What the shop's server answers, now.
class ShopServer {
  public:
    ShopServer() {
        server_.router.add(web::Method::get, "/feed.csv", [this](const web::Request& request) {
            const std::lock_guard lock(mutex_);
            ++asked_;
            if (status_ == 302) return web::redirect(302, "/other.csv");
            web::Response response{.status = status_, .content_type = "text/csv", .body = body_};
            response.add_header("Cache-Control", "no-store");  // so that it gets no ETag
            response.add_header("Last-Modified", date_);
            if (status_ == 200 && request.header("if-modified-since") == date_) {
                ++unchanged_;
                response.status = 304;
            }
            return response;
        });
        server_.router.add(web::Method::get, "/other.csv", [this](const web::Request&) {
            const std::lock_guard lock(mutex_);
            ++asked_elsewhere_;
            return web::Response{.content_type = "text/csv", .body = body_};
        });
    }

    std::string place() { return "127.0.0.1:" + std::to_string(server_.port()); }
    std::string url() { return "http://" + place() + "/feed.csv"; }
    void say(std::string body, std::string date) {
        const std::lock_guard lock(mutex_);
        status_ = 200;
        body_ = std::move(body);
        date_ = std::move(date);
    }
    void answer(int status) {
        const std::lock_guard lock(mutex_);
        status_ = status;
    }
    int asked() const { return read(asked_); }
    int asked_elsewhere() const { return read(asked_elsewhere_); }
    int unchanged() const { return read(unchanged_); }

  private:
    int read(const int& count) const {
        const std::lock_guard lock(mutex_);
        return count;
    }

    mutable std::mutex mutex_;
    int status_ = 200;
    std::string body_;
    std::string date_;
    int asked_ = 0;
    int asked_elsewhere_ = 0;
    int unchanged_ = 0;
    web::TestServer server_;  // last: it stops before the rest goes
};

constexpr std::string_view kMonday = "Mon, 12 Oct 2026 09:30:00 GMT";
constexpr std::string_view kTuesday = "Tue, 13 Oct 2026 09:30:00 GMT";

class FeedTest : public testing::Test {
  protected:
    void start(const std::string& settings) {
        installation_.add_territory("ville", settings);
        installation_.start();
        territory_ = installation_.territory("ville");
    }
    void start_allowed() { start("[feeds]\nallow = [\"" + shop_.place() + "\"]\n"); }

    Result<Done, site::AddressError> add(const site::NewAddress& address) {
        const auto& territory = installation_.app().territories().all().front()->territory();
        return database().write(
            [&](store::Tx& tx) { return site::add_address(tx, territory, address); });
    }
    site::NewAddress address(const std::string& url) {
        return {.id = ids_.next<ShelfSourceId>(), .shop = ShopId{1}, .url = url, .now = now()};
    }
    ShelfSourceId add(const std::string& url) {
        const auto added = address(url);
        EXPECT_TRUE(add(added));
        return added.id;
    }
    catalogue::ShelfSource source(ShelfSourceId id) {
        return database()
            .read([&](store::Tx& tx) { return catalogue::find_source(tx, territory_, id); })
            .value();
    }
    std::vector<catalogue::ShelfImport> imports() {
        return database().read(
            [&](store::Tx& tx) { return catalogue::load_imports(tx, territory_, ShopId{1}, 100); });
    }
    // Of what the feed brought: everything but the book that is there already.
    std::vector<catalogue::Stock> stocks() {
        std::vector<catalogue::Stock> stocks;
        for (const catalogue::Offer& offer :
             database().read([&](store::Tx& tx) { return catalogue::load_offers(tx, territory_); }))
            if (offer.stock.source == catalogue::StockSource::feed) stocks.push_back(offer.stock);
        return stocks;
    }
    // Once a minute, as the schedule does more often.
    void pass(std::chrono::minutes time) {
        for (auto gone = 0min; gone < time; ++gone) {
            installation_.clock.advance(1min);
            installation_.app().run_jobs();
        }
    }
    void run_jobs() { installation_.app().run_jobs(); }
    store::Database& database() { return installation_.app().database(); }
    Instant now() const { return installation_.clock.now(); }
    // What a first reading of this address fails with.
    std::string failure(const std::string& url) {
        const auto id = add(url);
        run_jobs();
        EXPECT_EQ(source(id).failures, 1);
        EXPECT_EQ(source(id).next_read_at, now() + catalogue::kFeedRetryFirst);
        EXPECT_EQ(source(id).last_read_at, Instant{});
        EXPECT_THAT(imports(), IsEmpty());
        return source(id).last_failure;
    }

    ShopServer shop_;
    TestInstallation installation_;
    IdSource ids_{installation_.clock, 2};
    TerritoryId territory_;
};

TEST_F(FeedTest, IsReadAgainOnASchedule) {
    shop_.say("sku;titre;prix;stock\nvert;Thé vert;12,90;2\n", std::string(kMonday));
    start_allowed();
    const auto id = add(shop_.url());
    run_jobs();
    ASSERT_THAT(stocks(), SizeIs(1));
    EXPECT_EQ(stocks().front().quantity, 2);
    EXPECT_EQ(stocks().front().confirmed_at, now());
    EXPECT_EQ(source(id).last_read_at, now());
    EXPECT_EQ(source(id).next_read_at, now() + 1h);
    EXPECT_EQ(source(id).validator, kMonday);
    EXPECT_THAT(installation_.get("ville", "/en/search?q=th%C3%A9"), testing::HasSubstr("vert"));

    pass(59min);
    EXPECT_EQ(shop_.asked(), 1);
    shop_.say("sku;titre;prix;stock\nvert;Thé vert;12,90;7\n", std::string(kTuesday));
    pass(1min);
    EXPECT_EQ(shop_.asked(), 2);
    EXPECT_EQ(stocks().front().quantity, 7);
    EXPECT_EQ(stocks().front().confirmed_at, now());
    EXPECT_THAT(imports(), SizeIs(2));
}

TEST_F(FeedTest, ThatSaysTheSameIsAliveAllTheSame) {
    shop_.say("sku;titre;prix;stock\nvert;Thé vert;12,90;2\n", std::string(kMonday));
    start_allowed();
    add(shop_.url());
    run_jobs();
    pass(60min);
    EXPECT_EQ(shop_.unchanged(), 1);
    EXPECT_EQ(stocks().front().confirmed_at, now());
    // The same bytes with another date, and without a 304.
    shop_.say("sku;titre;prix;stock\nvert;Thé vert;12,90;2\n", std::string(kTuesday));
    pass(60min);
    EXPECT_EQ(shop_.unchanged(), 1);
    EXPECT_EQ(stocks().front().confirmed_at, now());
    EXPECT_THAT(imports(), SizeIs(1));
}

TEST_F(FeedTest, OutOfReachForFourHoursCostsNothingButAge) {
    shop_.say("sku;titre;prix;stock\nvert;Thé vert;12,90;2\n", std::string(kMonday));
    start_allowed();
    const auto id = add(shop_.url());
    run_jobs();
    const Instant read = now();
    shop_.answer(503);
    std::vector<std::chrono::minutes> asked_after;
    for (int before = shop_.asked(); now() < read + 5h;) {
        pass(1min);
        if (shop_.asked() == before) continue;
        before = shop_.asked();
        asked_after.push_back(std::chrono::duration_cast<std::chrono::minutes>(now() - read));
        EXPECT_EQ(source(id).failures, static_cast<std::int64_t>(asked_after.size()));
    }
    EXPECT_THAT(asked_after, ElementsAre(60min, 65min, 75min, 95min, 135min, 195min, 255min));
    EXPECT_EQ(source(id).last_failure, "failed");
    EXPECT_EQ(source(id).last_read_at, read);
    ASSERT_THAT(stocks(), SizeIs(1));
    EXPECT_EQ(stocks().front().quantity, 2);
    EXPECT_EQ(stocks().front().confirmed_at, read);

    shop_.say("sku;titre;prix;stock\nvert;Thé vert;12,90;3\n", std::string(kTuesday));
    pass(15min);
    EXPECT_EQ(stocks().front().quantity, 3);
    EXPECT_EQ(stocks().front().confirmed_at, now());
    EXPECT_EQ(source(id).failures, 0);
    EXPECT_EQ(source(id).last_failure, "");
    EXPECT_EQ(source(id).next_read_at, now() + 1h);
}

TEST_F(FeedTest, FollowsNoRedirect) {
    shop_.answer(302);
    start_allowed();
    EXPECT_EQ(failure(shop_.url()), "redirected");
    EXPECT_EQ(shop_.asked_elsewhere(), 0);
}

TEST_F(FeedTest, IsNotReadFromOurOwnNetwork) {
    start("");
    EXPECT_EQ(failure("http://127.0.0.1/feed.csv"), "private_address");
    EXPECT_EQ(failure("http://localhost/feed.csv"), "private_address");
    EXPECT_EQ(failure("http://192.168.1.1/feed.csv"), "private_address");
    EXPECT_EQ(add(address(shop_.url())).error(), site::AddressError::bad_address);
    EXPECT_EQ(shop_.asked(), 0);
}

TEST_F(FeedTest, HasALimit) {
    shop_.say("sku;titre;prix;stock\nvert;" + std::string(2'000, 'x') + ";12,90;2\n",
              std::string(kMonday));
    installation_.feed_bytes_max = 1'000;
    start_allowed();
    EXPECT_EQ(failure(shop_.url()), "too_long");
}

TEST_F(FeedTest, ThatIsNoFeedIsNotTaken) {
    shop_.say("", std::string(kMonday));
    start_allowed();
    EXPECT_EQ(failure(shop_.url()), "empty");
}

TEST_F(FeedTest, AnAddressIsLookedAtFirst) {
    start_allowed();
    for (const std::string url :
         {"", "feed.csv", "ftp://tea.example/feed.csv", "http://me:secret@tea.example/feed.csv",
          "http://tea.example:8080/feed.csv"})
        EXPECT_EQ(add(address(url)).error(), site::AddressError::bad_address) << url;
    // Not cut: the rest of it may be a key.
    EXPECT_EQ(add(address(shop_.url() + "?" + std::string(2'000, 'k'))).error(),
              site::AddressError::too_long);
    auto often = address(shop_.url());
    often.every = 14min;
    EXPECT_EQ(add(often).error(), site::AddressError::bad_interval);
    often.every = 169h;
    EXPECT_EQ(add(often).error(), site::AddressError::bad_interval);
    add(shop_.url());
    EXPECT_EQ(add(address(shop_.url())).error(), site::AddressError::known_already);
    for (std::size_t i = 1; i < catalogue::kSourcesOfShopMax; ++i)
        add(shop_.url() + "?" + std::to_string(i));
    EXPECT_EQ(add(address(shop_.url() + "?more")).error(), site::AddressError::too_many);
}

// One of two processes.
TEST_F(FeedTest, ThatAnotherIsReadingIsLeftToIt) {
    start_allowed();
    const auto id = add(shop_.url());
    auto claimed = source(id);
    claimed.next_read_at = now() + 30min;
    database().write([&](store::Tx& tx) { catalogue::save_source(tx, territory_, claimed); });
    run_jobs();
    EXPECT_EQ(shop_.asked(), 0);
}

TEST_F(FeedTest, ThatIsPausedIsNotRead) {
    start_allowed();
    const auto id = add(shop_.url());
    const auto pause = [&](bool is_paused, ShopId shop = ShopId{1}) {
        return database().write([&](store::Tx& tx) {
            return catalogue::pause_source(
                tx, territory_, {.shop = shop, .source = id, .is_paused = is_paused, .now = now()});
        });
    };
    EXPECT_TRUE(pause(true));
    pass(120min);
    EXPECT_EQ(shop_.asked(), 0);
    EXPECT_FALSE(pause(false, ShopId{2}));
    EXPECT_TRUE(pause(false));
    run_jobs();
    EXPECT_EQ(shop_.asked(), 1);
    EXPECT_EQ(source(id).every, 1h);
}

// A server that does not answer before its neighbour was read.
class WaitingServer {
  public:
    explicit WaitingServer(const ShopServer& neighbour) {
        server_.router.add(web::Method::get, "/feed.csv", [&neighbour](const web::Request&) {
            const auto end = std::chrono::steady_clock::now() + 20s;
            while (neighbour.asked() == 0 && std::chrono::steady_clock::now() < end)
                std::this_thread::yield();
            const bool is_read = neighbour.asked() > 0;
            return web::Response{.status = is_read ? 200 : 504,
                                 .content_type = "text/csv",
                                 .body = "sku;titre;prix;stock\nnoir;Thé noir;9,90;1\n"};
        });
    }
    std::string place() { return "127.0.0.1:" + std::to_string(server_.port()); }

  private:
    web::TestServer server_;
};

TEST_F(FeedTest, ASlowServerDelaysNobodyElse) {
    WaitingServer slow(shop_);
    shop_.say("sku;titre;prix;stock\nvert;Thé vert;12,90;2\n", std::string(kMonday));
    start("[feeds]\nallow = [\"" + shop_.place() + "\", \"" + slow.place() + "\"]\n");
    const auto slow_id = add("http://" + slow.place() + "/feed.csv");
    installation_.clock.advance(1s);
    auto quick = address(shop_.url());
    quick.shop = ShopId{2};
    ASSERT_TRUE(add(quick));
    run_jobs();
    EXPECT_EQ(source(slow_id).last_failure, "");
    EXPECT_EQ(source(slow_id).last_read_at, now());
    EXPECT_EQ(source(quick.id).last_read_at, now());
}

TEST_F(FeedTest, AllFeedsOfAShopAreReadInTurn) {
    shop_.say("sku;titre;prix;stock\nvert;Thé vert;12,90;2\n", std::string(kMonday));
    start_allowed();
    for (int i = 0; i < 20; ++i) add(shop_.url() + "?" + std::to_string(i));
    run_jobs();
    EXPECT_EQ(shop_.asked(), 20);
}

// Everybody who works there is told by mail, once, however often it is read.
TEST_F(FeedTest, ThatIsHeldIsToldOf) {
    const auto feed = [](int rows) {
        std::string csv = "sku;titre;prix;stock\n";
        for (int i = 0; i < rows; ++i)
            csv += std::to_string(i) + ";Thé n° " + std::to_string(i) + ";3;2\n";
        return csv;
    };
    shop_.say(feed(30), std::string(kMonday));
    start_allowed();
    database().write([&](store::Tx& tx) {
        const auto person = accounts::load_or_make_account(
            tx, territory_, {.email = "claire@example.org", .language = "fr"}, ids_, now());
        const auto granted =
            accounts::grant_role(tx, territory_,
                                 {.account = person.id,
                                  .grant = {.role = accounts::Role::shopkeeper, .shop = ShopId{1}},
                                  .by = {}},
                                 now());
        EXPECT_TRUE(granted);
    });
    add(shop_.url());
    run_jobs();
    shop_.say(feed(3), std::string(kTuesday));
    pass(62min);
    ASSERT_EQ(imports().front().status, catalogue::ImportStatus::checked);
    shop_.say(feed(2), std::string(kMonday));
    pass(62min);
    EXPECT_THAT(installation_.mails(), SizeIs(1));
    EXPECT_EQ(stocks().size(), 30U);
}

}  // namespace
}  // namespace emplettes
