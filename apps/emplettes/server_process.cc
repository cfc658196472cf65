#include "emplettes/server_process.h"

#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace emplettes {
namespace {

using boost::asio::ip::tcp;

constexpr std::chrono::seconds kStartMax{60};
constexpr std::chrono::milliseconds kProbeEvery{2};

std::uint16_t free_port(boost::asio::io_context& io) {
    tcp::acceptor probe(io, {boost::asio::ip::address_v4::loopback(), 0});
    return probe.local_endpoint().port();
}

bool answers(boost::asio::io_context& io, std::uint16_t port) {
    tcp::socket socket(io);
    boost::system::error_code error;
    socket.connect({boost::asio::ip::address_v4::loopback(), port}, error);
    return !error;
}

[[noreturn]] void become_server(const ServerProcess::Options& options, std::uint16_t port) {
    pin_to_cpu(options.cpu);
    const std::string port_text = std::to_string(port);
    std::vector<const char*> arguments{"emplettes",          "serve",  "--data",
                                       options.data.c_str(), "--port", port_text.c_str(),
                                       "--no-access-log"};
    if (!options.database.empty()) {
        arguments.push_back("--database");
        arguments.push_back(options.database.c_str());
    }
    if (options.behind_proxy) {
        arguments.push_back("--trusted-proxy");
        arguments.push_back("127.0.0.1");
    }
    for (const std::string& argument : options.more) arguments.push_back(argument.c_str());
    arguments.push_back(nullptr);
    ::execv("/proc/self/exe", const_cast<char* const*>(arguments.data()));
    ::_exit(127);
}

}  // namespace

void pin_to_cpu(int cpu) {
    if (cpu < 0) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(cpu), &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

ServerProcess::ServerProcess(const Options& options) {
    boost::asio::io_context io;
    port_ = free_port(io);
    const auto began = std::chrono::steady_clock::now();
    pid_ = ::fork();
    if (pid_ == 0) become_server(options, port_);
    while (!answers(io, port_)) {
        int status = 0;
        const bool is_gone = ::waitpid(pid_, &status, WNOHANG) == pid_;
        if (is_gone) pid_ = -1;
        if (is_gone || std::chrono::steady_clock::now() - began > kStartMax)
            throw std::runtime_error("the server did not start on " + options.data);
        std::this_thread::sleep_for(kProbeEvery);
    }
    start_s_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

ServerProcess::~ServerProcess() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    int status = 0;
    ::waitpid(pid_, &status, 0);
}

void ServerProcess::kill() {
    ::kill(pid_, SIGKILL);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
}

std::int64_t ServerProcess::resident_bytes() const {
    std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
    std::int64_t size = 0;
    std::int64_t resident = 0;
    statm >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

double ServerProcess::cpu_s() const {
    std::ifstream stat("/proc/" + std::to_string(pid_) + "/stat");
    std::string word;
    for (int i = 0; i < 13; ++i) stat >> word;
    std::int64_t user = 0;
    std::int64_t system = 0;
    stat >> user >> system;
    return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace emplettes
