#pragma once
#include "orders/reservation.h"
#include "site/visit.h"

namespace emplettes::site {

// GET /{lang}/reservations/{code}: the neighbour's slip, like a cloakroom ticket. One that has gone
// on to another shop leads there.
web::Response slip_page(Visit& visit);
// POST /{lang}/reservations/{code}/cancel: "I can't come".
web::Response cancel_slip(Visit& visit);
// POST /{lang}/reservations/{code}/elsewhere: "ask another shop". Leads to the slip there.
web::Response pass_on_slip(Visit& visit);
// POST /{lang}/reservations/{code}/only-here, field only_here=1 or 0: whether no other shop may do.
web::Response choose_only_here(Visit& visit);
// GET /{lang}/reservations/{code}/events: a stream that tells of each change.
web::Response slip_events(Visit& visit);
// GET /{lang}/reservations/{code}/calendar.ics
web::Response slip_calendar(Visit& visit);

// POST /{lang}/reservations/{code}/extend, …/quantity with field quantity, …/collector with field
// name: what the neighbour changes. Lead back to the slip, which says why when it cannot be.
web::Response extend_slip(Visit& visit);
web::Response change_slip_quantity(Visit& visit);
web::Response name_slip_collector(Visit& visit);
// Of the forms on a slip (web/csrf.h).
std::string slip_purpose(std::string_view code);
// Topic of the event hub for one reservation, and what is told there: {"status":"held"}.
std::string slip_topic(std::string_view code);
inline constexpr std::string_view kSlipEvent = "reservation";
std::string slip_event_data(std::string_view status);
// "4 821": a pickup code in groups that are easy to read out.
std::string spaced_code(std::string_view code);
// Why the shop could not keep it, as the neighbour is told.
std::string decline_told(const Say& say, orders::DeclineReason reason);

}  // namespace emplettes::site
