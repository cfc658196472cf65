#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "orders/reserve.h"

namespace emplettes::orders {

// Several things kept at once, at several shops, for one walk (collection_round.h): all of them or
// none. Each is a reservation like any other, and changes by itself; what they share is the code of
// the round.

inline constexpr std::size_t kRoundLinesMax = 20;

struct RoundLine {
    OfferId offer;
    std::int64_t quantity = 1;

    bool operator==(const RoundLine&) const = default;
};

struct RoundRequest {
    std::vector<RoundLine> lines;  // 1 to kRoundLinesMax; no offer twice
    std::string person_name;
    std::string contact;
    std::string language;
};

struct LineFault {
    OfferId offer;
    ReserveError error = ReserveError::sold_out;

    bool operator==(const LineFault&) const = default;
};
// Each line that stands in the way; what is wrong with the person comes first, alone and with the
// first line.
using RoundFaults = std::vector<LineFault>;
bool is_of_person(ReserveError error);

// Before any database is asked.
RoundFaults find_faults(const RoundRequest& request, const ReserveLimits& limits);

// In the order of the lines. Each shop is asked or has said yes, as by reserve(), and told; the
// neighbour is told once. Faults have written nothing once the transaction is rolled back, which is
// for the caller to do.
Result<std::vector<Reservation>, RoundFaults> reserve_round(store::Tx& tx,
                                                            const RoundRequest& request,
                                                            const ReserveContext& context);

// What has become of a round: where a request went on to another shop, the one there. Empty: there
// is no such round.
std::vector<Reservation> find_round(store::Tx& tx, TerritoryId territory, std::string_view code);

}  // namespace emplettes::orders
