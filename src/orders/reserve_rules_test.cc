#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "orders/reserve.h"

namespace emplettes::orders {
namespace {

ReserveRequest good_request() {
    return {.offer = OfferId{1},
            .quantity = 2,
            .person_name = "Zoé Lœb",
            .contact = "zoe@example.org",
            .language = "fr"};
}

TEST(FindFault, AcceptsWhatIsRight) {
    EXPECT_FALSE(find_fault(good_request(), {}));
    ReserveRequest request = good_request();
    request.quantity = 10;
    request.person_name.clear();
    for (std::size_t i = 0; i < kNameLengthMax; ++i) request.person_name += "é";
    request.contact = "01 42 00 00 00";
    EXPECT_FALSE(find_fault(request, {}));
}

TEST(FindFault, Quantities) {
    ReserveRequest request = good_request();
    for (const std::int64_t quantity : {std::int64_t{0}, std::int64_t{-1}, INT64_MIN}) {
        request.quantity = quantity;
        EXPECT_EQ(find_fault(request, {}), ReserveError::quantity_not_positive);
    }
    for (const std::int64_t quantity : {std::int64_t{11}, std::int64_t{10'000}, INT64_MAX}) {
        request.quantity = quantity;
        EXPECT_EQ(find_fault(request, {}), ReserveError::quantity_too_large);
    }
    request.quantity = 11;
    EXPECT_FALSE(find_fault(request, {.quantity_max = 11}));
}

TEST(FindFault, NamesAndContacts) {
    const std::vector<std::pair<std::string, ReserveError>> names = {
        {"", ReserveError::name_missing},
        {" \t ", ReserveError::name_missing},
        {"Zoé\nBcc: x", ReserveError::name_not_valid},
        {"Zo\xC3", ReserveError::name_not_valid},
        {std::string("a\0b", 3), ReserveError::name_not_valid},
        {std::string(kNameLengthMax + 1, 'a'), ReserveError::name_too_long},
    };
    for (const auto& [name, error] : names) {
        ReserveRequest request = good_request();
        request.person_name = name;
        EXPECT_EQ(find_fault(request, {}), error) << name;
    }
    ReserveRequest request = good_request();
    request.contact = "zoe@example";
    EXPECT_EQ(find_fault(request, {}), ReserveError::contact_not_valid);
}

}  // namespace
}  // namespace emplettes::orders
