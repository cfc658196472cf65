#include "campaign/pledge.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace emplettes::campaign {
namespace {

constexpr std::size_t kSlugLengthMax = 60;
constexpr std::size_t kTitleLengthMax = 120;
constexpr std::size_t kBodyLengthMax = 5'000;
constexpr std::size_t kMilestonesMax = 10;
// GDPR art. 5.1.e: no longer than what it was asked for needs.
constexpr std::chrono::days kAnonymisedWithin{366};

constexpr std::string_view kInsertPledge = R"sql(
    INSERT INTO pledge (territory_id, pledge_id, slug, status, called_by, picture, goal, begins_at,
                        ends_at, anonymise_at, anonymised_at, created_at)
    VALUES (:territory, :pledge, :slug, 'draft', :called_by, :picture, :goal, :begins_at,
            :ends_at, :anonymise_at, 0, :now)
    ON CONFLICT (territory_id, slug) DO NOTHING
)sql";
constexpr std::string_view kInsertText = R"sql(
    INSERT INTO pledge_text (territory_id, pledge_id, language, title, body, thanks, picture_text)
    VALUES (:territory, :pledge, :language, :title, :body, :thanks, :picture_text)
)sql";
constexpr std::string_view kInsertMilestone = R"sql(
    INSERT INTO pledge_milestone (territory_id, pledge_id, signatures, language, owner, due_at,
                                  promise)
    VALUES (:territory, :pledge, :signatures, :language, :owner, :due_at, :promise)
)sql";
constexpr std::string_view kSetStatus = R"sql(
    UPDATE pledge SET status = :status
    WHERE territory_id = :territory AND pledge_id = :pledge AND status <> :status
)sql";

constexpr std::string_view kFindBySlug = R"sql(
    SELECT pledge_id FROM pledge WHERE territory_id = :territory AND slug = :slug
)sql";
constexpr std::string_view kFindPledge = R"sql(
    SELECT slug, status, called_by, picture, goal, begins_at, ends_at, anonymise_at, anonymised_at,
           created_at
    FROM pledge WHERE territory_id = :territory AND pledge_id = :pledge
)sql";
constexpr std::string_view kTextsOf = R"sql(
    SELECT language, title, body, thanks, picture_text FROM pledge_text
    WHERE territory_id = :territory AND pledge_id = :pledge
)sql";
constexpr std::string_view kMilestonesOf = R"sql(
    SELECT signatures, language, owner, due_at, promise FROM pledge_milestone
    WHERE territory_id = :territory AND pledge_id = :pledge
    ORDER BY signatures, language
)sql";
constexpr std::string_view kAllIds = R"sql(
    SELECT pledge_id FROM pledge WHERE territory_id = :territory
    ORDER BY created_at DESC, pledge_id DESC LIMIT :limit
)sql";

constexpr std::string_view kPublishedIds = R"sql(
    SELECT pledge_id FROM pledge WHERE territory_id = :territory AND status = 'published'
    ORDER BY created_at DESC, pledge_id DESC LIMIT :limit
)sql";

PledgeStatus parse_status(std::string_view word) {
    for (const auto status : {PledgeStatus::draft, PledgeStatus::published, PledgeStatus::deleted})
        if (word == to_string(status)) return status;
    check(false);
    return PledgeStatus::draft;
}

// "mine" is the address of what one has signed.
bool is_slug(const std::string& slug) {
    return !slug.empty() && slug.size() <= kSlugLengthMax && slug == slugify(slug) &&
           slug != "mine";
}

void find_text_faults(const Pledge& pledge, std::vector<std::string>& faults) {
    const auto expect = [&](bool is_right, std::string fault) {
        if (!is_right) faults.push_back(std::move(fault));
    };
    expect(!pledge.texts.empty(), "text: needs one language at least");
    for (const auto& [language, text] : pledge.texts) {
        const std::string at = "text." + language + ".";
        expect(!text.title.empty(), at + "title: is missing");
        expect(utf8_length(text.title) <= kTitleLengthMax,
               at + "title: at most " + std::to_string(kTitleLengthMax) + " characters");
        expect(!text.body.empty(), at + "body: is missing");
        expect(utf8_length(text.body) <= kBodyLengthMax,
               at + "body: at most " + std::to_string(kBodyLengthMax) + " characters");
        expect(!text.thanks.empty(), at + "thanks: is missing");
        expect(pledge.picture.empty() || !text.picture_text.empty(),
               at + "picture_text: says what the picture shows, for who does not see it");
    }
}

void find_milestone_faults(const Pledge& pledge, std::vector<std::string>& faults) {
    if (pledge.milestones.size() > kMilestonesMax)
        faults.push_back("milestone: at most " + std::to_string(kMilestonesMax));
    for (const Milestone& milestone : pledge.milestones) {
        const std::string at = "milestone " + std::to_string(milestone.signatures) + ": ";
        if (milestone.signatures < 1) faults.push_back(at + "signatures must be above 0");
        if (milestone.owner.empty()) faults.push_back(at + "owner must name who does it");
        if (milestone.due_at <= pledge.begins_at)
            faults.push_back(at + "due must be a day after the beginning");
        for (const auto& [language, text] : pledge.texts)
            if (!milestone.promises.contains(language))
                faults.push_back(at + "promise lacks the language " + language);
    }
}

void save_texts(store::Tx& tx, TerritoryId territory, PledgeId id, const Pledge& pledge) {
    for (const auto& [language, text] : pledge.texts)
        tx.run(kInsertText, {{"territory", territory},
                             {"pledge", id},
                             {"language", language},
                             {"title", text.title},
                             {"body", text.body},
                             {"thanks", text.thanks},
                             {"picture_text", text.picture_text}});
    for (const Milestone& milestone : pledge.milestones)
        for (const auto& [language, promise] : milestone.promises)
            tx.run(kInsertMilestone, {{"territory", territory},
                                      {"pledge", id},
                                      {"signatures", milestone.signatures},
                                      {"language", language},
                                      {"owner", milestone.owner},
                                      {"due_at", milestone.due_at},
                                      {"promise", promise}});
}

void load_texts(store::Tx& tx, TerritoryId territory, Pledge& pledge) {
    tx.each<std::string, std::string, std::string, std::string, std::string>(
        kTextsOf, {{"territory", territory}, {"pledge", pledge.id}},
        [&](const std::string& language, std::string title, std::string body, std::string thanks,
            std::string picture_text) {
            pledge.texts[language] = {.title = std::move(title),
                                      .body = std::move(body),
                                      .thanks = std::move(thanks),
                                      .picture_text = std::move(picture_text)};
        });
    tx.each<std::int64_t, std::string, std::string, Instant, std::string>(
        kMilestonesOf, {{"territory", territory}, {"pledge", pledge.id}},
        [&](std::int64_t signatures, const std::string& language, std::string owner, Instant due_at,
            std::string promise) {
            auto& all = pledge.milestones;
            if (all.empty() || all.back().signatures != signatures)
                all.push_back(
                    {.signatures = signatures, .owner = std::move(owner), .due_at = due_at});
            all.back().promises[language] = std::move(promise);
        });
}

}  // namespace

std::string_view to_string(PledgeStatus status) {
    switch (status) {
        case PledgeStatus::draft: return "draft";
        case PledgeStatus::published: return "published";
        case PledgeStatus::deleted: return "deleted";
    }
    check(false);
    return {};
}

const PledgeText& Pledge::text(const std::string& language) const {
    check(!texts.empty());
    const auto found = texts.find(language);
    return found == texts.end() ? texts.begin()->second : found->second;
}

std::vector<std::string> find_pledge_faults(const Pledge& pledge) {
    std::vector<std::string> faults;
    if (!is_slug(pledge.slug))
        faults.push_back("slug: small letters, digits and hyphens, at most " +
                         std::to_string(kSlugLengthMax) + ", and not \"mine\"");
    if (pledge.called_by.empty()) faults.push_back("called_by: says who calls");
    if (pledge.goal < 1) faults.push_back("goal: must be above 0");
    if (pledge.begins_at >= pledge.ends_at) faults.push_back("ends: must come after begins");
    if (pledge.anonymise_at <= pledge.ends_at)
        faults.push_back("anonymise: must come after ends");
    else if (pledge.anonymise_at - pledge.ends_at > kAnonymisedWithin)
        faults.push_back("anonymise: at most a year after ends");
    if (!pledge.picture.empty() && !pledge.picture.starts_with("/pictures/"))
        faults.push_back("picture: a picture of this site, /pictures/…");
    find_text_faults(pledge, faults);
    find_milestone_faults(pledge, faults);
    return faults;
}

Result<PledgeId, DraftError> add_draft(store::Tx& tx, TerritoryId territory, const Pledge& pledge,
                                       IdSource& ids, Instant now) {
    const auto id = ids.next<PledgeId>();
    const auto added = tx.run(kInsertPledge, {{"territory", territory},
                                              {"pledge", id},
                                              {"slug", pledge.slug},
                                              {"called_by", pledge.called_by},
                                              {"picture", pledge.picture},
                                              {"goal", pledge.goal},
                                              {"begins_at", pledge.begins_at},
                                              {"ends_at", pledge.ends_at},
                                              {"anonymise_at", pledge.anonymise_at},
                                              {"now", now}});
    if (added == 0) return DraftError::slug_taken;
    save_texts(tx, territory, id, pledge);
    return id;
}

bool set_status(store::Tx& tx, TerritoryId territory, PledgeId id, PledgeStatus status) {
    return tx.run(kSetStatus,
                  {{"status", to_string(status)}, {"territory", territory}, {"pledge", id}}) > 0;
}

std::optional<Pledge> find_pledge(store::Tx& tx, TerritoryId territory, PledgeId id) {
    const auto row =
        tx.one<std::string, std::string, std::string, std::string, std::int64_t, Instant, Instant,
               Instant, Instant, Instant>(kFindPledge, {{"territory", territory}, {"pledge", id}});
    if (!row) return std::nullopt;
    const auto& [slug, status, called_by, picture, goal, begins_at, ends_at, anonymise_at,
                 anonymised_at, created_at] = *row;
    Pledge pledge{.id = id,
                  .slug = slug,
                  .status = parse_status(status),
                  .called_by = called_by,
                  .picture = picture,
                  .goal = goal,
                  .begins_at = begins_at,
                  .ends_at = ends_at,
                  .anonymise_at = anonymise_at,
                  .anonymised_at = anonymised_at,
                  .created_at = created_at};
    load_texts(tx, territory, pledge);
    return pledge;
}

std::optional<Pledge> find_pledge(store::Tx& tx, TerritoryId territory, std::string_view slug) {
    const auto id = tx.one<PledgeId>(kFindBySlug, {{"territory", territory}, {"slug", slug}});
    if (!id) return std::nullopt;
    return find_pledge(tx, territory, *id);
}

std::vector<PledgeId> load_published(store::Tx& tx, TerritoryId territory) {
    return tx.all<PledgeId>(kPublishedIds,
                            {{"territory", territory}, {"limit", kPledgesListedMax}});
}

std::vector<Pledge> load_pledges(store::Tx& tx, TerritoryId territory) {
    std::vector<Pledge> pledges;
    for (const PledgeId id :
         tx.all<PledgeId>(kAllIds, {{"territory", territory}, {"limit", kPledgesListedMax}}))
        pledges.push_back(find_pledge(tx, territory, id).value());
    return pledges;
}

}  // namespace emplettes::campaign
