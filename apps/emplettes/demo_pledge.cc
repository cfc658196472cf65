#include "emplettes/demo_pledge.h"

#include "base/check.h"

namespace emplettes {
namespace {

constexpr std::chrono::days kPledgeLasts{60};
constexpr std::chrono::days kSignersKept{90};  // from its beginning

}  // namespace

void publish_demo_pledge(store::Database& signers, campaign::Pledge pledge,
                         const campaign::DecisionContext& proposed, const std::string& second) {
    pledge.begins_at = proposed.now;
    pledge.ends_at = pledge.begins_at + kPledgeLasts;
    pledge.anonymise_at = pledge.begins_at + kSignersKept;
    for (campaign::Milestone& milestone : pledge.milestones) milestone.due_at = pledge.anonymise_at;
    campaign::DecisionContext seconded = proposed;
    seconded.by = second;
    signers.write([&](store::Tx& tx) {
        const auto id =
            campaign::add_draft(tx, proposed.territory, pledge, proposed.ids, proposed.now);
        if (!id) return;
        const auto draft = campaign::find_pledge(tx, proposed.territory, *id);
        const auto decision =
            campaign::propose(tx, draft.value(), campaign::Act::publish, proposed);
        check(campaign::second(tx, decision.value(), seconded).ok());
    });
}

}  // namespace emplettes
