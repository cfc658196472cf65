#include "scenario/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::scenario {
namespace {

constexpr long kTimeoutSeconds = 20;

std::size_t append_body(char* data, std::size_t size, std::size_t count, void* answer) {
    static_cast<Answer*>(answer)->body.append(data, size * count);
    return size * count;
}

std::size_t append_header(char* data, std::size_t size, std::size_t count, void* answer) {
    const std::string_view line(data, size * count);
    const auto colon = line.find(':');
    auto& headers = static_cast<Answer*>(answer)->headers;
    if (line.substr(0, 5) == "HTTP/") {
        headers.clear();  // a "100 Continue" came first
    } else if (colon != line.npos) {
        headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
    }
    return size * count;
}

bool has_header(const Request& request, std::string_view name) {
    return std::ranges::any_of(
        request.headers, [&](const auto& header) { return to_lower_ascii(header.first) == name; });
}

using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

HeaderList make_header_list(const Request& request) {
    HeaderList list(nullptr, &curl_slist_free_all);
    const auto append = [&](const std::string& line) {
        curl_slist* longer = curl_slist_append(list.get(), line.c_str());
        check(longer != nullptr);
        static_cast<void>(list.release());
        list.reset(longer);
    };
    for (const auto& [name, value] : request.headers) {
        append(value.empty() ? name + ";" : name + ": " + value);
    }
    append("Expect:");
    if (!request.body.empty() && !has_header(request, "content-type")) {
        const bool is_json = request.body.front() == '{' || request.body.front() == '[';
        append(is_json ? "Content-Type: application/json"
                       : "Content-Type: application/x-www-form-urlencoded");
    }
    return list;
}

}  // namespace

const std::string* Answer::find_header(std::string_view name) const {
    const auto wanted = to_lower_ascii(name);
    const auto found = std::ranges::find_if(
        headers, [&](const auto& header) { return to_lower_ascii(header.first) == wanted; });
    return found == headers.end() ? nullptr : &found->second;
}

HttpClient::HttpClient(std::string base_url)
    : base_url_(std::move(base_url)), curl_(curl_easy_init()) {
    check(curl_ != nullptr);
}

HttpClient::~HttpClient() { curl_easy_cleanup(curl_); }

Answer HttpClient::send(const Request& request) {
    Answer answer;
    const auto url = base_url_ + request.target;
    const auto headers = make_header_list(request);
    curl_easy_reset(curl_);  // keeps the connection
    curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl_, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(curl_, CURLOPT_PROXY, "");
    curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl_, CURLOPT_TIMEOUT, kTimeoutSeconds);
    curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &append_body);
    curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, &append_header);
    curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &answer);
    if (!request.body.empty() || request.method == "POST") {
        curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, request.body.c_str());
    }
    if (request.method == "HEAD") curl_easy_setopt(curl_, CURLOPT_NOBODY, 1L);
    curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, request.method.c_str());

    const CURLcode outcome = curl_easy_perform(curl_);
    if (outcome != CURLE_OK) {
        throw std::runtime_error(request.method + " " + url + ": " + curl_easy_strerror(outcome));
    }
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
}

}  // namespace emplettes::scenario
