#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace emplettes::web {

// Whose request it is: the peer's, or, where the peer is a trusted proxy, the last one in
// X-Forwarded-For that is none: each proxy adds whom it saw at the end, and before that anybody may
// have written anything. The peer, too, when what stands there is no address.
std::string client_behind(const std::string& peer, std::string_view forwarded_for,
                          const std::vector<std::string>& trusted_proxies);
bool is_among(const std::vector<std::string>& proxies, std::string_view address);

}  // namespace emplettes::web
