#pragma once
// Inside of the server: one connection. Included by server.cc and session.cc only.
#include <deque>

#include "web/server_core.h"

namespace emplettes::web {

// Lives on the I/O thread, but for run(), which a worker calls while the session waits for it.
//
//   idle -> head -> body -> handling -> writing -> idle ...       one request after the other
//                                               -> streaming      server-sent events
//                                               -> draining       our last word is said
class Session final : public Work, public std::enable_shared_from_this<Session> {
  public:
    using Socket = boost::asio::ip::tcp::socket;

    Session(ServerCore& core, Socket socket, std::string address);

    void start();
    void run() override;  // calls the handler, then hands its answer to the I/O thread
    void turn_away(TurnedAway why) override;
    void send_event(const EventHub::Frame& frame);
    void look_at_clock(SteadyTime now);  // ends what has taken too long, sends heartbeats
    void begin_stop(SteadyTime until);   // closes what carries no request
    void close();

    // It carries no request that has wholly arrived.
    bool may_be_closed() const { return phase_ == Phase::idle || phase_ == Phase::head; }
    // Where the server keeps it.
    struct Place {
        std::int32_t row = 0;
        std::list<Session*>::iterator at;
    };
    Place place;
    SteadyTime deadline() const { return deadline_; }
    const std::string& address() const { return address_; }

  private:
    enum class Phase { idle, head, body, handling, writing, streaming, draining, closed };

    // These return whether the loop of advance() may go on with the next request.
    bool read_request();
    bool serve();
    bool refuse(int status);
    bool refuse_busy(TurnedAway why);
    bool answer();
    bool write_rest();
    bool write_file();
    bool stop_writing(bool may_go_on);
    bool on_written();

    void advance();
    void wait_readable();
    void wait_writable();
    void on_readable();
    void wait_for_bytes();
    int begin_spool();
    int spool(std::string_view piece);
    void end_spool();
    void on_head();
    int early_refusal();
    void call_handler();
    void take_turn();
    bool answer_kept(const Response& kept);
    void keep_answer();
    void report_failure(std::exception_ptr failure);
    void end_exchange();
    void begin_draining();
    void enter(Phase phase, std::chrono::milliseconds limit);

    ServerCore& core_;
    Socket socket_;
    const std::string address_;
    Phase phase_ = Phase::idle;
    SteadyTime deadline_;

    RequestParser parser_;
    std::string input_;  // bytes read and not yet parsed
    std::size_t drained_ = 0;
    std::size_t body_bytes_ = 0;  // of the request that arrives
    std::string spooling_;        // the client whose body is spooled; empty: nobody's
    std::size_t spooled_ = 0;

    // The request being answered.
    Router::Match match_;
    Response response_;
    SteadyTime started_;
    bool keep_alive_ = false;
    bool is_in_flight_ = false;
    Shield::Judged judged_;     // where it takes a turn
    std::int64_t cost_us_ = 0;  // what its route took the last time, then what it took
    bool is_brief_ = false;     // it was turned away in a line

    // What is being sent: first head_, then body_, then the answer's file; written_ counts through
    // all of them.
    std::string head_;
    std::string_view body_;
    std::size_t written_ = 0;
    std::size_t file_bytes_ = 0;
    SteadyTime answered_;

    std::deque<EventHub::Frame> events_;  // the first is being sent
};

}  // namespace emplettes::web
