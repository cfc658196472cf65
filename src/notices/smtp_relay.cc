#include "notices/smtp_relay.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "base/check.h"
#include "base/mail_address.h"
#include "notices/smtp_dialogue.h"

namespace emplettes::notices {
namespace {

using CurlUrl = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;
using CurlLines = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

constexpr int kTooLarge = 552;

struct Place {
    std::string scheme;
    std::string host;
    bool is_whole = true;  // nothing else stands in the address
};

std::optional<std::string> part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return std::nullopt;
    std::string result(text);
    curl_free(text);
    return result;
}

std::optional<Place> place_of(const std::string& address) {
    const CurlUrl url(curl_url(), &curl_url_cleanup);
    if (curl_url_set(url.get(), CURLUPART_URL, address.c_str(), CURLU_NON_SUPPORT_SCHEME) !=
        CURLUE_OK)
        return std::nullopt;
    auto scheme = part_of(url.get(), CURLUPART_SCHEME);
    auto host = part_of(url.get(), CURLUPART_HOST);
    const auto path = part_of(url.get(), CURLUPART_PATH);
    const bool has_more = part_of(url.get(), CURLUPART_USER) ||
                          part_of(url.get(), CURLUPART_PASSWORD) ||
                          part_of(url.get(), CURLUPART_QUERY) || (path && path->size() > 1);
    if (!scheme || !host) return std::nullopt;
    return Place{std::move(*scheme), std::move(*host), !has_more};
}

bool is_loopback(const std::string& host) {
    in_addr four{};
    const bool is_number = ::inet_pton(AF_INET, host.c_str(), &four) == 1;
    if (is_number) return ntohl(four.s_addr) >> 24 == 127;  // 127.0.0.1, not 127.example
    return host == "localhost" || host == "[::1]";
}

struct Upload {
    std::string_view rest;
};

std::size_t give_bytes(char* buffer, std::size_t size, std::size_t count, void* context) {
    auto& upload = *static_cast<Upload*>(context);
    const std::size_t taken = std::min(size * count, upload.rest.size());
    std::memcpy(buffer, upload.rest.data(), taken);
    upload.rest.remove_prefix(taken);
    return taken;
}

int take_down(CURL*, curl_infotype type, char* data, std::size_t size, void* context) {
    auto& dialogue = *static_cast<SmtpDialogue*>(context);
    const std::string_view bytes(data, size);
    switch (type) {
        case CURLINFO_HEADER_IN: dialogue.heard(bytes); break;
        case CURLINFO_HEADER_OUT: dialogue.said(bytes); break;
        case CURLINFO_DATA_OUT: dialogue.said_content(); break;
        case CURLINFO_TEXT: dialogue.noted(bytes); break;
        case CURLINFO_DATA_IN:
        case CURLINFO_SSL_DATA_IN:
        case CURLINFO_SSL_DATA_OUT:
        case CURLINFO_END: break;
    }
    return 0;
}

// "550 5.1.1 no such user", or the library's own words when the relay said nothing.
std::string words_of(const SmtpDialogue& dialogue, CURLcode code, const char* error) {
    if (dialogue.code() >= 400) return std::to_string(dialogue.code()) + " " + dialogue.reply();
    return *error ? error : curl_easy_strerror(code);
}

bool is_about_mail(const std::string& command) {
    return command == "MAIL" || command == "RCPT" || command == "DATA" || command == ".";
}

Outcome outcome_of(const SmtpDialogue& dialogue, CURLcode code, const char* error) {
    if (code == CURLE_OK) return {};
    Outcome outcome{.kind = Outcome::Kind::is_down, .words = words_of(dialogue, code, error)};
    if (!is_about_mail(dialogue.command())) return outcome;
    const bool is_refusal = dialogue.code() >= 500;
    outcome.kind = is_refusal ? Outcome::Kind::refused : Outcome::Kind::retry;
    outcome.is_address_dead = is_refusal && dialogue.command() == "RCPT" &&
                              means_dead_address(dialogue.code(), dialogue.reply());
    // "530 sign in first", "553 you are not the owner of this sender": that is about us, unless the
    // mail is too large (RFC 1870 §6.3).
    const bool is_about_us =
        is_refusal && dialogue.command() == "MAIL" && dialogue.code() != kTooLarge;
    if (is_about_us) outcome.kind = Outcome::Kind::is_down;
    return outcome;
}

void set_rules(CURL* curl, const SmtpConfig& config) {
    const std::string url = config.url + (config.helo.empty() ? "" : "/" + config.helo);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     static_cast<long>(config.tls == Tls::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!config.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, config.ca_file.c_str());
    if (!config.user.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, config.user.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, config.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT,
                     static_cast<long>(config.connect_deadline.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(config.deadline.count()));
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
}

}  // namespace

struct SmtpRelay::Connection {
    explicit Connection(const SmtpConfig& config) : curl(curl_easy_init(), &curl_easy_cleanup) {
        check(curl != nullptr);
        set_rules(curl.get(), config);
        curl_easy_setopt(curl.get(), CURLOPT_DEBUGFUNCTION, take_down);
        curl_easy_setopt(curl.get(), CURLOPT_DEBUGDATA, &dialogue);
        curl_easy_setopt(curl.get(), CURLOPT_ERRORBUFFER, error);
    }

    Outcome send(const Outgoing& mail) {
        dialogue.begin_mail();
        error[0] = '\0';
        Upload upload{.rest = mail.content};
        const CurlLines recipients(curl_slist_append(nullptr, ("<" + mail.recipient + ">").c_str()),
                                   &curl_slist_free_all);
        curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, ("<" + mail.return_path + ">").c_str());
        curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
        curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, give_bytes);
        curl_easy_setopt(curl.get(), CURLOPT_READDATA, &upload);
        curl_easy_setopt(curl.get(), CURLOPT_INFILESIZE_LARGE,
                         static_cast<curl_off_t>(mail.content.size()));
        const CURLcode code = curl_easy_perform(curl.get());
        curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, nullptr);
        return outcome_of(dialogue, code, error);
    }

    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl;
    SmtpDialogue dialogue;
    char error[CURL_ERROR_SIZE] = {};
};

std::vector<std::string> problems_of(const SmtpConfig& config) {
    std::vector<std::string> problems;
    const auto place = place_of(config.url);
    if (!place || !place->is_whole || (place->scheme != "smtp" && place->scheme != "smtps"))
        problems.emplace_back(
            "relay: must be like smtp://relay.example:587 or smtps://relay.example");
    else if (config.tls == Tls::none && !is_loopback(place->host))
        problems.emplace_back("tls: \"none\" is for a relay on this machine; " + place->host +
                              " is not");
    if (config.user.empty() != config.password.empty())
        problems.emplace_back(config.user.empty()
                                  ? "user: is missing, though there is a password"
                                  : "user: has no password in the environment (password_from)");
    return problems;
}

bool is_loopback_url(const std::string& url) {
    const auto place = place_of(url);
    return place && is_loopback(place->host);
}

SmtpRelay::SmtpRelay(SmtpConfig config) : config_(std::move(config)) {
    check(problems_of(config_).empty());
}

SmtpRelay::~SmtpRelay() = default;

Outcome SmtpRelay::send(const Outgoing& mail) {
    // An address that could say more than an address says nothing.
    if (!is_mail_address(mail.recipient) || !is_mail_address(mail.return_path))
        return {.kind = Outcome::Kind::refused, .words = "not a mail address: " + mail.recipient};
    if (mail.content.size() > config_.bytes_max)
        return {.kind = Outcome::Kind::refused,
                .words = "the mail has " + std::to_string(mail.content.size()) +
                         " bytes, more than bytes_max = " + std::to_string(config_.bytes_max)};
    if (!connection_) connection_ = std::make_unique<Connection>(config_);
    return connection_->send(mail);
}

void SmtpRelay::end_batch() {
    if (connection_) last_dialogue_ = connection_->dialogue.lines();
    connection_.reset();  // says QUIT
}

const std::vector<std::string>& SmtpRelay::dialogue() const {
    return connection_ ? connection_->dialogue.lines() : last_dialogue_;
}

}  // namespace emplettes::notices
