#include "site/contact_links.h"

#include <gtest/gtest.h>

namespace emplettes::site {
namespace {

TEST(ContactUrl, CallsWritesOrDoesNothing) {
    EXPECT_EQ(contact_url("+33 1 42-00-00-00"), "tel:+33142000000");
    EXPECT_EQ(contact_url("(01) 42.00.00.00"), "tel:0142000000");
    EXPECT_EQ(contact_url("ada@example.org"), "mailto:ada@example.org");
    EXPECT_EQ(contact_url("a+b&c@example.org"), "mailto:a%2Bb%26c@example.org");
    EXPECT_EQ(contact_url("sur rendez-vous"), "");
    EXPECT_EQ(contact_url(""), "");
}

TEST(InPairs, AsItIsReadOut) {
    EXPECT_EQ(in_pairs("0612345678"), "06 12 34 56 78");
    EXPECT_EQ(in_pairs("+33612345678"), "+33612345678");
    EXPECT_EQ(in_pairs("06 1234 5678"), "06 1234 5678");
}

TEST(PhoneOf, IsTheFirstOfSeveral) {
    EXPECT_EQ(phone_of({.phone = "+33 1 42 00 00 00; +33 6 00 00 00 00"}), "+33 1 42 00 00 00");
    EXPECT_EQ(phone_of({}), "");
}

TEST(GeoUrl, NamesThePlace) {
    EXPECT_EQ(geo_url({.name = "L’Écume & Cie", .position = {.lat = 48.8, .lon = -2.34567}}),
              "geo:48.80000,-2.34567?q=48.80000,-2.34567(L%E2%80%99%C3%89cume%20%26%20Cie)");
}

}  // namespace
}  // namespace emplettes::site
