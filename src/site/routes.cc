#include "site/routes.h"

#include "site/account_pages.h"
#include "site/apis.h"
#include "site/counter_pages.h"
#include "site/dev_pages.h"
#include "site/error_pages.h"
#include "site/keep_pages.h"
#include "site/pledge_pages.h"
#include "site/problems.h"
#include "site/product_page.h"
#include "site/ranking_page.h"
#include "site/reader_language.h"
#include "site/search_pages.h"
#include "site/shop_pages.h"
#include "site/text_pages.h"

namespace emplettes::site {
namespace {

using web::Method;

// What an answer costs: one of some hundred microseconds, from memory, is given at once by the
// thread that read the request; larger ones and all that ask the database are a worker's.
enum class Cost { small, large, database };

struct Entry {
    Method method;
    std::string_view pattern;
    PageHandler handler;
    Cost cost = Cost::small;
    std::size_t upload_bytes_max = 0;  // its body goes into a file (web/upload.h); 0: it does not
    std::chrono::milliseconds shared_for{0};  // the same answer for all (web::Route)
};

// What everybody looks at at the same time may then be a second old.
constexpr std::chrono::seconds kShared{1};
constexpr std::size_t kPictureUploadMax = 33 * 1024 * 1024;
constexpr std::size_t kImportUploadMax = 257 * 1024 * 1024;

// Pages; each begins with the language: /fr/search, /en/search.
constexpr Entry kPages[] = {
    {Method::get, "/", home_page, Cost::large, 0, kShared},
    {Method::get, "/search", results_page, Cost::large},
    {Method::get, "/products/{id}", product_page, Cost::database},
    {Method::get, "/shops", shops_page, Cost::large},
    {Method::get, "/shops/{slug}", shop_page, Cost::database},
    {Method::get, "/shops/{slug}/claim", claim_page, Cost::database},
    {Method::post, "/shops/{slug}/claim", claim_shop, Cost::database},
    {Method::post, "/shops/{slug}/claim/mail", send_claim_mail, Cost::database},
    {Method::post, "/shops/{slug}/claim/letter", ask_claim_letter, Cost::database},
    {Method::post, "/shops/{slug}/claim/code", enter_claim_code, Cost::database},
    {Method::post, "/shops/{slug}/claim/seller", tell_claim_seller, Cost::database},
    {Method::get, "/claims/{token}", claim_link_page, Cost::database},
    {Method::post, "/claims/{token}", answer_claim_link, Cost::database},
    {Method::get, "/reserve/{offer}", reserve_page, Cost::database},
    {Method::post, "/reserve/{offer}", submit_reserve_page, Cost::database},
    {Method::get, "/reservations/{code}", slip_page, Cost::database},
    {Method::post, "/reservations/{code}/cancel", cancel_slip, Cost::database},
    {Method::post, "/reservations/{code}/extend", extend_slip, Cost::database},
    {Method::post, "/reservations/{code}/quantity", change_slip_quantity, Cost::database},
    {Method::post, "/reservations/{code}/collector", name_slip_collector, Cost::database},
    {Method::post, "/reservations/{code}/elsewhere", pass_on_slip, Cost::database},
    {Method::post, "/reservations/{code}/only-here", choose_only_here, Cost::database},
    {Method::get, "/reservations/{code}/events", slip_events, Cost::database},
    {Method::get, "/reservations/{code}/calendar.ics", slip_calendar, Cost::database},
    {Method::get, "/requests/{secret}", requests_page, Cost::database},
    {Method::post, "/requests/{secret}/collect", collect_by_code, Cost::database},
    {Method::post, "/requests/{secret}/settings", save_settings, Cost::database},
    {Method::post, "/requests/{secret}/{code}/{step}", answer_request, Cost::database},
    {Method::get, "/requests/{secret}/{code}", request_page, Cost::database},
    {Method::post, "/requests/{secret}/{code}/message", send_request_message, Cost::database},
    {Method::get, "/requests/{secret}/{code}/slip", printed_request, Cost::database},
    {Method::get, "/sign-in", sign_in_page, Cost::database},
    {Method::post, "/sign-in", send_sign_in_link, Cost::database},
    {Method::get, "/sign-in/{token}", sign_in_link_page, Cost::database},
    {Method::post, "/sign-in/{token}", use_sign_in_link, Cost::database},
    {Method::get, "/account", account_page, Cost::database},
    {Method::post, "/account/sign-out", sign_out, Cost::database},
    {Method::post, "/account/sessions/others/end", end_other_sessions, Cost::database},
    {Method::post, "/account/sessions/{id}/end", end_session, Cost::database},
    {Method::get, "/basket", basket_page, Cost::database},
    {Method::post, "/basket", submit_basket, Cost::database},
    {Method::post, "/basket/add/{offer}", add_to_basket, Cost::database},
    {Method::get, "/rounds/{code}", round_page, Cost::database},
    {Method::post, "/rounds/{code}/cancel", cancel_round, Cost::database},
    {Method::get, "/rounds/{code}/{slip}/calendar.ics", round_stop_calendar, Cost::database},
    {Method::get, "/counter", counter_shops_page, Cost::database},
    {Method::get, "/counter/{shop}", requests_page, Cost::database},
    {Method::post, "/counter/{shop}/requests/collect", collect_by_code, Cost::database},
    {Method::post, "/counter/{shop}/requests/settings", save_settings, Cost::database},
    {Method::post, "/counter/{shop}/requests/{code}/{step}", answer_request, Cost::database},
    {Method::get, "/counter/{shop}/scan", scan_page, Cost::database},
    {Method::post, "/counter/{shop}/scan", submit_scan, Cost::database},
    {Method::post, "/counter/{shop}/scan/undo", undo_scan, Cost::database},
    {Method::get, "/counter/{shop}/scan/worker.js", scan_worker, Cost::database},
    {Method::get, "/counter/{shop}/requests/{code}", request_page, Cost::database},
    {Method::post, "/counter/{shop}/requests/{code}/message", send_request_message, Cost::database},
    {Method::get, "/counter/{shop}/requests/{code}/slip", printed_request, Cost::database},
    {Method::get, "/counter/{shop}/hours", hours_page, Cost::database},
    {Method::post, "/counter/{shop}/hours", save_hours, Cost::database},
    {Method::post, "/counter/{shop}/hours/closure", save_closure, Cost::database},
    {Method::post, "/counter/{shop}/hours/undo", undo_hours, Cost::database},
    {Method::get, "/counter/{shop}/about", about_page, Cost::database},
    {Method::post, "/counter/{shop}/about", save_about, Cost::database},
    {Method::get, "/counter/{shop}/shelf", shelf_page, Cost::database},
    {Method::post, "/counter/{shop}/shelf/{product}", save_shelf_row, Cost::database},
    {Method::post, "/counter/{shop}/shelf/{touch}/undo", undo_shelf_row, Cost::database},
    {Method::get, "/counter/{shop}/shelf/{product}/proposals", proposals_page, Cost::database},
    {Method::post, "/counter/{shop}/shelf/{product}/proposals", take_proposal, Cost::database},
    {Method::get, "/counter/{shop}/still-true", still_true_page, Cost::database},
    {Method::post, "/counter/{shop}/still-true", say_still_true, Cost::database},
    {Method::post, "/counter/{shop}/still-true/mails", choose_stock_mails, Cost::database},
    {Method::get, "/counter/{shop}/imports", imports_page, Cost::database},
    {Method::post, "/counter/{shop}/imports", drop_import, Cost::database, kImportUploadMax},
    {Method::post, "/counter/{shop}/imports/addresses", add_feed_address, Cost::database},
    {Method::post, "/counter/{shop}/imports/addresses/{source}/{step}", change_feed_address,
     Cost::database},
    {Method::get, "/counter/{shop}/imports/{id}", import_page, Cost::database},
    {Method::get, "/counter/{shop}/imports/{id}/problems.csv", import_problems, Cost::database},
    {Method::post, "/counter/{shop}/imports/{id}/reading", read_import_again, Cost::database},
    {Method::post, "/counter/{shop}/imports/{id}/{step}", step_import, Cost::database},
    {Method::get, "/counter/{shop}/statement", statement_page, Cost::database},
    {Method::get, "/counter/{shop}/statement.csv", statement_csv, Cost::database},
    {Method::get, "/counter/{shop}/more", counter_more_page, Cost::database},
    {Method::get, "/counter/{shop}/export", export_page, Cost::database},
    {Method::get, "/counter/{shop}/export.zip", export_file, Cost::database},
    {Method::get, "/counter/{shop}/team", team_page, Cost::database},
    {Method::post, "/counter/{shop}/team", invite_to_team, Cost::database},
    {Method::post, "/counter/{shop}/team/{id}/remove", remove_from_team, Cost::database},
    {Method::get, "/pledges", pledges_page, Cost::large, 0, kShared},
    {Method::get, "/pledges/mine", my_pledges_page},
    {Method::post, "/pledges/mine", send_my_pledges, Cost::database},
    {Method::get, "/pledges/mine/{token}", signed_list_page, Cost::database},
    {Method::post, "/pledges/mine/{token}", withdraw_from_list, Cost::database},
    {Method::get, "/pledges/{slug}", pledge_page, Cost::small, 0, kShared},
    {Method::post, "/pledges/{slug}", sign_pledge, Cost::database},
    {Method::get, "/pledges/{slug}/sent", pledge_sent_page},
    {Method::get, "/pledges/{slug}/events", pledge_events},
    {Method::get, "/pledges/{slug}/counter", pledge_counter, Cost::small, 0, kShared},
    {Method::get, "/pledges/{slug}/counts.csv", pledge_counts_csv, Cost::database},
    {Method::get, "/pledges/{slug}/signatures/{token}", signature_page, Cost::database},
    {Method::post, "/pledges/{slug}/signatures/{token}", change_signature, Cost::database},
    {Method::get, "/operator", operator_page, Cost::database},
    {Method::post, "/operator/letters", print_invitation, Cost::database},
    {Method::get, "/operator/shield", operator_shield_page, Cost::database},
    {Method::get, "/operator/notices", operator_notices_page, Cost::database},
    {Method::post, "/operator/notices/retry", retry_notices, Cost::database},
    {Method::get, "/operator/notices/slips", operator_slips_page, Cost::database},
    {Method::post, "/operator/notices/slips", mark_operator_slips, Cost::database},
    {Method::get, "/operator/pledges", desk_pledges_page, Cost::database},
    {Method::get, "/operator/pledges/{slug}", desk_pledge_page, Cost::database},
    {Method::post, "/operator/pledges/{slug}/{step}", step_desk_pledge, Cost::database},
    {Method::get, "/unsubscribe/{token}", unsubscribe_page, Cost::database},
    {Method::post, "/unsubscribe/{token}", change_subscription, Cost::database},
    {Method::get, "/operator/claims/{id}", operator_claim_page, Cost::database},
    {Method::post, "/operator/claims/{id}/letter", print_claim_letter, Cost::database},
    {Method::post, "/operator/claims/{id}/steps/{step}", decide_claim, Cost::database},
    {Method::get, "/counter/{shop}/pictures", counter_pictures_page, Cost::database},
    {Method::post, "/counter/{shop}/pictures", add_counter_picture, Cost::database,
     kPictureUploadMax},
    {Method::post, "/counter/{shop}/pictures/{picture}/{step}", change_counter_picture,
     Cost::database},
    {Method::get, "/map", map_page, Cost::large},
    {Method::get, "/map.svg", map_still, Cost::large},
    {Method::get, "/ranking", ranking_page},
    {Method::get, "/wanted", wanted_page, Cost::database},
    {Method::get, "/accessibility", accessibility_page},
    {Method::get, "/sources", sources_page},
    {Method::get, "/dev/mails", mails_page, Cost::database},
    {Method::get, "/dev/mails/{name}", mail_page, Cost::database},
    {Method::get, "/dev/styleguide", styleguide_page},
};

// For programs.
constexpr Entry kApiRoutes[] = {
    {Method::get, "/api/v1/search", search_api},
    {Method::get, "/api/v1/suggest", suggest_api},
    {Method::get, "/api/v1/shops/{slug}", shop_api},
    {Method::get, "/api/v1/products/{id}", product_api},
    {Method::get, "/api/v1/geocode", geocode_api},
    {Method::get, "/api/v1/reverse", reverse_api},
    {Method::get, "/api/v1/route", route_api, Cost::large},
    {Method::get, "/api/v1/matrix", matrix_api, Cost::large},
    {Method::post, "/api/v1/reservations", create_reservation_api, Cost::database},
    {Method::get, "/api/v1/reservations/{code}", reservation_api, Cost::database},
    {Method::delete_, "/api/v1/reservations/{code}", cancel_reservation_api, Cost::database},
    {Method::post, "/api/v1/rounds", create_round_api, Cost::database},
    {Method::get, "/api/v1/rounds/{code}", round_api, Cost::database},
    {Method::get, "/api/v1/counter/{shop}/scanned/{code}", scanned_api, Cost::database},
    {Method::get, "/api/v1/counter/{shop}/touches", touches_api, Cost::database},
    {Method::post, "/api/v1/counter/{shop}/touches", add_touches_api, Cost::database},
    {Method::delete_, "/api/v1/counter/{shop}/touches/{id}", undo_touch_api, Cost::database},
    {Method::get, "/api/v1/wanted", wanted_api, Cost::database},
    {Method::get, "/api/v1/pledges/{slug}", pledge_api},
    {Method::post, "/api/v1/pledges/{slug}/signatures", sign_pledge_api, Cost::database},
    {Method::get, "/api/v1/status", status_api, Cost::database},
    {Method::get, "/map/tiles/{version}/{zoom}/{x}/{y}", map_tile},
    {Method::get, "/robots.txt", robots_txt},
    {Method::get, "/sitemap.xml", sitemap_index, Cost::database},
    {Method::get, "/sitemaps/{part}", sitemap_part, Cost::database},
    {Method::get, "/feeds/{shop}/{file}", shelf_feed, Cost::database},
    {Method::get, "/pictures/{name}", picture_file, Cost::large},
};

web::Response misdirected(const web::Request& request) {
    return problem(request, 421, "unknown_host",
                   "no territory has this host name; see the setting hosts", "Host");
}

web::Handler page_handler(const Context& context, const Entry& entry, const Language& language) {
    return [&context, &language, handler = entry.handler](const web::Request& request) {
        auto* live = context.territories.find(request.host);
        if (!live) return misdirected(request);
        Visit visit(context, request, *live, language);
        const auto& own = live->territory().languages;
        if (std::find(own.begin(), own.end(), language.code()) == own.end())
            return error_page(visit, 404);
        web::Response response = handler(visit);
        visit.finish(response);
        return response;
    };
}

web::Handler api_handler(const Context& context, const Entry& entry) {
    return [&context, handler = entry.handler](const web::Request& request) {
        auto* live = context.territories.find(request.host);
        if (!live) return misdirected(request);
        Visit visit(context, request, *live, reader_language(context, request, live->territory()));
        web::Response response = handler(visit);
        visit.finish(response);
        return response;
    };
}

// "/" leads to the reader's language.
web::Response choose_language(const Context& context, const web::Request& request) {
    auto* live = context.territories.find(request.host);
    if (!live) return misdirected(request);
    const Language& language = reader_language(context, request, live->territory());
    auto response = web::redirect(303, "/" + language.code() + "/");
    response.add_header("Vary", "Accept-Language");
    return response;
}

}  // namespace

web::Router make_routes(const Context& context, const web::Assets& assets) {
    web::Router router;
    for (const Language& language : context.languages.all())
        for (const Entry& entry : kPages)
            router.add({.method = entry.method,
                        .pattern = "/" + language.code() + std::string(entry.pattern),
                        .handler = page_handler(context, entry, language),
                        .inline_ok = entry.cost == Cost::small,
                        .waits = entry.cost == Cost::database,
                        .body_bytes_max = entry.upload_bytes_max,
                        .is_spooled = entry.upload_bytes_max > 0,
                        .shared_for = entry.shared_for});
    for (const Entry& entry : kApiRoutes)
        router.add({.method = entry.method,
                    .pattern = std::string(entry.pattern),
                    .handler = api_handler(context, entry),
                    .inline_ok = entry.cost == Cost::small,
                    .waits = entry.cost == Cost::database});
    router.add(
        {.method = Method::get,
         .pattern = "/",
         .handler =
             [&context](const web::Request& request) { return choose_language(context, request); },
         .inline_ok = true});
    router.add({.method = Method::get,
                .pattern = "/metrics",
                .handler = [&context](const web::Request&) { return context.metrics.response(); }});
    // For balancers: from memory, by whatever name they ask. What is read only serves, too.
    router.add({.method = Method::get,
                .pattern = "/healthz",
                .handler =
                    [](const web::Request&) {
                        web::Response response{.content_type = "text/plain", .body = "ok\n"};
                        response.add_header("Cache-Control", "no-store");
                        return response;
                    },
                .inline_ok = true});
    router.add(assets.route());
    return router;
}

}  // namespace emplettes::site
