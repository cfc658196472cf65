#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "web/spool_file.h"

namespace emplettes::web {

inline constexpr std::size_t kUrlBytesMax = 2'000;

struct FetchLimits {
    std::uint64_t bytes_max = std::uint64_t{256} << 20;  // unpacked, too
    std::chrono::seconds connect_deadline{15};
    std::chrono::seconds deadline{900};  // for all of it
    long bytes_per_s_min = 1024;         // over any...
    long slow_s_max = 60;                // ...so many seconds
    // "host:port" of places that may be read though they are not of the public internet, or not
    // on the usual ports.
    std::vector<std::string> allow = {};
};

struct FetchRequest {
    std::string url;
    std::string validator = {};                                // of an earlier answer; empty: none
    std::function<bool()> is_stopping = [] { return false; };  // asked about once a second
};

struct Fetched {
    bool is_unchanged = false;  // since the answer that had the validator; then nothing was written
    std::string validator;      // an opaque word to ask with next time; may be empty
    std::uint64_t bytes = 0;

    bool operator==(const Fetched&) const = default;
};

enum class FetchError {
    bad_url,          // not http or https, with a name and a password, or on another port
    private_address,  // a name that leads into a network that is not public
    unknown_host,     // a name without an address
    unreachable,      // or the connection broke
    bad_certificate,
    redirected,  // never followed: its owner writes where it leads
    refused,     // 401, 403
    gone,        // 404, 410
    failed,      // another status: the server's trouble
    too_long,
    too_slow,
    stopped,  // by is_stopping
    disk_full,
};
std::string_view fetch_error_name(FetchError error);  // the enumerator's word

// Whether an address can be asked at all: http or https, without a password, on a usual port or
// allowed. Where its name leads shows only when it is read.
bool is_fetchable(const std::string& url, const FetchLimits& limits);

// "host:port" of an address, in small letters; empty when it is none.
std::string place_of(const std::string& url);

// Reads an address of the web into a file; waits for it. Follows no redirect, takes no proxy from
// the environment, sends no cookie, and connects to public addresses only: each address is looked
// at as its socket is opened, so that a name cannot change its mind in between. What was written
// before an error stays in the file. Throws std::system_error when the file cannot be written for
// another reason than a full disk.
Result<Fetched, FetchError> fetch(const FetchRequest& request, const FetchLimits& limits,
                                  SpoolFile& file);

}  // namespace emplettes::web
