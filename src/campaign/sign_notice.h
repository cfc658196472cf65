#pragma once
#include <string>
#include <string_view>

#include "campaign/signature.h"
#include "store/tx.h"

namespace emplettes::campaign {

// To whom a mail about a signature goes.
struct SignNotice {
    std::string_view kind;
    std::string email;
    std::string language;
    std::string name;  // as it was typed; empty: not told
};

// With the link to one signature.
void write_sign_notice(store::Tx& tx, const SignNotice& to, const Pledge& pledge, SignatureId id,
                       const SignContext& context);
// With the link to all that the mailbox has signed. `pledge`: the one it is about, or null.
void write_list_notice(store::Tx& tx, const SignNotice& to, const Pledge* pledge,
                       const SignContext& context);

}  // namespace emplettes::campaign
