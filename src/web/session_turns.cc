#include <boost/asio/post.hpp>

#include "web/session.h"

// How a session takes its turn, and what it says when it gets none.
namespace emplettes::web {

void Session::take_turn() {
    const Route& route = *match_.route;
    const Shield& shield = core_.parts.shield;
    const auto moment = core_.moment();
    const std::size_t index = core_.parts.router.index_of(route);
    judged_ = core_.parts.shield.judge(parser_.request(), route, moment);
    parser_.request().is_of_known = judged_.asker.worth == Worth::known;
    parser_.request().in_alarm = shield.has_alarm();
    cost_us_ = core_.costs.last_us(index);
    const bool reads = judged_.asker.worth == Worth::read;
    const std::chrono::milliseconds patience = !shield.is_on() ? core_.config.handler_deadline
                                               : reads         ? shield.config().read_patience
                                                               : shield.config().write_patience;
    core_.pool.push({.asker = judged_.asker,
                     .cost_us = cost_us_,
                     .usual_us = core_.costs.usual_us(index),
                     .since = moment.now,
                     .until = moment.now + patience,
                     .work = shared_from_this()},
                    route.waits ? Admission::Lane::waiting : Admission::Lane::brief);
}

void Session::run() {
    const auto began = std::chrono::steady_clock::now();
    if (began > parser_.request().deadline) return turn_away(TurnedAway::too_late);
    call_handler();
    cost_us_ = std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::steady_clock::now() - began)
                   .count();
    core_.costs.add(core_.parts.router.index_of(*match_.route), cost_us_);
    boost::asio::post(core_.io, [self = shared_from_this()] {
        self->core_.parts.shield.done(self->judged_, self->cost_us_);
        self->keep_answer();
        if (self->answer()) self->advance();
    });
}

// One that was made for somebody else.
bool Session::answer_kept(const Response& kept) {
    response_ = kept;
    if (names_etag(parser_.request().header("if-none-match"), response_.header("ETag"))) {
        response_.status = 304;
        response_.body.clear();
    }
    return answer();
}

void Session::keep_answer() {
    if (match_.route->shared_for.count() == 0) return;
    const auto moment = core_.moment();
    core_.answers.keep(parser_.request(), response_, {moment.now, moment.at});
}

void Session::turn_away(TurnedAway why) {
    boost::asio::post(core_.io, [self = shared_from_this(), why] {
        if (self->refuse_busy(why)) self->advance();
    });
}

// Cheap, for there are many: a page says it better, but costs as much as what was asked.
bool Session::refuse_busy(TurnedAway why) {
    const Request& request = parser_.request();
    core_.parts.metrics.refused();
    core_.parts.shield.turned_away(judged_, why, cost_us_);
    const auto moment = core_.moment();
    if (match_.route->shared_for.count() > 0) {
        const Response* old = core_.answers.find_old(request, {moment.now, moment.at});
        if (old) return answer_kept(*old);
    }
    if (request.method == Method::head || core_.may_word_refusal()) return refuse(503);
    if (parser_.is_http10() || core_.is_stopping) keep_alive_ = false;
    response_ = {.status = 503};
    is_brief_ = true;
    head_ = core_.busy_answer(keep_alive_);
    body_ = {};
    file_bytes_ = 0;
    written_ = 0;
    answered_ = std::chrono::steady_clock::now();
    enter(Phase::writing, core_.config.write_deadline);
    return write_rest();
}

}  // namespace emplettes::web
