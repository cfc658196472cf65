// Bodies and answers that are files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>
#include <thread>

#include "web/test_server.h"

namespace emplettes::web {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::size_t kBytesMax = 8 * 1024 * 1024;

// A server with a spool, and two routes that use it.
class SpoolServer {
  public:
    SpoolServer()
        : folder(std::filesystem::temp_directory_path() /
                 ("large_body_test." + std::to_string(::getpid()))) {
        std::filesystem::create_directories(folder);
        server.config.spool_folder = (folder / "spool").string();
        server.config.spool_free_bytes_min = 0;
        add("/size", [](const Request& request) {
            return std::to_string(request.body_file ? request.body_file->size() : 0) + " " +
                   std::to_string(request.body.size());
        });
        add("/keep", [this](const Request& request) {
            request.body_file->keep_as(folder / "kept");
            return std::string("kept");
        });
        add("/wait", [this](const Request&) {
            server.gate.pass();
            return std::string("passed");
        });
        add("/throw", [](const Request&) -> std::string { throw std::runtime_error("no"); });
    }
    ~SpoolServer() {
        server.server.reset();
        std::filesystem::remove_all(folder);
    }

    std::size_t spooled() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(folder / "spool"), {}));
    }
    // The file goes when its answer has been sent, which a client sees a moment earlier.
    void wait_until_spooled(std::size_t count) const {
        while (spooled() != count) std::this_thread::yield();
    }

    const std::filesystem::path folder;
    TestServer server;

  private:
    void add(std::string pattern, std::function<std::string(const Request&)> say) {
        server.router.add({.method = Method::post,
                           .pattern = std::move(pattern),
                           .handler =
                               [say = std::move(say)](const Request& request) {
                                   return Response{.content_type = "text/plain",
                                                   .body = say(request)};
                               },
                           .body_bytes_max = kBytesMax,
                           .is_spooled = true});
    }
};

std::string upload_head(std::string_view target, std::size_t size, std::string_view more = "") {
    return "POST " + std::string(target) +
           " HTTP/1.1\r\nHost: test.example\r\nContent-Length: " + std::to_string(size) + "\r\n" +
           std::string(more) + "\r\n";
}

TestClient::Answer post(SpoolServer& spool, std::string_view target, std::string_view body,
                        std::string_view more = "") {
    TestClient client(spool.server.port());
    client.send(upload_head(target, body.size(), more));
    client.send(body);
    return client.receive().value_or(TestClient::Answer{});
}

TEST(LargeBody, GoesIntoAFileThatEndsWithItsRequest) {
    SpoolServer spool;
    const std::string body(5'000'000, 'x');
    TestClient client(spool.server.port());
    client.send(upload_head("/size", body.size()) + body);
    EXPECT_EQ(client.receive()->body, "5000000 0");
    spool.wait_until_spooled(0);
    client.send(
        "POST /size HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n");
    EXPECT_EQ(client.receive()->body, "12 0");
    client.send(upload_head("/size", 0));
    EXPECT_EQ(client.receive()->body, "0 0");
    EXPECT_EQ(client.get("/small").body, "small");
    EXPECT_EQ(post(spool, "/throw", "x").status, 500);
    spool.wait_until_spooled(0);
}

TEST(LargeBody, StaysWhenItIsKept) {
    SpoolServer spool;
    EXPECT_EQ(post(spool, "/keep", "my shelf").body, "kept");
    spool.wait_until_spooled(0);
    std::ostringstream kept;
    kept << std::ifstream(spool.folder / "kept").rdbuf();
    EXPECT_EQ(kept.str(), "my shelf");
}

TEST(LargeBody, LeavesNothingOfAClientThatGoesAway) {
    SpoolServer spool;
    {
        TestClient client(spool.server.port());
        client.send(upload_head("/size", 1'000) + "half");
        spool.wait_until_spooled(1);
    }
    spool.wait_until_spooled(0);
    const auto left = spool.folder / "spool" / "spool-Ab12Cd";
    std::ofstream(left) << "left by a process that was killed";
    std::filesystem::last_write_time(left, std::filesystem::file_time_type::clock::now() - 25h);
    SpoolServer again;
    again.server.port();
    EXPECT_EQ(again.spooled(), 0U);
}

TEST(LargeBody, HasLimits) {
    SpoolServer spool;
    spool.server.config.spool_bytes_max = 1'000'000;
    TestClient client(spool.server.port());
    client.send(upload_head("/size", kBytesMax + 1));
    EXPECT_EQ(client.receive()->status, 413);
    EXPECT_EQ(post(spool, "/size", std::string(1'000'001, 'x')).status, 503);
    spool.wait_until_spooled(0);
    EXPECT_EQ(post(spool, "/size", std::string(1'000'000, 'x')).status, 200);
    EXPECT_EQ(post(spool, "/size", "x", "Sec-Fetch-Site: cross-site\r\n").status, 403);
    EXPECT_EQ(post(spool, "/size", "x", "Origin: https://evil.example\r\n").status, 403);
}

TEST(LargeBody, AreFewAtOnceForOneAddress) {
    SpoolServer spool;
    spool.server.config.spools_per_address_max = 1;
    TestClient first(spool.server.port());
    first.send(upload_head("/wait", 1) + "x");
    spool.server.gate.wait_for(1);
    EXPECT_EQ(post(spool, "/size", "x").status, 503);
    spool.server.gate.open();
    EXPECT_EQ(first.receive()->body, "passed");
    spool.wait_until_spooled(0);
    EXPECT_EQ(post(spool, "/size", "x").body, "1 0");
}

TEST(LargeBody, NeedsAFolder) {
    SpoolServer spool;
    spool.server.config.spool_folder.clear();
    EXPECT_EQ(post(spool, "/size", "x").status, 503);
}

TEST(LargeBody, IsRefusedBeforeTheDiskIsFull) {
    SpoolServer spool;
    spool.server.config.spool_free_bytes_min = std::uint64_t{1} << 60;
    TestClient client(spool.server.port());
    client.send(upload_head("/size", 1'000));  // refused before a byte of it is sent
    const auto answer = client.receive();
    EXPECT_EQ(answer->status, 507);
    EXPECT_THAT(answer->body, HasSubstr("Insufficient Storage"));
    EXPECT_EQ(spool.spooled(), 0U);
}

TEST(LargeBody, IsRefusedWhenTheDiskFillsUnderIt) {
    // What no write may go beyond is a disk that is full at that place.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    SpoolServer spool;
    spool.server.port();
    const rlimit small{.rlim_cur = 100'000, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const int status = post(spool, "/size", std::string(1'000'000, 'x')).status;
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(status, 507);
    spool.wait_until_spooled(0);
    EXPECT_EQ(post(spool, "/size", "x").body, "1 0");
}

TEST(LargeBody, MayTakeItsTimeButNotForEver) {
    SpoolServer spool;
    spool.server.config.body_deadline = 300ms;
    spool.server.config.spool_bytes_per_s_min = 2'000;
    TestClient slow(spool.server.port());
    slow.send(upload_head("/size", 40'000));
    slow.send(std::string(20'000, 'x'));  // which buys ten seconds
    TestClient idle(spool.server.port());
    idle.send(upload_head("/size", 40'000) + "x");
    EXPECT_EQ(idle.receive()->status, 408);  // more than the flat deadline has gone by
    slow.send(std::string(20'000, 'x'));
    EXPECT_EQ(slow.receive()->body, "40000 0");
}

class AnswerFile : public ::testing::Test {
  protected:
    static constexpr std::size_t kSize = 3'000'001;

    AnswerFile() {
        std::filesystem::create_directories(path_.parent_path());
        std::string text(kSize, 'x');
        text.back() = '.';
        std::ofstream(path_) << text;
        server_.router.add(Method::get, "/export", [this](const Request&) {
            Response response{.content_type = "text/csv",
                              .file = std::make_shared<FileBody>(path_)};
            response.add_header("ETag", "\"v1\"");
            return response;
        });
        server_.router.add(Method::get, "/once", [this](const Request&) {
            return Response{
                .content_type = "application/zip",
                .file = std::make_shared<FileBody>(path_, FileBody::AfterSending::remove)};
        });
    }
    ~AnswerFile() override {
        server_.server.reset();
        std::filesystem::remove_all(path_.parent_path());
    }

    const std::filesystem::path path_ = std::filesystem::temp_directory_path() /
                                        ("answer_file_test." + std::to_string(::getpid())) /
                                        "export.csv";
    TestServer server_;
};

TEST_F(AnswerFile, IsSentWholeAndTheConnectionGoesOn) {
    TestClient client(server_.port());
    for (int i = 0; i < 2; ++i) {
        const auto answer = client.get("/export", "Accept-Encoding: gzip\r\n");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.header("Content-Length"), std::to_string(kSize));
        EXPECT_EQ(answer.header("Content-Encoding"), "");
        ASSERT_EQ(answer.body.size(), kSize);
        EXPECT_EQ(answer.body.find_first_not_of('x'), kSize - 1);
    }
    client.send("HEAD /export HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(client.receive(/*body_follows=*/false)->header("Content-Length"),
              std::to_string(kSize));
    EXPECT_EQ(client.get("/export", "If-None-Match: \"v1\"\r\n").status, 304);
    EXPECT_EQ(client.get("/small").body, "small");
}

TEST_F(AnswerFile, MayBeRemoved) {
    TestClient client(server_.port());
    EXPECT_EQ(client.get("/once").body.size(), kSize);
    EXPECT_FALSE(std::filesystem::exists(path_));
    EXPECT_EQ(client.get("/once").status, 500);  // there is none any more
}

TEST_F(AnswerFile, EndsWithTheConnectionWhenItBecomesShorter) {
    server_.router.add(Method::get, "/shrinking", [this](const Request&) {
        auto file = std::make_shared<FileBody>(path_);
        std::filesystem::resize_file(path_, 10);
        return Response{.content_type = "text/csv", .file = std::move(file)};
    });
    TestClient client(server_.port());
    client.send(get_request("/shrinking"));
    EXPECT_NE(client.receive_until("\r\n\r\nxxxxxxxxxx"), "");
    EXPECT_TRUE(client.is_closed());
}

TEST(PagePolicy, IsWidenedForOnePageOnly) {
    TestServer server;
    server.router.add(Method::get, "/scan", [](const Request&) {
        return Response{
            .body = "scan",
            .needs = {
                .camera = true, .workers = true, .web_assembly = true, .blob_pictures = true}};
    });
    TestClient client(server.port());
    const auto scan = client.get("/scan");
    const auto policy = scan.header("Content-Security-Policy");
    EXPECT_THAT(policy, HasSubstr("script-src 'self' 'wasm-unsafe-eval';"));
    EXPECT_THAT(policy, HasSubstr("img-src 'self' data: blob:;"));
    EXPECT_THAT(policy, HasSubstr("; worker-src 'self'"));
    EXPECT_THAT(policy, HasSubstr("default-src 'none'; "));
    EXPECT_THAT(scan.header("Permissions-Policy"), HasSubstr("camera=(self)"));
    EXPECT_THAT(scan.header("Permissions-Policy"), Not(HasSubstr("camera=()")));
    EXPECT_THAT(scan.header("Permissions-Policy"), HasSubstr("microphone=()"));
    const auto other = client.get("/small");
    EXPECT_EQ(other.header("Content-Security-Policy"), server.config.content_security_policy);
    EXPECT_EQ(other.header("Permissions-Policy"), server.config.permissions_policy);
}

}  // namespace
}  // namespace emplettes::web
