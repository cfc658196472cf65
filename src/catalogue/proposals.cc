#include "catalogue/proposals.h"

#include <algorithm>
#include <set>

#include "catalogue/news.h"

namespace emplettes::catalogue {
namespace {

const ProductText* find_text(const std::vector<ProductText>& texts, const TextChoice& choice) {
    const auto found = std::find_if(texts.begin(), texts.end(), [&](const ProductText& text) {
        return text.source == choice.source && text.shop == choice.by;
    });
    return found == texts.end() ? nullptr : &*found;
}

// Who calls it so: with words of its own, or with those that it has taken.
std::int64_t voices_for(const std::string& title, const std::vector<ProductText>& texts,
                        const std::vector<TextChoice>& choices) {
    std::set<ShopId> choosers;
    std::set<ShopId> voices;
    for (const TextChoice& choice : choices) {
        const ProductText* taken = find_text(texts, choice);
        if (!taken) continue;
        choosers.insert(choice.shop);
        if (taken->title == title) voices.insert(choice.shop);
    }
    for (const ProductText& text : texts)
        if (!choosers.contains(text.shop) && text.title == title) voices.insert(text.shop);
    return std::ssize(voices);
}

std::vector<TextProposal> text_proposals(const std::vector<ProductText>& texts,
                                         const std::vector<TextChoice>& choices,
                                         const Product& product, ShopId shop) {
    const auto own = std::find_if(choices.begin(), choices.end(),
                                  [&](const TextChoice& choice) { return choice.shop == shop; });
    const ProductText* taken = own == choices.end() ? nullptr : find_text(texts, *own);
    std::vector<TextProposal> proposals;
    for (const ProductText& text : texts) {
        if (text.title.empty()) continue;
        const auto same = std::find_if(
            proposals.begin(), proposals.end(),
            [&](const TextProposal& other) { return hash_of(other.text) == hash_of(text); });
        TextProposal& proposal = same == proposals.end() ? proposals.emplace_back() : *same;
        const bool is_own = text.shop == shop;
        const bool is_first = proposal.text.title.empty() || text.first_at < proposal.text.first_at;
        if (is_first || is_own) proposal.text = text;
        proposal.is_own |= is_own;
        proposal.is_taken |= taken == &text;
    }
    for (TextProposal& proposal : proposals) {
        proposal.voices = voices_for(proposal.text.title, texts, choices);
        proposal.is_shown = proposal.text.title == product.title;
    }
    std::stable_sort(proposals.begin(), proposals.end(), [](const auto& a, const auto& b) {
        return std::tuple(!a.is_shown, -a.voices, a.text.source, a.text.first_at) <
               std::tuple(!b.is_shown, -b.voices, b.text.source, b.text.first_at);
    });
    if (proposals.size() > kProposalsMax) proposals.resize(kProposalsMax);
    return proposals;
}

std::vector<Picture> picture_proposals(const std::vector<Picture>& all, ShopId shop) {
    std::set<std::string> seen;
    for (const Picture& picture : all)
        if (picture.shop == shop) seen.insert(origin_of(picture));
    std::vector<Picture> proposals;
    for (const Picture& picture : all)
        if (proposals.size() < kProposalsMax && seen.insert(origin_of(picture)).second)
            proposals.push_back(picture);
    return proposals;
}

std::optional<Product> find_shared(store::Tx& tx, TerritoryId territory, ProductId id) {
    auto product = find_product(tx, territory, id);
    if (!product || !product->gtin) return std::nullopt;
    return product;
}

}  // namespace

std::optional<Proposals> find_proposals(store::Tx& tx, TerritoryId territory, ShopId shop,
                                        ProductId id) {
    const auto product = find_shared(tx, territory, id);
    if (!product) return std::nullopt;
    return Proposals{
        .product = *product,
        .texts = text_proposals(load_product_texts(tx, territory, id),
                                load_text_choices(tx, territory, id), *product, shop),
        .pictures = picture_proposals(load_pictures_of_product(tx, territory, id), shop)};
}

Result<Done, TakeTextError> take_text(store::Tx& tx, TerritoryId territory, ProductId product,
                                      const TextChoice& choice, Instant now) {
    if (!find_shared(tx, territory, product)) return TakeTextError::unknown_product;
    const bool is_own = choice.by == choice.shop;
    if (!is_own && !find_text(load_product_texts(tx, territory, product), choice))
        return TakeTextError::unknown_text;
    const bool is_changed = is_own ? drop_text_choice(tx, territory, product, choice.shop, now)
                                   : choose_text(tx, territory, product, choice, now);
    if (is_changed) append_product_news(tx, territory, {product}, now);
    return Done{};
}

}  // namespace emplettes::catalogue
