#include "campaign/count_board.h"

#include <algorithm>

#include "campaign/refusal.h"

namespace emplettes::campaign {
namespace {

constexpr std::int64_t kNamedShown = 30;
// What changes without the count: words that were looked at, texts, a pledge that was deleted.
constexpr std::chrono::seconds kReadWholeEvery{5};

bool is_fresh(const PledgeShown& shown, const Count& count, Instant now) {
    return shown.count == count && now - shown.read_at < kReadWholeEvery;
}

}  // namespace

PledgeShown load_shown(store::Tx& tx, TerritoryId territory, const Pledge& pledge, Instant now) {
    return {.pledge = pledge,
            .count = load_count(tx, territory, pledge.id),
            .refused = load_refused_for(tx, territory, pledge.id),
            .named = load_public(tx, territory, pledge.id, kNamedShown),
            .read_at = now};
}

CountBoard::Shown CountBoard::find(TerritoryId territory, std::string_view slug) const {
    const std::lock_guard lock(*mutex_);
    const auto here = shown_.find(territory);
    if (here == shown_.end()) return nullptr;
    for (const Shown& shown : here->second)
        if (shown->pledge.slug == slug) return shown;
    return nullptr;
}

std::vector<CountBoard::Shown> CountBoard::all(TerritoryId territory) const {
    const std::lock_guard lock(*mutex_);
    const auto here = shown_.find(territory);
    return here == shown_.end() ? std::vector<Shown>() : here->second;
}

std::vector<CountBoard::Shown> CountBoard::read(store::Database& database, TerritoryId territory,
                                                Instant now) {
    std::map<PledgeId, Shown> before;
    for (Shown& shown : all(territory)) before.emplace(shown->pledge.id, std::move(shown));
    auto read = database.read([&](store::Tx& tx) {
        std::vector<Shown> list;
        for (const PledgeId id : load_published(tx, territory)) {
            const auto known = before.find(id);
            if (known != before.end() &&
                is_fresh(*known->second, load_count(tx, territory, id), now)) {
                list.push_back(known->second);
                continue;
            }
            const auto pledge = find_pledge(tx, territory, id);
            list.push_back(std::make_shared<PledgeShown>(load_shown(tx, territory, *pledge, now)));
        }
        return list;
    });
    std::vector<Shown> changed;
    for (const Shown& shown : read) {
        const auto known = before.find(shown->pledge.id);
        if (known == before.end() || known->second->count != shown->count) changed.push_back(shown);
    }
    const std::lock_guard lock(*mutex_);
    shown_[territory] = std::move(read);
    return changed;
}

}  // namespace emplettes::campaign
