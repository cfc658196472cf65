#include "web/network.h"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace emplettes::web {
namespace {

namespace ip = boost::asio::ip;

constexpr unsigned short kPrefix4 = 24;
constexpr unsigned short kPrefix6 = 48;

}  // namespace

std::string network_of(std::string_view address) {
    boost::system::error_code error;
    const auto read = ip::make_address(address, error);
    if (error) return std::string(address);
    if (read.is_v4()) return ip::make_network_v4(read.to_v4(), kPrefix4).canonical().to_string();
    const ip::address_v6 long_one = read.to_v6();
    if (long_one.is_v4_mapped())
        return ip::make_network_v4(ip::make_address_v4(ip::v4_mapped, long_one), kPrefix4)
            .canonical()
            .to_string();
    return ip::make_network_v6(long_one, kPrefix6).canonical().to_string();
}

}  // namespace emplettes::web
