#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "web/shield/forwarded.h"
#include "web/shield/history.h"
#include "web/shield/network_prefix.h"

// What strangers write to be taken for somebody else: forwarded addresses and histories.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace emplettes;
    using namespace emplettes::web;
    const std::string text(reinterpret_cast<const char*>(data), size);

    // Nobody but a trusted proxy is believed, and what is believed is an address.
    check(client_behind("192.0.2.1", text, {"198.51.100.1"}) == "192.0.2.1");
    const std::string client = client_behind("198.51.100.1", text, {"198.51.100.1"});
    const NetworkAddress address = read_network_address(client);
    check(client == "198.51.100.1" || address != NetworkAddress{} || client == "::");

    // Cut once or twice, a prefix is the same, and its text is one that is read again.
    const NetworkAddress any = read_network_address(text);
    for (const Reach reach : {Reach::host, Reach::prefix, Reach::region}) {
        const NetworkAddress prefix = network_prefix(any, reach);
        check(network_prefix(prefix, reach) == prefix);
        const std::string written = prefix_text(any, reach);
        check(read_network_address(written.substr(0, written.find('/'))) == prefix);
    }

    // A history that nobody here has written.
    const History history({1, 2, 3});
    check(!history.read(text, instant_from_unix(1'700'000'000)));
    return 0;
}
