#pragma once
#include <string>
#include <vector>

#include "base/id.h"
#include "campaign/sign_link.h"
#include "store/tx.h"

namespace emplettes::campaign {

// Words of who signs, and the organisations they sign for: an operator reads them before they are
// shown.
struct WaitingComment {
    SignatureId id;
    std::string name;
    std::string organisation;
    std::string comment;
};
// Oldest first.
std::vector<WaitingComment> load_waiting_comments(store::Tx& tx, TerritoryId territory,
                                                  PledgeId pledge, std::int64_t limit);

struct CommentVerdict {
    SignatureId id;
    bool is_shown = false;
};
// Whether it was still waiting.
bool judge_comment(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                   const CommentVerdict& verdict);

}  // namespace emplettes::campaign
