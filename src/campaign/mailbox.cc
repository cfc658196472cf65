#include "campaign/mailbox.h"

#include <algorithm>
#include <array>

namespace emplettes::campaign {
namespace {

// What the hosts say of their own addresses: Gmail's help "Dots don't matter in Gmail addresses",
// Microsoft's "plus addressing", Proton's "addresses and aliases" (which ignores dots, too),
// Apple's and Fastmail's on plus signs.
struct HostRule {
    std::string_view host;
    std::string_view same_as;
    bool ignores_dots;
};
constexpr std::array kHosts{
    HostRule{"gmail.com", "gmail.com", true},
    HostRule{"googlemail.com", "gmail.com", true},
    HostRule{"proton.me", "proton.me", true},
    HostRule{"protonmail.com", "proton.me", true},
    HostRule{"pm.me", "proton.me", true},
    HostRule{"outlook.com", "outlook.com", false},
    HostRule{"outlook.fr", "outlook.fr", false},
    HostRule{"hotmail.com", "hotmail.com", false},
    HostRule{"hotmail.fr", "hotmail.fr", false},
    HostRule{"live.com", "live.com", false},
    HostRule{"live.fr", "live.fr", false},
    HostRule{"icloud.com", "icloud.com", false},
    HostRule{"me.com", "icloud.com", false},
    HostRule{"mac.com", "icloud.com", false},
    HostRule{"fastmail.com", "fastmail.com", false},
};

}  // namespace

std::string_view mail_domain_of(std::string_view address) {
    return address.substr(address.rfind('@') + 1);
}

std::string mailbox_of(std::string_view address) {
    const std::string_view domain = mail_domain_of(address);
    const auto rule = std::ranges::find(kHosts, domain, &HostRule::host);
    if (rule == kHosts.end()) return std::string(address);
    std::string name(address.substr(0, address.rfind('@')));
    name = name.substr(0, name.find('+'));
    if (rule->ignores_dots) std::erase(name, '.');
    return name + "@" + std::string(rule->same_as);
}

std::string mailbox_hash(const SignerKey& key, TerritoryId territory, std::string_view address) {
    return keyed_hash(key, "mailbox", std::to_string(territory.value) + " " + mailbox_of(address));
}

}  // namespace emplettes::campaign
