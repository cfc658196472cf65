#include "site/dev_pages.h"

#include <array>

#include "base/text.h"
#include "notices/eml_folder.h"
#include "site/error_pages.h"
#include "site/offer_view.h"
#include "site/photo_view.h"
#include "site/ranking_page.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kMailsMax = 100;
constexpr std::array<std::string_view, 23> kIcons{
    "search",       "here",   "pin",      "walk",  "info",  "check", "cross",      "clock",
    "calendar",     "phone",  "mail",     "out",   "maker", "shop",  "state-open", "state-closing",
    "state-closed", "person", "requests", "shelf", "scan",  "hours", "more"};

std::string mailbox_text(const notices::Mailbox& mailbox) {
    if (mailbox.address.empty()) return mailbox.name;
    if (mailbox.name.empty()) return mailbox.address;
    return mailbox.name + " <" + mailbox.address + ">";
}

// The path of a link to this server; empty for other lines.
std::string own_path(std::string_view word) {
    const auto scheme = word.find("://");
    if (scheme == std::string_view::npos || !word.starts_with("http")) return {};
    const auto path = word.find('/', scheme + 3);
    return path == std::string_view::npos ? std::string() : std::string(word.substr(path));
}

// Each line, its links on lines of their own.
std::vector<web::View> line_views(std::string_view text) {
    std::vector<web::View> lines;
    const auto add = [&](std::string_view shown, const std::string& link) {
        web::View view;
        view.set("text", shown.empty() ? " " : shown).set("link", link);
        lines.push_back(std::move(view));
    };
    for (const std::string_view line : split(text, '\n')) {
        const auto at = line.find("http");
        const std::string link = at == std::string_view::npos ? "" : own_path(line.substr(at));
        if (link.empty()) {
            add(line, "");
            continue;
        }
        if (at > 0) add(line.substr(0, at), "");
        add(line.substr(at), link);
    }
    return lines;
}

Page dev_page(const Visit& visit, std::string_view name, const std::string& title) {
    return {.name = name,
            .title = visit.say.text("title.page", {title, visit.territory_name()}),
            .is_private = true};
}

std::vector<web::View> state_views(const Visit& visit) {
    using State = catalogue::OpenNow::State;
    std::vector<web::View> views;
    for (const State state : {State::open, State::closing_soon, State::closed, State::unknown}) {
        web::View view;
        set_open_state(view, visit,
                       {.state = state, .changes_at = visit.view.now + std::chrono::minutes{20}});
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<web::View> stock_views(const Visit& visit) {
    std::vector<web::View> views;
    for (const std::int64_t quantity : {6, 1, 0}) {
        web::View view;
        set_stock(view, visit,
                  {.quantity = quantity,
                   .source = catalogue::StockSource::till,
                   .confirmed_at = visit.view.now - std::chrono::minutes{4}});
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace

web::Response mails_page(Visit& visit) {
    if (!visit.territory().is_demo) return error_page(visit, 404);
    const notices::EmlFolder folder(visit.context.mails_of(visit.territory()));
    std::vector<web::View> mails;
    for (const notices::ListedMail& mail : notices::list_mails(folder, kMailsMax)) {
        web::View view;
        view.set("url", visit.links.bare("/dev/mails/" + mail.name));
        view.set("subject", mail.subject).set("to", mailbox_text(mail.to));
        view.set("when_text", visit.say.age(mail.date));
        mails.push_back(std::move(view));
    }
    web::View view;
    view.set("has_mails", !mails.empty());
    view.set("mails", std::move(mails));
    return show(visit, dev_page(visit, "dev_mails", visit.say.text("mails.title")), view);
}

web::Response mail_page(Visit& visit) {
    if (!visit.territory().is_demo) return error_page(visit, 404);
    const notices::EmlFolder folder(visit.context.mails_of(visit.territory()));
    const auto read = notices::read_mail(folder, visit.request.parameter("name"));
    if (!read) return error_page(visit, 404);
    web::View view;
    view.set("subject", read->mail.subject);
    view.set("from", mailbox_text(read->mail.from)).set("to", mailbox_text(read->mail.to));
    view.set("when_text", visit.say.moment(read->date));
    view.set("lines", line_views(read->mail.text));
    return show(visit, dev_page(visit, "dev_mail", read->mail.subject), view);
}

web::Response styleguide_page(Visit& visit) {
    if (!visit.territory().is_demo) return error_page(visit, 404);
    web::View view;
    view.set("states", state_views(visit));
    view.set("stocks", stock_views(visit));
    std::vector<web::View> covers;
    for (std::size_t tint = 1; tint <= kTints; ++tint) {
        web::View cover;
        cover.set("tint", tint).set("cover", visit.say.text("brand"));
        set_photo(cover, {});
        covers.push_back(std::move(cover));
    }
    view.set("covers", std::move(covers));
    std::vector<web::View> icons;
    for (const std::string_view icon : kIcons) {
        web::View named;
        named.set("icon", icon);
        icons.push_back(std::move(named));
    }
    view.set("icons", std::move(icons));
    std::vector<web::View> cards;
    for (const auto& listed : visit.snapshot().shops())
        if (cards.size() < 3) cards.push_back(shop_card(visit, listed));
    view.set("open_shops", std::move(cards));
    if (!visit.snapshot().shops().empty())
        view.set("hours", week_view(visit, visit.snapshot().shops().front().shop.id));
    return show(visit, dev_page(visit, "dev_styleguide", visit.say.text("styleguide.title")), view);
}

}  // namespace emplettes::site
