#include "emplettes/flood_proxy.h"

#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "emplettes/server_process.h"

namespace emplettes {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::chrono::seconds kProxyStartMax{10};

std::string settings_of(std::uint16_t port, std::uint16_t to) {
    return "global\n    maxconn 6000\n"
           "defaults\n    mode http\n    timeout client 5s\n    timeout server 5s\n"
           "    timeout connect 2s\n    timeout queue 3s\n    timeout http-request 3s\n"
           "frontend all\n    bind 127.0.0.1:" +
           std::to_string(port) +
           "\n    option forwardfor\n    http-request track-sc0 src table addresses\n"
           "    http-request deny deny_status 429 if { sc_http_req_rate(0) gt 30 }\n"
           "    default_backend shop\n"
           "backend shop\n    server s 127.0.0.1:" +
           std::to_string(to) +
           "\nbackend addresses\n"
           "    stick-table type ip size 100k expire 60s store http_req_rate(10s)\n";
}

bool takes_connections(std::uint16_t port) {
    asio::io_context io;
    tcp::socket socket(io);
    boost::system::error_code error;
    socket.connect({asio::ip::address_v4::loopback(), port}, error);
    return !error;
}

}  // namespace

FloodProxy::FloodProxy(const Options& options) {
    {
        asio::io_context io;
        tcp::acceptor probe(io, {asio::ip::address_v4::loopback(), 0});
        port_ = probe.local_endpoint().port();
    }
    file_ = std::filesystem::temp_directory_path() /
            ("emplettes-flood-" + std::to_string(::getpid()) + ".cfg");
    std::ofstream(file_) << settings_of(port_, options.to);
    pid_ = ::fork();
    if (pid_ == 0) {
        pin_to_cpu(options.cpu);
        if (!options.libraries.empty()) ::setenv("LD_LIBRARY_PATH", options.libraries.c_str(), 1);
        ::execl(options.program.c_str(), "haproxy", "-q", "-db", "-f", file_.c_str(), nullptr);
        ::_exit(127);
    }
    const auto began = std::chrono::steady_clock::now();
    while (!takes_connections(port_)) {
        int status = 0;
        const bool is_gone = ::waitpid(pid_, &status, WNOHANG) == pid_;
        if (is_gone) pid_ = -1;
        if (is_gone || std::chrono::steady_clock::now() - began > kProxyStartMax)
            throw std::runtime_error("HAProxy did not start: " + options.program);
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
}

FloodProxy::~FloodProxy() {
    if (pid_ > 0) {
        ::kill(pid_, SIGTERM);
        int status = 0;
        ::waitpid(pid_, &status, 0);
    }
    std::filesystem::remove(file_);
}

}  // namespace emplettes
