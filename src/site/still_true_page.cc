#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "catalogue/doubtful.h"
#include "catalogue/feeds/shelf_row.h"
#include "catalogue/shelf_touch.h"
#include "site/counter.h"
#include "site/error_pages.h"
#include "site/keeper_pages.h"
#include "territory/stock_reminder.h"

namespace emplettes::site {
namespace {

using catalogue::DoubtfulOffer;
using catalogue::StockTrust;

constexpr std::size_t kCheckedAtOnce = 20;  // offers of one page
constexpr std::size_t kTokenBytes = 12;
constexpr std::size_t kTokenLengthMax = 40;  // with what was said
constexpr std::size_t kOffersTextMax = 500;  // of as many ids

// What was said of some offers in one go. Each becomes a touch of its own, named by the page's
// token, the word and the offer: said twice, it is as once, and all of it can be taken back.
struct Word {
    std::string token;
    std::vector<OfferId> offers;
    std::string said;  // "there": as it stands; "gone"; "count"; "undo"
    std::optional<std::int64_t> counted;

    std::string touch_of(OfferId offer) const { return token + "-" + std::to_string(offer.value); }
};

struct CountFault {
    OfferId offer;
    std::string count;
    std::string text;
};

struct ToCheck {
    std::vector<DoubtfulOffer> offers;
    catalogue::StockAges ages;
    bool wants_mails = true;
};

std::string still_true_url(const AtCounter& at) { return at.url + "/still-true"; }

bool is_token(std::string_view text) {
    return !text.empty() && text.size() <= kTokenLengthMax &&
           std::ranges::all_of(
               text, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
}

// "7,8"; empty when it is no such list.
std::vector<OfferId> read_offers(std::string_view text) {
    if (text.size() > kOffersTextMax) return {};
    std::vector<OfferId> offers;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        const auto id = parse_int(text.substr(0, comma));
        if (!id || offers.size() == kCheckedAtOnce) return {};
        offers.push_back(OfferId{*id});
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return offers;
}

std::string offers_text(const std::vector<OfferId>& offers) {
    std::string text;
    for (const OfferId offer : offers)
        text += (text.empty() ? "" : ",") + std::to_string(offer.value);
    return text;
}

std::optional<std::int64_t> read_count(std::string_view text) {
    const auto count = parse_int(trim(text));
    if (!count || *count < 0 || *count > catalogue::kShelfQuantityMax) return std::nullopt;
    return count;
}

std::optional<Word> read_word(const web::Fields& fields) {
    const bool is_undo = fields.get("do") == "undo";
    Word word{.token = std::string(fields.get("touch")),
              .offers = read_offers(fields.get("offers")),
              .said = std::string(fields.get("do")),
              .counted = {}};
    if (word.said == "gone") word.counted = 0;
    if (word.said == "count") word.counted = read_count(fields.get("count"));
    if (!is_undo) word.token += "-" + word.said;
    if (word.said == "count") word.token += std::to_string(word.counted.value_or(0));
    if (!is_token(word.token) || word.offers.empty()) return std::nullopt;
    return word;
}

// --- what is shown ------------------------------------------------------------------------------

ToCheck load_to_check(const Visit& visit, const AtCounter& at) {
    const TerritoryId territory = visit.territory().id;
    const auto& lines = visit.view.stock_lines;
    return visit.context.database.read([&](store::Tx& tx) {
        return ToCheck{
            .offers = catalogue::load_doubtful(tx, territory, at.shop.id, lines, kCheckedAtOnce),
            .ages = catalogue::count_stock_ages(tx, territory, at.shop.id, lines),
            .wants_mails = territory::wants_stock_reminders(tx, territory, at.shop.id)};
    });
}

std::vector<web::View> age_figures(const Say& say, const catalogue::StockAges& ages) {
    std::vector<web::View> figures;
    const auto add = [&](StockTrust trust, std::int64_t count) {
        web::View figure;
        figure.set("name", say.text("still.count_" + std::string(catalogue::to_string(trust))));
        figure.set("value", count);
        figures.push_back(std::move(figure));
    };
    add(StockTrust::fresh, ages.fresh);
    add(StockTrust::doubtful, ages.doubtful);
    add(StockTrust::hidden, ages.hidden);
    return figures;
}

web::View offer_to_check_view(const Visit& visit, const DoubtfulOffer& one,
                              const std::optional<CountFault>& fault) {
    const Say& say = visit.say;
    const catalogue::Stock& stock = one.offer.stock;
    const bool is_faulty = fault && fault->offer == one.offer.id;
    web::View view;
    view.set("offer", std::to_string(one.offer.id.value));
    view.set("title", one.title);
    view.set("by", one.maker);
    view.set("condition_text", say.condition(one.offer.condition));
    view.set("price", say.price(one.offer.price));
    view.set("count_text", say.plural("still.standing", stock.quantity + one.kept));
    view.set("kept_text", one.kept > 0 ? say.plural("keeper.kept", one.kept) : std::string());
    view.set("how", say.text("still.how_" + std::string(catalogue::to_string(stock.source)),
                             {say.age(stock.confirmed_at)}));
    view.set("hidden", one.trust == StockTrust::hidden);
    view.set("count", is_faulty ? fault->count : std::string());
    view.set("fault", is_faulty ? fault->text : std::string());
    return view;
}

void set_last_word(web::View& view, const Visit& visit) {
    const web::Fields& query = visit.request.query;
    const std::string_view did = query.get("did");
    const std::string_view token = query.get("touched");
    const auto offers = read_offers(query.get("offers"));
    std::string text;
    for (const std::string_view known : {"there", "gone", "count"})
        if (did == known)
            text = visit.say.plural("still.did_" + std::string(known), std::ssize(offers));
    for (const std::string_view known : {"undone", "late", "mails_on", "mails_off"})
        if (did == known) text = visit.say.text("still.did_" + std::string(known));
    const bool can_undo = is_token(token) && !offers.empty() && !text.empty();
    view.set("message", text);
    view.set("can_undo", can_undo);
    view.set("undo_touch", can_undo ? std::string(token) : std::string());
    view.set("undo_offers", can_undo ? offers_text(offers) : std::string());
}

web::Response show_still_true(Visit& visit, const AtCounter& at,
                              const std::optional<CountFault>& fault = std::nullopt) {
    const ToCheck to_check = load_to_check(visit, at);
    std::vector<web::View> rows;
    std::vector<OfferId> ids;
    for (const DoubtfulOffer& one : to_check.offers) {
        rows.push_back(offer_to_check_view(visit, one, fault));
        ids.push_back(one.offer.id);
    }
    const std::int64_t later = to_check.ages.to_check() - std::ssize(rows);
    web::View view;
    set_last_word(view, visit);
    view.set("action", still_true_url(at));
    view.set("touch", visit.context.random.url_token(kTokenBytes));
    view.set("figures", age_figures(visit.say, to_check.ages));
    view.set("has_rows", !rows.empty());
    view.set("has_several", rows.size() > 1);
    view.set("rows", std::move(rows));
    view.set("all_offers", offers_text(ids));
    view.set("all_text", visit.say.plural("still.all", std::ssize(ids)));
    view.set("later_text", later > 0 ? visit.say.plural("still.later", later) : std::string());
    view.set("wants_mails", to_check.wants_mails);
    return show_counter_page(visit, at,
                             {.part = CounterPart::shelf,
                              .name = "still_true",
                              .title = visit.say.text("still.title"),
                              .status = fault ? 422 : 200},
                             view);
}

// --- what is said -------------------------------------------------------------------------------

catalogue::ShelfTouch touch_from(const Visit& visit, const AtCounter& at, const Word& word,
                                 const catalogue::Offer& offer) {
    return {.id = word.touch_of(offer.id),
            .shop = at.shop.id,
            .product = offer.product,
            .condition = offer.condition,
            .price = {},
            .counted = word.counted,
            .by = at.who.account.id,
            .touched_at = visit.view.now};
}

// What is still there is counted as it stands, with what is kept, and only where it is still in
// doubt: somebody else may have looked meanwhile.
std::vector<catalogue::ShelfTouch> touches_of(store::Tx& tx, const Visit& visit,
                                              const AtCounter& at, const Word& word) {
    const TerritoryId territory = visit.territory().id;
    std::vector<catalogue::ShelfTouch> touches;
    if (word.counted) {
        const auto offer = catalogue::find_offer(tx, territory, word.offers.front());
        if (offer && offer->shop == at.shop.id)
            touches.push_back(touch_from(visit, at, word, *offer));
        return touches;
    }
    for (const DoubtfulOffer& one : catalogue::load_doubtful(
             tx, territory, at.shop.id, visit.view.stock_lines, catalogue::kDoubtfulMax)) {
        if (std::ranges::find(word.offers, one.offer.id) == word.offers.end()) continue;
        touches.push_back(touch_from(visit, at, word, one.offer));
        touches.back().counted =
            std::min(one.offer.stock.quantity + one.kept, catalogue::kShelfQuantityMax);
    }
    return touches;
}

// Of the errors of a touch none can come of a count in its bounds but that the same word was said
// of another number of things: it stands.
void write_word(const Visit& visit, const AtCounter& at, const Word& word) {
    visit.context.database.write([&](store::Tx& tx) {
        for (const catalogue::ShelfTouch& touch : touches_of(tx, visit, at, word)) {
            const auto done = catalogue::touch_shelf(tx, visit.territory(), touch,
                                                     visit.context.ids, visit.view.now);
            check(done.ok() || done.error() == catalogue::TouchError::other_content);
        }
    });
}

bool take_back(const Visit& visit, const AtCounter& at, const Word& word) {
    return visit.context.database.write([&](store::Tx& tx) {
        bool has_undone = false;
        for (const OfferId offer : word.offers)
            has_undone |= catalogue::undo_touch(tx, visit.territory().id, at.shop.id,
                                                word.touch_of(offer), visit.view.now)
                              .ok();
        return has_undone;
    });
}

web::Response back_to_list(const AtCounter& at, const Parameters& parameters) {
    return web::redirect(303, still_true_url(at) + "?" + query_string(parameters));
}

}  // namespace

web::Response still_true_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    return show_still_true(visit, *at);
}

web::Response say_still_true(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    const auto word = read_word(*fields);
    if (!word) return error_page(visit, 400);
    if (word->said == "undo")
        return back_to_list(*at, {{"did", take_back(visit, *at, *word) ? "undone" : "late"}});
    const bool is_known = word->said == "there" || word->said == "gone" || word->said == "count";
    if (!is_known) return error_page(visit, 400);
    if (word->said == "count" && !word->counted)
        return show_still_true(
            visit, *at,
            CountFault{.offer = word->offers.front(),
                       .count = std::string(utf8_prefix(fields->get("count"), 20)),
                       .text = visit.say.text("still.not_a_number")});
    write_word(visit, *at, *word);
    return back_to_list(
        *at,
        {{"did", word->said}, {"touched", word->token}, {"offers", offers_text(word->offers)}});
}

web::Response choose_stock_mails(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    const bool wants = fields->get("do") == "on";
    visit.context.database.write([&](store::Tx& tx) {
        territory::want_stock_reminders(tx, visit.territory().id, at->shop.id, wants);
    });
    return back_to_list(*at, {{"did", wants ? "mails_on" : "mails_off"}});
}

}  // namespace emplettes::site
