#include "web/shield/forwarded.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "base/text.h"

namespace emplettes::web {

bool is_among(const std::vector<std::string>& proxies, std::string_view address) {
    return std::find(proxies.begin(), proxies.end(), address) != proxies.end();
}

std::string client_behind(const std::string& peer, std::string_view forwarded_for,
                          const std::vector<std::string>& trusted_proxies) {
    if (forwarded_for.empty() || !is_among(trusted_proxies, peer)) return peer;
    const auto hops = split(forwarded_for, ',');
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        boost::system::error_code error;
        const auto address = boost::asio::ip::make_address(trim(*hop), error);
        // A zone, as in "fe80::1%eth0", means something on the proxy's machine only.
        if (error || hop->find('%') != std::string_view::npos) return peer;
        if (!is_among(trusted_proxies, trim(*hop))) return address.to_string();
    }
    return peer;
}

}  // namespace emplettes::web
