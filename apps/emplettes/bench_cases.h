#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "catalogue/offer.h"
#include "catalogue/shop.h"
#include "catalogue/territory.h"
#include "geo/ground.h"

namespace emplettes {

// Things of the territory that a neighbour would ask for, taken from its own data.
struct BenchSample {
    catalogue::Territory territory;
    std::vector<catalogue::Product> products;
    std::vector<catalogue::Offer> offers;
    std::vector<catalogue::Shop> shops;
};

// What is asked for: the path of the n-th request of a case.
using PathOf = std::function<std::string(std::uint64_t)>;
using RunCase = std::function<void(const std::string&, const PathOf&)>;

// Every case of `bench pages`, by name.
void run_page_cases(const BenchSample& sample, const geo::Ground& ground, const RunCase& run);

}  // namespace emplettes
