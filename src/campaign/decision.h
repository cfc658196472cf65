#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/result.h"
#include "campaign/pledge.h"
#include "store/tx.h"

namespace emplettes::campaign {

using DecisionId = Id<struct DecisionTag>;

// What nobody does alone with a pledge: one proposes it, another one does it. A page of
// 17 November 2020 was redirected by one stolen key.
enum class Act { publish, remove };
std::string_view to_string(Act act);
std::optional<Act> parse_act(std::string_view word);

// How long a proposal waits for a second person.
inline constexpr std::chrono::days kProposalLasts{7};

struct Proposal {
    DecisionId id;
    PledgeId pledge;
    Act act = Act::publish;
    std::string proposed_by;
    Instant proposed_at;

    bool operator==(const Proposal&) const = default;
};

enum class DecisionError {
    not_possible,  // a pledge is published that is not a draft, or removed that is not there
    proposed_before,
    not_there,    // done, dropped, or too old
    same_person,  // who has proposed it
};

struct DecisionContext {
    TerritoryId territory;
    IdSource& ids;
    std::string by;  // the operator's address
    Instant now;
};
// Each is written into the log of deeds.
Result<DecisionId, DecisionError> propose(store::Tx& tx, const Pledge& pledge, Act act,
                                          const DecisionContext& context);
// Does it.
Result<Act, DecisionError> second(store::Tx& tx, DecisionId id, const DecisionContext& context);
// By anybody, also by who has proposed it. Whether it was still open.
bool drop_proposal(store::Tx& tx, DecisionId id, const DecisionContext& context);

// Those of a pledge that can be seconded, the oldest first.
std::vector<Proposal> load_proposals(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                                     Instant now);

}  // namespace emplettes::campaign
