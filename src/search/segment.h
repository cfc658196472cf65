#pragma once
#include <memory>

#include "base/image.h"
#include "search/columns.h"
#include "search/documents.h"
#include "search/gone.h"
#include "search/index.h"
#include "search/suggestions.h"
#include "search/text_index.h"
#include "search/texts.h"

namespace emplettes::search {

// Its version is counted up whenever a part changes its meaning, its type or its place.
inline constexpr ImageKind kIndexImage{.name = {'E', 'M', 'P', 'L', 'S', 'R', 'C', 'H'},
                                       .version = 6};

// Some products of an index with their offers, and all that searches need of them. Immutable but
// for the live columns.
struct Segment {
    explicit Segment(const Catalogue& catalogue);
    // Of other products in the shops of `main`, which must outlive it: numbered, open and closed
    // as there.
    Segment(const Segment& main, const Catalogue& catalogue);
    Segment(std::shared_ptr<const Image> mapped, ImageReader& reader);
    Segment(const Segment&) = delete;
    Segment& operator=(const Segment&) = delete;

    bool is_consistent() const;  // of an image
    std::size_t bytes() const;
    template <typename Parts>
    void each_part(Parts& parts) const {
        Documents::each_part(documents, parts);
        Columns::each_part(columns, parts);
        TextIndex::each_part(text, parts);
        Suggestions::each_part(suggestions, parts);
    }

    std::shared_ptr<const Image> image;  // that columns show parts of
    Documents documents;
    Columns columns;
    TextIndex text;
    Suggestions suggestions;
};

// What has changed since the main segment was built: the changed products, indexed anew with all
// their offers, and which of the main segment's they replace. Made anew at each change.
struct Delta {
    // `before` may be null.
    Delta(const Segment& main, const Delta* before, const Changes& changes);

    Catalogue catalogue;  // its products and offers; no shops
    Gone gone;
    std::unique_ptr<Segment> segment;
    Texts texts;

  private:
    std::vector<std::uint32_t> take(const Segment& main, const Delta* before,
                                    const Changes& changes);
};

}  // namespace emplettes::search
