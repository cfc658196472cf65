#include "campaign/sign_notice.h"

#include "campaign/mailbox.h"
#include "notices/notice.h"

namespace emplettes::campaign {
namespace {

Json facts_of(const Pledge* pledge, const SignNotice& to, std::string token) {
    return {{"pledge", pledge ? pledge->text(to.language).title : std::string()},
            {"slug", pledge ? pledge->slug : std::string()},
            {"name", to.name},
            {"token", std::move(token)}};
}

void write_notice(store::Tx& tx, const SignNotice& to, Json facts, const SignContext& context) {
    notices::enqueue(tx, {.id = context.ids.next<NoticeId>(),
                          .territory = context.territory,
                          .kind = std::string(to.kind),
                          .audience = notices::Audience::neighbour,
                          .recipient = to.email,
                          .language = to.language,
                          .facts = std::move(facts),
                          .created_at = context.now});
}

}  // namespace

void write_sign_notice(store::Tx& tx, const SignNotice& to, const Pledge& pledge, SignatureId id,
                       const SignContext& context) {
    write_notice(tx, to, facts_of(&pledge, to, make_sign_token(context.key, pledge.id, id)),
                 context);
}

void write_list_notice(store::Tx& tx, const SignNotice& to, const Pledge* pledge,
                       const SignContext& context) {
    const std::string mailbox = mailbox_hash(context.key, context.territory, to.email);
    write_notice(tx, to, facts_of(pledge, to, make_list_token(context.key, mailbox, context.now)),
                 context);
}

}  // namespace emplettes::campaign
