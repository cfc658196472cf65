#include "emplettes/housekeeping.h"

#include <spdlog/spdlog.h>

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
constexpr std::int64_t kExpiredAtOnce = 200;

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
        for (const std::string& problem : delivery.problems) spdlog::warn("{}", problem);
    }
}

void Housekeeping::forget_old_records() {
    for (const auto& live : context_.territories.all())
        context_.database.write([&](store::Tx& tx) {
            store::purge_answers(tx, live->territory().id, context_.clock.now());
            store::purge_news(tx, live->territory().id, context_.clock.now() - kNewsKept);
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
