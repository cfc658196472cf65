#include "site/scan_page.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalogue/feeds/price_text.h"
#include "site/error_pages.h"
#include "site/scanning.h"

namespace emplettes::site {
namespace {

constexpr std::size_t kRecentListed = 20;
constexpr std::size_t kTouchNameBytes = 12;
constexpr std::size_t kWorkerNameLengthMax = 60;
constexpr std::string_view kToCome = "…";  // until the script has asked

enum class Mode { put, sold, in, count };
constexpr std::array<std::string_view, 4> kModes{"put", "sold", "in", "count"};

std::string_view word_of_mode(Mode mode) { return kModes.at(static_cast<std::size_t>(mode)); }

Mode mode_of(std::string_view word) {
    const auto found = std::find(kModes.begin(), kModes.end(), word);
    return found == kModes.end() ? Mode::put : static_cast<Mode>(found - kModes.begin());
}

// What the page shows, beside the list of the last touches.
struct ScanPage {
    Mode mode = Mode::put;
    std::string typed;                          // the code, as it was typed
    std::optional<KnownCode> known;             // by it
    std::string price, count, title, category;  // as typed, after a mistake
    std::string error;                          // what the mistake was
    std::string error_field;
    int status = 200;
};

std::string scan_url(const AtCounter& at) { return at.url + "/scan"; }

std::vector<web::View> mode_views(const Say& say, Mode mode) {
    std::vector<web::View> views;
    for (const std::string_view word : kModes) {
        web::View view;
        view.set("mode", word);
        view.set("label", say.text("scan.mode_" + std::string(word)));
        view.set("on", word == word_of_mode(mode));
        views.push_back(std::move(view));
    }
    return views;
}

std::vector<web::View> category_views(const Visit& visit, const std::string& chosen) {
    const std::string& language = visit.language().code();
    std::vector<web::View> views;
    for (const catalogue::Category& category : visit.context.trades.categories()) {
        const auto* parent = visit.context.trades.find_category(category.parent);
        web::View view;
        view.set("key", category.key);
        view.set("label", (parent ? parent->name(language) + " › " : std::string()) +
                              category.name(language));
        view.set("on", category.key == chosen);
        views.push_back(std::move(view));
    }
    return views;
}

// "7 en rayon, dont 2 gardés" and the like; empty when it is not on the shelf.
std::string shelf_text(const Say& say, const catalogue::OwnOffer* own) {
    if (own == nullptr || !own->is_on_shelf) return say.text("scan.not_on_shelf");
    const std::int64_t total = own->offer.stock.quantity + own->kept;
    return say.plural("scan.in_shop", total, {say.stock_age(own->offer.stock)});
}

std::string elsewhere_text(const Say& say, const catalogue::Scanned& found) {
    if (!found.elsewhere) return {};
    return say.plural("scan.elsewhere", found.elsewhere->shops,
                      {say.price(found.elsewhere->lowest), say.price(found.elsewhere->typical)});
}

// "Ailleurs : «…», «…»": how others call what is read here.
std::string called_elsewhere(const Say& say, const KnownCode& known) {
    std::string titles;
    for (const catalogue::TextProposal& proposal : known.texts)
        if (!proposal.is_shown)
            titles += (titles.empty() ? "" : ", ") + say.text("scan.quoted", {proposal.text.title});
    return titles.empty() ? std::string() : say.text("scan.others", {titles});
}

std::string proposals_url(const AtCounter& at, const KnownCode& known) {
    const auto& product = known.scanned.product;
    if (!product || !product->gtin) return {};
    return at.url + "/shelf/" + std::to_string(product->id.value) + "/proposals";
}

std::string prefilled_price(const Say& say, const ScanPage& page) {
    if (!page.price.empty()) return page.price;
    const auto* own = page.known->scanned.own_in(catalogue::Condition::new_);
    if (own) return say.price_typed(own->offer.price);
    return page.known->book ? say.price_typed(page.known->book->publisher_price) : std::string();
}

std::string prefilled_count(const ScanPage& page) {
    if (!page.count.empty()) return page.count;
    const auto* own = page.known->scanned.own_in(catalogue::Condition::new_);
    return std::to_string(own ? own->offer.stock.quantity + own->kept : 1);
}

web::View scan_step_view(const Visit& visit, const AtCounter& at, const ScanPage& page) {
    const Say& say = visit.say;
    const catalogue::Scanned& found = page.known->scanned;
    const bool is_known = found.product.has_value();
    const auto* own = found.own_in(catalogue::Condition::new_);
    const bool is_difference = page.mode == Mode::sold || page.mode == Mode::in;
    web::View view;
    view.set("action", scan_url(at));
    view.set("mode", word_of_mode(page.mode));
    view.set("code", found.code.text());
    view.set("touch", visit.context.random.url_token(kTouchNameBytes));
    view.set("title", is_known ? found.product->title : say.text("scan.unknown"));
    view.set("by", is_known ? found.product->maker : std::string());
    view.set("shelf_text", is_known ? shelf_text(say, own) : say.text("scan.unknown_what"));
    view.set("elsewhere_text", elsewhere_text(say, found));
    view.set("image", page.known->image);
    view.set("others_text", called_elsewhere(say, *page.known));
    view.set("proposals_url", proposals_url(at, *page.known));
    view.set("is_new", !is_known);
    view.set("asks_price", own == nullptr || !is_difference);
    view.set("asks_count", !is_difference);
    view.set("price", prefilled_price(say, page));
    view.set("count", prefilled_count(page));
    view.set("new_title", page.title);
    view.set("categories",
             is_known ? std::vector<web::View>{} : category_views(visit, page.category));
    view.set("label", say.text("scan.do_" + std::string(word_of_mode(page.mode))));
    view.set("error", page.error_field == "code" ? std::string() : page.error);
    view.set("cancel_url", scan_url(at) + "?mode=" + std::string(word_of_mode(page.mode)));
    return view;
}

// The form that the script fills.
web::View blank_step_view(const Visit& visit, const AtCounter& at) {
    web::View view;
    view.set("code", kToCome);
    view.set("title", kToCome);
    view.set("shelf_text", kToCome);
    view.set("label", kToCome);
    view.set("by", false);
    view.set("elsewhere_text", false);
    view.set("image", false);
    view.set("others_text", false);
    view.set("proposals_url", false);
    view.set("price", false);
    view.set("count", false);
    view.set("new_title", false);
    view.set("error", false);
    view.set("is_new", false);
    view.set("asks_price", true);
    view.set("asks_count", true);
    view.set("categories", category_views(visit, {}));
    view.set("cancel_url", scan_url(at));
    return view;
}

// "2 comptés · 7,40 €".
std::string touch_text(const Say& say, const catalogue::RecentTouch& touch) {
    std::vector<std::string> parts;
    if (touch.is_withdrawn) parts.push_back(say.text("scan.did_withdrawn"));
    if (touch.counted) parts.push_back(say.plural("scan.did_counted", *touch.counted));
    if (touch.difference < 0) parts.push_back(say.plural("scan.did_sold", -touch.difference));
    if (touch.difference > 0) parts.push_back(say.plural("scan.did_in", touch.difference));
    if (touch.price) parts.push_back(say.price(*touch.price));
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : " · ") + part;
    return text;
}

web::View recent_view(const Visit& visit, const AtCounter& at, Mode mode,
                      const catalogue::RecentTouch& touch) {
    web::View view;
    view.set("touch", touch.id);
    view.set("title", touch.title);
    view.set("did_text", touch_text(visit.say, touch));
    view.set("when_text", visit.say.age(touch.touched_at));
    view.set("is_undone", touch.is_undone);
    view.set("undo_action", touch.is_undone ? std::string() : scan_url(at) + "/undo");
    view.set("mode", word_of_mode(mode));
    return view;
}

web::View device_view(const Visit& visit, const AtCounter& at) {
    web::View view;
    view.set("api", "/api/v1/counter/" + at.shop.slug);
    view.set("language", visit.language().code());
    view.set("shop", at.shop.slug);
    view.set("account", std::to_string(at.who.account.id.value));
    view.set("worker", scan_url(at) + "/worker.js");
    view.set("scope", scan_url(at));
    view.set("shelf", at.url + "/shelf");
    return view;
}

std::string scan_message(const Visit& visit, const std::vector<catalogue::RecentTouch>& recent) {
    const std::string_view refused = visit.request.query.get("refused");
    if (refused == "too_late" || refused == "changed_since" || refused == "unknown_touch")
        return visit.say.text("scan.undo_" + std::string(refused));
    for (const catalogue::RecentTouch& touch : recent)
        if (touch.id == visit.request.query.get("done"))
            return visit.say.text(touch.is_undone ? "scan.undone" : "scan.done",
                                  {touch.title, touch_text(visit.say, touch)});
    return {};
}

web::Response show_scan(Visit& visit, const AtCounter& at, const ScanPage& page) {
    const auto recent = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::load_recent_touches(tx, visit.territory().id, at.shop.id, kRecentListed);
    });
    std::vector<web::View> items;
    for (const catalogue::RecentTouch& touch : recent)
        items.push_back(recent_view(visit, at, page.mode, touch));
    web::View view;
    view.set("action", scan_url(at));
    view.set("modes", mode_views(visit.say, page.mode));
    view.set("code", page.typed);
    view.set("code_error", page.error_field == "code" ? page.error : std::string());
    view.set("message", scan_message(visit, recent));
    view.set("message_kind", visit.request.query.get("refused").empty() ? "good" : "bad");
    if (page.known)
        view.set("step", scan_step_view(visit, at, page));
    else
        view.set("step", false);
    view.set("has_recent", !items.empty());
    view.set("recent", std::move(items));
    view.set("blank", blank_step_view(visit, at));
    view.set("device", device_view(visit, at));
    auto response = show_counter_page(visit, at,
                                      {.part = CounterPart::scan,
                                       .name = "counter_scan",
                                       .title = visit.say.text("scan.title"),
                                       .status = page.status},
                                      view);
    response.needs = {.camera = true, .workers = true, .web_assembly = true};
    return response;
}

web::Response refuse_scan(Visit& visit, const AtCounter& at, ScanPage page, std::string_view word) {
    page.error = visit.say.text("scan.error_" + std::string(word));
    page.status = 422;
    return show_scan(visit, at, page);
}

// Finds what was typed; what is wrong with it stands in the page.
void look_up_typed(const Visit& visit, const AtCounter& at, ScanPage& page) {
    const auto code = catalogue::parse_scanned_code(page.typed);
    if (!code) {
        page.error = visit.say.text("scan.error_" + std::string(word_of(code.error())));
        page.error_field = "code";
        page.status = 422;
        return;
    }
    page.known = visit.context.database.read(
        [&](store::Tx& tx) { return look_up(tx, visit, at.shop.id, *code); });
}

// The touch that the form tells; the error is the word of what is wrong.
Result<TouchWish, std::string_view> wish_of(const Visit& visit, const AtCounter& at,
                                            const ScanPage& page, std::string_view touch) {
    TouchWish wish{.touch = {.id = std::string(touch),
                             .shop = at.shop.id,
                             .by = at.who.account.id,
                             .touched_at = visit.view.now},
                   .code = page.known->scanned.code,
                   .title = page.title,
                   .category = page.category};
    if (!page.known->scanned.product && page.title.empty()) return std::string_view("no_title");
    if (!page.price.empty()) {
        const auto price = catalogue::read_price(page.price, {}, visit.territory().currency);
        if (!price) return std::string_view("price_out_of_range");
        wish.touch.price = *price;
    }
    switch (page.mode) {
        case Mode::sold: wish.touch.difference = -1; return wish;
        case Mode::in: wish.touch.difference = 1; return wish;
        case Mode::put:
        case Mode::count: break;
    }
    wish.touch.counted = parse_int(page.count);
    if (!wish.touch.counted) return std::string_view("quantity_out_of_range");
    return wish;
}

}  // namespace

web::Response scan_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    ScanPage page{.mode = mode_of(visit.request.query.get("mode")),
                  .typed = std::string(trim(visit.request.query.get("code")))};
    if (!page.typed.empty()) look_up_typed(visit, *at, page);
    return show_scan(visit, *at, page);
}

web::Response submit_scan(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto form = read_counter_form(visit, *at);
    if (!form) return form.error();
    const auto field = [&](std::string_view name) { return std::string(trim(form->get(name))); };
    ScanPage page{.mode = mode_of(form->get("mode")),
                  .typed = field("code"),
                  .price = field("price"),
                  .count = field("count"),
                  .title = field("title"),
                  .category = field("category")};
    look_up_typed(visit, *at, page);
    if (!page.known) return show_scan(visit, *at, page);
    const std::string touch = field("touch");
    if (touch.empty() || touch.size() > catalogue::kTouchIdBytesMax) return error_page(visit, 400);
    const auto wish = wish_of(visit, *at, page, touch);
    if (!wish) return refuse_scan(visit, *at, std::move(page), wish.error());
    const auto done =
        visit.context.database.write([&](store::Tx& tx) { return do_touch(tx, visit, *wish); });
    if (!done) return refuse_scan(visit, *at, std::move(page), word_of(done.error()));
    return web::redirect(303, scan_url(*at) + "?mode=" + std::string(word_of_mode(page.mode)) +
                                  "&done=" + url_encode(touch));
}

web::Response undo_scan(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto form = read_counter_form(visit, *at);
    if (!form) return form.error();
    const std::string touch(form->get("touch"));
    const auto undone = visit.context.database.write([&](store::Tx& tx) {
        return catalogue::undo_touch(tx, visit.territory().id, at->shop.id, touch, visit.view.now);
    });
    const std::string back =
        scan_url(*at) + "?mode=" + std::string(word_of_mode(mode_of(form->get("mode"))));
    if (undone) return web::redirect(303, back + "&done=" + url_encode(touch));
    return web::redirect(303, back + "&refused=" + std::string(word_of(undone.error())));
}

web::Response scan_worker(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const std::string_view name = visit.request.query.get("script");
    constexpr std::string_view kSigns =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    if (!name.starts_with("scan_worker-") || !name.ends_with(".js") ||
        name.size() > kWorkerNameLengthMax ||
        name.substr(0, name.size() - 3).find_first_not_of(kSigns) != std::string_view::npos)
        return error_page(visit, 404);
    web::Response response;
    response.content_type = "text/javascript; charset=utf-8";
    response.body = "importScripts(\"/assets/" + std::string(name) + "\");\n";
    response.add_header("Cache-Control", "no-store");
    response.add_header("Service-Worker-Allowed", scan_url(*at));
    return response;
}

}  // namespace emplettes::site
