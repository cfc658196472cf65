#include <functional>

#include "base/text.h"
#include "orders/change.h"
#include "orders/passing_on.h"
#include "site/error_pages.h"
#include "site/reserving.h"
#include "site/slip_page.h"

namespace emplettes::site {
namespace {

// The code of the slip whose form this is; empty: it is not one of ours.
std::string code_of_form(const Visit& visit) {
    std::string code(visit.request.parameter("code"));
    const auto form = visit.context.csrf.check_form(visit.request, slip_purpose(code));
    return form ? code : std::string();
}

web::Response after_step(Visit& visit, const Result<orders::Reservation, orders::StepError>& step) {
    if (step) return web::redirect(303, visit.links.slip(step->code));
    return error_page(visit, step.error() == orders::StepError::unknown_code ? 404 : 409);
}

orders::ChangeContext change_context(const Visit& visit) {
    return {.territory = visit.territory().id, .now = visit.view.now, .ids = visit.context.ids};
}

// What is shown on the slip again, in a sentence of its own (text slip.fault_<this>).
std::string_view fault_of(orders::ChangeError error) {
    using orders::ChangeError;
    switch (error) {
        case ChangeError::unknown_code:
        case ChangeError::not_allowed_now: return "over";
        case ChangeError::extended_before: return "extended_before";
        case ChangeError::quantity_not_positive:
        case ChangeError::quantity_too_large: return "quantity";
        case ChangeError::promised: return "promised";
        case ChangeError::not_so_many: return "not_so_many";
        case ChangeError::name_too_long:
        case ChangeError::name_not_valid: break;
    }
    return "name";
}

using ChangeOfSlip = std::function<Result<orders::Reservation, orders::ChangeError>(
    store::Tx&, const std::string& code, const web::Fields&)>;

web::Response change_slip(Visit& visit, const ChangeOfSlip& change) {
    const std::string code(visit.request.parameter("code"));
    const auto form = visit.context.csrf.check_form(visit.request, slip_purpose(code));
    if (!form) return error_page(visit, 403);
    const auto changed =
        visit.context.database.write([&](store::Tx& tx) { return change(tx, code, *form); });
    if (changed) return web::redirect(303, visit.links.slip(code));
    if (changed.error() == orders::ChangeError::unknown_code) return error_page(visit, 404);
    return web::redirect(
        303, visit.links.slip(code) + "?fault=" + std::string(fault_of(changed.error())));
}

}  // namespace

web::Response cancel_slip(Visit& visit) {
    const std::string code = code_of_form(visit);
    if (code.empty()) return error_page(visit, 403);
    return after_step(visit, visit.context.database.write([&](store::Tx& tx) {
        return orders::take_step(tx, visit.territory().id,
                                 {.code = code, .step = orders::Step::cancel}, visit.context.ids,
                                 visit.view.now);
    }));
}

web::Response choose_only_here(Visit& visit) {
    const std::string code(visit.request.parameter("code"));
    const auto form = visit.context.csrf.check_form(visit.request, slip_purpose(code));
    if (!form) return error_page(visit, 403);
    const bool only_here = form->get("only_here") == "1";
    return after_step(visit, visit.context.database.write([&](store::Tx& tx) {
        return orders::set_only_here(tx, visit.territory().id, code, only_here, visit.view.now);
    }));
}

web::Response extend_slip(Visit& visit) {
    return change_slip(visit, [&](store::Tx& tx, const std::string& code, const web::Fields&) {
        const auto end_after = [&](const catalogue::Shop& shop, Instant end) {
            return orders::end_after(visit.view, visit.territory(), shop, end);
        };
        return orders::extend(tx, code, end_after, change_context(visit));
    });
}

web::Response change_slip_quantity(Visit& visit) {
    return change_slip(visit, [&](store::Tx& tx, const std::string& code, const web::Fields& form) {
        return orders::change_quantity(tx,
                                       {.code = code,
                                        .quantity = parse_int(form.get("quantity")).value_or(0),
                                        .quantity_max = visit.territory().quantity_max},
                                       change_context(visit));
    });
}

web::Response name_slip_collector(Visit& visit) {
    return change_slip(visit, [&](store::Tx& tx, const std::string& code, const web::Fields& form) {
        return orders::name_collector(
            tx, {.code = code, .name = std::string(trim(form.get("name")))}, change_context(visit));
    });
}

web::Response pass_on_slip(Visit& visit) {
    const std::string code = code_of_form(visit);
    if (code.empty()) return error_page(visit, 403);
    const auto context = reserve_context(visit);
    const auto passed = visit.context.database.write([&](store::Tx& tx) {
        return orders::pass_on(tx, code,
                               {.reserve = context, .place_of = orders::place_of(visit.view)});
    });
    if (passed) return web::redirect(303, visit.links.slip(passed->code));
    switch (passed.error()) {
        case orders::PassError::unknown_code: return error_page(visit, 404);
        case orders::PassError::not_allowed_now: return error_page(visit, 409);
        case orders::PassError::nobody_else_has_it: break;
    }
    return web::redirect(303, visit.links.slip(code) + "?elsewhere=nobody");
}

}  // namespace emplettes::site
