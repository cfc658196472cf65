#include "web/fetch.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <system_error>

#include "base/check.h"
#include "base/text.h"
#include "web/public_address.h"

namespace emplettes::web {
namespace {

constexpr std::string_view kAgent = "Emplettes (reads the feeds of shops)";
constexpr std::size_t kValidatorBytesMax = 300;

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using CurlUrl = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;
using CurlLines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

// What the callbacks of one transfer share.
struct Transfer {
    const FetchRequest& request;
    const FetchLimits& limits;
    SpoolFile& file;
    bool is_allowed = false;  // by name: its address is not looked at
    bool has_body = false;    // the answer is 200
    std::string etag;
    std::string last_modified;
    std::optional<FetchError> error;
    std::error_code write_error;
    CURL* curl = nullptr;
};

std::optional<std::string> part_of(CURLU* url, CURLUPart part, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return std::nullopt;
    std::string result(text);
    curl_free(text);
    return result;
}

bool is_allowed_place(const FetchLimits& limits, const std::string& place) {
    return std::find(limits.allow.begin(), limits.allow.end(), place) != limits.allow.end();
}

// Null when it is none.
CurlUrl parse_url(const std::string& address) {
    CurlUrl url(curl_url(), &curl_url_cleanup);
    if (address.size() > kUrlBytesMax ||
        curl_url_set(url.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK)
        url.reset();
    return url;
}

std::string place_in(CURLU* url) {
    const auto host = part_of(url, CURLUPART_HOST);
    const auto port = part_of(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    return host && port ? to_lower_ascii(*host) + ":" + *port : std::string();
}

// Whether the settings name the place of this address; none when it may not be read.
std::optional<bool> look_at_url(const std::string& address, const FetchLimits& limits) {
    const CurlUrl url = parse_url(address);
    if (!url) return std::nullopt;
    const auto scheme = part_of(url.get(), CURLUPART_SCHEME);
    const std::string place = place_in(url.get());
    if (!scheme || (*scheme != "http" && *scheme != "https") || place.empty()) return std::nullopt;
    if (part_of(url.get(), CURLUPART_USER) || part_of(url.get(), CURLUPART_PASSWORD))
        return std::nullopt;
    if (is_allowed_place(limits, place)) return true;
    if (!place.ends_with(":80") && !place.ends_with(":443")) return std::nullopt;
    return false;
}

std::span<const std::uint8_t> bytes_of(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        const auto& four = reinterpret_cast<const sockaddr_in&>(address).sin_addr;
        return {reinterpret_cast<const std::uint8_t*>(&four), 4};
    }
    if (address.sa_family != AF_INET6) return {};
    const auto& six = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    return {reinterpret_cast<const std::uint8_t*>(&six), 16};
}

// libcurl connects to exactly the address that is looked at here.
curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(context);
    if (!transfer.is_allowed && !is_public_address(bytes_of(address->addr))) {
        transfer.error = FetchError::private_address;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_line(char* data, std::size_t, std::size_t size, void* context) {
    auto& transfer = *static_cast<Transfer*>(context);
    const std::string_view line(data, size);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    const std::string value(trim(line.substr(colon + 1)));
    if (value.size() > kValidatorBytesMax) return size;
    if (equals_ignoring_case(line.substr(0, colon), "etag")) transfer.etag = value;
    if (equals_ignoring_case(line.substr(0, colon), "last-modified"))
        transfer.last_modified = value;
    return size;
}

std::size_t take_bytes(char* data, std::size_t, std::size_t size, void* context) {
    auto& transfer = *static_cast<Transfer*>(context);
    if (!transfer.has_body) {
        long status = 0;
        curl_easy_getinfo(transfer.curl, CURLINFO_RESPONSE_CODE, &status);
        if (status != 200) return size;  // an error's page is nobody's shelf
        transfer.has_body = true;
    }
    if (size > transfer.limits.bytes_max - transfer.file.size()) {
        transfer.error = FetchError::too_long;
        return 0;
    }
    transfer.write_error = transfer.file.append({data, size});
    return transfer.write_error ? 0 : size;
}

int look_at_progress(void* context, curl_off_t total, curl_off_t now, curl_off_t, curl_off_t) {
    auto& transfer = *static_cast<Transfer*>(context);
    const auto most = static_cast<curl_off_t>(transfer.limits.bytes_max);
    if (total > most || now > most) transfer.error = FetchError::too_long;
    if (transfer.request.is_stopping()) transfer.error = FetchError::stopped;
    return transfer.error ? 1 : 0;
}

void set_rules(CURL* curl, const FetchLimits& limits) {
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, kAgent.data());
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
                     static_cast<long>(limits.connect_deadline.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(limits.deadline.count()));
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, limits.bytes_per_s_min);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, limits.slow_s_max);
}

void set_callbacks(CURL* curl, Transfer& transfer) {
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_line);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_at_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

// An ETag is quoted, a date is not: what it was made of shows what to ask with.
std::string condition(const std::string& validator) {
    const bool is_etag = validator.starts_with('"') || validator.starts_with("W/");
    return (is_etag ? "If-None-Match: " : "If-Modified-Since: ") + validator;
}

FetchError error_of(CURLcode code) {
    switch (static_cast<int>(code)) {
        case CURLE_COULDNT_RESOLVE_HOST: return FetchError::unknown_host;
        case CURLE_OPERATION_TIMEDOUT: return FetchError::too_slow;
        case CURLE_PEER_FAILED_VERIFICATION: return FetchError::bad_certificate;
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL: return FetchError::bad_url;
        default: return FetchError::unreachable;
    }
}

FetchError error_of_status(long status) {
    if (status >= 300 && status < 400) return FetchError::redirected;
    if (status == 401 || status == 403) return FetchError::refused;
    return status == 404 || status == 410 ? FetchError::gone : FetchError::failed;
}

Result<Fetched, FetchError> outcome(const Transfer& transfer, CURLcode code) {
    if (transfer.write_error && !is_disk_full(transfer.write_error))
        throw std::system_error(transfer.write_error, transfer.file.path().string());
    if (transfer.write_error) return FetchError::disk_full;
    long status = 0;
    curl_easy_getinfo(transfer.curl, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK) return transfer.error.value_or(error_of(code));
    if (status == 304 && !transfer.request.validator.empty())
        return Fetched{.is_unchanged = true, .validator = transfer.request.validator};
    if (status != 200) return error_of_status(status);
    return Fetched{.validator = transfer.etag.empty() ? transfer.last_modified : transfer.etag,
                   .bytes = transfer.file.size()};
}

}  // namespace

std::string_view fetch_error_name(FetchError error) {
    switch (error) {
        case FetchError::bad_url: return "bad_url";
        case FetchError::private_address: return "private_address";
        case FetchError::unknown_host: return "unknown_host";
        case FetchError::unreachable: return "unreachable";
        case FetchError::bad_certificate: return "bad_certificate";
        case FetchError::redirected: return "redirected";
        case FetchError::refused: return "refused";
        case FetchError::gone: return "gone";
        case FetchError::failed: return "failed";
        case FetchError::too_long: return "too_long";
        case FetchError::too_slow: return "too_slow";
        case FetchError::stopped: return "stopped";
        case FetchError::disk_full: return "disk_full";
    }
    return {};
}

bool is_fetchable(const std::string& url, const FetchLimits& limits) {
    return look_at_url(url, limits).has_value();
}

std::string place_of(const std::string& url) {
    const CurlUrl parsed = parse_url(url);
    return parsed ? place_in(parsed.get()) : std::string();
}

Result<Fetched, FetchError> fetch(const FetchRequest& request, const FetchLimits& limits,
                                  SpoolFile& file) {
    const auto is_allowed = look_at_url(request.url, limits);
    if (!is_allowed) return FetchError::bad_url;
    const Curl curl(curl_easy_init(), &curl_easy_cleanup);
    check(curl != nullptr);
    Transfer transfer{.request = request,
                      .limits = limits,
                      .file = file,
                      .is_allowed = *is_allowed,
                      .curl = curl.get()};
    CurlLines lines(nullptr, &curl_slist_free_all);
    if (!request.validator.empty())
        lines.reset(curl_slist_append(nullptr, condition(request.validator).c_str()));
    set_rules(curl.get(), limits);
    set_callbacks(curl.get(), transfer);
    curl_easy_setopt(curl.get(), CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, lines.get());
    const CURLcode code = curl_easy_perform(curl.get());
    return outcome(transfer, code);
}

}  // namespace emplettes::web
