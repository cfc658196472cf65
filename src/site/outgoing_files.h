#pragma once
#include "site/visit.h"

// What other programs fetch: search engines, Google's merchants' centre, whoever reads shelves.
namespace emplettes::site {

// GET /robots.txt: what may be read, and where the site map is.
web::Response robots_txt(Visit& visit);
// GET /sitemap.xml: the parts of the site map (sitemaps.org), kSitemapPart products each.
web::Response sitemap_index(Visit& visit);
// GET /sitemaps/{part}: "shops.xml", with the fixed pages, or "products-1.xml"; every page in every
// language of the territory, told as alternates.
web::Response sitemap_part(Visit& visit);

inline constexpr std::size_t kSitemapPart = 10'000;

// GET /feeds/{shop}/{file}: the shelf of one shop, as it is now: shelf.csv, our neutral feed;
// google-products.txt and google-inventory.txt (catalogue/shelf_files.h).
web::Response shelf_feed(Visit& visit);

}  // namespace emplettes::site
