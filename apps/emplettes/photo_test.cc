// A photograph's way: from a form at the counter, through a process of its own, to the pages of
// neighbours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "accounts/session.h"
#include "base/json.h"
#include "base/text.h"
#include "catalogue/shop.h"
#include "emplettes/test_installation.h"
#include "pictures/decode.h"
#include "pictures/test_pictures.h"
#include "scenario/http_client.h"

namespace emplettes {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kToken(43, 't');

// What stands between `before` and `after`.
std::string cut(std::string_view text, std::string_view before, std::string_view after) {
    const auto start = text.find(before);
    if (start == std::string_view::npos) return {};
    const auto rest = text.substr(start + before.size());
    return std::string(rest.substr(0, rest.find(after)));
}

// The only picture that a page tells search engines of; empty: none.
std::string image_in_json_ld(const std::string& page) {
    const Json json = parse_json(cut(page, "<script type=\"application/ld+json\">", "</script>"));
    EXPECT_TRUE(json.is_object());
    if (!json.contains("image")) return {};
    EXPECT_EQ(json["image"].size(), 1U);
    return json["image"][0].get<std::string>();
}

// Claire, at the counter of the only shop.
class PhotoTest : public testing::Test {
  protected:
    PhotoTest() {
        installation_.add_territory("ville");
        App& app = installation_.start();
        const TerritoryId ville = installation_.territory("ville");
        const Instant now = installation_.clock.now();
        app.database().write([&](store::Tx& tx) {
            const auto shop = catalogue::load_shops(tx, ville).front();
            shop_ = shop.slug;
            const auto account = accounts::load_or_make_account(
                tx, ville, {.email = "claire@example.org", .language = "en"}, ids_, now);
            check(accounts::grant_role(
                      tx, ville,
                      {.account = account.id,
                       .grant = {.role = accounts::Role::shopkeeper, .shop = shop.id}},
                      now)
                      .ok());
            accounts::start_session(
                tx, ville, {.id = SessionId{1}, .token = kToken, .account = account.id}, now);
        });
        client_ = std::make_unique<scenario::HttpClient>("http://127.0.0.1:" +
                                                         std::to_string(app.port()));
    }

    scenario::Answer send(const std::string& method, const std::string& target,
                          const std::string& content_type = {}, const std::string& body = {}) {
        scenario::Headers headers = {{"Host", "ville.example"}, {"Cookie", "session=" + kToken}};
        if (!content_type.empty()) headers.emplace_back("Content-Type", content_type);
        return client_->send(
            {.method = method, .target = target, .headers = headers, .body = body});
    }
    std::string url() const { return "/en/counter/" + shop_ + "/pictures"; }
    std::string token() { return cut(send("GET", url()).body, "name=\"csrf\" value=\"", "\""); }

    scenario::Answer upload(const std::string& bytes, const std::string& product = "0") {
        std::string body;
        for (const auto& [name, value] : {std::pair<std::string, std::string>{"csrf", token()},
                                          {"product", product},
                                          {"caption", "The window at Christmas"}})
            body += "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value +
                    "\r\n";
        body +=
            "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a.jpg\"\r\n"
            "Content-Type: image/jpeg\r\n\r\n" +
            bytes + "\r\n--b--\r\n";
        return send("POST", url(), "multipart/form-data; boundary=b", body);
    }
    int change(const std::string& id, const std::string& step) {
        return send("POST", url() + "/" + id + "/" + step, "application/x-www-form-urlencoded",
                    "csrf=" + token() + "&caption=Words")
            .status;
    }

    TestInstallation installation_;
    IdSource ids_{installation_.clock, 2};
    std::string shop_;
    std::unique_ptr<scenario::HttpClient> client_;
};

TEST_F(PhotoTest, OfTheFrontIsSeenOnThePageOfTheShop) {
    const std::string page = "/en/shops/" + shop_;
    EXPECT_THAT(send("GET", page).body, Not(HasSubstr("/pictures/")));
    EXPECT_EQ(image_in_json_ld(send("GET", page).body), "");
    const auto added = upload(pictures::jpeg_of(
        pictures::four_colours({.width = 900, .height = 600}), pictures::phone_exif(6)));
    ASSERT_EQ(added.status, 303) << added.body;
    installation_.app().run_jobs();
    const std::string shown = send("GET", page).body;
    EXPECT_THAT(shown, HasSubstr("alt=\"The window at Christmas\""));
    EXPECT_THAT(shown, HasSubstr("width=\"600\" height=\"900\""));  // upright
    EXPECT_THAT(image_in_json_ld(shown),
                testing::MatchesRegex("http://ville.example:[0-9]+/.*webp"));
    const std::string file = "/pictures/" + cut(shown, "src=\"/pictures/", "\"");
    const auto picture = send("GET", file);
    EXPECT_EQ(picture.status, 200);
    EXPECT_EQ(*picture.find_header("Content-Type"), "image/webp");
    EXPECT_THAT(*picture.find_header("Cache-Control"), HasSubstr("immutable"));
    const auto seen = pictures::decode_picture(picture.body, 2'560);
    ASSERT_TRUE(seen);
    EXPECT_EQ(pictures::corners(*seen), "3142");
    EXPECT_THAT(picture.body, Not(HasSubstr("48.8790N")));
    const auto avif = send("GET", cut(shown, "type=\"image/avif\" srcset=\"", " "));
    EXPECT_EQ(*avif.find_header("Content-Type"), "image/avif");
    EXPECT_EQ(send("GET", "/pictures/" + std::string(64, 'a') + "-320.webp").status, 404);
    EXPECT_TRUE(std::filesystem::is_empty(installation_.path() / "spool"));
}

TEST_F(PhotoTest, OfAProductIsSeenWhereverItIs) {
    const std::string product = cut(send("GET", "/en/shops/" + shop_).body, "/en/products/", "\"");
    const std::string id = product.substr(0, product.find('?'));
    const auto added =
        upload(pictures::png_of(pictures::four_colours({.width = 300, .height = 400})), id);
    ASSERT_EQ(added.status, 303) << added.body;
    EXPECT_EQ(*added.find_header("Location"), url() + "?product=" + id);
    installation_.app().run_jobs();
    const std::string of_product = image_in_json_ld(send("GET", "/en/products/" + id).body);
    ASSERT_THAT(of_product, HasSubstr("/pictures/"));
    EXPECT_EQ(send("GET", of_product.substr(of_product.find("/pictures/"))).status, 200);
    for (const std::string& page : {"/en/products/" + id, "/en/shops/" + shop_})
        EXPECT_THAT(send("GET", page).body, HasSubstr("class=\"cover photo")) << page;
}

TEST_F(PhotoTest, IsTakenAwayWithTheShop) {
    const std::string everything = "/en/counter/" + shop_ + "/export.zip";
    EXPECT_THAT(send("GET", everything).body, Not(HasSubstr("pictures/")));
    const std::string png = pictures::png_of(pictures::four_colours({.width = 30, .height = 40}));
    ASSERT_EQ(upload(png).status, 303);
    EXPECT_THAT(send("GET", everything).body, HasSubstr("pictures/front-1.webp"));
}

TEST_F(PhotoTest, ItsFilesGoADayAfterItself) {
    const std::string png = pictures::png_of(pictures::four_colours({.width = 30, .height = 40}));
    ASSERT_EQ(upload(png).status, 303);
    const std::string form = send("GET", url()).body;
    const std::string id = cut(form, "action=\"" + url() + "/", "/caption\"");
    const std::string file = "/pictures/" + cut(form, "src=\"/pictures/", "\"");
    // The disk's clock is not the test's.
    const auto files = installation_.path() / "pictures" / "ville";
    const auto age = [&](std::chrono::hours since) {
        for (const auto& entry : std::filesystem::directory_iterator(files))
            std::filesystem::last_write_time(
                entry.path(), std::chrono::file_clock::from_sys(installation_.clock.now() - since));
    };
    age(std::chrono::hours{25});
    installation_.clock.advance(std::chrono::hours{2});
    installation_.app().run_jobs();
    EXPECT_EQ(send("GET", file).status, 200);
    ASSERT_EQ(change(id, "delete"), 303);
    age(std::chrono::hours{23});
    installation_.clock.advance(std::chrono::minutes{30});
    installation_.app().run_jobs();
    EXPECT_EQ(send("GET", file).status, 200);
    installation_.clock.advance(std::chrono::hours{2});
    installation_.app().run_jobs();
    EXPECT_EQ(send("GET", file).status, 404);
    EXPECT_TRUE(std::filesystem::is_empty(files));
}

TEST_F(PhotoTest, IsRefusedWithAReason) {
    const auto text = upload("GIF89a");
    EXPECT_EQ(text.status, 422);
    EXPECT_THAT(text.body, HasSubstr("neither JPEG nor PNG"));
    const std::string png = pictures::png_of(pictures::four_colours({.width = 30, .height = 40}));
    const auto bomb = upload(pictures::claim_png_size(png, {.width = 40'000, .height = 40'000}));
    EXPECT_EQ(bomb.status, 422);
    EXPECT_THAT(bomb.body, HasSubstr("64 million pixels"));
    EXPECT_THAT(upload(png.substr(0, 50)).body, HasSubstr("damaged or incomplete"));
    EXPECT_EQ(upload(png, "99").status, 404);
    EXPECT_EQ(upload(png).status, 303);
    EXPECT_EQ(upload(png).status, 409);
    EXPECT_EQ(send("POST", url(), "application/x-www-form-urlencoded", "csrf=" + token()).status,
              415);
}

TEST_F(PhotoTest, IsChangedByItsShop) {
    const std::string png = pictures::png_of(pictures::four_colours({.width = 30, .height = 40}));
    const std::string other = pictures::png_of(pictures::four_colours({.width = 40, .height = 30}));
    ASSERT_EQ(upload(png).status, 303);
    ASSERT_EQ(upload(other).status, 303);
    const std::string second = cut(send("GET", url()).body, "action=\"" + url() + "/", "/first\"");
    const std::string id = second.substr(second.rfind('/') + 1);
    EXPECT_EQ(change(id, "first"), 303);
    EXPECT_EQ(change(id, "caption"), 303);
    EXPECT_THAT(send("GET", url()).body, HasSubstr("value=\"Words\""));
    EXPECT_EQ(change(id, "elsewhere"), 404);
    EXPECT_EQ(change(id, "delete"), 303);
    EXPECT_EQ(change(id, "delete"), 404);
    EXPECT_THAT(send("GET", url()).body, Not(HasSubstr("value=\"Words\"")));
}

}  // namespace
}  // namespace emplettes
