#include <fstream>
#include <map>
#include <sstream>

#include "base/text.h"
#include "catalogue/offer.h"
#include "catalogue/picture.h"
#include "pictures/decode.h"
#include "pictures/picture_maker.h"
#include "site/counter.h"
#include "site/counter_pages.h"
#include "site/error_pages.h"
#include "site/photo_view.h"
#include "site/picture_files.h"

namespace emplettes::site {
namespace {

using catalogue::Picture;
using catalogue::PictureRowError;
using pictures::PictureError;

constexpr web::UploadLimits kPictureUpload{.fields = {.fields_max = 10, .value_bytes_max = 2'000},
                                           .files_max = 1,
                                           .file_bytes_max = pictures::kPictureBytesMax};

// The words of what went wrong: pictures.error_<word>.
struct PictureRefusal {
    int status = 422;
    std::string_view word;
};

PictureRefusal refusal_of(PictureError error) {
    switch (error) {
        case PictureError::unknown_format: return {.word = "unknown_format"};
        case PictureError::damaged: return {.word = "damaged"};
        case PictureError::too_long: return {.status = 413, .word = "too_long"};
        case PictureError::too_large: return {.word = "too_large"};
        case PictureError::too_slow: return {.word = "too_slow"};
        case PictureError::busy: return {.status = 503, .word = "busy"};
    }
    return {};
}

PictureRefusal refusal_of(PictureRowError error) {
    switch (error) {
        case PictureRowError::unknown_shop:
        case PictureRowError::unknown_product:
        case PictureRowError::unknown_picture: return {.status = 404, .word = "unknown"};
        case PictureRowError::too_many: return {.word = "too_many"};
        case PictureRowError::already_there: return {.status = 409, .word = "already_there"};
        case PictureRowError::caption_too_long: return {.word = "caption_too_long"};
    }
    return {};
}

ProductId product_in(std::string_view text) { return ProductId{parse_int(text).value_or(0)}; }

std::string pictures_url(const AtCounter& at, ProductId product) {
    const std::string url = at.url + "/pictures";
    return product == ProductId{} ? url : url + "?product=" + std::to_string(product.value);
}

web::View picture_view(const AtCounter& at, const Picture& picture, bool is_first) {
    const std::string url = at.url + "/pictures/" + std::to_string(picture.id.value);
    web::View view;
    set_photo(view, {&picture, 1});
    view.set("id", std::to_string(picture.id.value));
    view.set("caption", picture.caption);
    view.set("caption_url", url + "/caption");
    view.set("first_url", is_first ? std::string() : url + "/first");
    view.set("delete_url", url + "/delete");
    return view;
}

web::View subject_view(const Visit& visit, const AtCounter& at, ProductId product,
                       const std::vector<Picture>& own) {
    const auto* found = visit.snapshot().find_product(product);
    std::vector<web::View> views;
    for (const Picture& picture : own) views.push_back(picture_view(at, picture, views.empty()));
    web::View view;
    view.set("name", found ? found->title : visit.say.text("pictures.front"));
    view.set("product", std::to_string(product.value));
    view.set("is_empty", views.empty());
    view.set("may_add", views.size() < catalogue::kPicturesPerSubjectMax);
    view.set("pictures", std::move(views));
    return view;
}

// The front, the product that is asked for, and every other that has a picture of this shop.
std::vector<web::View> subject_views(const Visit& visit, const AtCounter& at, ProductId asked) {
    std::map<ProductId, std::vector<Picture>> by_product{{ProductId{}, {}}};
    if (visit.snapshot().find_product(asked)) by_product[asked];
    auto all = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::load_pictures_of_shop(tx, visit.territory().id, at.shop.id);
    });
    for (Picture& picture : all) by_product[picture.product].push_back(std::move(picture));
    std::vector<web::View> views;
    if (const auto found = by_product.find(asked); found != by_product.end()) {
        views.push_back(subject_view(visit, at, asked, found->second));
        by_product.erase(found);
    }
    for (const auto& [product, own] : by_product)
        views.push_back(subject_view(visit, at, product, own));
    return views;
}

web::Response show_pictures(Visit& visit, const AtCounter& at, ProductId asked,
                            const PictureRefusal& refusal) {
    web::View view;
    view.set("error_text", refusal.word.empty()
                               ? std::string()
                               : visit.say.text("pictures.error_" + std::string(refusal.word)));
    view.set("add_url", at.url + "/pictures");
    view.set("subjects", subject_views(visit, at, asked));
    return show_counter_page(visit, at,
                             {.part = CounterPart::more,
                              .name = "counter_pictures",
                              .title = visit.say.text("pictures.title"),
                              .status = refusal.word.empty() ? 200 : refusal.status},
                             view);
}

std::string bytes_of(const web::SpoolFile& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
    return std::move(bytes).str();
}

// The files are durable before their row is.
std::optional<PictureRefusal> take_in(const Visit& visit, const AtCounter& at,
                                      const web::Upload& upload) {
    const web::UploadedFile* file = upload.find_file("picture");
    if (!file) return PictureRefusal{.word = "no_file"};
    const auto set = visit.context.picture_maker.make(bytes_of(*file->file));
    if (!set) return refusal_of(set.error());
    const auto& largest = set->files.front().size;
    const Picture picture{
        .id = visit.context.ids.next<PictureId>(),
        .shop = at.shop.id,
        .product = product_in(upload.fields.get("product")),
        .content_sha256 = store_picture_files(visit.context.pictures_of(visit.territory()), *set),
        .width = largest.width,
        .height = largest.height,
        .caption = std::string(trim(upload.fields.get("caption"))),
        .source = "shop",
        .created_at = visit.context.clock.now()};
    const auto added = visit.context.database.write(
        [&](store::Tx& tx) { return catalogue::add_picture(tx, visit.territory().id, picture); });
    if (!added) return refusal_of(added.error());
    return std::nullopt;
}

}  // namespace

web::Response counter_pictures_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    return show_pictures(visit, *at, product_in(visit.request.query.get("product")), {});
}

web::Response add_counter_picture(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto upload = visit.context.csrf.check_upload(visit.request, at->purpose, kPictureUpload);
    if (!upload && upload.error() == web::FormError::file_too_long)
        return show_pictures(visit, *at, {}, refusal_of(PictureError::too_long));
    if (!upload) return error_page(visit, web::status_of(upload.error()));
    const ProductId product = product_in(upload->fields.get("product"));
    if (const auto refusal = take_in(visit, *at, *upload))
        return show_pictures(visit, *at, product, *refusal);
    return web::redirect(303, pictures_url(*at, product));
}

web::Response change_counter_picture(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto form = read_counter_form(visit, *at);
    if (!form) return form.error();
    const std::string_view step = visit.request.parameter("step");
    const PictureId id{parse_int(visit.request.parameter("picture")).value_or(0)};
    const catalogue::PictureOf which{.shop = at->shop.id, .picture = id};
    const TerritoryId territory = visit.territory().id;
    const Instant now = visit.context.clock.now();
    const auto changed =
        visit.context.database.write([&](store::Tx& tx) -> Result<Done, PictureRowError> {
            if (step == "first") return catalogue::put_picture_first(tx, territory, which, now);
            if (step == "delete") return catalogue::delete_picture(tx, territory, which, now);
            if (step == "caption")
                return catalogue::caption_picture(tx, territory, which, form->get("caption"), now);
            return PictureRowError::unknown_picture;
        });
    const ProductId product = product_in(form->get("product"));
    if (changed) return web::redirect(303, pictures_url(*at, product));
    const PictureRefusal refusal = refusal_of(changed.error());
    return refusal.status == 404 ? error_page(visit, 404)
                                 : show_pictures(visit, *at, product, refusal);
}

}  // namespace emplettes::site
