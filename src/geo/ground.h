#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "geo/addresses/address_index.h"
#include "geo/streets/street_files.h"
#include "geo/streets/street_router.h"
#include "geo/tiles/tile_set.h"

namespace emplettes::geo {

// What is known of the ground of a territory: its streets for each profile, its addresses, the
// tiles of its map. What nobody has imported is null. Immutable and shared by all threads.
struct Ground {
    std::array<std::shared_ptr<const StreetRouter>, kProfileCount> streets;
    std::shared_ptr<const AddressIndex> addresses;
    std::shared_ptr<const TileSet> tiles;

    const StreetRouter* router(Profile profile) const {  // may be null
        return streets[static_cast<std::size_t>(profile)].get();
    }
};

// Where the parts of a ground are kept, each an image (base/image.h) that is replaced as a whole.
class GroundFolder {
  public:
    explicit GroundFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    const std::filesystem::path& path() const { return folder_; }
    std::filesystem::path streets(Profile profile) const { return street_file(folder_, profile); }
    std::filesystem::path addresses() const { return folder_ / "addresses"; }
    std::filesystem::path tiles() const { return folder_ / "tiles"; }

  private:
    std::filesystem::path folder_;
};

// The ground of a folder, read again when its files are replaced. For one thread at a time; the
// grounds it gives out are for all.
class FollowedGround {
  public:
    // An empty path: there is none, and nothing is ever read.
    explicit FollowedGround(std::filesystem::path folder);

    // Never null.
    const std::shared_ptr<const Ground>& ground() const { return ground_; }
    // Reads the files that are new since the last time; what is damaged or was made by other rules
    // than this program's is not used (the log says so, and what to do). True when there is another
    // ground now. A part whose file is gone is gone.
    bool look();

  private:
    // What tells one file from another that took its place; all zero: there is none.
    struct Stamp {
        std::uint64_t file = 0;
        std::int64_t size = 0;
        std::int64_t written_ns = 0;

        bool operator==(const Stamp&) const = default;
    };
    static Stamp stamp_of(const std::filesystem::path& file);
    template <typename Part>
    bool look_at(const std::filesystem::path& file, Stamp& stamp,
                 std::shared_ptr<const Part>& part) const;

    GroundFolder folder_;
    std::shared_ptr<const Ground> ground_;
    std::array<Stamp, kProfileCount> streets_;
    Stamp addresses_;
    Stamp tiles_;
};

}  // namespace emplettes::geo
