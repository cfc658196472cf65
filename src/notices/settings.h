#pragma once
#include <optional>
#include <string>
#include <vector>

#include "notices/gathering.h"
#include "notices/sms_gateway.h"
#include "notices/smtp_relay.h"

namespace emplettes::notices {

// How an installation's notices leave: its file notices.toml (docs/notices.md). Without one, mails
// stay in a folder and telephones are told nothing.
struct Settings {
    std::optional<SmtpConfig> relay;
    std::string return_path;  // ReturnPaths' pattern
    GatherRules gathering;
    std::optional<SmsConfig> sms;
};

// Who sends nothing needs no secrets, and may run where there are none: then nobody signs in.
enum class Secrets { needed, not_needed };

// Secrets come from the environment, by the names that the file gives. Throws std::runtime_error
// listing every problem at once, each with its key. A file that is not there is an empty one.
Settings read_settings(const std::string& file, Secrets secrets = Secrets::needed);

// What holds, line by line, without secrets: for people.
std::vector<std::string> describe(const Settings& settings);

}  // namespace emplettes::notices
