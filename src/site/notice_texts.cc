#include "site/notice_texts.h"

#include "base/check.h"
#include "base/text.h"
#include "notices/gsm7.h"
#include "notices/html_mail.h"
#include "notices/unsubscription.h"
#include "notices/ways.h"
#include "orders/reservation.h"
#include "orders/reservation_news.h"
#include "site/account_notices.h"
#include "site/links.h"
#include "site/pledge_notices.h"
#include "site/round_notices.h"
#include "site/slip_page.h"
#include "territory/stock_reminder.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kReservationKind = "reservation_";
constexpr std::string_view kUndoneKind = "reservation_undone";
constexpr std::string_view kMessageKind = "reservation_message";
constexpr std::string_view kRequestedKind = "reservation_requested";
constexpr std::string_view kReminderKind = "reservation_reminder";
constexpr std::string_view kPassedOnKind = "reservation_passed_on";
constexpr std::string_view kChangedKind = "reservation_changed";
constexpr std::string_view kUnansweredKind = "reservation_unanswered";
constexpr std::size_t kShortestName = 12;  // in a text message

const Language& language_of(const Context& context, const notices::Notice& notice,
                            const catalogue::Territory& territory) {
    if (const Language* language = context.languages.find(notice.language)) return *language;
    const Language* own = context.languages.find(territory.languages.front());
    return own ? *own : context.languages.first();
}

const catalogue::Territory& territory_of(const Context& context, const notices::Notice& notice) {
    const auto* live = context.territories.find(notice.territory);
    check(live != nullptr);
    return live->territory();
}

// What stands behind {1} to {9} in the texts of notices.
struct Slots {
    std::string person, shop, item, price, code, until, url, address, extra;
};

std::string page_of(const notices::Notice& notice, const Links& links, std::string_view status) {
    const Json& facts = notice.facts;
    if (notice.audience == notices::Audience::shop)
        return links.bare("/requests/" + facts.at("shop_secret").get<std::string>() +
                          "?next=" + facts.at("code").get<std::string>());
    if (status == "declined" || status == "expired")
        return links.product(ProductId{facts.at("product_id").get<std::int64_t>()});
    return links.slip(facts.at("code").get<std::string>());
}

// "L’Écume des pages, 75009 Paris": without the parts that nobody knows.
std::string joined(std::initializer_list<std::string> parts) {
    std::string whole;
    for (const std::string& part : parts)
        if (!part.empty()) whole += (whole.empty() ? "" : ", ") + part;
    return whole;
}

// The page of all requests, and one link for each answer to this one.
std::string answer_links(const Say& say, const std::string& origin, const Links& links,
                         const Json& facts) {
    const std::string code = facts.at("code").get<std::string>();
    const std::string page =
        links.bare("/requests/" + facts.at("shop_secret").get<std::string>() + "/" + code);
    return say.text("notice.answers", {origin + page + "?do=held", origin + page + "?do=declined"});
}

// How to answer a shop that wrote: by what it publishes.
std::string reply_way(const Say& say, const Json& facts) {
    const auto text = [&](const char* name) { return facts.value(name, std::string()); };
    if (!text("shop_email").empty()) return say.text("notice.reply_mail", {text("shop_email")});
    if (!text("shop_phone").empty()) return say.text("notice.reply_phone", {text("shop_phone")});
    return say.text("notice.reply_none", {text("shop")});
}

// What has become of a request that the first shop left without an answer, in one sentence.
std::string passed_on_told(const Say& say, const Json& facts, const std::string& until) {
    const std::string before = facts.at("shop_before");
    const std::string shop = facts.at("shop");
    const bool is_kept = facts.at("status") == "held";
    const bool is_wish = facts.at("is_wish");
    if (is_wish && is_kept) return say.text("notice.passed_on.wish_kept", {before, shop, until});
    if (is_wish) return say.text("notice.passed_on.wish_asked", {before, shop});
    if (is_kept) return say.text("notice.passed_on.silent_kept", {before, shop, until});
    return say.text("notice.passed_on.silent_asked", {before, shop});
}

std::string changed_told(const Say& say, const Json& facts, const std::string& until) {
    const std::string change = facts.at("change");
    if (change == "extended") return say.text("notice.changed.extended", {until});
    const std::string quantity = std::to_string(facts.at("quantity").get<std::int64_t>());
    if (change == "quantity") return say.text("notice.changed.quantity", {quantity});
    const std::string collector = facts.at("collector");
    return collector.empty() ? say.text("notice.changed.person")
                             : say.text("notice.changed.collector", {collector});
}

std::string unanswered_told(const Say& say, const Json& facts) {
    return say.text(facts.at("only_here").get<bool>() ? "notice.unanswered.only_here"
                                                      : "notice.unanswered.nobody_else",
                    {facts.at("shop").get<std::string>()});
}

bool asks_for_answer(const notices::Notice& notice) {
    return notice.audience == notices::Audience::shop &&
           (notice.kind == kRequestedKind || notice.kind == kReminderKind);
}

Slots slots_of(const Context& context, const notices::Notice& notice,
               const catalogue::Territory& territory, const Say& say) {
    const Json& facts = notice.facts;
    const auto text = [&](const char* name) { return facts.value(name, std::string()); };
    const std::string status = text("status");
    const std::int64_t quantity = facts.at("quantity").get<std::int64_t>();
    const Links links(say.language().code(), Where());
    Slots slots{.person = text("person"), .shop = text("shop")};
    slots.item = say.text("notice.item", {std::to_string(quantity), text("product")});
    slots.price = say.price(Money{facts.at("price_cents").get<std::int64_t>()} * quantity);
    slots.code = notice.audience == notices::Audience::shop ? text("code").substr(0, 4)
                                                            : spaced_code(text("pickup_code"));
    slots.until = say.until(instant_from_unix(facts.at("held_until").get<std::int64_t>()));
    slots.url = context.origin_of(territory) + page_of(notice, links, status);
    slots.address = joined({text("shop"), text("street"), text("city")});
    slots.extra = text("contact");
    if (status == "declined") {
        const auto reason = orders::parse_decline_reason(text("reason"));
        slots.extra = decline_told(say, reason.value_or(orders::DeclineReason::other));
    }
    if (asks_for_answer(notice))
        slots.url += "\n\n" + answer_links(say, context.origin_of(territory), links, notice.facts);
    const bool is_to_neighbour = notice.audience == notices::Audience::neighbour;
    if (notice.kind == kReminderKind)
        slots.extra = say.until(instant_from_unix(facts.at("answer_by").get<std::int64_t>()));
    if (notice.kind == kPassedOnKind && is_to_neighbour)
        slots.extra = passed_on_told(say, facts, slots.until);
    if (notice.kind == kChangedKind) slots.extra = changed_told(say, facts, slots.until);
    if (notice.kind == kUnansweredKind) slots.extra = unanswered_told(say, facts);
    if (notice.kind == kMessageKind) {
        slots.extra = text("message");
        slots.address = reply_way(say, facts);
    }
    if (notice.kind == kUndoneKind) slots.extra = say.text("undone." + status);
    return slots;
}

notices::Mail compose_reservation_mail(const Context& context, const notices::Notice& notice,
                                       const catalogue::Territory& territory, const Say& say) {
    const Slots s = slots_of(context, notice, territory, say);
    const std::string key = "notice." + notice.kind.substr(kReservationKind.size()) + "." +
                            std::string(notices::to_string(notice.audience)) + ".";
    const auto fill = [&](const std::string& part) {
        return say.text(key + part, {s.person, s.shop, s.item, s.price, s.code, s.until, s.url,
                                     s.address, s.extra});
    };
    const bool is_printed = notice.recipient == notices::kPrintedSlip;
    notices::Mail mail;
    mail.to.name = is_printed ? s.shop : std::string();
    mail.subject = fill("subject");
    mail.text = fill("body");
    return mail;
}

// Who writes, where, and in which language.
struct Letterhead {
    Letterhead(const Context& context, const notices::Notice& notice)
        : territory(territory_of(context, notice)),
          say(language_of(context, notice, territory), territory.zone, notice.created_at),
          name(territory.name(say.language().code())) {}

    // With its sender, its reader and its HTML.
    notices::Mail finished(notices::Mail mail, const std::string& recipient) const {
        mail.from = {.name = name, .address = territory.sender()};
        if (recipient != notices::kPrintedSlip) mail.to.address = recipient;
        mail.html = notices::html_of(mail.subject, mail.text, say.language().code());
        return mail;
    }

    const catalogue::Territory& territory;
    Say say;
    std::string name;
};

// Of a mail that nobody has asked for: how to end it.
void add_way_out(const Context& context, const notices::Notice& notice, const Letterhead& head,
                 notices::Mail& mail) {
    const Links links(head.say.language().code(), Where());
    mail.unsubscribe_url =
        context.origin_of(head.territory) +
        links.bare("/unsubscribe/" +
                   notices::make_unsubscribe_token(
                       context.notices.key, {.kind = notice.kind, .address = notice.recipient}));
    mail.text += "\n\n" + head.say.text("notice.way_out", {mail.unsubscribe_url});
}

// Cut at the end of a word where there is one.
std::string shortened(const std::string& name, std::size_t length) {
    if (utf8_length(name) <= length) return name;
    const std::string_view kept = utf8_prefix(name, length);
    const auto word_end = kept.rfind(' ');
    const bool is_short = word_end == std::string_view::npos || word_end < kept.size() / 2;
    std::string_view words = trim(is_short ? kept : kept.substr(0, word_end));
    while (words.ends_with(',') || words.ends_with('-') || words.ends_with('.'))
        words.remove_suffix(1);
    return std::string(words) + "...";
}

}  // namespace

notices::Mail compose_mail(const Context& context, const notices::Notice& notice) {
    const Letterhead head(context, notice);
    const bool is_reservation = notice.kind.starts_with(kReservationKind);
    const bool is_round = notice.kind == orders::kRoundKind;
    const bool is_pledge = is_pledge_kind(notice.kind);
    check(is_reservation || is_round || is_pledge || is_account_kind(notice.kind));
    const std::string origin = context.origin_of(head.territory);
    notices::Mail mail = is_reservation
                             ? compose_reservation_mail(context, notice, head.territory, head.say)
                         : is_round  ? compose_round_mail(origin, notice, head.say)
                         : is_pledge ? compose_pledge_mail(origin, notice, head.say, head.name)
                                     : compose_account_mail(origin, notice, head.say, head.name);
    if (notice.kind == territory::kStockReminderKind) add_way_out(context, notice, head, mail);
    return head.finished(std::move(mail), notice.recipient);
}

notices::Mail compose_list(const Context& context, const std::vector<notices::Notice>& notices) {
    const Letterhead head(context, notices.front());
    notices::Mail mail;
    const auto count = static_cast<std::int64_t>(notices.size());
    mail.subject = head.say.plural("notice.list.subject", count);
    std::string items;
    for (const notices::Notice& notice : notices) {
        check(notice.kind.starts_with(kReservationKind));
        const Links links(head.say.language().code(), Where());
        items += (items.empty() ? "" : "\n\n") +
                 compose_reservation_mail(context, notice, head.territory, head.say).subject +
                 "\n" + context.origin_of(head.territory) +
                 page_of(notice, links, notice.facts.value("status", std::string()));
    }
    mail.text = head.say.text("notice.list.body", {items});
    return head.finished(std::move(mail), notices.front().recipient);
}

std::string compose_text(const Context& context, const notices::Notice& notice) {
    const Letterhead head(context, notice);
    check(notice.kind.starts_with(kReservationKind));
    const std::string key = "text." + notice.kind.substr(kReservationKind.size());
    const Slots s = slots_of(context, notice, head.territory, head.say);
    const std::string product = notice.facts.value("product", std::string());
    const auto fill = [&](std::size_t shop_length, std::size_t item_length) {
        return notices::in_text_alphabet(
            head.say.text(key, {shortened(s.shop, shop_length), shortened(product, item_length),
                                s.code, s.until, s.url, s.extra}));
    };
    std::size_t item_length = utf8_length(product);
    std::size_t shop_length = utf8_length(s.shop);
    std::string text = fill(shop_length, item_length);
    while (notices::text_parts(text) > 1 &&
           (item_length > kShortestName || shop_length > kShortestName)) {
        // The longer of the two gives way: both are still known by their beginning.
        if (item_length >= shop_length || shop_length <= kShortestName)
            --item_length;
        else
            --shop_length;
        text = fill(shop_length, item_length);
    }
    return text;
}

std::string kind_text(const Say& say, std::string_view kind) {
    const std::string key = "kind." + std::string(kind);
    return say.language().has(key) ? say.text(key) : std::string(kind);
}

}  // namespace emplettes::site
