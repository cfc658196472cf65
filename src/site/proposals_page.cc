#include "base/text.h"
#include "catalogue/proposals.h"
#include "site/counter.h"
#include "site/counter_pages.h"
#include "site/error_pages.h"
#include "site/photo_view.h"

namespace emplettes::site {
namespace {

using catalogue::TextProposal;
using catalogue::TextSource;

// What became of the last tap; a word of the address.
constexpr std::string_view kOutcomes[] = {"text", "own", "picture", "enough", "gone"};

std::string proposals_path(const AtCounter& at, ProductId product) {
    return at.url + "/shelf/" + std::to_string(product.value) + "/proposals";
}

// Whose words these are, where that is not a number of shops.
std::string origin_text(const Say& say, const TextProposal& proposal) {
    if (proposal.text.source == TextSource::onix && proposal.text.shop == ShopId{})
        return say.text("proposals.publisher");
    return say.plural("proposals.voices", proposal.voices);
}

web::View text_view(const Visit& visit, const TextProposal& proposal) {
    const catalogue::ProductText& text = proposal.text;
    web::View view;
    view.set("title", text.title);
    view.set("by", text.maker);
    view.set("description", text.description);
    view.set("origin_text", origin_text(visit.say, proposal));
    view.set("is_shown", proposal.is_shown);
    view.set("is_own", proposal.is_own);
    view.set("is_taken", proposal.is_taken);
    view.set("may_take", !proposal.is_own && !proposal.is_taken);
    view.set("source", catalogue::to_string(text.source));
    view.set("by_shop", std::to_string(text.shop.value));
    return view;
}

std::string outcome_text(const Visit& visit) {
    const std::string_view did = visit.request.query.get("did");
    for (const std::string_view known : kOutcomes)
        if (did == known) return visit.say.text("proposals.did_" + std::string(known));
    return {};
}

std::optional<ProductId> product_asked(const Visit& visit) {
    const auto product = parse_int(visit.request.parameter("product"));
    return product ? std::optional(ProductId{*product}) : std::nullopt;
}

std::string_view take_words(const Visit& visit, const AtCounter& at, ProductId product,
                            const web::Fields& fields) {
    const auto source = catalogue::parse_text_source(fields.get("source"));
    const auto by = parse_int(fields.get("by"));
    const bool is_own = fields.get("do") == "own";
    if (!is_own && (!source || !by)) return "gone";
    const catalogue::TextChoice choice{.shop = at.shop.id,
                                       .source = source.value_or(TextSource::hand),
                                       .by = is_own ? at.shop.id : ShopId{*by}};
    const auto taken = visit.context.database.write([&](store::Tx& tx) {
        return catalogue::take_text(tx, visit.territory().id, product, choice, visit.view.now);
    });
    if (!taken) return "gone";
    return is_own ? "own" : "text";
}

std::string_view take_photo(const Visit& visit, const AtCounter& at, const web::Fields& fields) {
    const PictureId picture{parse_int(fields.get("picture")).value_or(0)};
    const auto taken = visit.context.database.write([&](store::Tx& tx) {
        return catalogue::take_picture(tx, visit.territory().id,
                                       {.shop = at.shop.id, .picture = picture},
                                       visit.context.ids.next<PictureId>(), visit.view.now);
    });
    if (taken || taken.error() == catalogue::PictureRowError::already_there) return "picture";
    return taken.error() == catalogue::PictureRowError::too_many ? "enough" : "gone";
}

}  // namespace

web::Response proposals_page(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto product = product_asked(visit);
    if (!product) return error_page(visit, 404);
    const auto proposals = visit.context.database.read([&](store::Tx& tx) {
        return catalogue::find_proposals(tx, visit.territory().id, at->shop.id, *product);
    });
    if (!proposals) return error_page(visit, 404);
    std::vector<web::View> texts;
    for (const TextProposal& proposal : proposals->texts)
        texts.push_back(text_view(visit, proposal));
    std::vector<web::View> pictures;
    for (const catalogue::Picture& picture : proposals->pictures) {
        web::View one;
        set_photo(one, {&picture, 1}, proposals->product.title);
        one.set("picture", std::to_string(picture.id.value));
        pictures.push_back(std::move(one));
    }
    web::View view;
    view.set("product_title", proposals->product.title);
    view.set("action", proposals_path(*at, *product));
    view.set("message", outcome_text(visit));
    view.set("has_texts", !texts.empty());
    view.set("texts", std::move(texts));
    view.set("has_pictures", !pictures.empty());
    view.set("pictures", std::move(pictures));
    view.set("pictures_url", at->url + "/pictures?product=" + std::to_string(product->value));
    view.set("shelf_url", at->url + "/shelf");
    return show_counter_page(visit, *at,
                             {.part = CounterPart::shelf,
                              .name = "proposals",
                              .title = visit.say.text("proposals.title")},
                             view);
}

web::Response take_proposal(Visit& visit) {
    const auto at = enter_counter(visit);
    if (!at) return at.error();
    const auto fields = read_counter_form(visit, *at);
    if (!fields) return fields.error();
    const auto product = product_asked(visit);
    if (!product) return error_page(visit, 404);
    const std::string_view did = fields->get("do") == "picture"
                                     ? take_photo(visit, *at, *fields)
                                     : take_words(visit, *at, *product, *fields);
    return web::redirect(303, proposals_path(*at, *product) + "?did=" + std::string(did));
}

}  // namespace emplettes::site
