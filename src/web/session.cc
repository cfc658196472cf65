#include "web/session.h"

#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>

#include "base/check.h"
#include "base/text.h"
#include "web/csrf.h"

namespace emplettes::web {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kBurstMax = 16;  // pipelined requests before other connections have their turn
constexpr milliseconds kDrainDeadline{2'000};
constexpr std::size_t kDrainBytesMax = 256 * 1024;
// A browser that uploads reads no answer before all is sent: whose file is refused shall learn why.
constexpr milliseconds kSpoolDrainDeadline{60'000};
constexpr std::size_t kSpoolDrainBytesMax = 64 * 1024 * 1024;
constexpr std::size_t kFileTurnBytes = 1024 * 1024;  // then other connections have their turn
constexpr std::size_t kKeptCapacityMax = 16 * 1024;  // of a buffer between two requests
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr std::string_view kHeartbeat = ": still here\n\n";
constexpr std::string_view kAllMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

bool would_block(const error_code& error) {
    return error == asio::error::would_block || error == asio::error::try_again;
}

void shrink(std::string& buffer) {
    buffer.clear();
    if (buffer.capacity() > kKeptCapacityMax) buffer.shrink_to_fit();
}

}  // namespace

Session::Session(ServerCore& core, Socket socket, std::string address)
    : core_(core),
      socket_(std::move(socket)),
      address_(std::move(address)),
      parser_(core.config.parser) {}

void Session::start() {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    enter(Phase::idle, core_.config.head_deadline);
    wait_readable();
}

void Session::enter(Phase phase, milliseconds limit) {
    phase_ = phase;
    deadline_ = limit == milliseconds::max() ? SteadyTime::max() : steady_clock::now() + limit;
}

// --- reading ---

void Session::wait_readable() {
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](error_code error) {
        if (error == asio::error::operation_aborted) return;
        error ? self->close() : self->on_readable();
    });
}

void Session::on_readable() {
    if (phase_ == Phase::closed) return;
    error_code error;
    const std::size_t count = socket_.read_some(asio::buffer(core_.read_buffer), error);
    if (would_block(error)) return wait_readable();
    if (error) return close();
    if (phase_ == Phase::streaming || phase_ == Phase::draining) {
        drained_ += count;
        const bool is_spooled = match_.route && match_.route->is_spooled;
        const std::size_t most = is_spooled ? kSpoolDrainBytesMax : kDrainBytesMax;
        return drained_ > most ? close() : wait_readable();
    }
    input_.append(core_.read_buffer.data(), count);
    advance();
}

void Session::advance() {
    for (int burst = 0; burst < kBurstMax; ++burst) {
        if (!read_request() || !serve()) return;
    }
    asio::post(core_.io, [self = shared_from_this()] { self->advance(); });
}

bool Session::read_request() {
    if (phase_ == Phase::closed) return false;
    std::size_t used = 0;
    while (true) {
        const auto before = parser_.state();
        const std::size_t fed = parser_.feed(std::string_view(input_).substr(used));
        used += fed;
        if (before == RequestParser::State::body) body_bytes_ += fed;
        const auto after = parser_.state();
        if (before == RequestParser::State::head && after != before) on_head();
        if (after == before || after == RequestParser::State::complete) break;
        const int status = early_refusal();
        if (status == 0) continue;
        refuse(status);
        return false;
    }
    used == input_.size() ? shrink(input_) : void(input_.erase(0, used));
    if (parser_.state() == RequestParser::State::complete) return true;
    wait_for_bytes();
    return false;
}

void Session::wait_for_bytes() {
    const auto& config = core_.config;
    if (parser_.state() == RequestParser::State::body) {
        if (phase_ != Phase::body) enter(Phase::body, config.body_deadline);
        const bool is_spooled = !spooling_.empty();
        const milliseconds for_size{
            1000 * body_bytes_ /
            (is_spooled ? config.spool_bytes_per_s_min : config.body_bytes_per_s_min)};
        if (is_spooled && !core_.is_stopping)
            deadline_ = started_ + config.body_deadline + for_size;
        else if (!is_spooled)
            deadline_ = std::min(
                deadline_, started_ + std::min(config.body_deadline, config.body_grace + for_size));
    } else if (!input_.empty()) {
        if (phase_ != Phase::head) enter(Phase::head, config.head_deadline);
    }
    wait_readable();
}

// The head has arrived, or was refused; the body has not been looked at.
void Session::on_head() {
    Request& request = parser_.request();
    started_ = steady_clock::now();
    body_bytes_ = 0;
    request.id = core_.next_id();
    request.deadline = started_ + core_.config.handler_deadline;
    request.remote_address = core_.client_address(address_, request.header("x-forwarded-for"));
    keep_alive_ = parser_.keep_alive() && !core_.is_stopping;
    if (parser_.state() == RequestParser::State::refused || parser_.has_unknown_method()) return;
    match_ = core_.parts.router.match(request);
    if (parser_.state() != RequestParser::State::body) return;
    const std::size_t own_limit = match_.route ? match_.route->body_bytes_max : 0;
    parser_.limit_body(own_limit ? own_limit : core_.config.body_bytes_max);
}

// The status with which to refuse a request before its body is read; 0 to go on.
int Session::early_refusal() {
    if (parser_.state() == RequestParser::State::refused) return parser_.refusal();
    if (parser_.has_unknown_method()) return 405;
    if (parser_.has_unknown_expectation()) return 417;
    if (!match_.route) return match_.allow.empty() ? 404 : 405;
    if (match_.route->is_spooled) {
        if (const int status = begin_spool(); status != 0) return status;
    }
    if (!parser_.expects_continue()) return 0;
    error_code error;
    socket_.write_some(asio::buffer(kContinue), error);
    return error ? 503 : 0;
}

int Session::begin_spool() {
    Request& request = parser_.request();
    if (is_cross_site(request)) return 403;
    if (!core_.begin_spool(request.remote_address)) return 503;
    spooling_ = request.remote_address;
    const auto declared = parse_int(request.header("content-length")).value_or(0);
    const RoomWanted wanted{.bytes = static_cast<std::uint64_t>(declared),
                            .spare = core_.config.spool_free_bytes_min};
    if (!has_room(core_.config.spool_folder, wanted)) return 507;
    try {
        request.body_file = std::make_shared<SpoolFile>(core_.config.spool_folder);
    } catch (const std::system_error& error) {
        core_.parts.log.failed(request, match_.route->pattern, error.what());
        return is_disk_full(error.code()) ? 507 : 503;
    }
    parser_.send_body_to([this](std::string_view piece) { return spool(piece); });
    return 0;
}

int Session::spool(std::string_view piece) {
    const Request& request = parser_.request();
    spooled_ += piece.size();
    if (!core_.add_spooled(piece.size())) return 503;
    const auto error = request.body_file->append(piece);
    if (!error) return 0;
    core_.parts.log.failed(request, match_.route->pattern, error.message());
    return is_disk_full(error) ? 507 : 503;
}

// The file goes, unless the handler kept it.
void Session::end_spool() {
    parser_.request().body_file.reset();
    if (spooling_.empty()) return;
    core_.end_spool(spooling_, spooled_);
    spooling_.clear();
    spooled_ = 0;
}

// --- answering ---

bool Session::serve() {
    if (parser_.has_unknown_method()) return refuse(405);
    if (!match_.route) return refuse(match_.allow.empty() ? 404 : 405);
    core_.in_flight(+1);
    is_in_flight_ = true;
    if (!spooling_.empty())  // what came slowly has not waited in the queue
        parser_.request().deadline = steady_clock::now() + core_.config.handler_deadline;
    const auto shared_for = match_.route->shared_for;
    if (shared_for.count() > 0 && !core_.keeps_up()) {
        const auto moment = core_.moment();
        const Response* kept =
            core_.answers.find(parser_.request(), shared_for, {moment.now, moment.at});
        if (kept) return answer_kept(*kept);
    }
    if (match_.route->inline_ok && core_.keeps_up()) {
        call_handler();
        keep_answer();
        return answer();
    }
    enter(Phase::handling, milliseconds::max());
    take_turn();
    return false;
}

// The request boundary: what a handler throws ends here.
void Session::call_handler() {
    const Request& request = parser_.request();
    std::exception_ptr failure;
    try {
        response_ = match_.route->handler(request);
        finish_answer(core_.answer_rules, request, response_);
        return;
    } catch (...) {
        failure = std::current_exception();
    }
    report_failure(failure);
    try {
        response_ = core_.parts.pages.failure(request, failure);
        finish_answer(core_.answer_rules, request, response_);
    } catch (...) {
        response_ = ErrorPages::problems().failure(request, failure);
    }
}

bool Session::refuse(int status) {
    if (parser_.state() != RequestParser::State::complete) keep_alive_ = false;
    response_ = core_.refusal(parser_.request(), status);
    if (status == 405)
        response_.add_header("Allow",
                             match_.allow.empty() ? std::string(kAllMethods) : match_.allow);
    return answer();
}

bool Session::answer() {
    const Request& request = parser_.request();
    if (!response_.event_topic.empty()) {
        if (request.method == Method::head) {
            response_.event_topic.clear();
        } else if (!core_.subscribe(response_.event_topic, shared_from_this())) {
            return refuse(503);
        }
        keep_alive_ = false;
    }
    if (core_.is_stopping) keep_alive_ = false;
    const bool is_usual = response_.needs == PageNeeds{};
    const std::string widened = is_usual ? std::string() : core_.policy_lines(response_.needs);
    write_head({.fixed = core_.fixed_head,
                .policies = is_usual ? core_.usual_policies : widened,
                .date = core_.date,
                .close = !keep_alive_ && response_.event_topic.empty(),
                .http10 = parser_.is_http10()},
               request, response_, head_);
    body_ = sent_body(request, response_);
    file_bytes_ = response_.file && sends_body(request, response_) ? response_.file->size() : 0;
    written_ = 0;
    answered_ = steady_clock::now();
    const milliseconds for_size{1000 * body_.size() / core_.config.write_bytes_per_s_min};
    enter(Phase::writing, core_.config.write_deadline + for_size);
    return write_rest();
}

bool Session::write_rest() {
    while (written_ < head_.size() + body_.size()) {
        const std::size_t from_head = std::min(written_, head_.size());
        const std::array<asio::const_buffer, 2> rest{
            asio::buffer(head_) + from_head,
            asio::buffer(body_.data(), body_.size()) + (written_ - from_head)};
        error_code error;
        written_ += socket_.write_some(rest, error);
        if (error) return stop_writing(would_block(error));
    }
    return file_bytes_ > 0 ? write_file() : on_written();
}

// The rest of the answer comes later, or never.
bool Session::stop_writing(bool may_go_on) {
    may_go_on ? wait_writable() : close();
    return false;
}

bool Session::write_file() {
    const std::size_t before = head_.size() + body_.size();
    const std::size_t turn_ends = written_ + kFileTurnBytes;
    auto& buffer = core_.read_buffer;
    while (written_ < before + file_bytes_) {
        if (written_ >= turn_ends) return stop_writing(true);
        const std::size_t at = written_ - before;
        const auto count =
            ::pread(response_.file->handle(), buffer.data(),
                    std::min(buffer.size(), file_bytes_ - at), static_cast<off_t>(at));
        if (count <= 0) return stop_writing(false);  // it is shorter than we have promised
        error_code error;
        written_ +=
            socket_.write_some(asio::buffer(buffer.data(), static_cast<std::size_t>(count)), error);
        const milliseconds for_size{1000 * written_ / core_.config.write_bytes_per_s_min};
        deadline_ = answered_ + core_.config.write_deadline + for_size;
        if (error) return stop_writing(would_block(error));
    }
    return on_written();
}

void Session::wait_writable() {
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](error_code error) {
        if (error == asio::error::operation_aborted || self->phase_ == Phase::closed) return;
        if (error) return self->close();
        if (self->write_rest()) self->advance();
    });
}

bool Session::on_written() {
    if (phase_ == Phase::streaming) {
        events_.pop_front();
    } else {
        end_exchange();
    }
    if (!response_.event_topic.empty()) {
        if (phase_ != Phase::streaming) wait_readable();
        enter(Phase::streaming, core_.config.heartbeat);
        if (events_.empty()) return false;
        head_.clear();
        body_ = *events_.front();
        written_ = 0;
        enter(Phase::streaming, core_.config.write_deadline);
        return write_rest();
    }
    if (!keep_alive_) {
        begin_draining();
        return false;
    }
    end_spool();
    parser_.reset();
    match_ = {};
    response_ = {};
    is_brief_ = false;
    enter(Phase::idle, core_.idle_deadline());
    return true;
}

void Session::end_exchange() {
    const Request& request = parser_.request();
    const auto took = steady_clock::now() - started_;
    const Route* route = match_.route;
    core_.parts.metrics.finished(
        {.route = route ? std::optional(core_.parts.router.index_of(*route)) : std::nullopt,
         .status = response_.status,
         .took = took});
    // Many are turned away at once: they are counted, not written down one by one.
    if (!is_brief_)
        core_.parts.log.answered({.at = core_.parts.clock.now_precise(),
                                  .request = request,
                                  .route = route ? std::string_view(route->pattern) : "",
                                  .status = response_.status,
                                  .took = took,
                                  .bytes = body_.size() + file_bytes_});
    if (std::exchange(is_in_flight_, false)) core_.in_flight(-1);
}

void Session::report_failure(std::exception_ptr failure) {
    const auto log = [&](std::string_view what) {
        core_.parts.log.failed(parser_.request(), match_.route->pattern, what);
    };
    try {
        std::rethrow_exception(std::move(failure));
    } catch (const Bug& bug) {
        core_.parts.metrics.bug();
        log(bug.what());
    } catch (const std::exception& fault) {
        core_.parts.metrics.fault();
        log(fault.what());
    } catch (...) {
        core_.parts.metrics.fault();
        log("not a std::exception");
    }
}

// --- events, clock, end ---

void Session::send_event(const EventHub::Frame& frame) {
    if (phase_ == Phase::closed) return;
    if (events_.size() >= core_.config.event_queue_max) return close();
    events_.push_back(frame);
    if (phase_ != Phase::streaming || events_.size() > 1) return;
    head_.clear();
    body_ = *events_.front();
    written_ = 0;
    enter(Phase::streaming, core_.config.write_deadline);
    write_rest();
}

void Session::look_at_clock(SteadyTime now) {
    if (now < deadline_) return;
    switch (phase_) {
        case Phase::idle:
        case Phase::writing:
        case Phase::draining: return close();
        case Phase::head:
        case Phase::body:
            if (phase_ == Phase::head) started_ = now;  // there is no whole head to count from
            socket_.cancel();
            refuse(408);
            return;
        case Phase::streaming:
            if (!events_.empty()) return close();  // a reader that does not read
            return send_event(std::make_shared<const std::string>(kHeartbeat));
        case Phase::handling:
        case Phase::closed: return;
    }
}

void Session::begin_stop(SteadyTime until) {
    if (phase_ == Phase::idle || phase_ == Phase::streaming || phase_ == Phase::draining)
        return close();
    if (phase_ == Phase::head || phase_ == Phase::body) deadline_ = std::min(deadline_, until);
}

// Closing at once could destroy our answer on its way, while the other side still sends
// (RFC 9112 §9.6): say that we are done, then read until it is.
void Session::begin_draining() {
    error_code error;
    socket_.shutdown(Socket::shutdown_send, error);
    if (error || core_.is_stopping) return close();
    const bool is_spooled = match_.route && match_.route->is_spooled;
    end_spool();
    enter(Phase::draining, is_spooled ? kSpoolDrainDeadline : kDrainDeadline);
    wait_readable();
}

void Session::close() {
    if (phase_ == Phase::closed) return;
    const bool was_streaming = !response_.event_topic.empty();
    phase_ = Phase::closed;
    error_code ignored;
    socket_.close(ignored);
    if (std::exchange(is_in_flight_, false)) core_.in_flight(-1);
    end_spool();
    if (was_streaming) core_.unsubscribe(response_.event_topic, shared_from_this());
    core_.forget(shared_from_this());
}

}  // namespace emplettes::web
