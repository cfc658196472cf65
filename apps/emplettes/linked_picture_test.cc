// Pictures that a shop's feed names: fetched after the import, through outages and traps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <mutex>

#include "catalogue/shelf/picture_link.h"
#include "catalogue/shelf/shelf_import.h"
#include "emplettes/test_installation.h"
#include "pictures/test_pictures.h"
#include "site/feed_address.h"
#include "web/test_server.h"

namespace emplettes {
namespace {

using namespace std::chrono_literals;
using catalogue::LinkState;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr pictures::Size kSmall{64, 48};

// A shop's web site: its feed, and what its pictures answer with.
class PictureServer {
  public:
    PictureServer() {
        server_.router.add(web::Method::get, "/feed.csv", [this](const web::Request&) {
            const std::lock_guard lock(mutex_);
            return web::Response{.content_type = "text/csv", .body = feed_};
        });
        server_.router.add(web::Method::get, "/pictures/{name}", [this](const web::Request& asked) {
            const std::lock_guard lock(mutex_);
            ++asked_;
            if (is_away_) return web::Response{.status = 503};
            const auto found = answers_.find(std::string(asked.parameter("name")));
            return found == answers_.end() ? web::Response{.status = 404} : found->second;
        });
    }
    std::string place() { return "127.0.0.1:" + std::to_string(server_.port()); }
    std::string picture(const std::string& name) {
        return "http://" + place() + "/pictures/" + name;
    }

    // A thing for each, which this answers for.
    void sell(const std::map<std::string, web::Response>& answers) {
        std::string feed = "sku;titre;prix;stock;image\n";
        for (const auto& [name, answer] : answers)
            feed += name + ";Thé " + name + ";12,90;2;" + picture(name) + "\n";
        const std::lock_guard lock(mutex_);
        feed_ = feed;
        answers_ = answers;
    }
    void go_away(bool is_away) {
        const std::lock_guard lock(mutex_);
        is_away_ = is_away;
    }
    int asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

  private:
    mutable std::mutex mutex_;
    std::string feed_;
    std::map<std::string, web::Response> answers_;
    bool is_away_ = false;
    int asked_ = 0;
    web::TestServer server_;  // last: it stops before the rest goes
};

web::Response photograph() {
    return {.content_type = "image/jpeg",
            .body = pictures::jpeg_of(pictures::four_colours(kSmall))};
}

class LinkedPictureTest : public testing::Test {
  protected:
    void start() {
        installation_.add_territory("ville", "[feeds]\nallow = [\"" + server_.place() + "\"]\n");
        installation_.start();
        territory_ = installation_.territory("ville");
    }
    void read_feed() {
        const auto& territory = installation_.app().territories().all().front()->territory();
        EXPECT_TRUE(database().write([&](store::Tx& tx) {
            return site::add_address(tx, territory,
                                     {.id = ids_.next<ShelfSourceId>(),
                                      .shop = ShopId{1},
                                      .url = "http://" + server_.place() + "/feed.csv",
                                      .every = 24h,
                                      .now = installation_.clock.now()});
        }));
        run_jobs();
    }
    void run_jobs() { installation_.app().run_jobs(); }
    store::Database& database() { return installation_.app().database(); }
    ShelfImportId import() {
        return database()
            .read([&](store::Tx& tx) {
                return catalogue::load_imports(tx, territory_, ShopId{1}, 1);
            })
            .at(0)
            .id;
    }
    // By state and reason: "fetched", "failed redirected".
    std::map<std::string, std::int64_t> outcome() {
        std::map<std::string, std::int64_t> outcome;
        for (const auto& count : database().read(
                 [&](store::Tx& tx) { return catalogue::count_links(tx, territory_, import()); }))
            outcome[std::string(to_string(count.state)) +
                    (count.failure.empty() ? "" : " " + count.failure)] += count.links;
        return outcome;
    }
    std::vector<catalogue::Picture> pictures() {
        return database().read(
            [&](store::Tx& tx) { return catalogue::load_pictures(tx, territory_); });
    }
    using Outcome = std::map<std::string, std::int64_t>;

    PictureServer server_;
    TestInstallation installation_;
    IdSource ids_{installation_.clock, 2};
    TerritoryId territory_;
};

TEST_F(LinkedPictureTest, ComesAfterTheImportAndIsShownFromHere) {
    server_.sell({{"vert.jpg", photograph()}});
    start();
    read_feed();
    EXPECT_EQ(outcome(), (Outcome{{"fetched", 1}}));
    ASSERT_THAT(pictures(), SizeIs(1));
    EXPECT_EQ(pictures().front().width, kSmall.width);
    run_jobs();
    const auto page = installation_.get(
        "ville", "/en/products/" + std::to_string(pictures().front().product.value));
    EXPECT_THAT(page, HasSubstr("/pictures/" + pictures().front().content_sha256));
    EXPECT_THAT(page, Not(HasSubstr(server_.place())));
}

TEST_F(LinkedPictureTest, TrapsAreToldAndNotFollowed) {
    auto moved = web::redirect(302, "/pictures/vert.jpg");
    server_.sell({{"moved.jpg", moved},
                  {"page.jpg", {.content_type = "text/html", .body = "<p>404</p>"}},
                  {"moving.gif", {.content_type = "image/gif", .body = "GIF89a"}},
                  {"vert.jpg", photograph()}});
    start();
    read_feed();
    EXPECT_EQ(outcome(),
              (Outcome{{"fetched", 1}, {"waiting no_picture", 2}, {"waiting redirected", 1}}));
    EXPECT_EQ(server_.asked(), 4);
}

TEST_F(LinkedPictureTest, IsNotReadFromOurOwnNetwork) {
    installation_.add_territory("ville");
    installation_.start();
    territory_ = installation_.territory("ville");
    const ProductId book{1};
    database().write([&](store::Tx& tx) {
        const std::string url = "http://127.0.0.1/secret.jpg";
        const std::array told{catalogue::ToldLink{book, url}};
        catalogue::tell_of_pictures(tx, {territory_, ShopId{1}, ShelfImportId{7}}, told,
                                    installation_.clock.now());
    });
    run_jobs();
    const auto counts = database().read(
        [&](store::Tx& tx) { return catalogue::count_links(tx, territory_, ShelfImportId{7}); });
    ASSERT_THAT(counts, SizeIs(1));
    EXPECT_EQ(counts.front().state, LinkState::failed);
    EXPECT_EQ(counts.front().failure, "private_address");
    EXPECT_EQ(server_.asked(), 0);
}

TEST_F(LinkedPictureTest, OutOfReachForFourHoursCostsNothingButAge) {
    server_.sell({{"a.jpg", photograph()}, {"b.jpg", photograph()}, {"c.jpg", photograph()}});
    server_.go_away(true);
    start();
    read_feed();
    EXPECT_EQ(outcome(), (Outcome{{"waiting failed", 3}}));
    for (auto gone = 0min; gone < 4h; ++gone) {
        installation_.clock.advance(1min);
        run_jobs();
    }
    EXPECT_LE(server_.asked(), 20);
    EXPECT_THAT(pictures(), IsEmpty());
    server_.go_away(false);
    for (auto gone = 0min; gone < 61min; ++gone) {
        installation_.clock.advance(1min);
        run_jobs();
    }
    EXPECT_EQ(outcome(), (Outcome{{"fetched", 3}}));
}

}  // namespace
}  // namespace emplettes
