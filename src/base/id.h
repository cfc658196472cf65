#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace emplettes {

// The identity of one row of one table. Assigned by the application (IdSource), never by the
// database, and below 2^53, so that JSON numbers carry it without loss. Ids are internal order,
// not secrets: public links to private things use a random code (random.h) instead.
template <typename Tag>
struct Id {
    std::int64_t value = 0;

    auto operator<=>(const Id&) const = default;
};

using TerritoryId = Id<struct TerritoryTag>;
using ShopId = Id<struct ShopTag>;
using StreetId = Id<struct StreetTag>;
using ProductId = Id<struct ProductTag>;
using OfferId = Id<struct OfferTag>;
using ReservationId = Id<struct ReservationTag>;
using NoticeId = Id<struct NoticeTag>;
using ChoiceId = Id<struct ChoiceTag>;
using AccountId = Id<struct AccountTag>;
using SessionId = Id<struct SessionTag>;
using ClaimId = Id<struct ClaimTag>;
using ShelfSourceId = Id<struct ShelfSourceTag>;
using ShelfImportId = Id<struct ShelfImportTag>;
using PictureId = Id<struct PictureTag>;
using MessageId = Id<struct MessageTag>;

}  // namespace emplettes

template <typename Tag>
struct std::hash<emplettes::Id<Tag>> {
    std::size_t operator()(emplettes::Id<Tag> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
