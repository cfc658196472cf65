#include "campaign/deed.h"

#include "base/json.h"
#include "store/sha256.h"

namespace emplettes::campaign {
namespace {

constexpr std::size_t kBreaksTold = 5;

constexpr std::string_view kLastDeed = R"sql(
    SELECT deed_number, deed_sha256 FROM deed WHERE territory_id = :territory
    ORDER BY deed_number DESC LIMIT 1
)sql";
constexpr std::string_view kInsertDeed = R"sql(
    INSERT INTO deed (territory_id, deed_number, done_at, done_by, act, pledge_slug, details,
                      deed_sha256)
    VALUES (:territory, :number, :done_at, :done_by, :act, :slug, :details, :sha256)
)sql";
constexpr std::string_view kDeedsOf = R"sql(
    SELECT deed_number, done_at, done_by, act, pledge_slug, details, deed_sha256 FROM deed
    WHERE territory_id = :territory AND pledge_slug = :slug
    ORDER BY deed_number DESC LIMIT :limit
)sql";
constexpr std::string_view kAllDeeds = R"sql(
    SELECT deed_number, done_at, done_by, act, pledge_slug, details, deed_sha256 FROM deed
    WHERE territory_id = :territory ORDER BY deed_number
)sql";

// As JSON, so that no part of one member can pass for another.
std::string hash_of_deed(const Deed& deed, const std::string& before) {
    return store::sha256(Json::array({before, deed.number, to_unix(deed.done_at), deed.done_by,
                                      deed.act, deed.pledge_slug, deed.details})
                             .dump());
}

template <typename F>
void each_deed(store::Tx& tx, std::string_view query, store::Params params, F&& f) {
    tx.each<std::int64_t, Instant, std::string, std::string, std::string, std::string, std::string>(
        query, params,
        [&](std::int64_t number, Instant done_at, std::string done_by, std::string act,
            std::string slug, std::string details, std::string sha256) {
            f(Deed{.number = number,
                   .done_at = done_at,
                   .done_by = std::move(done_by),
                   .act = std::move(act),
                   .pledge_slug = std::move(slug),
                   .details = std::move(details),
                   .sha256 = std::move(sha256)});
        });
}

}  // namespace

void note_deed(store::Tx& tx, TerritoryId territory, const Deed& done) {
    const auto last = tx.one<std::int64_t, std::string>(kLastDeed, {{"territory", territory}});
    Deed deed = done;
    deed.number = last ? std::get<0>(*last) + 1 : 1;
    deed.sha256 = hash_of_deed(deed, last ? std::get<1>(*last) : std::string());
    tx.run(kInsertDeed, {{"territory", territory},
                         {"number", deed.number},
                         {"done_at", deed.done_at},
                         {"done_by", deed.done_by},
                         {"act", deed.act},
                         {"slug", deed.pledge_slug},
                         {"details", deed.details},
                         {"sha256", deed.sha256}});
}

std::vector<Deed> load_deeds(store::Tx& tx, TerritoryId territory, std::string_view pledge_slug,
                             std::int64_t limit) {
    std::vector<Deed> deeds;
    each_deed(tx, kDeedsOf, {{"territory", territory}, {"slug", pledge_slug}, {"limit", limit}},
              [&](Deed deed) { deeds.push_back(std::move(deed)); });
    return deeds;
}

std::vector<std::string> find_broken_deeds(store::Tx& tx, TerritoryId territory) {
    std::vector<std::string> breaks;
    std::string before;
    std::int64_t expected = 1;
    each_deed(tx, kAllDeeds, {{"territory", territory}}, [&](const Deed& deed) {
        const bool is_whole = deed.number == expected && deed.sha256 == hash_of_deed(deed, before);
        if (!is_whole && breaks.size() < kBreaksTold)
            breaks.push_back("the log of pledges is broken at entry " +
                             std::to_string(deed.number));
        before = deed.sha256;
        expected = deed.number + 1;
    });
    return breaks;
}

}  // namespace emplettes::campaign
