#include "base/text.h"
#include "catalogue/feeds/price_text.h"
#include "catalogue/shelf_list.h"
#include "catalogue/shelf_touch.h"
#include "site/counter.h"
#include "site/error_pages.h"
#include "site/keeper_pages.h"
#include "site/scanning.h"

namespace emplettes::site {
namespace {

using catalogue::ShelfFilter;
using catalogue::ShelfLine;

constexpr std::size_t kQueryMax = 120;
constexpr std::size_t kTouchBytes = 12;

// What of the shelf is shown, as the address says it.
struct ShelfView {
    std::string text;
    ShelfFilter filter = ShelfFilter::all;
    OfferId after;
};

// What the form of one row could not be.
struct RowFault {
    ProductId product;
    catalogue::Condition condition = catalogue::Condition::new_;
    std::string text;
    std::string price;
    std::string count;
};

struct KeeperShelf {
    const AtCounter& at;
    ShelfView view;
    std::optional<RowFault> fault;
};

ShelfView read_view(const web::Fields& fields) {
    const auto filter = catalogue::parse_shelf_filter(fields.get("show"));
    const auto after = parse_int(fields.get("after"));
    return {.text = std::string(utf8_prefix(trim(fields.get("q")), kQueryMax)),
            .filter = filter.value_or(ShelfFilter::all),
            .after = OfferId{after.value_or(0)}};
}

Parameters shelf_parameters(const ShelfView& view) {
    const bool is_all = view.filter == ShelfFilter::all;
    return {{"q", view.text},
            {"show", is_all ? std::string() : std::string(catalogue::to_string(view.filter))},
            {"after", view.after.value == 0 ? std::string() : std::to_string(view.after.value)}};
}

std::string shelf_url(const AtCounter& at, Parameters parameters) {
    std::erase_if(parameters, [](const auto& one) { return one.second.empty(); });
    const std::string query = query_string(parameters);
    return at.url + "/shelf" + (query.empty() ? "" : "?" + query);
}

catalogue::ShelfAsked asked_of(const Visit& visit, const KeeperShelf& shelf) {
    return {.shop = shelf.at.shop.id,
            .filter = shelf.view.filter,
            .after = shelf.view.after,
            .doubtful = visit.view.stock_lines.doubtful};
}

// With what the operator hides, too: it stands in the shop all the same.
std::vector<ProductId> find_shelf_products(const Visit& visit, const KeeperShelf& shelf) {
    search::Query query{.text = shelf.view.text,
                        .from = shelf.at.shop.position,
                        .shop = shelf.at.shop.id,
                        .counts_names = false,
                        .limit = static_cast<std::size_t>(catalogue::kShelfPageMax),
                        .offers_per_product_max = 1};
    std::vector<ProductId> products;
    for (const auto& hit : visit.snapshot().index().search(query).hits)
        products.push_back(hit.product);
    return products;
}

// --- what is shown ------------------------------------------------------------------------------

web::View line_view(const Visit& visit, const KeeperShelf& shelf, const ShelfLine& line) {
    const Say& say = visit.say;
    const std::string product = std::to_string(line.offer.product.value);
    const std::string condition(catalogue::to_string(line.offer.condition));
    const bool is_faulty = shelf.fault && shelf.fault->product == line.offer.product &&
                           shelf.fault->condition == line.offer.condition;
    web::View view;
    view.set("anchor", "p" + product + "-" + condition);
    view.set("action", shelf.at.url + "/shelf/" + product);
    view.set("title", line.title);
    view.set("by", line.maker);
    view.set("gtin", line.gtin == 0 ? std::string() : Gtin{line.gtin}.text());
    view.set("proposals_url",
             line.gtin == 0 ? std::string() : shelf.at.url + "/shelf/" + product + "/proposals");
    view.set("condition", condition);
    view.set("condition_text", say.condition(line.offer.condition));
    view.set("price", is_faulty ? shelf.fault->price : say.price_typed(line.offer.price));
    view.set("count", is_faulty ? shelf.fault->count
                                : std::to_string(line.offer.stock.quantity + line.kept));
    view.set("kept_text", line.kept > 0 ? say.plural("keeper.kept", line.kept) : std::string());
    view.set("stock_age", say.stock_age(line.offer.stock));
    view.set("doubtful", line.is_doubtful);
    view.set("fault", is_faulty ? shelf.fault->text : std::string());
    view.set("touch", visit.context.random.url_token(kTouchBytes));
    return view;
}

std::vector<web::View> filter_links(const Visit& visit, const KeeperShelf& shelf,
                                    const catalogue::ShelfCounts& counts) {
    std::vector<web::View> links;
    const auto add = [&](ShelfFilter filter, std::optional<std::int64_t> count) {
        const std::string word(catalogue::to_string(filter));
        web::View link;
        link.set("text", visit.say.text("keeper.show_" + word));
        link.set("count", count ? std::to_string(*count) : std::string());
        link.set("url", shelf_url(shelf.at, shelf_parameters({.filter = filter})));
        link.set("current", shelf.view.text.empty() && shelf.view.filter == filter);
        links.push_back(std::move(link));
    };
    add(ShelfFilter::all, counts.all);
    add(ShelfFilter::out_of_stock, counts.out_of_stock);
    add(ShelfFilter::doubtful, counts.doubtful);
    add(ShelfFilter::without_picture, std::nullopt);
    return links;
}

struct Read {
    catalogue::ShelfPage page;
    catalogue::ShelfCounts counts;
};

Read read_keeper_shelf(const Visit& visit, const KeeperShelf& shelf) {
    const auto asked = asked_of(visit, shelf);
    std::vector<ProductId> found;
    if (!shelf.view.text.empty()) found = find_shelf_products(visit, shelf);
    return visit.context.database.read([&](store::Tx& tx) {
        const TerritoryId territory = visit.territory().id;
        Read read{.counts = catalogue::count_shelf(tx, territory, asked.shop, asked.doubtful)};
        if (shelf.view.text.empty())
            read.page = catalogue::load_shelf_page(tx, territory, asked);
        else
            read.page.lines = catalogue::load_shelf_lines(tx, territory, asked, found);
        return read;
    });
}

void set_message(web::View& view, const Visit& visit, const AtCounter& at) {
    const web::Fields& query = visit.request.query;
    const std::string touch(query.get("touched"));
    const bool has_touch = !touch.empty() && touch.size() <= catalogue::kTouchIdBytesMax &&
                           std::ranges::all_of(touch, [](unsigned char c) {
                               return std::isalnum(c) != 0 || c == '-' || c == '_';
                           });
    const std::string_view did = query.get("did");
    std::string text;
    for (const std::string_view known : {"saved", "withdrawn", "undone", "late"})
        if (did == known) text = visit.say.text("keeper.did_" + std::string(known));
    view.set("message", text);
    view.set("undo_action",
             has_touch && !text.empty() ? at.url + "/shelf/" + touch + "/undo" : std::string());
}

web::Response show_keeper_shelf(Visit& visit, const KeeperShelf& shelf) {
    const AtCounter& at = shelf.at;
    const Read read = read_keeper_shelf(visit, shelf);
    std::vector<web::View> lines;
    for (const ShelfLine& line : read.page.lines) lines.push_back(line_view(visit, shelf, line));
    web::View view;
    set_message(view, visit, at);
    view.set("action", at.url + "/shelf");
    view.set("query", shelf.view.text);
    view.set("to_check_text", read.counts.doubtful > 0
                                  ? visit.say.plural("still.to_check", read.counts.doubtful)
                                  : std::string());
    view.set("to_check_url", at.url + "/still-true");
    view.set("filters", filter_links(visit, shelf, read.counts));
    std::vector<web::View> kept;
    for (const auto& [name, value] : shelf_parameters(shelf.view)) {
        web::View field;
        field.set("name", name).set("value", value);
        if (!value.empty()) kept.push_back(std::move(field));
    }
    const bool is_empty = read.counts.all == 0 && shelf.view.text.empty();
    view.set("is_empty", is_empty);
    view.set("imports_url", at.url + "/imports");
    view.set("scan_url", at.url + "/scan");
    view.set("has_lines", !lines.empty());
    for (web::View& line : lines) line.set("kept_fields", kept);
    view.set("lines", std::move(lines));
    view.set("kept_fields", kept);
    view.set("found_text", shelf.view.text.empty()
                               ? visit.say.plural("keeper.shelf_count", read.counts.all)
                               : visit.say.plural("keeper.shelf_found", std::ssize(read.page.lines),
                                                  {shelf.view.text}));
    ShelfView next = shelf.view;
    if (read.page.next) next.after = *read.page.next;
    view.set("next_url", read.page.next ? shelf_url(at, shelf_parameters(next)) : std::string());
    view.set("first_url", shelf.view.after.value == 0
                              ? std::string()
                              : shelf_url(at, shelf_parameters({.filter = shelf.view.filter})));
    return show_counter_page(visit, at,
                             {.part = CounterPart::shelf,
                              .name = "shelf",
                              .title = visit.say.text("keeper.shelf_title"),
                              .status = shelf.fault ? 422 : 200},
                             view);
}

// --- what is changed ----------------------------------------------------------------------------

// As the form says it; none when price or count are no numbers.
std::optional<catalogue::ShelfTouch> read_row_touch(const Visit& visit, const AtCounter& at,
                                                    const web::Fields& fields) {
    const auto product = parse_int(visit.request.parameter("product"));
    const auto condition = catalogue::parse_condition(fields.get("condition"));
    if (!product || !condition) return std::nullopt;
    catalogue::ShelfTouch touch{.id = std::string(fields.get("touch")),
                                .shop = at.shop.id,
                                .product = ProductId{*product},
                                .condition = *condition,
                                .by = at.who.account.id,
                                .touched_at = visit.view.now};
    if (fields.get("do") == "withdraw") {
        touch.is_withdrawn = true;
        return touch;
    }
    const auto price =
        catalogue::read_price(trim(fields.get("price")), {}, visit.territory().currency);
    touch.counted = parse_int(trim(fields.get("count")));
    if (!price || !touch.counted) return std::nullopt;
    touch.price = *price;
    return touch;
}

KeeperShelf faulty(const Visit& visit, const AtCounter& at, const web::Fields& fields,
                   std::string_view word) {
    return {.at = at,
            .view = read_view(fields),
            .fault = RowFault{
                .product = ProductId{parse_int(visit.request.parameter("product")).value_or(0)},
                .condition = catalogue::parse_condition(fields.get("condition"))
                                 .value_or(catalogue::Condition::new_),
                .text = visit.say.text("keeper.touch_" + std::string(word)),
                .price = std::string(utf8_prefix(fields.get("price"), 20)),
                .count = std::string(utf8_prefix(fields.get("count"), 20))}};
}

}  // namespace

web::Response shelf_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    return show_keeper_shelf(visit, {.at = *at, .view = read_view(visit.request.query)});
}

web::Response save_shelf_row(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    const std::string_view name = fields->get("touch");  // drawn by our page
    if (name.empty() || name.size() > catalogue::kTouchIdBytesMax) return error_page(visit, 400);
    const auto touch = read_row_touch(visit, *at, *fields);
    if (!touch) return show_keeper_shelf(visit, faulty(visit, *at, *fields, "not_a_number"));
    const auto touched = visit.context.database.write([&](store::Tx& tx) {
        return catalogue::touch_shelf(tx, visit.territory(), *touch, visit.context.ids,
                                      visit.view.now);
    });
    if (!touched)
        return show_keeper_shelf(visit, faulty(visit, *at, *fields, word_of(touched.error())));
    auto parameters = shelf_parameters(read_view(*fields));
    parameters.emplace_back("did", touch->is_withdrawn ? "withdrawn" : "saved");
    parameters.emplace_back("touched", touch->id);
    return web::redirect(303, shelf_url(*at, std::move(parameters)));
}

web::Response undo_shelf_row(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    const auto undone = visit.context.database.write([&](store::Tx& tx) {
        return catalogue::undo_touch(tx, visit.territory().id, at->shop.id,
                                     std::string(visit.request.parameter("touch")), visit.view.now);
    });
    if (!undone && undone.error() == catalogue::TouchUndoError::unknown_touch)
        return error_page(visit, 404);
    auto parameters = shelf_parameters(read_view(*fields));
    parameters.emplace_back("did", undone ? "undone" : "late");
    return web::redirect(303, shelf_url(*at, std::move(parameters)));
}

}  // namespace emplettes::site
