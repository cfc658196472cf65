#include "site/contact_proving.h"

#include "orders/contact.h"
#include "orders/contact_proof.h"
#include "orders/contact_rule.h"

namespace emplettes::site {

std::optional<ContactFault> find_contact_fault(store::Tx& tx, const Visit& visit,
                                               const std::string& contact, std::int64_t more) {
    switch (orders::judge_contact(tx, visit.territory().id, contact, more, visit.view.now)) {
        case orders::ContactVerdict::fine: return std::nullopt;
        case orders::ContactVerdict::too_many_open: return TooManyOpen{};
        case orders::ContactVerdict::must_prove: break;
    }
    if (!orders::is_mail_address(contact)) return TooManyOpen{};
    return ProofWanted{};
}

void try_proof(const Visit& visit, const Asker& asker) {
    if (asker.proof_code.empty()) return;
    visit.context.database.write([&](store::Tx& tx) {
        orders::prove(tx, visit.territory().id, asker.contact, asker.proof_code, visit.view.now);
    });
}

ProofWanted want_proof(const Visit& visit, const Asker& asker) {
    if (!asker.proof_code.empty()) return {.is_code_wrong = true};
    const auto sent = visit.context.database.write([&](store::Tx& tx) {
        return orders::ask_for_proof(tx, {.contact = asker.contact, .language = asker.language},
                                     {.territory = visit.territory().id,
                                      .now = visit.view.now,
                                      .ids = visit.context.ids,
                                      .random = visit.context.random});
    });
    return {.is_sent_before = sent == orders::ProofSent::sent_before};
}

std::string proof_text(const Visit& visit, const ProofWanted& wanted, const std::string& contact) {
    return visit.say.text(wanted.is_code_wrong    ? "validation.proof_wrong"
                          : wanted.is_sent_before ? "validation.proof_sent_before"
                                                  : "validation.proof_sent",
                          {contact});
}

}  // namespace emplettes::site
