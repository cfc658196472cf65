#pragma once
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "web/access_log.h"
#include "web/event_hub.h"
#include "web/http.h"
#include "web/metrics.h"
#include "web/request_parser.h"
#include "web/router.h"
#include "web/shield/shield_config.h"

namespace emplettes::web {

class ServerCore;
class Shield;

// Every limit of the server, with its name in the settings file.
struct ServerConfig {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one
    bool behind_https = false;  // a proxy in front speaks TLS: sends HSTS
    // Their X-Forwarded-For is believed, and they may open any number of connections.
    std::vector<std::string> trusted_proxies = {};

    ShieldConfig shield = {};

    std::size_t workers = 64;
    std::size_t queue_max = 512;  // requests of one worth (shield/worth.h) waiting; then 503

    ParserLimits parser = {};                // else 431, 414
    std::size_t body_bytes_max = 64 * 1024;  // else 413; a route may set its own
    // Bodies of routes that spool them.
    std::string spool_folder = {};  // made when it is not there; none: then 503
    std::uint64_t spool_bytes_max = std::uint64_t{2} << 30;         // of all at once; else 503
    std::uint64_t spool_free_bytes_min = std::uint64_t{256} << 20;  // stays on the disk; else 507
    std::size_t spools_per_address_max = 4;                         // at once; else 503
    std::size_t spool_bytes_per_s_min = 16 * 1024;                  // after body_deadline; else 408

    std::size_t connections_max = 10'000;  // then one of the network that has most is closed
    std::size_t connections_per_address_max = 256;   // IPv6: of a /64
    std::size_t connections_per_prefix_max = 1'024;  // IPv4 /24, IPv6 /48
    std::size_t connections_per_region_max = 4'096;  // IPv4 /16, IPv6 /40
    std::size_t event_streams_max = 2'000;
    std::size_t event_queue_max = 64;  // events not yet sent to one reader; then it is dropped

    std::chrono::milliseconds head_deadline{5'000};     // from its first byte; else 408
    std::chrono::milliseconds body_deadline{30'000};    // from the end of the head; else 408
    std::chrono::milliseconds body_grace{5'000};        // then it comes at...
    std::size_t body_bytes_per_s_min = 1024;            // ...this rate at least; else 408
    std::chrono::milliseconds handler_deadline{5'000};  // Request::deadline
    std::chrono::milliseconds idle_deadline{15'000};    // between two requests
    std::chrono::milliseconds alarm_idle_deadline{2'000};
    std::chrono::milliseconds write_deadline{10'000};  // plus one second per...
    std::size_t write_bytes_per_s_min = 4 * 1024;      // ...this many bytes of answer
    std::chrono::milliseconds heartbeat{15'000};       // of event streams
    std::chrono::milliseconds stop_deadline{10'000};   // for requests that are still arriving

    bool compress = true;  // dynamic answers, when the client asks for it
    std::size_t compress_bytes_min = 1'500;
    std::string content_security_policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; manifest-src 'self'";
    std::string permissions_policy =
        "geolocation=(self), camera=(), microphone=(), payment=(), usb=()";
};

// How the site words what went wrong. Both must be quick; the answer's status is theirs to set.
struct ErrorPages {
    // The server refuses: 400, 403, 404, 405, 408, 413, 414, 417, 431, 501, 503, 505, 507. Called
    // on the I/O thread; the request may be half read.
    std::function<Response(const Request&, int status)> refusal;
    // A handler threw. Called where it ran, after the failure was logged and counted.
    std::function<Response(const Request&, std::exception_ptr)> failure;
    // What is sent with 503 while there are too many for pages: one short line of plain text.
    std::string busy = "Busy. Try again in a moment.";

    static ErrorPages problems();  // problem documents (problem.h); failures are 500
};

struct ServerParts {
    const Router& router;
    const Clock& clock;
    EventHub& events;
    Metrics& metrics;
    AccessLog& log;
    Shield& shield;
    ErrorPages pages = ErrorPages::problems();
};

// An HTTP/1.1 server: one I/O thread, and worker threads for the handlers. Requests of one
// connection are answered one after the other, pipelined or not.
//
// Adds to every answer: security headers, a request id, Cache-Control (no-cache, unless the handler
// says otherwise), and to dynamic GET answers an ETag with 304 and, when asked for, compression.
// What a handler throws is caught here and nowhere else.
class Server {
  public:
    // Listens and serves from here on. Throws std::runtime_error, with a text for people, when the
    // address cannot be had. The parts outlive the server.
    Server(ServerConfig config, ServerParts parts);
    ~Server();  // as stop()

    std::uint16_t port() const;

    // Accepts no more connections, answers every request that has arrived, queued ones included,
    // closes idle connections and event streams, and returns when all that is done. May be called
    // more than once and by any thread but those of the server.
    void stop();

  private:
    std::shared_ptr<ServerCore> core_;
};

}  // namespace emplettes::web
