#pragma once
#include <string>

#include "campaign/decision.h"
#include "campaign/pledge_file.h"
#include "store/database.h"

namespace emplettes {

// The demo's pledge, proposed by one of its operators and published by the other. It begins today,
// whenever that is, and nobody has signed it. Nothing when it is there already.
void publish_demo_pledge(store::Database& signers, campaign::Pledge pledge,
                         const campaign::DecisionContext& proposed, const std::string& second);

}  // namespace emplettes
