#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/image.h"
#include "geo/addresses/address_row.h"
#include "geo/addresses/address_words.h"
#include "geo/addresses/text_column.h"

namespace emplettes::geo {

// Counted up when files are read otherwise or words are made otherwise: an index made by other
// rules is made anew.
inline constexpr std::uint64_t kAddressRules = 3;

// What the position of an answer is, best first.
enum class AddressMatch : std::uint8_t {
    house,         // the one that was asked for
    interpolated,  // there is no such house: between its neighbours, or at the last one
    street,        // no number was asked for, the street has none, or none near that number
};
std::string_view to_string(AddressMatch match);

// How well an answer fits its question; of two, the lesser one fits better.
struct AddressFit {
    int missing = 0;   // words asked that the address has not
    int typos = 0;     // words asked that had to be forgiven one
    int left_out = 0;  // telling words of the street's name that were not asked
    int begun = 0;     // words of which only the beginning was asked

    auto operator<=>(const AddressFit&) const = default;
    // Every word that was asked is there, and the street by its whole name.
    bool is_exact() const { return *this == AddressFit{}; }
};

struct FoundAddress {
    std::string number;  // "12 bis"; empty: the street
    std::string street;
    std::string postcode;
    std::string town;
    Point position;
    AddressMatch match = AddressMatch::street;
    Exactness exactness = Exactness::street;
    double distance_m = 0;  // from where the question was asked, or from the point
    AddressFit fit;

    std::string label() const;  // "12 bis rue Saint-Denis, 75002 Paris"
};

// The addresses of a territory, found as they are typed. Immutable, for any number of threads.
//
// An answer has as many of the words asked as can be had: words of the street, of its town, its
// postcode or arrondissement, in any order. Among equals fewer typos come first (one a word, of
// four letters or more), then streets of which less was left out, then the nearest one.
class AddressIndex {
  public:
    // What an index was made from, and what of it was of no use.
    struct Origin {
        AddressReport report;
        std::uint64_t rules = kAddressRules;
        std::uint64_t source = 0;  // a hash of the file read, or whatever the maker wants to know
    };

    explicit AddressIndex(std::vector<AddressRow> rows);
    static std::shared_ptr<const AddressIndex> build(AddressRows rows, std::uint64_t source);

    // As an image (base/image.h). Throws std::runtime_error when it cannot be written. A loaded
    // index keeps the file mapped: never write into it, replace it.
    void save(const std::filesystem::path& file) const;
    static Result<std::shared_ptr<const AddressIndex>, ImageError> load(
        const std::filesystem::path& file);

    const Origin& origin() const { return origin_; }

    struct Question {
        std::string text;
        std::optional<Point> near;
        std::size_t limit = 5;
    };
    // Best first; empty when no street has a word of it.
    std::vector<FoundAddress> find(const Question& question) const;
    // The house nearest to a point, if one is so near.
    std::optional<FoundAddress> nearest(Point point, double distance_m_max) const;

    std::size_t house_count() const { return houses_.size(); }
    std::size_t street_count() const { return streets_.size(); }

  private:
    friend class AddressIndexMaker;
    friend class AddressSearch;
    struct House {
        Point position;
        std::uint32_t street = 0;
        std::uint32_t number = 0;
        std::uint32_t suffix = 0;
        Exactness exactness = Exactness::building;
        std::array<std::uint8_t, 3> unused = {};
    };
    struct Street {
        std::uint32_t name = 0;
        std::uint32_t postcode = 0;
        std::uint32_t town = 0;
        std::uint32_t first_house = 0;
        std::uint32_t house_count = 0;    // never 0
        std::uint32_t telling_words = 0;  // of its name
        std::uint32_t numbers = 0;        // in its name
    };
    // Where a word stands in a street's address. A set of bits.
    using Field = std::uint8_t;
    static constexpr Field kInName = 1;
    static constexpr Field kInTown = 2;  // also its postcode and arrondissement
    struct Posting {
        std::uint32_t street = 0;
        Field fields = 0;
        std::array<std::uint8_t, 3> unused = {};
    };

    std::span<const House> houses_of(const Street& street) const {
        return houses_.values().subspan(street.first_house, street.house_count);
    }
    std::span<const Posting> postings(std::size_t word) const {
        return postings_.values().subspan(first_posting_[word],
                                          first_posting_[word + 1] - first_posting_[word]);
    }
    // The house in the middle.
    Point middle_of(const Street& street) const {
        return houses_of(street)[street.house_count / 2].position;
    }
    bool is(const House& house, const HouseNumber& number) const {
        return house.number == number.number && texts_[house.suffix] == number.suffix;
    }
    FoundAddress found_street(std::uint32_t street) const;
    FoundAddress found_house(std::uint32_t street, const HouseNumber& number) const;
    std::string number_label(const Street& street, const HouseNumber& number) const;

    bool is_consistent() const;  // of an image: what points into another part stays inside
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("addresses: origin", self.origin_);
        parts("addresses: streets", self.streets_);
        parts("addresses: houses", self.houses_);
        TextColumn::each_part(self.texts_, parts);
        TextColumn::each_part(self.words_, parts);
        parts("addresses: first postings", self.first_posting_);
        parts("addresses: postings", self.postings_);
        parts("addresses: houses by latitude", self.houses_by_lat_);
    }

    std::shared_ptr<const Image> image_;  // that columns show parts of
    Origin origin_;
    Column<Street> streets_;
    Column<House> houses_;                 // by street, then number
    TextColumn texts_;                     // names, postcodes, towns and suffixes, each once
    TextColumn words_;                     // sorted
    Column<std::uint32_t> first_posting_;  // of each word, and one behind
    Column<Posting> postings_;
    Column<std::uint32_t> houses_by_lat_;
};

}  // namespace emplettes::geo
