#pragma once
#include "site/visit.h"

namespace emplettes::site {

// Signing in, by a link in a mail.
// GET  /{lang}/sign-in?return_to=   asks for an address
web::Response sign_in_page(Visit& visit);
// POST /{lang}/sign-in              a link goes there, the same answer whoever it is
web::Response send_sign_in_link(Visit& visit);
// GET  /{lang}/sign-in/{token}      a button, and nothing is used up: programs look at mails, too
web::Response sign_in_link_page(Visit& visit);
// POST /{lang}/sign-in/{token}      signs in, and leads back to where somebody came from
web::Response use_sign_in_link(Visit& visit);

// To the page that asks for an address, and from there back to this request's page.
web::Response ask_to_sign_in(const Visit& visit);

// Who one is here, what one may do, and on which devices one is signed in.
// GET  /{lang}/account
web::Response account_page(Visit& visit);
// POST /{lang}/account/sign-out                this device
web::Response sign_out(Visit& visit);
// POST /{lang}/account/sessions/others/end     all others
web::Response end_other_sessions(Visit& visit);
// POST /{lang}/account/sessions/{id}/end       one of them
web::Response end_session(Visit& visit);

}  // namespace emplettes::site
