#include "emplettes/pledge_jobs.h"

#include "campaign/forgetting.h"
#include "campaign/signers.h"
#include "site/pledge_view.h"

namespace emplettes {
namespace {

constexpr int kForgetBatchesMax = 100;  // a run

}  // namespace

void count_pledges(const site::Context& context) {
    campaign::Signers& signers = context.signers;
    for (const auto& live : context.territories.all()) {
        const TerritoryId here = live->territory().id;
        for (const auto& shown :
             signers.board().read(signers.database(), here, context.clock.now()))
            context.events.publish(site::pledge_topic(here, shown->pledge.slug), site::kPledgeEvent,
                                   site::pledge_event_data(shown->count));
    }
}

void forget_signers(const site::Context& context) {
    for (const auto& live : context.territories.all())
        for (int done = 0; done < kForgetBatchesMax; ++done) {
            const auto forgotten = context.signers.database().write([&](store::Tx& tx) {
                return campaign::forget_signers(tx, live->territory().id, context.clock.now());
            });
            if (forgotten == 0) break;
        }
}

}  // namespace emplettes
