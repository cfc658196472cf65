#include "notices/settings.h"

#include <toml++/toml.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>

#include "base/table_reader.h"
#include "notices/return_path.h"

namespace emplettes::notices {
namespace {

constexpr std::int64_t kGatherMailsMax = 100;
constexpr std::int64_t kGatherMinutesMax = 60;
constexpr std::int64_t kMailBytesMin = 10'000;
constexpr std::int64_t kMailBytesMax = 50'000'000;

// A secret stands in the environment, never in a file; the file may say under which name.
std::string secret_of(TableReader& table, const std::string& key, std::string name) {
    table.read(key, name);
    const char* secret = std::getenv(name.c_str());
    return secret ? secret : std::string();
}

void add_problems(TableReader& table, const std::vector<std::string>& found) {
    for (const std::string& problem : found) {
        const auto colon = problem.find(": ");
        table.problem(problem.substr(0, colon), problem.substr(colon + 2));
    }
}

Tls read_tls(TableReader& table, const std::string& url) {
    std::string said;
    table.read("tls", said);
    if (said.empty()) return is_loopback_url(url) ? Tls::none : Tls::required;
    if (said != "required" && said != "none")
        table.problem("tls", "must be \"required\" or \"none\"");
    return said == "none" ? Tls::none : Tls::required;
}

void read_mail(TableReader& root, Settings& settings, Secrets secrets,
               std::vector<std::string>& problems) {
    const toml::table* found = root.table("mail");
    if (!found) return;
    TableReader table(found, "mail.", problems);
    SmtpConfig relay;
    table.require("relay", relay.url);
    table.read("helo", relay.helo);
    table.read("user", relay.user);
    table.read("ca_file", relay.ca_file);
    // Who signs in nowhere has no password, whatever the environment of the machine holds.
    const std::string password = secret_of(table, "password_from", "EMPLETTES_MAIL_PASSWORD");
    if (secrets == Secrets::not_needed) relay.user.clear();
    if (!relay.user.empty()) relay.password = password;
    relay.tls = read_tls(table, relay.url);
    auto bytes = static_cast<std::int64_t>(relay.bytes_max);
    table.read("bytes_max", bytes);
    if (bytes < kMailBytesMin || bytes > kMailBytesMax)
        table.problem("bytes_max", "must be between " + std::to_string(kMailBytesMin) + " and " +
                                       std::to_string(kMailBytesMax));
    relay.bytes_max = static_cast<std::size_t>(bytes);
    table.read("return_path", settings.return_path);
    if (const auto problem = ReturnPaths::problem_of(settings.return_path); !problem.empty())
        table.problem("return_path", problem);
    add_problems(table, problems_of(relay));
    settings.relay = std::move(relay);
}

void read_gathering(TableReader& root, GatherRules& rules, std::vector<std::string>& problems) {
    TableReader table(root.table("gathering"), "gathering.", problems);
    table.read("mails_max", rules.mails_max);
    if (rules.mails_max < 1 || rules.mails_max > kGatherMailsMax)
        table.problem("mails_max", "must be between 1 and " + std::to_string(kGatherMailsMax));
    std::int64_t minutes = std::chrono::floor<std::chrono::minutes>(rules.window).count();
    table.read("window_minutes", minutes);
    if (minutes < 1 || minutes > kGatherMinutesMax)
        table.problem("window_minutes",
                      "must be between 1 and " + std::to_string(kGatherMinutesMax));
    rules.window = std::chrono::minutes{minutes};
}

void read_sms(TableReader& root, Settings& settings, std::vector<std::string>& problems) {
    const toml::table* found = root.table("sms");
    if (!found) return;
    TableReader table(found, "sms.", problems);
    SmsConfig sms;
    std::vector<std::string> headers;
    table.require("url", sms.url);
    table.read("method", sms.method);
    table.read("headers", headers);
    table.read("body", sms.body);
    table.read("country", sms.country);
    sms.secret = secret_of(table, "secret_from", "EMPLETTES_SMS_SECRET");
    if (!headers.empty()) sms.headers = std::move(headers);
    add_problems(table, problems_of(sms));
    settings.sms = std::move(sms);
}

}  // namespace

Settings read_settings(const std::string& file, Secrets secrets) {
    Settings settings;
    if (!std::filesystem::exists(file)) return settings;
    std::vector<std::string> problems;
    try {
        const toml::table parsed = toml::parse_file(file);
        TableReader root(&parsed, "", problems);
        read_mail(root, settings, secrets, problems);
        read_gathering(root, settings.gathering, problems);
        read_sms(root, settings, problems);
    } catch (const toml::parse_error& error) {
        std::ostringstream where;
        where << error.description() << " (" << error.source().begin << ")";
        problems.push_back(where.str());
    }
    if (problems.empty()) return settings;
    std::string message = file + " cannot be used:";
    for (const auto& problem : problems) message += "\n  " + problem;
    throw std::runtime_error(message);
}

std::vector<std::string> describe(const Settings& settings) {
    std::vector<std::string> lines;
    if (!settings.relay) {
        lines.emplace_back("mails           stay in the folder mails");
    } else {
        const SmtpConfig& relay = *settings.relay;
        lines.push_back("mails           through " + relay.url +
                        (relay.tls == Tls::none ? ", not hidden: on this machine" : ", by TLS") +
                        (relay.user.empty() ? "" : ", as " + relay.user));
        lines.push_back("come back to    " + (settings.return_path.empty()
                                                  ? "their sender: nobody notes it"
                                                  : settings.return_path));
        lines.push_back("mail bytes_max  " + std::to_string(relay.bytes_max));
    }
    const auto minutes = std::chrono::floor<std::chrono::minutes>(settings.gathering.window);
    lines.push_back("gathered        beyond " + std::to_string(settings.gathering.mails_max) +
                    " mails in " + std::to_string(minutes.count()) + " minutes");
    lines.push_back("text messages   " +
                    (settings.sms ? "by " + settings.sms->method + " " + settings.sms->url
                                  : std::string("none")));
    return lines;
}

}  // namespace emplettes::notices
