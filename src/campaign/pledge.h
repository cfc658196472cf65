#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/id_source.h"
#include "base/result.h"
#include "campaign/sign_link.h"
#include "store/tx.h"

namespace emplettes::campaign {

inline constexpr std::int64_t kPledgesListedMax = 100;

enum class PledgeStatus { draft, published, deleted };
std::string_view to_string(PledgeStatus status);

// What it says in one language.
struct PledgeText {
    std::string title;
    std::string body;          // paragraphs, an empty line between them
    std::string thanks;        // to who has confirmed
    std::string picture_text;  // what the picture shows

    bool operator==(const PledgeText&) const = default;
};

// What somebody who is named does by a day when so many have signed.
struct Milestone {
    std::int64_t signatures = 0;
    std::string owner;
    Instant due_at;
    std::map<std::string, std::string> promises;  // by language

    bool operator==(const Milestone&) const = default;
};

// What people promise together: no money, no obligation.
struct Pledge {
    PledgeId id;
    std::string slug;
    PledgeStatus status = PledgeStatus::draft;
    std::string called_by;
    std::string picture;  // its address on this site, "/pictures/…"; empty: none
    std::int64_t goal = 0;
    Instant begins_at;
    Instant ends_at;
    Instant anonymise_at;        // when everything about who signed is erased
    Instant anonymised_at = {};  // 0: not yet
    Instant created_at = {};
    std::map<std::string, PledgeText> texts;  // by language
    std::vector<Milestone> milestones;        // by signatures

    // In this language, else in the first there is.
    const PledgeText& text(const std::string& language) const;
    bool is_open(Instant now) const {
        return status == PledgeStatus::published && begins_at <= now && now < ends_at;
    }
    bool operator==(const Pledge&) const = default;
};

// Why a pledge cannot be made of what is given: a sentence each, for the person who wrote it.
std::vector<std::string> find_pledge_faults(const Pledge& pledge);

// A new draft; `id` and `created_at` are given here. The error: the slug is taken. Its faults are
// the caller's to look for.
enum class DraftError { slug_taken };
Result<PledgeId, DraftError> add_draft(store::Tx& tx, TerritoryId territory, const Pledge& pledge,
                                       IdSource& ids, Instant now);
// Whether it had another status before.
bool set_status(store::Tx& tx, TerritoryId territory, PledgeId id, PledgeStatus status);

std::optional<Pledge> find_pledge(store::Tx& tx, TerritoryId territory, std::string_view slug);
std::optional<Pledge> find_pledge(store::Tx& tx, TerritoryId territory, PledgeId id);
// Those that everybody sees, the newest first, at most kPledgesListedMax.
std::vector<PledgeId> load_published(store::Tx& tx, TerritoryId territory);
// All of them, the newest first, at most kPledgesListedMax.
std::vector<Pledge> load_pledges(store::Tx& tx, TerritoryId territory);

}  // namespace emplettes::campaign
