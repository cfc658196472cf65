#pragma once
#include <chrono>
#include <string>

#include "base/result.h"
#include "catalogue/territory.h"
#include "store/tx.h"

namespace emplettes::site {

struct NewAddress {
    ShelfSourceId id;  // a new one
    ShopId shop;
    std::string url;
    std::chrono::seconds every{3600};  // kFeedEveryMin to kFeedEveryMax
    bool is_whole_shelf = true;
    std::string store_code = {};
    Instant now;
};

enum class AddressError {
    bad_address,   // not one of the web, or with a password; see web::is_fetchable
    too_long,      // web::kUrlBytesMax
    bad_interval,  // too often, or too seldom
    known_already,
    too_many,  // kSourcesOfShopMax
};

// A shop's shelf comes from an address from now on; it is read within a minute. That it leads to
// a network that is not public, or nowhere, shows when it is read: ShelfSource::last_failure.
Result<Done, AddressError> add_address(store::Tx& tx, const catalogue::Territory& territory,
                                       const NewAddress& address);

}  // namespace emplettes::site
