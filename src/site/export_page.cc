#include "site/counter.h"
#include "site/counter_pages.h"
#include "site/shop_archive.h"

namespace emplettes::site {
namespace {

struct OutgoingFile {
    std::string_view file;
    std::string_view name;  // keys of texts: what it is, and what it is for
    std::string_view note;
};
constexpr OutgoingFile kOutgoing[] = {
    {"shelf.csv", "export.neutral", "export.neutral_note"},
    {"google-products.txt", "export.google_products", "export.google_products_note"},
    {"google-inventory.txt", "export.google_inventory", "export.google_inventory_note"},
};

std::vector<web::View> outgoing_views(const Visit& visit, const AtCounter& at) {
    const std::string begin =
        visit.context.origin_of(visit.territory()) + "/feeds/" + at.shop.slug + "/";
    std::vector<web::View> views;
    for (const OutgoingFile& outgoing : kOutgoing) {
        web::View view;
        view.set("title", visit.say.text(outgoing.name));
        view.set("note", visit.say.text(outgoing.note));
        view.set("url", begin + std::string(outgoing.file));
        views.push_back(std::move(view));
    }
    return views;
}

}  // namespace

web::Response export_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    web::View view;
    view.set("zip_url", at->url + "/export.zip");
    view.set("feeds", outgoing_views(visit, *at));
    return show_counter_page(
        visit, *at, {.name = "counter_export", .title = visit.say.text("export.title")}, view);
}

web::Response export_file(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto path = visit.context.spool / ("export-" + visit.context.random.url_token(12));
    write_shop_archive({.database = visit.context.database,
                        .territory = visit.territory(),
                        .pictures = visit.context.pictures_of(visit.territory()).files,
                        .now = visit.view.now},
                       at->shop, path);
    web::Response response{.content_type = "application/zip"};
    response.file = std::make_shared<web::FileBody>(path, web::FileBody::AfterSending::remove);
    response.add_header("Content-Disposition",
                        "attachment; filename=\"" + at->shop.slug + ".zip\"");
    response.add_header("Cache-Control", "no-store");
    return response;
}

}  // namespace emplettes::site
