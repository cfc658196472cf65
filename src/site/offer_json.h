#pragma once
#include <cstddef>
#include <vector>

#include "base/id.h"
#include "catalogue/offer.h"
#include "catalogue/opening_table.h"
#include "geo/point.h"
#include "search/index.h"
#include "site/json_out.h"
#include "site/visit.h"

namespace emplettes::site {

// Parts of the answers of the JSON API, as docs/api/openapi.yaml describes them.

// The member "product".
void write_product(JsonOut& out, const Visit& visit, const catalogue::Product& product);
void write_position(JsonOut& out, geo::Point position);  // "lat", "lon", to about a centimetre
void write_open(JsonOut& out, const catalogue::OpenNow& open);  // "open_now" to "opens_at"

// Writes the offers of one answer, all seen from the visit's place. What two offers of one shop
// have in common is made for the first of them and copied for the second.
class OfferJson {
  public:
    OfferJson(JsonOut& out, const Visit& visit);  // both outlive it

    void write(const search::OfferHit& offer);  // an item of an array

  private:
    static constexpr std::size_t kKnownShops = 64;

    // Where a shop's members were written: who it is; how far and whether open.
    struct OfShop {
        ShopId shop;
        JsonOut::Part identity;
        JsonOut::Part state;
    };
    void write_identity(OfShop& known);
    void write_state(OfShop& known, double distance_m);

    JsonOut& out_;
    const Visit& visit_;
    std::vector<OfShop> known_;  // by the id's remainder; the newer of two shops stays
};

}  // namespace emplettes::site
