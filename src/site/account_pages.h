#pragma once
#include "site/notices_pages.h"
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

// "This shop is mine": the page of one shop's claim, for whoever is signed in.
// GET  /{lang}/shops/{slug}/claim
web::Response claim_page(Visit& visit);
// POST /{lang}/shops/{slug}/claim          with the SIRET
web::Response claim_shop(Visit& visit);
// POST /{lang}/shops/{slug}/claim/mail     to the address that the map publishes
web::Response send_claim_mail(Visit& visit);
// POST /{lang}/shops/{slug}/claim/letter   asks the operator for one
web::Response ask_claim_letter(Visit& visit);
// POST /{lang}/shops/{slug}/claim/code     from the letter
web::Response enter_claim_code(Visit& visit);
// POST /{lang}/shops/{slug}/claim/seller   what the law wants to know
web::Response tell_claim_seller(Visit& visit);
// What the shop itself is asked by mail; a button, and nothing is used up before.
// GET  /{lang}/claims/{token}
web::Response claim_link_page(Visit& visit);
// POST /{lang}/claims/{token}
web::Response answer_claim_link(Visit& visit);

// The operator's desk, for who has that role.
// GET  /{lang}/operator
web::Response operator_page(Visit& visit);
// How the shield stands (docs/shield.md): who is served and who is not, by network; the alarms.
web::Response operator_shield_page(Visit& visit);
// POST /{lang}/operator/letters                   to a shop that nobody claims; answers the letter
web::Response print_invitation(Visit& visit);
// GET  /{lang}/operator/claims/{id}
web::Response operator_claim_page(Visit& visit);
// POST /{lang}/operator/claims/{id}/letter        answers the letter, to be printed
web::Response print_claim_letter(Visit& visit);
// POST /{lang}/operator/claims/{id}/steps/{step}  prove, approve, reject, suspend, reinstate
web::Response decide_claim(Visit& visit);

}  // namespace emplettes::site
