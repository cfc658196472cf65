#pragma once
// Inside of the server: what its sessions share. Included by server.cc and session.cc only.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "web/answer.h"
#include "web/server.h"
#include "web/shield/answer_cache.h"
#include "web/shield/connection_gate.h"
#include "web/shield/route_costs.h"
#include "web/shield/shield.h"
#include "web/worker_pool.h"

namespace emplettes::web {

class Session;
using SessionPtr = std::shared_ptr<Session>;

// Everything here belongs to the I/O thread unless it says otherwise.
class ServerCore : public std::enable_shared_from_this<ServerCore> {
  public:
    ServerCore(ServerConfig config, ServerParts parts);

    void start();
    void stop();  // any thread

    // For sessions:
    std::string next_id();
    // The connection's address, or what a trusted proxy says.
    std::string client_address(const std::string& peer, std::string_view forwarded_for) const;
    Response refusal(const Request& request, int status) const;  // any thread
    void forget(const SessionPtr& session);  // a session that has closed its socket
    bool subscribe(const std::string& topic, const SessionPtr& session);  // false: too many
    void unsubscribe(const std::string& topic, const SessionPtr& session);
    void in_flight(int change);
    // Whether a small answer may be made by the I/O thread itself: while it keeps up.
    bool keeps_up() const;
    Shield::Moment moment() const;
    std::chrono::milliseconds idle_deadline() const;
    // An answer of less than 200 bytes, whole; `keep` the connection.
    std::string busy_answer(bool keep);
    bool may_word_refusal();  // in a page: only so many of them are made
    std::string policy_lines(const PageNeeds& needs) const;
    // A body of this client is spooled from now on; false: there are too many.
    bool begin_spool(const std::string& client);
    bool add_spooled(std::size_t bytes);  // false: too many bytes are spooled
    void end_spool(const std::string& client, std::size_t bytes);

    const ServerConfig config;  // read by all threads, as are the next five
    const AnswerRules answer_rules;
    const ServerParts parts;
    boost::asio::io_context io{1};
    WorkerPool pool;
    RouteCosts costs;
    AnswerCache answers;
    std::uint16_t port = 0;
    std::string fixed_head;         // the same lines in every answer
    std::string usual_policies;     // the lines of pages that need nothing
    std::string date;               // as in the Date header; renewed by the sweep
    std::vector<char> read_buffer;  // bytes just read, until their session keeps them
    bool is_stopping = false;

  private:
    using tcp = boost::asio::ip::tcp;

    void listen();
    void accept();
    void admit(tcp::socket socket);
    bool has_room(const std::string& address);
    bool close_one_of_the_most();
    bool is_trusted(std::string_view address) const;
    void sweep();
    void renew_date();
    void look_at_shield(SteadyTime now);
    std::uint32_t retry_after_s() const;  // any thread
    void begin_stop();
    void end_when_empty();
    void deliver(const std::string& topic, const EventHub::Frame& frame);

    tcp::acceptor acceptor_{io};
    boost::asio::steady_timer sweep_timer_{io};
    boost::asio::steady_timer accept_pause_{io};
    std::unordered_set<SessionPtr> sessions_;
    ConnectionGate gate_;
    std::vector<std::list<Session*>> by_prefix_;  // in the order in which they came
    std::unordered_map<std::string, std::vector<SessionPtr>> streams_;
    std::size_t stream_count_ = 0;
    std::size_t in_flight_ = 0;
    std::unordered_map<std::string, std::size_t> spools_;  // of each client
    std::uint64_t spooled_bytes_ = 0;
    int pages_left_ = 0;  // of refusals, until the next sweep
    SteadyTime sweep_due_ = SteadyTime::max() - std::chrono::hours{1};
    bool is_late_ = false;  // the last sweep was
    mutable std::atomic<std::uint32_t> retry_turn_{0};
    std::string id_prefix_;
    std::uint32_t id_count_ = 0;
    std::mutex stop_mutex_;
    std::thread io_thread_;
};

}  // namespace emplettes::web
