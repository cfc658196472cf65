#include "site/feed_address.h"

#include <algorithm>

#include "catalogue/feed_pace.h"
#include "catalogue/shelf/shelf_source.h"
#include "web/fetch.h"

namespace emplettes::site {

Result<Done, AddressError> add_address(store::Tx& tx, const catalogue::Territory& territory,
                                       const NewAddress& address) {
    if (address.url.size() > web::kUrlBytesMax) return AddressError::too_long;
    if (!web::is_fetchable(address.url, {.allow = territory.feeds_allow}))
        return AddressError::bad_address;
    if (address.every < catalogue::kFeedEveryMin || address.every > catalogue::kFeedEveryMax)
        return AddressError::bad_interval;
    const auto sources = catalogue::load_sources(tx, territory.id, address.shop);
    const auto is_it = [&](const auto& known) { return known.url == address.url; };
    if (std::any_of(sources.begin(), sources.end(), is_it)) return AddressError::known_already;
    if (sources.size() >= catalogue::kSourcesOfShopMax) return AddressError::too_many;
    catalogue::save_source(tx, territory.id,
                           {.id = address.id,
                            .shop = address.shop,
                            .name = address.url,
                            .url = address.url,
                            .store_code = address.store_code,
                            .is_whole_shelf = address.is_whole_shelf,
                            .every = address.every,
                            .next_read_at = address.now});
    return Done{};
}

}  // namespace emplettes::site
