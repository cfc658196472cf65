#include "campaign/comment.h"

namespace emplettes::campaign {
namespace {

constexpr std::string_view kWaitingComments = R"sql(
    SELECT signature_id, name, organisation, comment FROM signature
    WHERE territory_id = :territory AND pledge_id = :pledge AND comment_status = 'waiting'
          AND status = 'confirmed'
    ORDER BY signature_id LIMIT :limit
)sql";
constexpr std::string_view kJudge = R"sql(
    UPDATE signature SET comment_status = :verdict
    WHERE territory_id = :territory AND pledge_id = :pledge AND signature_id = :signature
          AND comment_status = 'waiting'
)sql";

}  // namespace

std::vector<WaitingComment> load_waiting_comments(store::Tx& tx, TerritoryId territory,
                                                  PledgeId pledge, std::int64_t limit) {
    std::vector<WaitingComment> list;
    tx.each<SignatureId, std::string, std::string, std::string>(
        kWaitingComments, {{"territory", territory}, {"pledge", pledge}, {"limit", limit}},
        [&](SignatureId id, std::string name, std::string organisation, std::string comment) {
            list.push_back({.id = id,
                            .name = std::move(name),
                            .organisation = std::move(organisation),
                            .comment = std::move(comment)});
        });
    return list;
}

bool judge_comment(store::Tx& tx, TerritoryId territory, PledgeId pledge,
                   const CommentVerdict& verdict) {
    return tx.run(kJudge, {{"verdict", verdict.is_shown ? "shown" : "refused"},
                           {"territory", territory},
                           {"pledge", pledge},
                           {"signature", verdict.id}}) > 0;
}

}  // namespace emplettes::campaign
