#include "notices/test_peer.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "base/text.h"

namespace emplettes::notices {
namespace {

// Debian's own, which finds Debian's packages; another may come first in the path.
constexpr const char* kPython = "/usr/bin/python3";

}  // namespace

TestFolder::TestFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "emplettes_peer_XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
    path_ = name;
}

TestFolder::~TestFolder() { std::filesystem::remove_all(path_); }

std::vector<Json> TestFolder::lines(const std::string& name) const {
    std::vector<Json> lines;
    std::ifstream stream(path_ / name);
    for (std::string line; std::getline(stream, line);) lines.push_back(parse_json(line));
    return lines;
}

void TestFolder::make_certificate() const {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout " +
        file("key.pem") + " -out " + file("cert.pem") + " 2> /dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
}

TestPeer::TestPeer(const std::string& script, std::vector<std::string> arguments) {
    std::vector<std::string> command{
        kPython, std::string(EMPLETTES_SOURCE_DIR) + "/src/notices/testdata/" + script};
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : command) argv.push_back(word.data());
    argv.push_back(nullptr);

    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    const int failed = ::posix_spawn(&process_, kPython, &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) throw std::runtime_error("cannot start " + script);

    std::string said;
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) said += c;
    ::close(ends[0]);
    port_ = parse_int(said).value_or(0);
    if (port_ == 0) throw std::runtime_error(script + " did not start: is python3-aiosmtpd here?");
}

TestPeer::~TestPeer() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

}  // namespace emplettes::notices
