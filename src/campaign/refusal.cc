#include "campaign/refusal.h"

#include <algorithm>

#include "base/check.h"
#include "base/json.h"
#include "base/text.h"

namespace emplettes::campaign {
namespace {

constexpr std::int64_t kNamesShown = 20;
constexpr std::int64_t kRefusalsListed = 200;
constexpr std::chrono::seconds kBatchTimeMax{60};
constexpr Instant kWhenever = instant_from_unix(253'402'300'799);  // the end of the year 9999

constexpr std::string_view kCountMeant = R"sql(
    SELECT COUNT(*) FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND status = 'confirmed'
      AND confirmed_at >= :since AND confirmed_at < :before AND in_alarm >= :alarm
      AND (CAST(:any_network AS BIGINT) = 1 OR (network_hash = :network AND network_day = :day))
      AND LOWER(name) LIKE LOWER(:name) ESCAPE '!' AND mail_domain LIKE :domain ESCAPE '!'
)sql";
constexpr std::string_view kNamesMeant = R"sql(
    SELECT name FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND status = 'confirmed'
      AND confirmed_at >= :since AND confirmed_at < :before AND in_alarm >= :alarm
      AND (CAST(:any_network AS BIGINT) = 1 OR (network_hash = :network AND network_day = :day))
      AND LOWER(name) LIKE LOWER(:name) ESCAPE '!' AND mail_domain LIKE :domain ESCAPE '!'
    ORDER BY confirmed_at DESC, signature_id DESC LIMIT :limit
)sql";
constexpr std::string_view kRefuse = R"sql(
    UPDATE signature SET status = 'refused', batch_id = :batch
    WHERE territory_id = :territory AND pledge_id = :pledge AND status = 'confirmed'
      AND confirmed_at >= :since AND confirmed_at < :before AND in_alarm >= :alarm
      AND (CAST(:any_network AS BIGINT) = 1 OR (network_hash = :network AND network_day = :day))
      AND LOWER(name) LIKE LOWER(:name) ESCAPE '!' AND mail_domain LIKE :domain ESCAPE '!'
)sql";
constexpr std::string_view kRestore = R"sql(
    UPDATE signature SET status = 'confirmed', batch_id = 0
    WHERE territory_id = :territory AND pledge_id = :pledge AND batch_id = :batch
)sql";

constexpr std::string_view kInsertBatch = R"sql(
    INSERT INTO refusal_batch (territory_id, pledge_id, batch_id, query, reason, refused_by,
                               signatures, made_at, undone_by, undone_at)
    VALUES (:territory, :pledge, :batch, :query, :reason, :by, :signatures, :now, '', 0)
)sql";
constexpr std::string_view kUndoBatch = R"sql(
    UPDATE refusal_batch SET undone_by = :by, undone_at = :now
    WHERE territory_id = :territory AND pledge_id = :pledge AND batch_id = :batch AND undone_at = 0
      AND signatures = (SELECT COUNT(*) FROM signature s WHERE s.territory_id = :territory
                        AND s.pledge_id = :pledge AND s.batch_id = :batch)
)sql";
constexpr std::string_view kShrinkBatch = R"sql(
    UPDATE refusal_batch SET signatures = signatures - 1
    WHERE territory_id = :territory AND pledge_id = :pledge AND batch_id = :batch
)sql";
constexpr std::string_view kRefusedFor = R"sql(
    SELECT reason, CAST(SUM(signatures) AS BIGINT) FROM refusal_batch
    WHERE territory_id = :territory AND pledge_id = :pledge AND undone_at = 0 AND signatures > 0
    GROUP BY reason ORDER BY 2 DESC, reason
)sql";
constexpr std::string_view kBatches = R"sql(
    SELECT batch_id, query, reason, refused_by, signatures, made_at, undone_by, undone_at
    FROM refusal_batch WHERE territory_id = :territory AND pledge_id = :pledge
    ORDER BY made_at DESC, batch_id DESC LIMIT :limit
)sql";
constexpr std::string_view kBusyNetworks = R"sql(
    SELECT network_hash, network_day, COUNT(*) FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND status = 'confirmed'
          AND network_hash <> ''
    GROUP BY network_hash, network_day ORDER BY COUNT(*) DESC, network_hash LIMIT :limit
)sql";
constexpr std::string_view kSaltedDays = R"sql(
    SELECT day, salt FROM network_salt WHERE territory_id = :territory ORDER BY day
)sql";

// For LIKE: what LIKE reads as a sign of its own is only itself, and * stands for anything.
std::string like_pattern(std::string_view text) {
    if (text.empty()) return "%";
    std::string pattern;
    for (const char c : text) {
        if (c == '!' || c == '%' || c == '_') pattern += '!';
        pattern += c == '*' ? '%' : c;
    }
    return to_lower_ascii(pattern);
}

// A query for one of its networks, or for any.
class Meant {
  public:
    explicit Meant(const RefusalQuery& query)
        : query_(query),
          name_(like_pattern(query.name)),
          domain_(like_pattern(query.mail_domain)),
          networks_(query.networks) {
        if (networks_.empty()) networks_.emplace_back();
    }

    template <typename F>
    void each_network(F&& f) const {
        for (const NetworkTrace& network : networks_) f(network);
    }
    Instant before() const { return query_.until == Instant() ? kWhenever : query_.until; }
    bool is_any(const NetworkTrace& network) const { return network.hash.empty(); }
    const RefusalQuery& query() const { return query_; }
    const std::string& name() const { return name_; }
    const std::string& domain() const { return domain_; }

  private:
    const RefusalQuery& query_;
    const std::string name_;
    const std::string domain_;
    std::vector<NetworkTrace> networks_;
};

std::int64_t refuse_all(store::Tx& tx, const CountContext& context, const RefusalQuery& query,
                        BatchId batch) {
    const Meant meant(query);
    std::int64_t refused = 0;
    meant.each_network([&](const NetworkTrace& network) {
        refused += tx.run(kRefuse, {{"batch", batch},
                                    {"territory", context.territory},
                                    {"pledge", context.pledge},
                                    {"since", query.from},
                                    {"before", meant.before()},
                                    {"alarm", query.in_alarm},
                                    {"any_network", meant.is_any(network)},
                                    {"network", network.hash},
                                    {"day", network.day},
                                    {"name", meant.name()},
                                    {"domain", meant.domain()}});
    });
    return refused;
}

std::optional<RefusalError> find_refusal_fault(const RefusalRequest& request) {
    if (request.query.is_empty()) return RefusalError::query_empty;
    if (trim(request.reason).empty()) return RefusalError::reason_missing;
    if (!is_valid_utf8(request.reason) || utf8_length(request.reason) > kRefusalReasonMax)
        return RefusalError::reason_too_long;
    return std::nullopt;
}

}  // namespace

std::string to_text(const RefusalQuery& query) {
    Json networks = Json::array();
    for (const NetworkTrace& network : query.networks)
        networks.push_back({{"hash", network.hash}, {"day", network.day}});
    return Json({{"networks", std::move(networks)},
                 {"name", query.name},
                 {"mail_domain", query.mail_domain},
                 {"in_alarm", query.in_alarm},
                 {"from", to_unix(query.from)},
                 {"until", to_unix(query.until)}})
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<RefusalQuery> parse_refusal_query(std::string_view text) {
    const Json json = parse_json(text);
    if (!json.is_object()) return std::nullopt;
    try {
        RefusalQuery query{.name = json.at("name"),
                           .mail_domain = json.at("mail_domain"),
                           .in_alarm = json.at("in_alarm"),
                           .from = instant_from_unix(json.at("from")),
                           .until = instant_from_unix(json.at("until"))};
        for (const Json& network : json.at("networks"))
            query.networks.push_back({.hash = network.at("hash"), .day = network.at("day")});
        return query;
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

std::vector<NetworkTrace> load_traces(store::Tx& tx, TerritoryId territory, const SignerKey& key,
                                      std::string_view network) {
    std::vector<NetworkTrace> traces;
    tx.each<std::int64_t, std::string>(kSaltedDays, {{"territory", territory}},
                                       [&](std::int64_t day, const std::string& salt) {
                                           traces.push_back(trace_of(key, salt, network, day));
                                       });
    return traces;
}

std::vector<BusyNetwork> load_busy_networks(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                                            std::int64_t limit) {
    std::vector<BusyNetwork> busy;
    tx.each<std::string, std::int64_t, std::int64_t>(
        kBusyNetworks, {{"territory", territory}, {"pledge", pledge}, {"limit", limit}},
        [&](std::string hash, std::int64_t day, std::int64_t signatures) {
            busy.push_back(
                {.trace = {.hash = std::move(hash), .day = day}, .signatures = signatures});
        });
    return busy;
}

RefusalPreview preview_refusal(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                               const RefusalQuery& query) {
    RefusalPreview preview;
    if (query.is_empty()) return preview;
    tx.allow(kBatchTimeMax);
    const Meant meant(query);
    meant.each_network([&](const NetworkTrace& network) {
        preview.signatures +=
            tx.one<std::int64_t>(kCountMeant, {{"territory", territory},
                                               {"pledge", pledge},
                                               {"since", query.from},
                                               {"before", meant.before()},
                                               {"alarm", query.in_alarm},
                                               {"any_network", meant.is_any(network)},
                                               {"network", network.hash},
                                               {"day", network.day},
                                               {"name", meant.name()},
                                               {"domain", meant.domain()}})
                .value();
        const auto room = kNamesShown - static_cast<std::int64_t>(preview.names.size());
        tx.each<std::string>(kNamesMeant,
                             {{"territory", territory},
                              {"pledge", pledge},
                              {"since", query.from},
                              {"before", meant.before()},
                              {"alarm", query.in_alarm},
                              {"any_network", meant.is_any(network)},
                              {"network", network.hash},
                              {"day", network.day},
                              {"name", meant.name()},
                              {"domain", meant.domain()},
                              {"limit", room}},
                             [&](std::string name) { preview.names.push_back(std::move(name)); });
    });
    return preview;
}

Result<std::int64_t, RefusalError> refuse_signatures(store::Tx& tx, const CountContext& context,
                                                     const RefusalRequest& request) {
    if (const auto fault = find_refusal_fault(request)) return *fault;
    tx.allow(kBatchTimeMax);
    const auto batch = context.ids.next<BatchId>();
    const std::int64_t refused = refuse_all(tx, context, request.query, batch);
    if (refused == 0) return RefusalError::nobody_meant;
    tx.run(kInsertBatch, {{"territory", context.territory},
                          {"pledge", context.pledge},
                          {"batch", batch},
                          {"query", to_text(request.query)},
                          {"reason", trim(request.reason)},
                          {"by", request.by},
                          {"signatures", refused},
                          {"now", context.now}});
    enter_count(tx, context, {.change = Change::refused, .signatures = refused, .batch = batch});
    return refused;
}

bool undo_refusal(store::Tx& tx, const CountContext& context, BatchId batch, std::string_view by) {
    tx.allow(kBatchTimeMax);
    const auto undone = tx.run(kUndoBatch, {{"by", by},
                                            {"now", context.now},
                                            {"territory", context.territory},
                                            {"pledge", context.pledge},
                                            {"batch", batch}});
    if (undone == 0) return false;
    const auto restored = tx.run(
        kRestore, {{"territory", context.territory}, {"pledge", context.pledge}, {"batch", batch}});
    if (restored > 0)
        enter_count(tx, context,
                    {.change = Change::restored, .signatures = restored, .batch = batch});
    return true;
}

void take_out_of_batch(store::Tx& tx, const CountContext& context, BatchId batch) {
    tx.run(kShrinkBatch,
           {{"territory", context.territory}, {"pledge", context.pledge}, {"batch", batch}});
    enter_count(tx, context, {.change = Change::restored, .batch = batch});
}

std::vector<RefusedFor> load_refused_for(store::Tx& tx, TerritoryId territory, PledgeId pledge) {
    std::vector<RefusedFor> reasons;
    tx.each<std::string, std::int64_t>(
        kRefusedFor, {{"territory", territory}, {"pledge", pledge}},
        [&](std::string reason, std::int64_t signatures) {
            reasons.push_back({.reason = std::move(reason), .signatures = signatures});
        });
    return reasons;
}

std::vector<Refusal> load_refusals(store::Tx& tx, TerritoryId territory, PledgeId pledge) {
    std::vector<Refusal> refusals;
    tx.each<BatchId, std::string, std::string, std::string, std::int64_t, Instant, std::string,
            Instant>(
        kBatches, {{"territory", territory}, {"pledge", pledge}, {"limit", kRefusalsListed}},
        [&](BatchId id, std::string query, std::string reason, std::string by,
            std::int64_t signatures, Instant made_at, std::string undone_by, Instant undone_at) {
            refusals.push_back({.id = id,
                                .query = std::move(query),
                                .reason = std::move(reason),
                                .refused_by = std::move(by),
                                .signatures = signatures,
                                .made_at = made_at,
                                .undone_by = std::move(undone_by),
                                .undone_at = undone_at});
        });
    return refusals;
}

}  // namespace emplettes::campaign
