// The only file that includes Beast: it is slow to compile.
#include "web/request_parser.h"

#include <boost/beast/core/error.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <limits>
#include <optional>

#include "base/check.h"
#include "base/text.h"
#include "web/form.h"
#include "web/uri.h"

namespace emplettes::web {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

constexpr std::string_view kHeadEnd = "\r\n\r\n";
// A chunk's size line; longer ones are hostile.
constexpr std::size_t kChunkLineBytesMax = 64;
// "0\r\n\r\n" is still to come of every chunked body; Beast 1.74 asserts that it never sees less.
constexpr std::size_t kChunkedRestBytesMin = 5;

std::string_view view(string_view text) { return {text.data(), text.size()}; }

std::optional<Method> known_method(http::verb verb) {
    // Beast knows thirty-odd verbs, we seven.
    if (verb == http::verb::get) return Method::get;
    if (verb == http::verb::head) return Method::head;
    if (verb == http::verb::post) return Method::post;
    if (verb == http::verb::put) return Method::put;
    if (verb == http::verb::patch) return Method::patch;
    if (verb == http::verb::delete_) return Method::delete_;
    if (verb == http::verb::options) return Method::options;
    return std::nullopt;
}

// No bare line feeds, and none of what Beast accepts: folded lines and tabs. `head` ends with an
// empty line.
bool is_plain_head(std::string_view head) {
    for (auto at = head.find('\n'); at != std::string_view::npos; at = head.find('\n', at + 1)) {
        if (at == 0 || head[at - 1] != '\r') return false;
    }
    return head.find('\t') == std::string_view::npos && head.find("\n ") == std::string_view::npos;
}

bool may_come_once_only(http::field field) {
    return field == http::field::host || field == http::field::content_length ||
           field == http::field::transfer_encoding || field == http::field::content_type ||
           field == http::field::authorization || field == http::field::origin;
}

}  // namespace

class RequestParser::Message final : public http::basic_parser<true> {
  public:
    explicit Message(const ParserLimits& limits) : limits_(limits) {
        header_limit(std::numeric_limits<std::uint32_t>::max());  // the head comes whole
        body_limit(std::numeric_limits<std::uint64_t>::max());    // limit_body does it
    }

    std::size_t feed_head(std::string_view bytes) {
        const auto end = bytes.find(kHeadEnd);
        const std::size_t length = end == std::string_view::npos ? bytes.size() : end + 4;
        if (length > limits_.head_bytes_max) {
            const bool in_first_line = bytes.find('\n') > limits_.target_bytes_max;
            refuse(in_first_line ? 414 : 431);
            return 0;
        }
        if (end == std::string_view::npos) return 0;
        if (!is_plain_head(bytes.substr(0, length))) {
            refuse(400);
            return 0;
        }
        return put_some(bytes.substr(0, length));
    }

    std::size_t feed_body(std::string_view bytes) {
        std::size_t used = 0;
        const std::size_t least = chunked() ? kChunkedRestBytesMin : 1;
        while (state == State::body && bytes.size() - used >= least) {
            const std::size_t step = put_some(bytes.substr(used));
            if (step == 0) break;
            used += step;
        }
        // Only a chunk's size line can leave bytes behind.
        if (state == State::body && bytes.size() - used > kChunkLineBytesMax) refuse(400);
        return used;
    }

    void limit_body(std::size_t bytes_max) {
        body_bytes_max_ = bytes_max;
        if (content_length().value_or(0) > bytes_max) refuse(413);
    }

    void refuse(int status) {
        state = State::refused;
        refusal = status;
    }

    Request request;
    BodySink sink;
    State state = State::head;
    int refusal = 0;
    bool is_http10 = false;
    bool has_unknown_method = false;

  private:
    std::size_t put_some(std::string_view bytes) {
        error_code error;
        const std::size_t used = put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
        if (state == State::refused) return used;
        if (error && error != http::error::need_more)
            refuse(error == http::error::bad_version ? 505 : 400);
        else if (is_done())
            state = State::complete;
        else if (is_header_done())
            state = State::body;
        return used;
    }

    void stop(int status, error_code& error) {
        refuse(status);
        error = http::error::bad_value;
    }

    void on_request_impl(http::verb verb, string_view, string_view target, int version,
                         error_code& error) override {
        if (version != 10 && version != 11) return stop(505, error);
        if (target.size() > limits_.target_bytes_max) return stop(414, error);
        is_http10 = version == 10;
        request.target = view(target);
        const auto method = known_method(verb);
        has_unknown_method = !method;
        if (!method) return;
        request.method = *method;
        const auto parts = split_target(request.target);
        auto path = parts ? decode_path(parts->path) : std::nullopt;
        if (!path) return stop(400, error);
        request.path = std::move(*path);
        auto query = parse_form(parts->query);
        if (!query) return stop(400, error);
        request.query = std::move(query).value();
        if (parts->authority.empty()) return;
        auto host = host_name(parts->authority);
        if (!host) return stop(400, error);
        request.host = std::move(*host);
    }

    void on_field_impl(http::field field, string_view name, string_view value,
                       error_code& error) override {
        if (is_header_done()) return stop(400, error);  // a trailer
        if (++headers_ > limits_.headers_max) return stop(431, error);
        std::string key = to_lower_ascii(view(name));
        if (request.headers.find(key)) {
            if (may_come_once_only(field)) return stop(400, error);
            repeated_ = true;
        }
        // Beast takes "2, 2" as well.
        if (field == http::field::content_length &&
            value.find_first_not_of("0123456789") != string_view::npos)
            return stop(400, error);
        if (field == http::field::host && !take_host(view(value))) return stop(400, error);
        if (field == http::field::transfer_encoding &&
            (is_http10 || !boost::beast::iequals(value, "chunked")))
            return stop(is_http10 ? 400 : 501, error);
        request.headers.add(std::move(key), std::string(view(value)));
    }

    // The host of a whole URL as target wins over the header (RFC 9112 §3.2.2).
    bool take_host(std::string_view authority) {
        auto host = host_name(authority);
        if (host && request.host.empty()) request.host = std::move(*host);
        return host.has_value();
    }

    void on_header_impl(error_code& error) override {
        const bool has_host = request.headers.find("host").has_value();
        if (!has_host && !is_http10) return stop(400, error);
        if (repeated_) join_repeated();
    }

    void join_repeated() {
        std::vector<std::pair<std::string, std::string>> joined;
        for (const auto& [name, value] : request.headers.all()) {
            const auto is_same = [&wanted = name](const auto& f) { return f.first == wanted; };
            const auto before = std::find_if(joined.begin(), joined.end(), is_same);
            if (before == joined.end())
                joined.emplace_back(name, value);
            else
                before->second += (name == "cookie" ? "; " : ", ") + value;
        }
        request.headers.clear();
        for (auto& [name, value] : joined) request.headers.add(std::move(name), std::move(value));
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        if (length) request.body.reserve(std::min<std::size_t>(*length, 64 * 1024));
    }

    std::size_t append(string_view part, error_code& error) {
        if (part.size() > body_bytes_max_ - body_bytes_) {
            stop(413, error);
            return 0;
        }
        body_bytes_ += part.size();
        if (!sink) {
            request.body.append(part.data(), part.size());
        } else if (const int status = sink(view(part)); status != 0) {
            stop(status, error);
            return 0;
        }
        return part.size();
    }
    std::size_t on_body_impl(string_view part, error_code& error) override {
        return append(part, error);
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code& error) override {
        return append(part, error);
    }
    void on_chunk_header_impl(std::uint64_t size, string_view extensions,
                              error_code& error) override {
        if (!extensions.empty()) return stop(400, error);
        if (size > body_bytes_max_) stop(413, error);
    }
    void on_finish_impl(error_code&) override {}
    void on_response_impl(int, string_view, int, error_code&) override {}

    const ParserLimits& limits_;
    std::size_t headers_ = 0;
    std::size_t body_bytes_max_ = 0;
    std::size_t body_bytes_ = 0;
    bool repeated_ = false;
};

RequestParser::RequestParser(const ParserLimits& limits) : limits_(limits) { reset(); }
RequestParser::~RequestParser() = default;

void RequestParser::reset() { message_ = std::make_unique<Message>(limits_); }

std::size_t RequestParser::feed(std::string_view bytes) {
    switch (message_->state) {
        case State::head: return message_->feed_head(bytes);
        case State::body: return message_->feed_body(bytes);
        case State::complete:
        case State::refused: break;
    }
    return 0;
}

RequestParser::State RequestParser::state() const { return message_->state; }
Request& RequestParser::request() { return message_->request; }
int RequestParser::refusal() const { return message_->refusal; }
bool RequestParser::keep_alive() const {
    return message_->is_header_done() && message_->keep_alive();
}
bool RequestParser::is_http10() const { return message_->is_http10; }
bool RequestParser::has_unknown_method() const { return message_->has_unknown_method; }
bool RequestParser::expects_continue() const {
    return !is_http10() &&
           boost::beast::iequals(string_view(message_->request.header("expect").data(),
                                             message_->request.header("expect").size()),
                                 "100-continue");
}
bool RequestParser::has_unknown_expectation() const {
    return !message_->request.header("expect").empty() && !expects_continue() && !is_http10();
}
void RequestParser::limit_body(std::size_t bytes_max) { message_->limit_body(bytes_max); }
void RequestParser::send_body_to(BodySink sink) { message_->sink = std::move(sink); }

}  // namespace emplettes::web
