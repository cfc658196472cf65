#include "geo/addresses/address_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include "base/text.h"
#include "geo/addresses/address_search.h"

namespace emplettes::geo {
namespace {

constexpr double kMetresPerDegree = 111'195;

// What two spellings of one street have in common.
std::string street_key(std::string_view name) {
    std::string key;
    for (const std::string& word : name_words(name)) key += word + ' ';
    return key;
}

std::string capitals(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

}  // namespace

std::string_view to_string(AddressMatch match) {
    switch (match) {
        case AddressMatch::house: return "house";
        case AddressMatch::interpolated: return "interpolated";
        case AddressMatch::street: return "street";
    }
    return "";
}

std::string FoundAddress::label() const {
    std::string label = number.empty() ? street : number + " " + street;
    if (!postcode.empty() || !town.empty()) label += ", " + postcode;
    if (!postcode.empty() && !town.empty()) label += " ";
    return label + town;
}

AddressIndex::AddressIndex(std::vector<AddressRow> rows) {
    add_streets(std::move(rows));
    add_words();
    houses_by_lat_.resize(houses_.size());
    std::iota(houses_by_lat_.begin(), houses_by_lat_.end(), 0U);
    std::ranges::sort(houses_by_lat_, {},
                      [&](std::uint32_t house) { return houses_[house].position.lat; });
}

// Of two rows of one house the first is kept, and of a street the name of its first row.
void AddressIndex::add_streets(std::vector<AddressRow> rows) {
    using Place = std::tuple<std::string, std::string, std::string>;  // postcode, town, key
    std::map<Place, std::vector<std::uint32_t>> rows_of;
    for (std::uint32_t i = 0; i < rows.size(); ++i)
        rows_of[{rows[i].postcode, rows[i].town, street_key(rows[i].street)}].push_back(i);
    std::map<std::string, std::uint32_t> number_of_town;
    for (auto& [place, of_street] : rows_of) {
        const AddressRow& first = rows[of_street.front()];
        const auto [town, is_new] =
            number_of_town.try_emplace(first.town, static_cast<std::uint32_t>(towns_.size()));
        if (is_new) towns_.push_back(first.town);
        streets_.push_back({.name = first.street,
                            .other_name = first.other_name,
                            .postcode = first.postcode,
                            .town = town->second,
                            .first_house = static_cast<std::uint32_t>(houses_.size())});
        std::ranges::stable_sort(of_street, [&](std::uint32_t a, std::uint32_t b) {
            return rows[a].number < rows[b].number;
        });
        for (const std::uint32_t i : of_street) {
            Street& street = streets_.back();
            if (street.house_count > 0 && houses_.back().number == rows[i].number) continue;
            ++street.house_count;
            houses_.push_back({.street = static_cast<std::uint32_t>(streets_.size() - 1),
                               .number = rows[i].number,
                               .position = rows[i].position,
                               .exactness = rows[i].exactness});
        }
    }
}

void AddressIndex::add_words() {
    std::map<std::string, std::map<std::uint32_t, std::uint8_t>> fields_of;
    for (std::uint32_t i = 0; i < streets_.size(); ++i) {
        Street& street = streets_[i];
        const auto add = [&](const std::string& word, Field field) { fields_of[word][i] |= field; };
        for (const std::string& word : name_words(street.name)) {
            add(word, kInName);
            if (!is_address_article(word) && !is_kind_of_street(word)) ++street.telling_words;
            if (parse_house_number(word)) ++street.numbers;
        }
        for (const std::string& word : name_words(street.other_name)) add(word, kInName);
        for (const std::string& word : name_words(towns_[street.town])) add(word, kInTown);
        if (!street.postcode.empty()) add(fold(street.postcode), kInTown);
        const std::string arrondissement = arrondissement_of(street.postcode);
        if (!arrondissement.empty()) add(arrondissement, kInTown);
    }
    for (const auto& [word, fields] : fields_of) {
        words_.push_back(word);
        first_posting_.push_back(static_cast<std::uint32_t>(postings_.size()));
        for (const auto& [street, field] : fields) postings_.push_back({street, field});
    }
    first_posting_.push_back(static_cast<std::uint32_t>(postings_.size()));
}

std::vector<FoundAddress> AddressIndex::find(const Question& question) const {
    return AddressSearch(*this, question).run();
}

// A letter behind a number is a letter where the number has a house "a", else bis, ter or quater.
std::string AddressIndex::number_label(const Street& street, const HouseNumber& number) const {
    const std::string digits = std::to_string(number.number);
    if (number.suffix.empty()) return digits;
    const auto has_a = [&](const House& house) {
        return house.number.number == number.number && house.number.suffix == "a";
    };
    if (std::ranges::none_of(houses_of(street), has_a)) {
        if (number.suffix == "b") return digits + " bis";
        if (number.suffix == "t") return digits + " ter";
        if (number.suffix == "q") return digits + " quater";
    }
    return digits + " " + capitals(number.suffix);
}

FoundAddress AddressIndex::found_street(std::uint32_t number) const {
    const Street& street = streets_[number];
    return {.number = {},
            .street = street.name,
            .postcode = street.postcode,
            .town = towns_[street.town],
            .position = middle_of(street)};
}

// The house itself, else one of its number with another letter, else between its neighbours on the
// same side: even numbers face odd ones nearly everywhere.
FoundAddress AddressIndex::found_house(std::uint32_t of_street, const HouseNumber& number) const {
    FoundAddress found = found_street(of_street);
    const Street& street = streets_[of_street];
    const auto houses = houses_of(street);
    const House* below = nullptr;
    const House* above = nullptr;
    for (const House& house : houses) {
        if (house.number == number) {
            found.number = number_label(street, number);
            found.match = AddressMatch::house;
            found.position = house.position;
            found.exactness = house.exactness;
            return found;
        }
        const bool is_on_other_side = house.number.number % 2 != number.number % 2;
        if (is_on_other_side) continue;
        const bool is_first = below == nullptr || below->number.number != house.number.number;
        if (house.number.number <= number.number && is_first) below = &house;
        if (house.number.number >= number.number && above == nullptr) above = &house;
    }
    if (below == nullptr && above == nullptr) return found;
    found.number = number_label(street, number);
    found.match = AddressMatch::interpolated;
    found.exactness = Exactness::segment;
    if (below == nullptr || above == nullptr || below->number.number == above->number.number) {
        found.position = (below != nullptr ? below : above)->position;
        return found;
    }
    const double share = static_cast<double>(number.number - below->number.number) /
                         static_cast<double>(above->number.number - below->number.number);
    found.position = {
        .lat = below->position.lat + share * (above->position.lat - below->position.lat),
        .lon = below->position.lon + share * (above->position.lon - below->position.lon)};
    return found;
}

// From the point's latitude to the north and to the south, until all others are too far.
std::optional<FoundAddress> AddressIndex::nearest(Point point, double distance_m_max) const {
    const House* best = nullptr;
    double best_m = distance_m_max;
    const auto look = [&](std::uint32_t number) {
        const House& house = houses_[number];
        if (std::abs(house.position.lat - point.lat) * kMetresPerDegree > best_m) return false;
        const double house_m = distance_m(house.position, point);
        if (house_m > best_m || (house_m == best_m && best != nullptr)) return true;
        best = &house;
        best_m = house_m;
        return true;
    };
    const auto middle =
        std::ranges::lower_bound(houses_by_lat_, point.lat, {},
                                 [&](std::uint32_t house) { return houses_[house].position.lat; });
    for (auto north = middle; north != houses_by_lat_.end() && look(*north);) ++north;
    for (auto south = middle; south != houses_by_lat_.begin() && look(*(south - 1));) --south;
    if (best == nullptr) return std::nullopt;
    FoundAddress found = found_house(best->street, best->number);
    found.distance_m = best_m;
    return found;
}

}  // namespace emplettes::geo
