#include "site/context.h"

#include <algorithm>

namespace emplettes::site {

void Territories::add(std::unique_ptr<catalogue::LiveCatalogue> territory) {
    all_.push_back(std::move(territory));
}

catalogue::LiveCatalogue* Territories::find(std::string_view host) const {
    for (const auto& live : all_) {
        const auto& hosts = live->territory().hosts;
        if (std::find(hosts.begin(), hosts.end(), host) != hosts.end()) return live.get();
    }
    return all_.size() == 1 ? all_.front().get() : nullptr;
}

catalogue::LiveCatalogue* Territories::find(TerritoryId id) const {
    for (const auto& live : all_)
        if (live->territory().id == id) return live.get();
    return nullptr;
}

std::string Context::origin_of(const catalogue::Territory& territory) const {
    if (!territory.origin.empty()) return territory.origin;
    return "http://" + territory.hosts.front() + ":" + std::to_string(port);
}

}  // namespace emplettes::site
