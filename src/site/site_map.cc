#include "site/outgoing_files.h"

#include <date/date.h>

#include <array>

#include "base/text.h"
#include "catalogue/site_map.h"
#include "site/problems.h"

namespace emplettes::site {
namespace {

constexpr std::string_view kXmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view kNamespaces =
    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
    " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"";
constexpr std::string_view kShopsPart = "shops.xml";
constexpr std::string_view kProductsPrefix = "products-";
constexpr std::string_view kPartSuffix = ".xml";
constexpr std::array<std::string_view, 5> kFixedPages{"/", "/shops", "/map", "/ranking", "/wanted"};

std::string origin(const Visit& visit) { return visit.context.origin_of(visit.territory()); }

web::Response xml(std::string body) {
    return {.content_type = "application/xml; charset=utf-8", .body = std::move(body)};
}

// One page in each of its languages, each with all of them beside it.
void append_page(std::string& out, const Visit& visit, const std::string& path,
                 const std::string& last_changed) {
    const std::string begin = origin(visit) + "/";
    std::string alternates;
    for (const std::string& language : visit.territory().languages)
        alternates += "<xhtml:link rel=\"alternate\" hreflang=\"" + language + "\" href=\"" +
                      html_escape(begin + language + path) + "\"/>";
    for (const std::string& language : visit.territory().languages) {
        out += "<url><loc>" + html_escape(begin + language + path) + "</loc>";
        if (!last_changed.empty()) out += "<lastmod>" + last_changed + "</lastmod>";
        out += alternates + "</url>\n";
    }
}

web::Response page_set(std::string_view pages) {
    std::string body(kXmlHead);
    body.append("<urlset ").append(kNamespaces).append(">\n").append(pages).append("</urlset>\n");
    return xml(std::move(body));
}

web::Response shops_part(const Visit& visit) {
    std::string pages;
    for (const std::string_view page : kFixedPages)
        append_page(pages, visit, std::string(page), "");
    for (const catalogue::ListedShop& listed : visit.snapshot().shops())
        append_page(pages, visit, "/shops/" + url_encode(listed.shop.slug), "");
    return page_set(pages);
}

web::Response products_part(const Visit& visit, ProductId first) {
    const auto products = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::load_site_map_part(tx, visit.territory().id, first, kSitemapPart);
    });
    std::string pages;
    for (const catalogue::MappedProduct& product : products)
        append_page(pages, visit, "/products/" + std::to_string(product.id.value),
                    date::format("%F", product.updated_at));
    return page_set(pages);
}

void append_part(std::string& out, const Visit& visit, const std::string& part) {
    out +=
        "<sitemap><loc>" + html_escape(origin(visit) + "/sitemaps/" + part) + "</loc></sitemap>\n";
}

}  // namespace

web::Response robots_txt(Visit& visit) {
    std::string body = "User-agent: *\n";
    for (const std::string& language : visit.territory().languages)
        for (const char* page : {"/search", "/reserve/", "/reservations/", "/requests/"})
            body += "Disallow: /" + language + page + "\n";
    body += "Disallow: /api/\n\nSitemap: " + origin(visit) + "/sitemap.xml\n";
    return {.content_type = "text/plain; charset=utf-8", .body = std::move(body)};
}

web::Response sitemap_index(Visit& visit) {
    const auto parts = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::load_site_map_parts(tx, visit.territory().id, kSitemapPart);
    });
    std::string body(kXmlHead);
    body += "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    append_part(body, visit, std::string(kShopsPart));
    for (const ProductId first : parts)
        append_part(
            body, visit,
            std::string(kProductsPrefix) + std::to_string(first.value) + std::string(kPartSuffix));
    return xml(body + "</sitemapindex>\n");
}

web::Response sitemap_part(Visit& visit) {
    std::string_view part = visit.request.parameter("part");
    if (part == kShopsPart) return shops_part(visit);
    const bool is_products = part.starts_with(kProductsPrefix) && part.ends_with(kPartSuffix);
    if (is_products) {
        part.remove_prefix(kProductsPrefix.size());
        part.remove_suffix(kPartSuffix.size());
    }
    const auto first = is_products ? parse_int(part) : std::nullopt;
    if (!first) return problem(visit.request, 404, "unknown_part", "see /sitemap.xml");
    return products_part(visit, ProductId{*first});
}

}  // namespace emplettes::site
