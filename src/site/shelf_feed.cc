#include <functional>

#include "catalogue/shelf_files.h"
#include "site/outgoing_files.h"
#include "site/problems.h"

namespace emplettes::site {
namespace {

using catalogue::ShelfItem;

constexpr std::string_view kNeutral = "shelf.csv";
constexpr std::string_view kGoogleProducts = "google-products.txt";
constexpr std::string_view kGoogleInventory = "google-inventory.txt";

catalogue::GoogleFeed google_feed(const Visit& visit, const catalogue::Shop& shop) {
    const std::string origin = visit.context.origin_of(visit.territory());
    return {.store_code = shop.slug,
            .currency = visit.territory().currency,
            .product_page = origin + "/" + visit.territory().languages.front() + "/products/"};
}

web::Response file_of(const Visit& visit, const catalogue::Shop& shop, std::string body,
                      const std::function<void(std::string&, const ShelfItem&)>& append) {
    catalogue::each_on_shelf(visit.context.database, visit.territory().id, shop.id,
                             [&](const ShelfItem& item) { append(body, item); });
    return {.content_type = "text/csv; charset=utf-8", .body = std::move(body)};
}

}  // namespace

web::Response shelf_feed(Visit& visit) {
    const auto* listed = visit.snapshot().find_shop(visit.request.parameter("shop"));
    if (!listed) return problem(visit.request, 404, "unknown_shop", "there is no such shop");
    const std::string_view file = visit.request.parameter("file");
    if (file == kNeutral)
        return file_of(visit, listed->shop, catalogue::neutral_feed_header(),
                       catalogue::append_neutral_feed);
    const auto feed = google_feed(visit, listed->shop);
    if (file == kGoogleProducts)
        return file_of(visit, listed->shop, catalogue::google_products_header(),
                       [&](std::string& out, const ShelfItem& item) {
                           catalogue::append_google_product(out, item, feed);
                       });
    if (file == kGoogleInventory)
        return file_of(visit, listed->shop, catalogue::google_inventory_header(),
                       [&](std::string& out, const ShelfItem& item) {
                           catalogue::append_google_inventory(out, item, feed);
                       });
    return problem(visit.request, 404, "unknown_file",
                   "the files are shelf.csv, google-products.txt and google-inventory.txt");
}

}  // namespace emplettes::site
