#include "notices/sms_gateway.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "base/check.h"
#include "base/json.h"
#include "base/text.h"
#include "notices/notice.h"
#include "notices/smtp_relay.h"

namespace emplettes::notices {
namespace {

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using CurlLines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using Write = std::string (*)(const std::string&);
using Values = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kMethods[] = {"POST", "PUT", "GET"};
constexpr std::size_t kDigitsMin = 8;
constexpr std::size_t kDigitsMax = 15;  // ITU-T E.164

std::string percent_encoded(const std::string& text) { return url_encode(text); }
// A header's value is one line, whatever a shop has called its product.
std::string on_one_line(const std::string& text) {
    std::string line = text;
    std::ranges::replace_if(
        line, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    return line;
}

// Between the quotes of a JSON text.
std::string json_encoded(const std::string& text) {
    const std::string quoted = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    return quoted.substr(1, quoted.size() - 2);
}

// In one pass: what a value holds is never taken for a place.
std::string filled(std::string_view pattern, const Values& values, Write write) {
    std::string out;
    while (!pattern.empty()) {
        const auto value = std::ranges::find_if(
            values, [&](const auto& one) { return pattern.starts_with(one.first); });
        if (value == values.end()) {
            out += pattern.front();
            pattern.remove_prefix(1);
        } else {
            out += write(value->second);
            pattern.remove_prefix(value->first.size());
        }
    }
    return out;
}

bool is_json(const SmsConfig& config) {
    return std::ranges::any_of(config.headers, [](const std::string& header) {
        const std::string line = to_lower_ascii(header);
        return line.starts_with("content-type:") && line.find("json") != std::string::npos;
    });
}

bool is_header(const std::string& header) {
    const auto colon = header.find(':');
    return colon != std::string::npos && colon > 0 &&
           std::ranges::all_of(header, [](char c) { return c >= ' ' && c <= '~'; });
}

std::size_t keep_words(char* data, std::size_t, std::size_t size, void* context) {
    auto& words = *static_cast<std::string*>(context);
    words.append(data, std::min(size, kWordsMax - std::min(words.size(), kWordsMax)));
    return size;
}

void set_rules(CURL* curl, const SmsConfig& config) {
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(config.deadline.count()));
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, config.method.c_str());
}

Outcome outcome_of(CURLcode code, long status, const std::string& words) {
    if (code != CURLE_OK) return {.kind = Outcome::Kind::retry, .words = curl_easy_strerror(code)};
    if (status >= 200 && status < 300) return {};
    const bool is_passing = status == 408 || status == 425 || status == 429 || status >= 500;
    return {.kind = is_passing ? Outcome::Kind::retry : Outcome::Kind::refused,
            .words = std::to_string(status) + " " + words};
}

}  // namespace

std::vector<std::string> problems_of(const SmsConfig& config) {
    std::vector<std::string> problems;
    const bool is_safe = config.url.starts_with("https://") ||
                         (config.url.starts_with("http://") && is_loopback_url(config.url));
    if (!is_safe) problems.emplace_back("url: must be https://, or http:// on this machine");
    if (std::ranges::find(kMethods, config.method) == std::ranges::end(kMethods))
        problems.emplace_back("method: must be POST, PUT or GET");
    for (const std::string& header : config.headers)
        if (!is_header(header))
            problems.push_back("headers: \"" + header + "\" is not like \"Name: value\"");
    const std::string all = config.url + config.body;
    for (const char* place : {"{to}", "{text}"})
        if (all.find(place) == std::string::npos)
            problems.push_back("body: neither it nor url holds " + std::string(place));
    if (!config.country.empty() &&
        (config.country.front() != '+' || config.country.size() < 2 || config.country.size() > 4 ||
         !parse_int(config.country.substr(1))))
        problems.emplace_back("country: must be like \"+33\"");
    return problems;
}

std::string international_number(const std::string& typed, const std::string& country) {
    std::string digits;
    for (const char c : typed)
        if (c >= '0' && c <= '9') digits += c;
    if (!typed.starts_with('+')) {
        if (digits.starts_with("00"))
            digits.erase(0, 2);
        else if (digits.starts_with('0') && !country.empty())
            digits = country.substr(1) + digits.substr(1);
        else
            return {};
    }
    if (digits.size() < kDigitsMin || digits.size() > kDigitsMax) return {};
    return "+" + digits;
}

SmsGateway::SmsGateway(SmsConfig config) : config_(std::move(config)) {
    check(problems_of(config_).empty());
}

Outcome SmsGateway::send(const Outgoing& text) {
    const std::string number = international_number(text.recipient, config_.country);
    if (number.empty())
        return {.kind = Outcome::Kind::refused,
                .words = "no telephone number with its country; see the setting country"};
    const Values values{{"{to}", number},
                        {"{text}", text.content},
                        {"{reference}", text.name},
                        {"{secret}", config_.secret}};
    const Curl curl(curl_easy_init(), &curl_easy_cleanup);
    check(curl != nullptr);
    set_rules(curl.get(), config_);
    const std::string url = filled(config_.url, values, percent_encoded);
    const std::string body =
        filled(config_.body, values, is_json(config_) ? json_encoded : percent_encoded);
    CurlLines lines(curl_slist_append(nullptr, ("Idempotency-Key: " + text.name).c_str()),
                    &curl_slist_free_all);
    for (const std::string& header : config_.headers)
        curl_slist_append(lines.get(), filled(header, values, on_one_line).c_str());
    std::string words;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, lines.get());
    if (config_.method != "GET") {
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
        curl_easy_setopt(curl.get(), CURLOPT_COPYPOSTFIELDS, body.c_str());
    }
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, keep_words);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &words);
    const CURLcode code = curl_easy_perform(curl.get());
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return outcome_of(code, status, words);
}

}  // namespace emplettes::notices
