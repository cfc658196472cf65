#include "web/server.h"

#include <sched.h>

#include <algorithm>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <stdexcept>

#include "base/random.h"
#include "base/text.h"
#include "web/problem.h"
#include "web/session.h"
#include "web/shield/forwarded.h"

namespace emplettes::web {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kSweepEvery{100};
constexpr milliseconds kAcceptPause{100};  // when the system has no file descriptors left
constexpr std::size_t kReadBufferBytes = 64 * 1024;
constexpr int kBacklog = 4096;
constexpr milliseconds kLate{30};          // a sweep that is so late: the thread has too much to do
constexpr std::size_t kReservedPart = 10;  // of the connections, in an alarm
constexpr int kWordedRefusals = 5;         // pages between two sweeps
constexpr std::uint32_t kRetryAfterS = 2;
constexpr std::uint32_t kRetryJitterS = 4;  // not all at once
constexpr std::string_view kTooManyConnections =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nContent-Length: 0\r\n"
    "Connection: close\r\n\r\n";

std::string fixed_lines(const ServerConfig& config) {
    std::string lines;
    const auto add = [&](std::string_view name, std::string_view value) {
        lines.append(name).append(": ").append(value).append("\r\n");
    };
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "same-origin");
    add("Cross-Origin-Opener-Policy", "same-origin");
    if (config.behind_https)
        add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    return lines;
}

// "Sun, 22 Nov 2026 09:30:00 GMT" (RFC 9110 §5.6.7); not strftime, which asks the locale.
std::string http_date(Instant now) {
    constexpr std::string_view kDays = "SunMonTueWedThuFriSat";
    constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{now - day};
    const auto two = [](auto number) {
        const auto n = static_cast<unsigned>(number);
        return std::string{static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
    };
    std::string text(kDays.substr(3 * std::chrono::weekday(day).c_encoding(), 3));
    text += ", " + two(static_cast<unsigned>(date.day())) + ' ';
    text += kMonths.substr(3 * (static_cast<unsigned>(date.month()) - 1), 3);
    text += ' ' + std::to_string(static_cast<int>(date.year())) + ' ';
    text += two(time.hours().count()) + ':' + two(time.minutes().count()) + ':';
    return text + two(time.seconds().count()) + " GMT";
}

// Those that this process may use.
std::size_t own_processors() {
    cpu_set_t own;
    CPU_ZERO(&own);
    if (::sched_getaffinity(0, sizeof own, &own) != 0) return 1;
    return static_cast<std::size_t>(CPU_COUNT(&own));
}

[[noreturn]] void fail_to_listen(const ServerConfig& config, const error_code& error) {
    const std::string where = config.address + " port " + std::to_string(config.port);
    if (error == asio::error::address_in_use)
        throw std::runtime_error("Port " + std::to_string(config.port) + " on " + config.address +
                                 " is already in use. Stop the program that has it, or choose "
                                 "another port with --port.");
    if (error == asio::error::access_denied)
        throw std::runtime_error("Not allowed to listen on " + where +
                                 ". Ports below 1024 need privileges: choose another with --port.");
    throw std::runtime_error("Cannot listen on " + where + ": " + error.message() + ".");
}

}  // namespace

ErrorPages ErrorPages::problems() {
    return {.refusal =
                [](const Request& request, int status) {
                    return problem_response({.status = status, .instance = request.id});
                },
            .failure =
                [](const Request& request, const std::exception_ptr&) {
                    return problem_response({.status = 500, .instance = request.id});
                }};
}

ServerCore::ServerCore(ServerConfig server_config, ServerParts server_parts)
    : config(std::move(server_config)),
      answer_rules{.compress = config.compress, .compress_bytes_min = config.compress_bytes_min},
      parts(std::move(server_parts)),
      pool({.threads = config.workers,
            .queue_max = static_cast<std::uint32_t>(config.queue_max),
            .brief_max = parts.shield.is_on() ? own_processors() + 1 : 0,
            .is_fair = parts.shield.is_on()}),
      costs(parts.router.routes().size()),
      answers(parts.shield.hash()),
      fixed_head(fixed_lines(config)),
      usual_policies(policy_lines({})),
      read_buffer(kReadBufferBytes),
      gate_({.all = config.connections_max,
             .per_host = config.connections_per_address_max,
             .per_prefix = config.connections_per_prefix_max,
             .per_region = config.connections_per_region_max},
            parts.shield.hash()),
      by_prefix_(config.connections_max) {
    if (!config.spool_folder.empty()) prepare_spool(config.spool_folder);
    SystemRandom random;
    id_prefix_ = random.url_token(6);
    renew_date();
    listen();
}

void ServerCore::listen() {
    error_code error;
    const auto address = asio::ip::make_address(config.address, error);
    if (error)
        throw std::runtime_error("\"" + config.address + "\" is not an IP address to listen on.");
    const tcp::endpoint endpoint(address, config.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && address.is_v6()) acceptor_.set_option(asio::ip::v6_only(false), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(kBacklog, error);
    if (error) fail_to_listen(config, error);
    port = acceptor_.local_endpoint().port();
}

void ServerCore::start() {
    parts.metrics.watch(parts.router.routes());
    parts.events.attach([core = shared_from_this()](std::string topic, EventHub::Frame frame) {
        asio::post(core->io, [&core = *core, topic = std::move(topic), frame = std::move(frame)] {
            core.parts.events.delivered();
            core.deliver(topic, frame);
        });
    });
    accept();
    sweep();
    io_thread_ = std::thread([this] { io.run(); });
}

void ServerCore::accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
        if (is_stopping || error == asio::error::operation_aborted) return;
        if (!error) {
            admit(std::move(socket));
            return accept();
        }
        accept_pause_.expires_after(kAcceptPause);
        accept_pause_.async_wait([this](error_code cancelled) {
            if (!cancelled) accept();
        });
    });
}

void ServerCore::admit(tcp::socket socket) {
    error_code error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;
    std::string address = peer.address().to_string();
    if (address.starts_with("::ffff:")) address.erase(0, 7);
    if (!has_room(address)) {
        parts.metrics.refused();
        socket.non_blocking(true, error);
        socket.write_some(asio::buffer(kTooManyConnections), error);
        return;
    }
    const std::int32_t row = gate_.enter(read_network_address(address));
    auto session = std::make_shared<Session>(*this, std::move(socket), std::move(address));
    auto& neighbours = by_prefix_[static_cast<std::size_t>(row)];
    session->place = {.row = row, .at = neighbours.insert(neighbours.end(), session.get())};
    sessions_.insert(session);
    parts.metrics.connections(sessions_.size());
    session->start();
}

bool ServerCore::has_room(const std::string& address) {
    const NetworkAddress network = read_network_address(address);
    const std::size_t reserved = config.connections_max / kReservedPart;
    if (!is_trusted(address)) {
        if (!gate_.has_room(network)) return false;
        if (sessions_.size() + reserved >= config.connections_max &&
            !parts.shield.was_here(network))
            return false;
    }
    return sessions_.size() < config.connections_max || close_one_of_the_most();
}

// Of the network that has most, the one that has been here longest without asking anything.
bool ServerCore::close_one_of_the_most() {
    const auto row = gate_.greediest();
    if (row < 0) return false;
    for (Session* session : by_prefix_[static_cast<std::size_t>(row)]) {
        if (!session->may_be_closed()) continue;
        session->close();
        return true;
    }
    return false;
}

bool ServerCore::is_trusted(std::string_view address) const {
    return is_among(config.trusted_proxies, address);
}

std::string ServerCore::client_address(const std::string& peer,
                                       std::string_view forwarded_for) const {
    return client_behind(peer, forwarded_for, config.trusted_proxies);
}

std::string ServerCore::next_id() {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string id = id_prefix_;
    const std::uint32_t count = ++id_count_;
    for (int shift = 28; shift >= 0; shift -= 4) id += kHex[(count >> shift) & 15];
    return id;
}

Response ServerCore::refusal(const Request& request, int status) const {
    Response response;
    try {
        response = parts.pages.refusal(request, status);
        finish_answer({.compress = false}, request, response);
    } catch (...) {
        response = ErrorPages::problems().refusal(request, status);
    }
    if (status == 503) response.add_header("Retry-After", std::to_string(retry_after_s()));
    return response;
}

std::uint32_t ServerCore::retry_after_s() const {
    return kRetryAfterS + retry_turn_.fetch_add(1, std::memory_order_relaxed) % kRetryJitterS;
}

std::string ServerCore::busy_answer(bool keep) {
    std::string answer = "HTTP/1.1 503 Busy\r\nRetry-After: " + std::to_string(retry_after_s()) +
                         "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " +
                         std::to_string(parts.pages.busy.size());
    answer += keep ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n";
    return answer + parts.pages.busy;
}

bool ServerCore::may_word_refusal() { return pages_left_-- > 0; }

bool ServerCore::keeps_up() const {
    return !parts.shield.is_on() || (!is_late_ && !parts.shield.has_alarm() && pool.queued() == 0);
}

Shield::Moment ServerCore::moment() const {
    return {.now = steady_clock::now(), .at = parts.clock.now()};
}

milliseconds ServerCore::idle_deadline() const {
    return parts.shield.has_alarm() ? std::min(config.idle_deadline, config.alarm_idle_deadline)
                                    : config.idle_deadline;
}

void ServerCore::in_flight(int change) {
    in_flight_ += static_cast<std::size_t>(change);
    parts.metrics.in_flight(in_flight_);
    parts.metrics.queued(pool.queued());
}

std::string ServerCore::policy_lines(const PageNeeds& needs) const {
    return "Content-Security-Policy: " +
           widen_content_policy(config.content_security_policy, needs) +
           "\r\nPermissions-Policy: " + widen_permissions(config.permissions_policy, needs) +
           "\r\n";
}

bool ServerCore::begin_spool(const std::string& client) {
    if (config.spool_folder.empty()) return false;
    std::size_t& open = spools_[client];
    if (open >= config.spools_per_address_max) return false;
    ++open;
    return true;
}

bool ServerCore::add_spooled(std::size_t bytes) {
    spooled_bytes_ += bytes;
    return spooled_bytes_ <= config.spool_bytes_max;
}

void ServerCore::end_spool(const std::string& client, std::size_t bytes) {
    spooled_bytes_ -= bytes;
    const auto open = spools_.find(client);
    if (open != spools_.end() && --open->second == 0) spools_.erase(open);
}

void ServerCore::forget(const SessionPtr& session) {
    gate_.leave(read_network_address(session->address()));
    by_prefix_[static_cast<std::size_t>(session->place.row)].erase(session->place.at);
    sessions_.erase(session);
    parts.metrics.connections(sessions_.size());
    end_when_empty();
}

bool ServerCore::subscribe(const std::string& topic, const SessionPtr& session) {
    if (stream_count_ >= config.event_streams_max || is_stopping) return false;
    streams_[topic].push_back(session);
    ++stream_count_;
    return true;
}

void ServerCore::unsubscribe(const std::string& topic, const SessionPtr& session) {
    const auto stream = streams_.find(topic);
    if (stream == streams_.end()) return;
    stream_count_ -= std::erase(stream->second, session);
    if (stream->second.empty()) streams_.erase(stream);
}

void ServerCore::deliver(const std::string& topic, const EventHub::Frame& frame) {
    const auto stream = streams_.find(topic);
    if (stream == streams_.end()) return;
    // A copy: a slow reader that is dropped leaves the list.
    const std::vector<SessionPtr> readers = stream->second;
    for (const auto& session : readers) session->send_event(frame);
}

void ServerCore::renew_date() { date = http_date(parts.clock.now()); }

void ServerCore::look_at_shield(SteadyTime now) {
    is_late_ = now > sweep_due_ + kLate;
    sweep_due_ = now + kSweepEvery;
    pages_left_ = kWordedRefusals;
    pool.turn_away_late();
    const auto load = pool.look();
    parts.shield.look(
        {.utilisation = load.utilisation, .limit = load.limit, .queued = pool.queued()}, moment());
}

void ServerCore::sweep() {
    renew_date();
    const auto now = steady_clock::now();
    look_at_shield(now);
    std::vector<SessionPtr> due;
    for (const auto& session : sessions_) {
        if (session->deadline() <= now) due.push_back(session);
    }
    for (const auto& session : due) session->look_at_clock(now);
    if (is_stopping && sessions_.empty()) return;
    sweep_timer_.expires_after(kSweepEvery);
    sweep_timer_.async_wait([this](error_code cancelled) {
        if (!cancelled) sweep();
    });
}

void ServerCore::begin_stop() {
    is_stopping = true;
    error_code ignored;
    acceptor_.close(ignored);
    accept_pause_.cancel();
    const std::vector<SessionPtr> all(sessions_.begin(), sessions_.end());
    for (const auto& session : all) session->begin_stop(steady_clock::now() + config.stop_deadline);
    end_when_empty();
}

// Without sessions, acceptor and timer nothing is left to do, and io.run() returns.
void ServerCore::end_when_empty() {
    if (is_stopping && sessions_.empty()) sweep_timer_.cancel();
}

void ServerCore::stop() {
    const std::lock_guard lock(stop_mutex_);
    if (!io_thread_.joinable()) return;
    asio::post(io, [this] { begin_stop(); });
    io_thread_.join();
    parts.events.attach(nullptr);
    pool.finish();
}

Server::Server(ServerConfig config, ServerParts parts)
    : core_(std::make_shared<ServerCore>(std::move(config), std::move(parts))) {
    core_->start();
}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return core_->port; }

void Server::stop() { core_->stop(); }

}  // namespace emplettes::web
