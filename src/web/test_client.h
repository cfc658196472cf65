#pragma once
// For tests: a server on a free port of 127.0.0.1, and a client that sends exactly the given bytes.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace emplettes::web {

class TestClient {
  public:
    explicit TestClient(std::uint16_t port);
    ~TestClient();
    TestClient(const TestClient&) = delete;
    TestClient& operator=(const TestClient&) = delete;

    void send(std::string_view bytes);

    struct Answer {
        int status = 0;
        std::string head;
        std::string body;
        std::string header(std::string_view name) const;
    };
    // One answer, by its Content-Length; none when the connection ends first. `body_follows` is
    // false for the answer to HEAD.
    std::optional<Answer> receive(bool body_follows = true);
    // Until `text` has come (and everything up to its end); empty when the connection ends first.
    std::string receive_until(std::string_view text);
    bool is_closed();  // waits for the end of the connection

    Answer get(std::string_view target, std::string_view more_headers = "");

  private:
    bool fill();  // false at the end

    int socket_;
    std::string received_;
};

}  // namespace emplettes::web
