#pragma once
#include <string>
#include <string_view>

#include "scenario/scenario.h"

namespace emplettes::scenario {

struct Answer {
    int status = 0;
    Headers headers;
    std::string body;

    const std::string* find_header(std::string_view name) const;  // ignoring case
};

// One keep-alive connection to one server. Throws std::runtime_error when no answer comes within
// 20 s. Not thread-safe.
class HttpClient {
  public:
    explicit HttpClient(std::string base_url);  // "http://127.0.0.1:4711"
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    Answer send(const Request& request);

  private:
    std::string base_url_;
    void* curl_;  // CURL*
};

}  // namespace emplettes::scenario
