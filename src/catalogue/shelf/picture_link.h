#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "catalogue/picture.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// Pictures that a shop's file names by their addresses (image_link, Image Src …): fetched after the
// import, in the background, of products of which nobody has shown any. There is one for each
// product of a shop.

enum class LinkState : std::uint8_t {
    waiting,   // to be fetched, perhaps once more
    fetched,   // it is a picture of the shop
    needless,  // somebody had shown the product meanwhile
    failed,    // for good
};
std::string_view to_string(LinkState state);

// Whose file names them.
struct LinkTeller {
    TerritoryId territory;
    ShopId shop;
    ShelfImportId import;
};
struct ToldLink {
    ProductId product;
    std::string_view url;
};
// Each of another product. What is known of the same address stays, and so does what was fetched.
void tell_of_pictures(store::Tx& tx, const LinkTeller& teller, std::span<const ToldLink> links,
                      Instant now);
// As if that import had named no pictures: they go, but for those of which somebody has written
// what can be seen; what the shop's texts name now is to be fetched. Some at a time: how many.
std::int64_t forget_pictures_of(store::Tx& tx, const LinkTeller& teller, std::size_t limit,
                                Instant now);

// --- fetching

inline constexpr std::int64_t kLinkFaultsMax = 5;   // of an address in a row
inline constexpr std::int64_t kHostFaultsMax = 40;  // of its host in a row: a day and a half

// Of one host in one shop's files.
struct DueLinks {
    ShopId shop;
    std::string host;  // as the address has it, in small letters
};
// Those of which something is due, the longest waiting first.
std::vector<DueLinks> load_due_links(store::Tx& tx, TerritoryId territory, Instant now, int limit);

struct PictureLink {
    ShopId shop;
    ProductId product;
    ShelfImportId import;
    std::string url;
    std::string host;
    std::int64_t faults = 0;  // of the address, in a row
};
// The next one; nobody else gets it before `until`.
std::optional<PictureLink> claim_link(store::Tx& tx, TerritoryId territory, const DueLinks& of,
                                      Instant now, Instant until);
// Whether nobody has shown the product yet.
bool lacks_picture(store::Tx& tx, TerritoryId territory, ProductId product);

// The picture was fetched: it is the shop's from now on, unless the link is gone or another one
// meanwhile; then none. `picture` has its content, id and size.
Result<Done, PictureRowError> keep_fetched(store::Tx& tx, TerritoryId territory,
                                           const PictureLink& link, Picture picture);
void leave_link(store::Tx& tx, TerritoryId territory, const PictureLink& link);  // it is needless

// What a fault says of: this address, for now or for good, all that its host has, or us.
enum class FaultOf : std::uint8_t { address, address_for_good, host, ours };
struct LinkFault {
    FaultOf of = FaultOf::address;
    std::string word;  // of web::FetchError or of pictures::PictureError; for pages and logs
};
// Tried again later each time, as feeds are (feed_pace.h). When it is the host's, it is counted of
// all that wait for it, they rest, and the others have their turn before this one. Ours is not
// counted: all rest for kFeedRetryFirst.
void note_link_fault(store::Tx& tx, TerritoryId territory, const PictureLink& link,
                     const LinkFault& fault, Instant now);

// What an import's page says of its pictures.
struct LinkCount {
    LinkState state = LinkState::waiting;
    std::string failure;  // the last one; empty: none
    std::int64_t links = 0;
};
std::vector<LinkCount> count_links(store::Tx& tx, TerritoryId territory, ShelfImportId import);

}  // namespace emplettes::catalogue
