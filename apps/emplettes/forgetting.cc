#include "emplettes/forgetting.h"

#include "accounts/session.h"
#include "accounts/sign_in.h"
#include "catalogue/questions.h"
#include "catalogue/shelf_touch.h"
#include "catalogue/shop_record.h"
#include "catalogue/shop_views.h"
#include "notices/eml_folder.h"
#include "notices/notice.h"
#include "notices/unreachable.h"
#include "orders/contact_proof.h"
#include "orders/reservation.h"
#include "store/idempotency.h"
#include "store/outbox.h"
#include "territory/claiming.h"

namespace emplettes {
namespace {

constexpr std::chrono::days kNewsKept{7};
constexpr std::int64_t kForgottenAtOnce = 500;
constexpr std::size_t kMailsErasedAtOnce = 10'000;

}  // namespace

std::int64_t forget_old_rows(store::Tx& tx, const catalogue::Territory& owner, Instant now) {
    const TerritoryId territory = owner.id;
    const LocalDay today = catalogue::day_of(owner, now);
    return store::purge_answers(tx, territory, now) + accounts::purge_links(tx, territory, now) +
           accounts::purge_sessions(tx, territory, now) +
           territory::purge_claims(tx, territory, now - territory::kRejectedKept) +
           store::purge_news(tx, territory, now - kNewsKept) +
           catalogue::purge_questions(tx, territory, today - catalogue::kQuestionsKept) +
           catalogue::purge_touches(tx, territory, now) +
           catalogue::purge_views(tx, territory, today - catalogue::kViewsKept) +
           catalogue::purge_shop_records(
               tx, territory,
               {.messages = now - orders::kPersonKept, .answers = now - catalogue::kViewsKept},
               kForgottenAtOnce) +
           notices::purge_notices(tx, territory, now - kNoticesKept) +
           notices::purge_bounces(tx, territory, now) +
           orders::purge_proofs(tx, territory, now, kForgottenAtOnce) +
           orders::forget_persons(tx, territory, now - orders::kPersonKept, kForgottenAtOnce);
}

void erase_old_mails(const std::filesystem::path& mails, Instant before) {
    notices::erase_mails(notices::EmlFolder(mails), before, kMailsErasedAtOnce);
    for (const auto& entry : std::filesystem::directory_iterator(mails))
        if (entry.is_directory())
            notices::erase_mails(notices::EmlFolder(entry.path()), before, kMailsErasedAtOnce);
}

}  // namespace emplettes
