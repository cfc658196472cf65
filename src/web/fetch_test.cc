#include "web/fetch.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "web/test_server.h"

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;

// A shop's server on a free port, and a file for what is read from it.
class Fetch : public ::testing::Test {
  protected:
    Fetch()
        : folder_(std::filesystem::temp_directory_path() /
                  ("fetch_test." + std::to_string(::getpid()))) {
        prepare_spool(folder_);
        shop_.router.add(Method::get, "/feed.csv", [](const Request&) {
            Response response{.content_type = "text/csv", .body = "ean13;qty\n"};
            response.add_header("Last-Modified", "Sun, 22 Nov 2026 09:30:00 GMT");
            return response;
        });
        shop_.router.add(Method::get, "/dated.csv", [](const Request& request) {
            Response response{.content_type = "text/csv", .body = "ean13;qty\n"};
            response.add_header("Cache-Control", "no-store");  // so that it gets no ETag
            response.add_header("Last-Modified", "Sun, 22 Nov 2026 09:30:00 GMT");
            if (request.header("if-modified-since") == response.header("Last-Modified"))
                response.status = 304;
            return response;
        });
        shop_.router.add(Method::get, "/moved", [](const Request&) {
            return redirect(302, "http://169.254.169.254/latest/meta-data/");
        });
        for (const int status : {401, 403, 404, 410, 418, 500, 503})
            shop_.router.add(Method::get, "/" + std::to_string(status), [status](const Request&) {
                return Response{.status = status, .body = "an error's page"};
            });
        limits_.allow = {"127.0.0.1:" + std::to_string(shop_.port())};
    }
    ~Fetch() override { std::filesystem::remove_all(folder_); }

    std::string url(std::string_view path) {
        return "http://127.0.0.1:" + std::to_string(shop_.port()) + std::string(path);
    }
    Result<Fetched, FetchError> get(std::string url, std::string validator = {}) {
        file_ = std::make_unique<SpoolFile>(folder_);
        return fetch({.url = std::move(url), .validator = std::move(validator)}, limits_, *file_);
    }
    FetchError error(const std::string& url) { return get(url).error(); }
    std::string content() const {
        std::ostringstream text;
        text << std::ifstream(file_->path(), std::ios::binary).rdbuf();
        return text.str();
    }

    const std::filesystem::path folder_;
    TestServer shop_;
    FetchLimits limits_;
    std::unique_ptr<SpoolFile> file_;
};

TEST_F(Fetch, ReadsAFeedAndAsksWhetherItHasChanged) {
    const auto first = get(url("/feed.csv"));
    ASSERT_TRUE(first);
    EXPECT_EQ(content(), "ean13;qty\n");
    EXPECT_EQ(first->bytes, 10U);
    EXPECT_THAT(first->validator, ::testing::StartsWith("W/\""));
    const auto again = get(url("/feed.csv"), first->validator);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->is_unchanged);
    EXPECT_EQ(again->validator, first->validator);
    EXPECT_EQ(content(), "");
    EXPECT_FALSE(get(url("/feed.csv"), "\"another\"")->is_unchanged);
}

TEST_F(Fetch, AsksByTheDateWhereThereIsNoTag) {
    const auto first = get(url("/dated.csv"));
    ASSERT_TRUE(first);
    EXPECT_EQ(first->validator, "Sun, 22 Nov 2026 09:30:00 GMT");
    EXPECT_TRUE(get(url("/dated.csv"), first->validator)->is_unchanged);
}

TEST_F(Fetch, UnpacksWithinTheLimit) {
    const auto packed = get(url("/long"));  // 8 MB of one letter, a few KB on the way
    ASSERT_TRUE(packed);
    EXPECT_EQ(packed->bytes, 8'000'000U);
    limits_.bytes_max = 1'000'000;
    EXPECT_EQ(error(url("/long")), FetchError::too_long);
    EXPECT_LE(file_->size(), 1'000'000U);
}

TEST_F(Fetch, FollowsNoRedirect) { EXPECT_EQ(error(url("/moved")), FetchError::redirected); }

TEST_F(Fetch, TellsOneFailureFromAnother) {
    EXPECT_EQ(error(url("/401")), FetchError::refused);
    EXPECT_EQ(error(url("/403")), FetchError::refused);
    EXPECT_EQ(error(url("/404")), FetchError::gone);
    EXPECT_EQ(error(url("/410")), FetchError::gone);
    EXPECT_EQ(error(url("/418")), FetchError::failed);
    EXPECT_EQ(error(url("/500")), FetchError::failed);
    EXPECT_EQ(error(url("/503")), FetchError::failed);
    EXPECT_EQ(content(), "");
    const std::string feed = url("/feed.csv");
    shop_.server->stop();
    EXPECT_EQ(error(feed), FetchError::unreachable);
}

TEST_F(Fetch, IsStoppedByItsDeadlineAndByUs) {
    limits_.deadline = 1s;
    EXPECT_EQ(error(url("/gate")), FetchError::too_slow);
    shop_.gate.open();
    SpoolFile file(folder_);
    const auto stopped =
        fetch({.url = url("/long"), .is_stopping = [] { return true; }}, limits_, file);
    EXPECT_EQ(stopped.error(), FetchError::stopped);
}

TEST_F(Fetch, ConnectsToPublicAddressesOnly) {
    limits_.allow.clear();
    for (const auto* there :
         {"http://127.0.0.1/", "https://127.0.0.1/", "http://localhost/", "http://2130706433/",
          "http://0x7f000001/", "http://127.1/", "http://0.0.0.0/", "http://10.0.0.1/",
          "http://192.168.1.1/", "http://172.31.255.255/", "http://100.64.0.1/",
          "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://[::ffff:8.8.8.8]/",
          "http://[fe80::1]/", "http://[fd00:ec2::254]/", "http://[64:ff9b::808:808]/"})
        EXPECT_EQ(error(there), FetchError::private_address) << there;
}

TEST_F(Fetch, TakesWebAddressesOnly) {
    const std::string port = std::to_string(shop_.port());
    for (const std::string& there :
         {std::string(), std::string("feed.csv"), std::string("file:///etc/passwd"),
          std::string("ftp://example.org/feed"), std::string("gopher://example.org/"),
          std::string("http://"), std::string("http://shop:secret@example.org/"),
          std::string("http://example.org:22/"), "http://localhost:" + port + "/feed.csv",
          "http://example.org/" + std::string(2'000, 'x')})
        EXPECT_EQ(error(there), FetchError::bad_url) << there;
}

TEST(PlaceOf, NamesHostAndPort) {
    EXPECT_EQ(place_of("https://Tea.Example/feed.csv?a=b"), "tea.example:443");
    EXPECT_EQ(place_of("http://tea.example"), "tea.example:80");
    EXPECT_EQ(place_of("http://tea.example:8080/"), "tea.example:8080");
    EXPECT_EQ(place_of("feed.csv"), "");
}

TEST_F(Fetch, TakesNoProxyFromTheEnvironment) {
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    EXPECT_TRUE(get(url("/feed.csv")));
    unsetenv("http_proxy");
}

}  // namespace
}  // namespace emplettes::web
