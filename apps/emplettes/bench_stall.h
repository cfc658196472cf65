#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "catalogue/offer.h"
#include "catalogue/shop.h"
#include "emplettes/bench_options.h"
#include "emplettes/opened_folder.h"
#include "emplettes/server_process.h"

namespace emplettes {

// For benchmarks of writes: things that nobody else sells, made in a demo's folder.
class BenchStall {
  public:
    // Throws when the folder is not a demo's: its stocks are changed.
    explicit BenchStall(const BenchOptions& options);

    // A new thing of this stall, of which there are so many.
    catalogue::Offer offer(std::int64_t stock);
    // The demo's shops sell so many offers together, made-up ones if need be; they stay.
    void fill_shops_to(std::int64_t offers);
    // Keeps `count` of the offer for as many people until a moment.
    void keep(const catalogue::Offer& offer, std::int64_t count, Instant held_until);
    std::int64_t stock(OfferId id);
    // The slug of a new pledge that can be signed.
    std::string call_for_pledge();

    const BenchOptions& options() const { return options_; }
    std::string name(const std::string& of_case) const;  // "hold.sqlite"
    ServerProcess::Options server_options() const;
    Instant now() const { return opened_.clock.now(); }
    std::uint64_t draw() { return opened_.random.below(1'000'000'000); }

  private:
    struct Thing {
        catalogue::Product product;
        catalogue::Offer offer;
    };
    Thing make(const catalogue::Shop& shop, std::int64_t stock);
    void save(const std::vector<Thing>& things);

    const BenchOptions& options_;
    OpenedFolder opened_;
    const catalogue::Territory territory_;
    catalogue::Shop shop_;
};

// POST /api/v1/reservations of another neighbour each time: `run` is this program's, so that its
// keys and contacts are nobody else's.
struct BenchBuyer {
    std::uint64_t run = 0;
    std::uint64_t number = 0;
};
std::string post_reservation(OfferId offer, const BenchBuyer& buyer);

}  // namespace emplettes
