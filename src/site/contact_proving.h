#pragma once
#include <optional>
#include <string>
#include <variant>

#include "site/visit.h"

namespace emplettes::site {

// What a contact must show before more is kept for it (orders/contact_rule.h), as forms and
// programs meet it.

// The contact behaves oddly, and a code was sent to it.
struct ProofWanted {
    bool is_code_wrong = false;   // one was typed
    bool is_sent_before = false;  // no other is sent for now
};
// The contact has as much kept as anybody may, or cannot be sent a code.
struct TooManyOpen {};
using ContactFault = std::variant<ProofWanted, TooManyOpen>;

// None when the contact may have so many more kept.
std::optional<ContactFault> find_contact_fault(store::Tx& tx, const Visit& visit,
                                               const std::string& contact, std::int64_t more);

struct Asker {
    std::string contact;
    std::string language;
    std::string proof_code;  // that was sent to the contact; empty: none was typed
};
// The try of a code and the sending of one are kept whatever becomes of the wish: each is a
// transaction of its own, to be called outside of any other.
void try_proof(const Visit& visit, const Asker& asker);
// Sends a code, where none was typed.
ProofWanted want_proof(const Visit& visit, const Asker& asker);
// What the form says beside its field for the code.
std::string proof_text(const Visit& visit, const ProofWanted& wanted, const std::string& contact);

}  // namespace emplettes::site
