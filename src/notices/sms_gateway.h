#pragma once
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "notices/mailer.h"

namespace emplettes::notices {

// Any provider of text messages that takes a request over HTTP: what to ask is a setting. In `url`,
// `headers` and `body` {to} is the telephone number, {text} the message, {reference} what stays the
// same when it is sent again, {secret} the key from the environment; each is written as its place
// wants it: in JSON where the content type says so, else percent-encoded in address and body.
struct SmsConfig {
    std::string url;
    std::string method = "POST";
    std::vector<std::string> headers = {"Content-Type: application/json"};
    std::string body;
    std::string secret;        // from the environment
    std::string country = {};  // "+33": what a national number begins with instead of its 0
    std::chrono::seconds deadline{20};
};

// What is wrong, one sentence each, beginning with the setting's name.
std::vector<std::string> problems_of(const SmsConfig& config);

// "01 42-00.00 00" as "+33142000000", for providers. Empty when there is no telling.
std::string international_number(const std::string& typed, const std::string& country);

// 2xx: sent. 408, 425, 429, 5xx and a broken connection: once more later, with the same reference
// and the same Idempotency-Key. Every other answer is a refusal.
class SmsGateway final : public TextSender {
  public:
    explicit SmsGateway(SmsConfig config);

    Outcome send(const Outgoing& text) override;

  private:
    SmsConfig config_;
};

}  // namespace emplettes::notices
