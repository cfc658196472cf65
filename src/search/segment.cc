#include "search/segment.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace emplettes::search {
namespace {

std::unordered_set<ProductId> products_of(const Changes& changes) {
    std::unordered_set<ProductId> ids(changes.gone.begin(), changes.gone.end());
    for (const ProductText& product : changes.products) ids.insert(product.id);
    return ids;
}

// The rows that a segment was made of, with stocks and prices as they are by now.
std::vector<OfferRow> offers_now(const Segment& segment, std::vector<OfferRow> rows) {
    for (OfferRow& row : rows) {
        const auto offer = segment.documents.find_offer(row.id);
        row.stock = segment.columns.stock(*offer);
        row.price_cents = segment.columns.price_cents(*offer);
        row.stock_confirmed_at = segment.columns.stock_confirmed_at(*offer);
        row.stock_source = segment.columns.stock_source(*offer);
    }
    return rows;
}

}  // namespace

Segment::Segment(const Catalogue& catalogue)
    : documents(catalogue),
      columns(documents, catalogue),
      text(catalogue, documents),
      suggestions(catalogue, documents) {
    documents.end_build();
}

Segment::Segment(const Segment& main, const Catalogue& catalogue)
    : documents(main.documents, catalogue),
      columns(documents, catalogue, &main.columns),
      text(catalogue, documents),
      suggestions(catalogue, documents) {
    documents.end_build();
}

// In the order of each_part.
Segment::Segment(std::shared_ptr<const Image> mapped, ImageReader& reader)
    : image(std::move(mapped)),
      documents(reader.read<Documents>()),
      columns(documents, reader),
      text(reader, documents),
      suggestions(reader, documents) {}

bool Segment::is_consistent() const {
    return documents.is_consistent() && suggestions.is_consistent() && columns.has_size();
}

std::size_t Segment::bytes() const {
    return documents.bytes() + columns.bytes() + text.bytes() + suggestions.bytes();
}

Delta::Delta(const Segment& main, const Delta* before, const Changes& changes)
    : gone(before != nullptr ? before->gone : Gone{}), texts(main.text) {
    main.text.count_postings(take(main, before, changes), gone.postings);
    segment = std::make_unique<Segment>(main, catalogue);
    texts = Texts(main.text, segment->text, gone);
}

// Puts the rows together and marks what is gone; answers with the first documents of what is newly
// so, ascending.
std::vector<std::uint32_t> Delta::take(const Segment& main, const Delta* before,
                                       const Changes& changes) {
    const auto changed = products_of(changes);
    if (before != nullptr) {
        catalogue.products = before->catalogue.products;
        catalogue.offers = offers_now(*before->segment, before->catalogue.offers);
        std::erase_if(catalogue.products,
                      [&](const ProductText& product) { return changed.contains(product.id); });
        std::erase_if(catalogue.offers,
                      [&](const OfferRow& offer) { return changed.contains(offer.product); });
    }
    catalogue.products.insert(catalogue.products.end(), changes.products.begin(),
                              changes.products.end());
    catalogue.offers.insert(catalogue.offers.end(), changes.offers.begin(), changes.offers.end());

    std::vector<std::uint32_t> newly_gone;
    gone.documents.resize(main.documents.count() / 64 + 1);
    for (const ProductId id : changed) {
        const auto product = main.documents.find_product(id);
        if (!product) continue;
        const auto documents = main.documents.documents_of(*product);
        if (gone.has(documents.front())) continue;
        for (const std::uint32_t document : documents)
            gone.documents[document / 64] |= std::uint64_t{1} << (document % 64);
        gone.offer_count += main.documents.offers_of_product(*product);
        ++gone.product_count;
        newly_gone.push_back(documents.front());
    }
    std::sort(newly_gone.begin(), newly_gone.end());
    return newly_gone;
}

}  // namespace emplettes::search
