#include "base/check.h"
#include "base/text.h"
#include "campaign/signers.h"
#include "site/error_pages.h"
#include "site/hours_fields.h"
#include "site/pledge_pages.h"
#include "site/pledge_signing.h"
#include "site/pledge_view.h"
#include "store/sha256.h"

namespace emplettes::site {
namespace {

using campaign::CountBoard;
using campaign::SignError;

constexpr std::size_t kSignKeyBytes = 16;
constexpr std::size_t kSignKeyLengthMax = 64;

std::string sign_purpose(std::string_view slug) { return "pledge/" + std::string(slug); }

// What was typed, shown again when something is wrong with it.
struct SignForm {
    campaign::SignRequest request;
    std::string key;
    std::optional<SignError> fault;
};

CountBoard::Shown shown_of(const Visit& visit) {
    return find_shown(visit, visit.request.parameter("slug"));
}

std::string fault_of(const Visit& visit, const SignForm& form, std::string_view field) {
    if (!form.fault || field_of(*form.fault) != field) return {};
    return sign_fault_text(visit, *form.fault);
}

web::View sign_form_view(const Visit& visit, const campaign::Pledge& pledge, const SignForm& form) {
    const campaign::SignRequest& typed = form.request;
    web::View view;
    view.set("action", pledge_url(visit, pledge.slug));
    view.set("csrf", visit.context.csrf.token(sign_purpose(pledge.slug)));
    view.set("idempotency_key", form.key);
    view.set("person", typed.name);
    view.set("email", typed.email);
    view.set("organisation", typed.organisation);
    view.set("comment", typed.comment);
    view.set("is_public", typed.is_public);
    view.set("wants_news", typed.wants_news);
    view.set("has_consented", typed.has_consented);
    view.set("name_error", fault_of(visit, form, "name"));
    view.set("email_error", fault_of(visit, form, "email"));
    view.set("organisation_error", fault_of(visit, form, "organisation"));
    view.set("comment_error", fault_of(visit, form, "comment"));
    view.set("consent_error", fault_of(visit, form, "consent"));
    view.set("error_anchor", form.fault ? "#" + std::string(field_of(*form.fault)) : std::string());
    view.set("error_text", form.fault ? sign_fault_text(visit, *form.fault) : std::string());
    view.set("consent_text",
             visit.say.text("pledge.consent",
                            {visit.territory_name(), last_day_text(visit, pledge.anonymise_at)}));
    return view;
}

web::Response show_pledge(Visit& visit, const campaign::PledgeShown& shown, const SignForm& form,
                          int status) {
    web::View view;
    set_pledge(view, visit, shown);
    const std::string url = pledge_url(visit, shown.pledge.slug);
    view.set("events_url", url + "/events");
    view.set("counter_url", url + "/counter");
    view.set("counter_code", "<iframe src=\"" + visit.context.origin_of(visit.territory()) + url +
                                 "/counter\" title=\"" + visit.say.text("pledge.count") +
                                 "\" width=\"320\" height=\"150\"></iframe>");
    view.set("json_url", "/api/v1/pledges/" + shown.pledge.slug);
    view.set("csv_url", url + "/counts.csv");
    view.set("mine_url", visit.links.bare("/pledges/mine"));
    if (shown.pledge.is_open(visit.view.now))
        view.set("form", sign_form_view(visit, shown.pledge, form));
    else
        view.set("form", false);
    Page page =
        pledge_page_named(visit, "pledge", shown.pledge.text(visit.language().code()).title);
    page.status = status;
    page.is_private = status != 200;
    page.description = visit.say.plural("pledge.signatures", shown.count.counted());
    return show(visit, page, view);
}

campaign::SignRequest typed_request(const Visit& visit, const web::Fields& form) {
    return {.name = std::string(trim(form.get("name"))),
            .email = std::string(trim(form.get("email"))),
            .organisation = std::string(trim(form.get("organisation"))),
            .comment = std::string(trim(form.get("comment"))),
            .language = visit.language().code(),
            .has_consented = form.get("consent") == "1",
            .is_public = form.get("public") == "1",
            .wants_news = form.get("news") == "1"};
}

std::string sign_content(std::string_view slug, const campaign::SignRequest& request) {
    return "sign " + query_string({{"slug", std::string(slug)},
                                   {"name", request.name},
                                   {"email", request.email},
                                   {"organisation", request.organisation},
                                   {"comment", request.comment},
                                   {"public", request.is_public ? "1" : ""},
                                   {"news", request.wants_news ? "1" : ""}});
}

}  // namespace

web::Response pledges_page(Visit& visit) {
    std::vector<web::View> list;
    for (const auto& shown : visit.context.signers.board().all(visit.territory().id)) {
        web::View view;
        set_pledge(view, visit, *shown);
        list.push_back(std::move(view));
    }
    web::View view;
    view.set("has_pledges", !list.empty());
    view.set("pledges", std::move(list));
    view.set("mine_url", visit.links.bare("/pledges/mine"));
    return show(visit, pledge_page_named(visit, "pledges", visit.say.text("pledge.all_title")),
                view);
}

web::Response pledge_page(Visit& visit) {
    const auto shown = shown_of(visit);
    if (!shown) return error_page(visit, 404);
    return show_pledge(visit, *shown, {.key = visit.context.random.url_token(kSignKeyBytes)}, 200);
}

web::Response sign_pledge(Visit& visit) {
    const auto shown = shown_of(visit);
    if (!shown) return error_page(visit, 404);
    const std::string& slug = shown->pledge.slug;
    const auto fields = visit.context.csrf.check_form(visit.request, sign_purpose(slug));
    if (!fields) return error_page(visit, 403);
    SignForm form{.request = typed_request(visit, *fields),
                  .key = std::string(fields->get("idempotency_key"))};
    if (form.key.empty() || form.key.size() > kSignKeyLengthMax) return error_page(visit, 400);
    form.fault = campaign::find_sign_fault(form.request);
    if (form.fault) return show_pledge(visit, *shown, form, 422);
    // A form that is corrected after it has gone through is another signature; and while everybody
    // looks, several get one page, with one key.
    const std::string content = sign_content(slug, form.request);
    const auto done = sign_once(visit, {.slug = slug,
                                        .key = store::sha256(form.key + ' ' + content),
                                        .content = content,
                                        .request = form.request});
    if (done) return web::redirect(303, pledge_url(visit, slug) + "/sent");
    switch (done.error()) {
        case SignFailure::unknown_pledge: return error_page(visit, 404);
        case SignFailure::not_open: return web::redirect(303, pledge_url(visit, slug));
        case SignFailure::key_of_other_request: break;  // its key is made of it
    }
    check(false);
    return error_page(visit, 500);
}

web::Response pledge_sent_page(Visit& visit) {
    const auto shown = shown_of(visit);
    if (!shown) return error_page(visit, 404);
    web::View view;
    view.set("title", shown->pledge.text(visit.language().code()).title);
    view.set("url", pledge_url(visit, shown->pledge.slug));
    view.set("limit_text", visit.say.text("pledge.sent_limit", {"3"}));
    Page page = pledge_page_named(visit, "pledge_sent", visit.say.text("pledge.sent_title"));
    page.is_private = true;
    return show(visit, page, view);
}

web::Response pledge_events(Visit& visit) {
    const auto shown = shown_of(visit);
    if (!shown) return error_page(visit, 404);
    web::Response response;
    response.content_type = "text/event-stream";
    response.event_topic = pledge_topic(visit.territory().id, shown->pledge.slug);
    // As it is now: it may have changed since the page was made.
    response.body = web::EventHub::frame(kPledgeEvent, pledge_event_data(shown->count));
    return response;
}

web::Response pledge_counter(Visit& visit) {
    const auto shown = shown_of(visit);
    if (!shown) return error_page(visit, 404);
    web::View view;
    view.set("lang", visit.language().code());
    view.set("title", shown->pledge.text(visit.language().code()).title);
    view.set("url",
             visit.context.origin_of(visit.territory()) + pledge_url(visit, shown->pledge.slug));
    view.set("events_url", pledge_url(visit, shown->pledge.slug) + "/events");
    set_count(view, visit, *shown);
    web::Response response;
    response.body = visit.context.templates.render(visit.language().code(), "pledge_counter", view);
    response.needs.any_frame = true;
    response.add_header("Content-Language", visit.language().code());
    return response;
}

web::Response pledge_counts_csv(Visit& visit) {
    const auto shown = shown_of(visit);
    if (!shown) return error_page(visit, 404);
    const auto days = visit.context.signers.database().read([&](store::Tx& tx) {
        return campaign::load_counted_days(tx, visit.territory().id, shown->pledge.id);
    });
    std::string csv = "day_utc,confirmed,withdrawn,refused,restored,counted\r\n";
    std::int64_t counted = 0;
    for (const campaign::CountedDay& day : days) {
        counted += day.confirmed - day.withdrawn - day.refused + day.restored;
        csv += iso_date_of(LocalDay{std::chrono::days{day.day}});
        for (const std::int64_t number :
             {day.confirmed, day.withdrawn, day.refused, day.restored, counted})
            csv += "," + std::to_string(number);
        csv += "\r\n";
    }
    web::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = std::move(csv);
    response.add_header("Content-Disposition",
                        "attachment; filename=\"" + shown->pledge.slug + ".csv\"");
    return response;
}

}  // namespace emplettes::site
