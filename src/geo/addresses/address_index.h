#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/addresses/address_row.h"
#include "geo/addresses/address_words.h"

namespace emplettes::geo {

// What the position of an answer is.
enum class AddressMatch : std::uint8_t {
    house,         // the one that was asked for
    interpolated,  // there is no such house: between its neighbours, or at the last one
    street,        // no number was asked for, or the street has none
};
std::string_view to_string(AddressMatch match);

struct FoundAddress {
    std::string number;  // "12 bis"; empty: the street
    std::string street;
    std::string postcode;
    std::string town;
    Point position;
    AddressMatch match = AddressMatch::street;
    Exactness exactness = Exactness::street;
    double distance_m = 0;  // from where the question was asked, or from the point

    std::string label() const;  // "12 bis rue Saint-Denis, 75002 Paris"
};

// The addresses of a territory, found as they are typed. In memory; immutable, for any number of
// threads.
//
// An answer has as many of the words asked as can be had: words of the street, of its town, its
// postcode or arrondissement, in any order. Among equals fewer typos come first (one a word, of
// four letters or more), then streets of which less was left out, then the nearest one.
class AddressIndex {
  public:
    explicit AddressIndex(std::vector<AddressRow> rows);

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
    friend class AddressSearch;
    struct House {
        std::uint32_t street = 0;
        HouseNumber number;
        Point position;
        Exactness exactness = Exactness::building;
    };
    struct Street {
        std::string name;
        std::string other_name;
        std::string postcode;
        std::uint32_t town = 0;
        std::uint32_t first_house = 0;
        std::uint32_t house_count = 0;    // never 0
        std::uint32_t telling_words = 0;  // of its name
        int numbers = 0;                  // in its name
    };
    // Where a word stands in a street's address. A set of bits.
    using Field = std::uint8_t;
    static constexpr Field kInName = 1;
    static constexpr Field kInTown = 2;  // also its postcode and arrondissement
    struct Posting {
        std::uint32_t street = 0;
        Field fields = 0;
    };

    void add_streets(std::vector<AddressRow> rows);
    void add_words();
    std::span<const House> houses_of(const Street& street) const {
        return std::span(houses_).subspan(street.first_house, street.house_count);
    }
    std::span<const Posting> postings(std::size_t word) const {
        return std::span(postings_).subspan(first_posting_[word],
                                            first_posting_[word + 1] - first_posting_[word]);
    }
    // The house in the middle.
    Point middle_of(const Street& street) const {
        return houses_of(street)[street.house_count / 2].position;
    }
    FoundAddress found_street(std::uint32_t street) const;
    FoundAddress found_house(std::uint32_t street, const HouseNumber& number) const;
    std::string number_label(const Street& street, const HouseNumber& number) const;

    std::vector<Street> streets_;
    std::vector<House> houses_;  // by street, then number
    std::vector<std::string> towns_;
    std::vector<std::string> words_;  // sorted
    std::vector<std::uint32_t> first_posting_;
    std::vector<Posting> postings_;
    std::vector<std::uint32_t> houses_by_lat_;
};

}  // namespace emplettes::geo
