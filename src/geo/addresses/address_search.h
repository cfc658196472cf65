#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "geo/addresses/address_index.h"
#include "geo/addresses/address_words.h"

namespace emplettes::geo {

// Whether one letter is missing, too many, another one, or two neighbours are swapped.
bool is_one_typo(std::string_view asked, std::string_view word);

// One question to an index. Used once.
class AddressSearch {
  public:
    AddressSearch(const AddressIndex& index, const AddressIndex::Question& question);

    std::vector<FoundAddress> run();

  private:
    // A set of words typed, one bit each.
    using Words = std::uint32_t;
    // How a street has the words typed.
    struct Met {
        Words in_name = 0;
        Words in_town = 0;
        Words with_typo = 0;
        Words begun = 0;  // only the beginning of its word was typed
    };
    struct Candidate {
        std::uint32_t street = 0;
        Words house = 0;  // the word that is the number of the house
        AddressFit fit;
        int first_named = 0;  // which word typed: a street is named before its town, mostly
        AddressMatch match = AddressMatch::house;  // of the house asked, if one was
        double distance_m = 0;

        bool operator<(const Candidate& other) const;
    };

    void meet_all(bool forgives_all);
    void meet(std::size_t at, bool forgives);
    bool meet_word(std::size_t at, std::string_view word);
    bool meet_beginning(std::size_t at);
    void meet_typos(std::size_t at);
    void add(std::size_t word, Words bit, Words Met::*how);
    Candidate candidate(std::uint32_t street) const;
    Words house_word(std::uint32_t street) const;
    std::vector<Candidate> candidates() const;
    int least_missing(const std::vector<Candidate>& found) const;
    FoundAddress answer(const Candidate& candidate) const;

    const AddressIndex& index_;
    const AddressIndex::Question& question_;
    std::vector<TypedWord> words_;
    Words telling_ = 0;  // neither articles nor kinds of streets
    Words articles_ = 0;
    Words numbers_ = 0;
    std::vector<Met> met_;  // by street
};

}  // namespace emplettes::geo
