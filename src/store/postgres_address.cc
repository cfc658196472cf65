#include "store/postgres_address.h"

#include <libpq-fe.h>

#include <memory>

#include "base/text.h"
#include "store/fault.h"

namespace emplettes::store {
namespace {

constexpr const char* kConnectSecondsMax = "2";  // for each host; libpq's least

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        encoded += '%';
        encoded += kHex[byte >> 4];
        encoded += kHex[byte & 15];
    }
    return encoded;
}

// `list` with the item at `first` before the others; a list of one is for all hosts.
std::string put_first(std::string_view list, std::size_t first) {
    const std::vector<std::string_view> items = split(list, ',');
    if (first >= items.size()) return std::string(list);
    std::string ordered(items[first]);
    for (std::size_t i = 0; i < items.size(); ++i)
        if (i != first) ordered.append(",").append(items[i]);
    return ordered;
}

}  // namespace

PostgresAddress::PostgresAddress(const std::string& url) {
    char* message = nullptr;
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(url.c_str(), &message), PQconninfoFree);
    PQfreemem(message);  // not shown: it may hold the password
    if (!options)
        throw Unavailable(
            "the address of the database is not one that PostgreSQL reads; it looks like "
            "postgresql://user:password@host:5432,other:5432/name");
    for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option)
        if (option->val != nullptr) settings_[option->keyword] = option->val;
    settings_.emplace("connect_timeout", kConnectSecondsMax);
    settings_.emplace("target_session_attrs", "read-write");
    settings_.emplace("fallback_application_name", "emplettes");
    const std::string names =
        settings_.contains("host") ? settings_["host"] : settings_["hostaddr"];
    const std::vector<std::string_view> ports = split(settings_["port"], ',');
    for (const std::string_view name : split(names, ',')) {
        const std::string_view port =
            hosts_.size() < ports.size() ? ports[hosts_.size()] : ports[0];
        hosts_.push_back({std::string(name), std::string(port)});
    }
}

std::string PostgresAddress::text() const {
    const std::lock_guard lock(mutex_);
    // Not key='value': SOCI takes texts apart at their spaces.
    std::string text = "postgresql:///";
    char separator = '?';
    for (const auto& [name, value] : settings_) {
        const bool is_list = name == "host" || name == "hostaddr" || name == "port";
        if (value.empty()) continue;
        text +=
            separator + name + '=' + percent_encoded(is_list ? put_first(value, first_) : value);
        separator = '&';
    }
    return text;
}

void PostgresAddress::found(const Host& host) {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < hosts_.size(); ++i)
        if (hosts_[i].name == host.name && (hosts_[i].port.empty() || hosts_[i].port == host.port))
            first_ = i;
}

}  // namespace emplettes::store
