#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "catalogue/offer.h"
#include "catalogue/picture.h"
#include "catalogue/shelf/product_text.h"

namespace emplettes::catalogue {

// What is told and shown of a thing that all shops know by one number, for a shop to take. What is
// a shop's own (without a number of the world) is nobody else's to propose.

struct TextProposal {
    ProductText text;         // of the first of those who say just this
    std::int64_t voices = 0;  // shops and sources that call it so, or have taken that
    bool is_shown = false;    // it is what neighbours read
    bool is_own = false;      // this shop's words
    bool is_taken = false;    // this shop has taken them

    bool operator==(const TextProposal&) const = default;
};
struct Proposals {
    Product product;
    std::vector<TextProposal> texts;  // what is shown first; at most kProposalsMax
    std::vector<Picture> pictures;    // of others, without those that this shop has; as many
};
inline constexpr std::size_t kProposalsMax = 12;

// None for a product that is unknown, or a shop's own.
std::optional<Proposals> find_proposals(store::Tx& tx, TerritoryId territory, ShopId shop,
                                        ProductId product);

enum class TakeTextError {
    unknown_product,  // or a shop's own
    unknown_text,     // nobody says it any more
};
// The shop speaks with these words, until it takes others; to take its own (by == shop, whether or
// not it has any) is to take nobody's. Neighbours read what most shops say (best_of). Writes the
// news when that changes.
Result<Done, TakeTextError> take_text(store::Tx& tx, TerritoryId territory, ProductId product,
                                      const TextChoice& choice, Instant now);

}  // namespace emplettes::catalogue
