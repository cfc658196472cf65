#include "simulation/ledger.h"

#include <optional>

#include "catalogue/offer.h"
#include "notices/notice.h"

namespace emplettes::simulation {
namespace {

using orders::Reservation;
using orders::Status;

constexpr std::int64_t kAll = 1'000'000;

[[noreturn]] void broken(const std::string& rule, const std::string& what) {
    throw Violation(rule + ": " + what);
}

struct Seen {
    std::map<std::string, Reservation> reservations;
    std::map<OfferId, std::int64_t> shelf;
    std::vector<notices::Notice> notices;
};

Seen look(store::Database& database, const Ledger::Scene& scene,
          const std::map<OfferId, std::int64_t>& goods) {
    Seen seen;
    database.read([&](store::Tx& tx) {
        for (const ShopId shop : scene.shops)
            for (auto& one : orders::load_reservations_of_shop(tx, scene.territory, shop, kAll))
                seen.reservations.emplace(one.code, one);
        for (const auto& [offer, count] : goods)
            seen.shelf[offer] =
                catalogue::find_offer(tx, scene.territory, offer).value().stock.quantity;
        seen.notices = notices::load_waiting(tx, scene.territory, Instant::max(), kAll);
    });
    return seen;
}

std::int64_t goods_of(const Reservation& reservation) {
    if (orders::keeps_stock(reservation.status)) return reservation.quantity;
    return reservation.status == Status::collected ? reservation.collected : 0;
}

std::string account_of(const Seen& seen, OfferId offer) {
    std::string account = ": " + std::to_string(seen.shelf.at(offer)) + " on the shelf";
    for (const auto& [code, reservation] : seen.reservations)
        if (reservation.offer == offer)
            account += ", " + code + " " + std::string(orders::to_string(reservation.status)) +
                       " " + std::to_string(reservation.quantity) + "/" +
                       std::to_string(reservation.collected);
    return account;
}

void compare_goods(const Seen& seen, const std::map<OfferId, std::int64_t>& goods) {
    auto found = seen.shelf;
    for (const auto& [code, reservation] : seen.reservations)
        found[reservation.offer] += goods_of(reservation);
    for (const auto& [offer, count] : goods)
        if (found[offer] != count)
            broken("goods", "offer " + std::to_string(offer.value) + " had " +
                                std::to_string(count) + ", now " + std::to_string(found[offer]) +
                                account_of(seen, offer));
}

void compare_chain(const Seen& seen, const Reservation& from) {
    const auto to = seen.reservations.find(from.asking.to);
    if (to == seen.reservations.end()) broken("chain", from.code + " leads nowhere");
    const Reservation& next = to->second;
    if (next.asking.from != from.code || next.product != from.product || next.shop == from.shop)
        broken("chain", from.code + " and " + next.code + " do not fit");
    if (orders::keeps_stock(from.status)) broken("chain", from.code + " is kept at two shops");
}

void compare_over(const Seen& seen, Instant now) {
    for (const auto& [code, reservation] : seen.reservations) {
        if (orders::keeps_stock(reservation.status) && reservation.held_until <= now)
            broken("over", code + " is open after its time");
        const Instant answer_by = reservation.asking.answer_by;
        if (reservation.status == Status::requested && answer_by != Instant() && answer_by <= now)
            broken("over", code + " waits for an answer after its time");
    }
}

// A round tells its neighbour of all its codes at once.
std::set<std::string> codes_told_to(notices::Audience side, const Seen& seen) {
    std::set<std::string> codes;
    for (const notices::Notice& notice : seen.notices) {
        if (notice.audience != side) continue;
        if (notice.facts.contains("code")) codes.insert(notice.facts.at("code"));
        if (notice.facts.contains("items"))
            for (const auto& item : notice.facts.at("items")) codes.insert(item.at("code"));
    }
    return codes;
}

void compare_told(const Seen& seen) {
    std::set<NoticeId> ids;
    for (const notices::Notice& notice : seen.notices)
        if (!ids.insert(notice.id).second) broken("told", "two notices have one number");
    for (const auto side : {notices::Audience::neighbour, notices::Audience::shop}) {
        const auto told = codes_told_to(side, seen);
        for (const auto& [code, reservation] : seen.reservations)
            if (!told.contains(code))
                broken("told",
                       "the " + std::string(notices::to_string(side)) + " was not told of " + code);
    }
}

}  // namespace

void Ledger::told_kept(const std::string& wish, const std::vector<std::string>& codes) {
    const auto [known, is_new] = wishes_.emplace(wish, codes);
    if (!is_new && known->second != codes) broken("once", "wish " + wish + " was told two codes");
    if (is_new) codes_.insert(codes_.end(), codes.begin(), codes.end());
}

void Ledger::compare(store::Database& database, const Scene& scene) const {
    const Seen seen = look(database, scene, goods_);
    compare_goods(seen, goods_);
    for (const std::string& code : codes_)
        if (!seen.reservations.contains(code)) broken("kept", code + " is lost");
    for (const auto& [code, end] : ends_)
        if (seen.reservations.at(code).status != end) broken("kept", code + " has lost its end");
    compare_told(seen);
    std::map<std::string, std::string> wish_of;
    for (const auto& [code, reservation] : seen.reservations)
        if (!reservation.asking.to.empty()) compare_chain(seen, reservation);
    // The name of the person is the wish, and its number in the wish.
    for (const auto& [code, reservation] : seen.reservations) {
        if (!reservation.asking.from.empty()) continue;
        const std::string line =
            reservation.person_name + "/" + std::to_string(reservation.offer.value);
        if (const auto [twin, is_new] = wish_of.emplace(line, code); !is_new)
            broken("once", line + " is kept as " + twin->second + " and as " + code);
    }
    if (scene.has_worked) compare_over(seen, scene.now);
}

}  // namespace emplettes::simulation
