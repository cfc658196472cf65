#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/json.h"

namespace emplettes::notices {

// A folder that is gone with its test.
class TestFolder {
  public:
    TestFolder();
    ~TestFolder();
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    // The lines of a file of JSON lines; none when it is not there.
    std::vector<Json> lines(const std::string& name) const;
    // A certificate for 127.0.0.1 and localhost, and its key: "cert.pem", "key.pem".
    void make_certificate() const;
    std::string file(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

// Another program on a loopback port: a script of testdata/, which prints the port first. Ends with
// it.
class TestPeer {
  public:
    TestPeer(const std::string& script, std::vector<std::string> arguments);
    ~TestPeer();
    TestPeer(const TestPeer&) = delete;
    TestPeer& operator=(const TestPeer&) = delete;

    std::string port() const { return std::to_string(port_); }

  private:
    pid_t process_ = 0;
    std::int64_t port_ = 0;
};

}  // namespace emplettes::notices
