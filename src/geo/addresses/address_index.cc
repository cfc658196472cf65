#include "geo/addresses/address_index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>

#include "base/text.h"
#include "geo/addresses/address_search.h"

namespace emplettes::geo {
namespace {

constexpr double kMetresPerDegree = 111'195;

// What two spellings of one street have in common.
std::string street_key(const AddressRow& row) {
    std::string key;
    for (const std::string& word : name_words(row.street)) key += word + ' ';
    return key;
}

auto street_of(const AddressRow& row, const std::string& key) {
    return std::tuple(std::string_view(row.postcode), std::string_view(row.town),
                      std::string_view(key));
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
    add_streets(rows);
    add_words(rows);
    houses_by_lat_.resize(houses_.size());
    std::iota(houses_by_lat_.begin(), houses_by_lat_.end(), 0U);
    std::ranges::sort(houses_by_lat_, {},
                      [&](std::uint32_t house) { return houses_[house].position.lat; });
}

// Sorts the rows by street, then by number; of equal ones the first is kept.
void AddressIndex::add_streets(std::vector<AddressRow>& rows) {
    std::vector<std::pair<std::string, std::uint32_t>> order;
    for (std::uint32_t i = 0; i < rows.size(); ++i) order.emplace_back(street_key(rows[i]), i);
    const auto place = [&](const auto& entry) {
        const AddressRow& row = rows[entry.second];
        return std::tuple(street_of(row, entry.first), std::cref(row.number));
    };
    std::ranges::stable_sort(order, [&](const auto& a, const auto& b) {
        const auto key = [&](const auto& entry) {
            const AddressRow& row = rows[entry.second];
            return std::tuple_cat(street_of(row, entry.first),
                                  std::tie(row.number.number, row.number.suffix));
        };
        return key(a) < key(b);
    });
    static_cast<void>(place);
    std::vector<AddressRow> sorted;
    sorted.reserve(rows.size());
    std::map<std::string, std::uint32_t, std::less<>> number_of_town;
    const std::string* last_key = nullptr;
    for (const auto& [key, i] : order) {
        AddressRow& row = rows[i];
        const bool is_new = last_key == nullptr ||
                            street_of(sorted.back(), *last_key) != street_of(row, key);
        if (is_new) {
            const auto town = number_of_town.try_emplace(
                row.town, static_cast<std::uint32_t>(towns_.size()));
            if (town.second) towns_.push_back(row.town);
            streets_.push_back({.name = row.street,
                                .postcode = row.postcode,
                                .town = town.first->second,
                                .first_house = static_cast<std::uint32_t>(houses_.size()),
                                .middle = {}});
        }
        const auto street = static_cast<std::uint32_t>(streets_.size() - 1);
        const bool is_twice = !is_new && houses_.back().number == row.number;
        if (!is_twice) {
            houses_.push_back({street, row.number, row.position, row.exactness});
            ++streets_.back().house_count;
        }
        last_key = &key;
        sorted.push_back(std::move(row));
    }
    for (Street& street : streets_) street.middle = houses_of(street)[street.house_count / 2].position;
    rows = std::move(sorted);
}

void AddressIndex::add_words(std::span<const AddressRow> rows) {
    std::map<std::string, std::map<std::uint32_t, std::uint8_t>> fields_of;
    const auto add = [&](const std::string& word, std::uint32_t street, Field field) {
        fields_of[word][street] |= field;
    };
    for (std::uint32_t i = 0; i < streets_.size(); ++i) {
        Street& street = streets_[i];
        for (const std::string& word : name_words(street.name)) {
            add(word, i, in_name);
            if (!is_address_article(word) && !is_kind_of_street(word)) ++street.names;
        }
        for (const std::string& word : name_words(towns_[street.town])) add(word, i, in_town);
        if (!street.postcode.empty()) add(fold(street.postcode), i, in_postcode);
        const std::string arrondissement = arrondissement_of(street.postcode);
        if (!arrondissement.empty()) add(arrondissement, i, in_postcode);
    }
    std::uint32_t street = 0;
    std::size_t left = 0;
    const std::string* last_name = nullptr;
    for (const AddressRow& row : rows) {
        while (street + 1 < streets_.size() && (row.postcode != streets_[street].postcode ||
                                                row.town != towns_[streets_[street].town] ||
                                                street_key(row) != street_key_of(street)))
            ++street;
        static_cast<void>(left);
        if (row.other_name.empty() || (last_name != nullptr && *last_name == row.other_name))
            continue;
        last_name = &row.other_name;
        for (const std::string& word : name_words(row.other_name)) add(word, street, in_name);
    }
    for (const auto& [word, fields] : fields_of) {
        words_.push_back(word);
        first_posting_.push_back(static_cast<std::uint32_t>(postings_.size()));
        for (const auto& [number, field] : fields) postings_.push_back({number, field});
    }
    first_posting_.push_back(static_cast<std::uint32_t>(postings_.size()));
}

}  // namespace emplettes::geo
