#pragma once
#include <cstdint>
#include <optional>

#include "catalogue/feeds/shelf_row.h"
#include "catalogue/offer.h"

namespace emplettes::catalogue {

// An offer as an import sees and changes it.
struct OfferState {
    Money price;
    std::int64_t stock = 0;  // may be promised
    std::int64_t kept = 0;   // is promised, and stands in the shop all the same
    StockSource stock_source = StockSource::import;
    Instant confirmed_at;
    Instant withdrawn_at;  // the beginning of time: it stands on the shelf
    ShelfSourceId source;
    ShelfImportId import;
    Instant priced_at;  // when its price was set by hand; the beginning of time: never

    std::int64_t standing() const { return stock + kept; }
    bool is_on_shelf() const { return withdrawn_at == Instant{}; }
    bool operator==(const OfferState&) const = default;
};

// What holds for all rows of an import.
struct ImportTerms {
    ShelfSourceId source;
    ShelfImportId import;
    StockSource stock_source = StockSource::import;
    Instant made_at;  // when the file was made; a row's own moment may only be earlier
};

// How an import ends for one thing.
enum class RowOutcome : std::uint8_t {
    new_,          // it comes on the shelf, or comes back
    changed,       // price, stock or text
    unchanged,     // perhaps confirmed once more
    gone,          // off the shelf: none is left
    not_on_shelf,  // it is known now, but has no price, or there is none
    repeated,      // a row before it was of the same thing
    not_understood,
};
inline constexpr std::size_t kRowOutcomes = 7;

// The offer after a row; none when the row puts nothing on the shelf. A count that is older than
// what is known, and a file made before somebody changed the offer by hand, change nothing there.
// What a file says of a count is what stands in the shop, with what is kept.
std::optional<OfferState> offer_after(const ShelfRow& row, const std::optional<OfferState>& before,
                                      const ImportTerms& terms);
// The offer after a whole shelf's file that does not have it any more; none: it stays.
std::optional<OfferState> offer_after_absence(const OfferState& before, const ImportTerms& terms);

RowOutcome outcome_of(const std::optional<OfferState>& before,
                      const std::optional<OfferState>& after);

}  // namespace emplettes::catalogue
