#include "web/public_address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace emplettes::web {
namespace {

using Four = std::array<std::uint8_t, 4>;
using Six = std::array<std::uint8_t, 16>;

bool is_public(const std::string& text) {
    Six bytes{};
    const bool is_six = text.find(':') != std::string::npos;
    EXPECT_EQ(inet_pton(is_six ? AF_INET6 : AF_INET, text.c_str(), bytes.data()), 1) << text;
    return is_public_address(std::span(bytes).first(is_six ? 16 : 4));
}

std::uint32_t number_of(const std::string& text) {
    std::uint32_t bytes = 0;
    EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &bytes), 1);
    return ntohl(bytes);
}

Four four_bytes(std::uint32_t number) {
    return {static_cast<std::uint8_t>(number >> 24), static_cast<std::uint8_t>(number >> 16),
            static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)};
}

// First and last address of what is not public, written as ranges and not as prefixes.
struct Range {
    std::string first;
    std::string last;
};
const std::vector<Range>& ranges_not_public() {
    static const std::vector<Range> ranges = {
        {"0.0.0.0", "0.255.255.255"},       {"10.0.0.0", "10.255.255.255"},
        {"100.64.0.0", "100.127.255.255"},  {"127.0.0.0", "127.255.255.255"},
        {"168.63.129.16", "168.63.129.16"}, {"169.254.0.0", "169.254.255.255"},
        {"172.16.0.0", "172.31.255.255"},   {"192.0.0.0", "192.0.0.255"},
        {"192.0.2.0", "192.0.2.255"},       {"192.88.99.0", "192.88.99.255"},
        {"192.168.0.0", "192.168.255.255"}, {"198.18.0.0", "198.19.255.255"},
        {"198.51.100.0", "198.51.100.255"}, {"203.0.113.0", "203.0.113.255"},
        {"224.0.0.0", "255.255.255.255"}};
    return ranges;
}

TEST(PublicAddress, EndsWhereARangeBegins) {
    for (const auto& range : ranges_not_public()) {
        const auto first = number_of(range.first);
        const auto last = number_of(range.last);
        EXPECT_FALSE(is_public_address(four_bytes(first))) << range.first;
        EXPECT_FALSE(is_public_address(four_bytes(last))) << range.last;
        EXPECT_TRUE(first == 0 || is_public_address(four_bytes(first - 1))) << range.first;
        EXPECT_TRUE(last == 0xFFFFFFFF || is_public_address(four_bytes(last + 1))) << range.last;
    }
}

RC_GTEST_PROP(PublicAddress, IsNoneOfTheRanges, (std::uint32_t number)) {
    bool expected = true;
    for (const auto& range : ranges_not_public())
        expected &= number < number_of(range.first) || number > number_of(range.last);
    RC_ASSERT(is_public_address(four_bytes(number)) == expected);
}

RC_GTEST_PROP(PublicAddress, IsNeverAnIpv4AddressInAnothersClothes, (std::uint32_t number)) {
    const Four four = four_bytes(number);
    Six mapped{};
    mapped[10] = mapped[11] = 0xFF;
    Six nat64{0x00, 0x64, 0xFF, 0x9B};
    Six compatible{};
    Six six_to_four{0x20, 0x02};
    Six teredo{0x20, 0x01};
    for (std::size_t i = 0; i < 4; ++i) {
        mapped[12 + i] = nat64[12 + i] = compatible[12 + i] = four[i];
        six_to_four[2 + i] = teredo[4 + i] = four[i];
    }
    for (const Six& six : {mapped, nat64, compatible, six_to_four, teredo})
        RC_ASSERT(!is_public_address(six));
}

RC_GTEST_PROP(PublicAddress, IsIn2000OfIpv6, (Six six)) {
    if ((six[0] & 0xE0) != 0x20) RC_ASSERT(!is_public_address(six));
}

TEST(PublicAddress, KnowsExamples) {
    for (const auto* text : {"8.8.8.8", "1.1.1.1", "93.184.216.34", "2a00:1450:4007:80e::200e",
                             "2001:4860:4860::8888", "2606:4700::1111"})
        EXPECT_TRUE(is_public(text)) << text;
    for (const auto* text : {"::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1",
                             "2001:db8::1", "2001::1", "2002:7f00:1::", "::ffff:8.8.8.8",
                             "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1", "3fff::1", "5f00::1"})
        EXPECT_FALSE(is_public(text)) << text;
    EXPECT_FALSE(is_public_address({}));
    EXPECT_FALSE(is_public_address(std::vector<std::uint8_t>(5, 8)));
}

}  // namespace
}  // namespace emplettes::web
