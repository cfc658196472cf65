#include "emplettes/housekeeping.h"

#include "base/log.h"
#include "notices/delivery.h"
#include "orders/reservation.h"
#include "site/notice_texts.h"
#include "store/idempotency.h"
#include "store/outbox.h"

namespace emplettes {
namespace {

constexpr std::chrono::seconds kExpireEvery{10};
constexpr std::chrono::seconds kSendEvery{1};
constexpr std::chrono::minutes kForgetEvery{10};
constexpr std::chrono::days kNewsKept{7};
constexpr std::chrono::days kNoticesKept{30};
constexpr std::int64_t kExpiredAtOnce = 200;
constexpr std::int64_t kForgottenAtOnce = 500;

}  // namespace

Housekeeping::Housekeeping(const site::Context& context)
    : context_(context), mails_(context.mails) {}

void Housekeeping::expire_reservations() {
    for (const auto& live : context_.territories.all())
        context_.database.write([&](store::Tx& tx) {
            orders::expire_overdue(tx, live->territory().id, context_.ids, context_.clock.now(),
                                   kExpiredAtOnce);
        });
}

void Housekeeping::send_notices() {
    const auto compose = [&](const notices::Notice& notice) {
        return site::compose_mail(context_, notice);
    };
    for (const auto& live : context_.territories.all()) {
        const auto delivery = notices::deliver_waiting(context_.database, live->territory().id,
                                                       context_.clock, mails_, compose);
        for (const std::string& problem : delivery.problems) log_warning(problem);
    }
}

void Housekeeping::forget_old_records() {
    for (const auto& live : context_.territories.all())
        context_.database.write([&](store::Tx& tx) {
            const TerritoryId territory = live->territory().id;
            const Instant now = context_.clock.now();
            store::purge_answers(tx, territory, now);
            store::purge_news(tx, territory, now - kNewsKept);
            notices::purge_notices(tx, territory, now - kNoticesKept);
            orders::forget_persons(tx, territory, now - orders::kPersonKept, kForgottenAtOnce);
        });
}

std::vector<store::PeriodicJobs::Job> Housekeeping::jobs() {
    return {{.name = "expire_reservations",
             .every = kExpireEvery,
             .run = [this] { expire_reservations(); }},
            {.name = "send_notices", .every = kSendEvery, .run = [this] { send_notices(); }},
            {.name = "forget_old_records", .every = kForgetEvery, .run = [this] {
                 forget_old_records();
             }}};
}

}  // namespace emplettes
