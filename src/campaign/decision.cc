#include "campaign/decision.h"

#include <algorithm>

#include "base/check.h"
#include "campaign/deed.h"

namespace emplettes::campaign {
namespace {

constexpr std::string_view kInsertDecision = R"sql(
    INSERT INTO decision (territory_id, decision_id, pledge_id, act, status, proposed_by,
                          proposed_at, seconded_by, seconded_at)
    VALUES (:territory, :decision, :pledge, :act, 'proposed', :by, :now, '', 0)
)sql";
constexpr std::string_view kOpenOf = R"sql(
    SELECT decision_id, pledge_id, act, proposed_by, proposed_at FROM decision
    WHERE territory_id = :territory AND pledge_id = :pledge AND status = 'proposed'
          AND proposed_at > :since
    ORDER BY proposed_at, decision_id
)sql";
constexpr std::string_view kOpenOne = R"sql(
    SELECT decision_id, pledge_id, act, proposed_by, proposed_at FROM decision
    WHERE territory_id = :territory AND decision_id = :decision AND status = 'proposed'
          AND proposed_at > :since
)sql";
constexpr std::string_view kSecond = R"sql(
    UPDATE decision SET status = 'done', seconded_by = :by, seconded_at = :now
    WHERE territory_id = :territory AND decision_id = :decision AND status = 'proposed'
)sql";
constexpr std::string_view kDrop = R"sql(
    UPDATE decision SET status = 'dropped'
    WHERE territory_id = :territory AND decision_id = :decision AND status = 'proposed'
)sql";

bool is_possible(const Pledge& pledge, Act act) {
    switch (act) {
        case Act::publish: return pledge.status == PledgeStatus::draft;
        case Act::remove: return pledge.status != PledgeStatus::deleted;
    }
    return false;
}

PledgeStatus status_after(Act act) {
    return act == Act::publish ? PledgeStatus::published : PledgeStatus::deleted;
}

std::vector<Proposal> read_proposals(store::Tx& tx, std::string_view query, store::Params params) {
    std::vector<Proposal> list;
    tx.each<DecisionId, PledgeId, std::string, std::string, Instant>(
        query, params,
        [&](DecisionId id, PledgeId pledge, const std::string& act, std::string by, Instant at) {
            list.push_back({.id = id,
                            .pledge = pledge,
                            .act = parse_act(act).value(),
                            .proposed_by = std::move(by),
                            .proposed_at = at});
        });
    return list;
}

std::optional<Proposal> find_proposal(store::Tx& tx, DecisionId id,
                                      const DecisionContext& context) {
    auto found = read_proposals(tx, kOpenOne,
                                {{"territory", context.territory},
                                 {"decision", id},
                                 {"since", context.now - kProposalLasts}});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void note_decision(store::Tx& tx, const DecisionContext& context, const Proposal& proposal,
                   std::string_view step) {
    const auto pledge = find_pledge(tx, context.territory, proposal.pledge);
    note_deed(tx, context.territory,
              {.done_at = context.now,
               .done_by = context.by,
               .act = std::string(step) + "_" + std::string(to_string(proposal.act)),
               .pledge_slug = pledge.value().slug,
               .details = step == "propose" ? std::string() : proposal.proposed_by});
}

}  // namespace

std::string_view to_string(Act act) {
    switch (act) {
        case Act::publish: return "publish";
        case Act::remove: return "remove";
    }
    check(false);
    return {};
}

std::optional<Act> parse_act(std::string_view word) {
    for (const Act act : {Act::publish, Act::remove})
        if (word == to_string(act)) return act;
    return std::nullopt;
}

Result<DecisionId, DecisionError> propose(store::Tx& tx, const Pledge& pledge, Act act,
                                          const DecisionContext& context) {
    if (!is_possible(pledge, act)) return DecisionError::not_possible;
    const auto open = load_proposals(tx, context.territory, pledge.id, context.now);
    if (std::ranges::find(open, act, &Proposal::act) != open.end())
        return DecisionError::proposed_before;
    const Proposal proposal{.id = context.ids.next<DecisionId>(), .pledge = pledge.id, .act = act};
    tx.run(kInsertDecision, {{"territory", context.territory},
                             {"decision", proposal.id},
                             {"pledge", pledge.id},
                             {"act", to_string(act)},
                             {"by", context.by},
                             {"now", context.now}});
    note_decision(tx, context, proposal, "propose");
    return proposal.id;
}

Result<Act, DecisionError> second(store::Tx& tx, DecisionId id, const DecisionContext& context) {
    const auto proposal = find_proposal(tx, id, context);
    if (!proposal) return DecisionError::not_there;
    if (proposal->proposed_by == context.by) return DecisionError::same_person;
    const auto pledge = find_pledge(tx, context.territory, proposal->pledge);
    if (!pledge || !is_possible(*pledge, proposal->act)) return DecisionError::not_possible;
    tx.run(kSecond, {{"by", context.by},
                     {"now", context.now},
                     {"territory", context.territory},
                     {"decision", id}});
    set_status(tx, context.territory, proposal->pledge, status_after(proposal->act));
    note_decision(tx, context, *proposal, "second");
    return proposal->act;
}

bool drop_proposal(store::Tx& tx, DecisionId id, const DecisionContext& context) {
    const auto proposal = find_proposal(tx, id, context);
    if (!proposal) return false;
    tx.run(kDrop, {{"territory", context.territory}, {"decision", id}});
    note_decision(tx, context, *proposal, "drop");
    return true;
}

std::vector<Proposal> load_proposals(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                                     Instant now) {
    return read_proposals(
        tx, kOpenOf,
        {{"territory", territory}, {"pledge", pledge}, {"since", now - kProposalLasts}});
}

}  // namespace emplettes::campaign
