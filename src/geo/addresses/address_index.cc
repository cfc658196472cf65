#include "geo/addresses/address_index.h"

#include <algorithm>
#include <cmath>

#include "geo/addresses/address_search.h"

namespace emplettes::geo {
namespace {

// A number so far beyond the last known one may be anywhere: then the street is all that is known.
constexpr std::uint32_t kBeyondMax = 20;
constexpr ImageKind kAddressImage{.name = {'E', 'M', 'P', 'L', 'A', 'D', 'D', 'R'}, .version = 1};
constexpr double kMetresPerDegree = 111'195;

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

std::shared_ptr<const AddressIndex> AddressIndex::build(AddressRows rows, std::uint64_t source) {
    const auto index = std::make_shared<AddressIndex>(std::move(rows.rows));
    index->origin_.report = rows.report;
    index->origin_.source = source;
    return index;
}

void AddressIndex::save(const std::filesystem::path& file) const {
    ImageWriter writer(file, kAddressImage);
    each_part(*this, writer);
    writer.finish();
}

Result<std::shared_ptr<const AddressIndex>, ImageError> AddressIndex::load(
    const std::filesystem::path& file) {
    const auto image = Image::open(file, kAddressImage);
    if (!image) return image.error();
    const auto index = std::make_shared<AddressIndex>(std::vector<AddressRow>{});
    index->image_ = *image;
    ImageReader reader(**image);
    each_part(*index, reader);
    if (!reader.is_complete() || !index->is_consistent()) return ImageError::damaged;
    return std::shared_ptr<const AddressIndex>(index);
}

bool AddressIndex::is_consistent() const {
    const auto has_house = [&](std::uint32_t house) { return house < houses_.size(); };
    const auto is_sound_street = [&](const Street& street) {
        return street.house_count > 0 && street.house_count <= houses_.size() &&
               street.first_house <= houses_.size() - street.house_count &&
               std::max({street.name, street.postcode, street.town}) < texts_.size();
    };
    const auto is_sound_house = [&](const House& house) {
        return house.street < streets_.size() && house.suffix < texts_.size();
    };
    const auto has_street = [&](const Posting& one) { return one.street < streets_.size(); };
    return texts_.is_consistent() && words_.is_consistent() &&
           first_posting_.size() == words_.size() + 1 && std::ranges::is_sorted(first_posting_) &&
           first_posting_[words_.size()] == postings_.size() &&
           houses_by_lat_.size() == houses_.size() &&
           std::ranges::all_of(houses_by_lat_, has_house) &&
           std::ranges::all_of(streets_, is_sound_street) &&
           std::ranges::all_of(houses_, is_sound_house) &&
           std::ranges::all_of(postings_, has_street);
}

std::vector<FoundAddress> AddressIndex::find(const Question& question) const {
    return AddressSearch(*this, question).run();
}

// A letter behind a number is a letter where the number has a house "a", else bis, ter or quater.
std::string AddressIndex::number_label(const Street& street, const HouseNumber& number) const {
    const std::string digits = std::to_string(number.number);
    if (number.suffix.empty()) return digits;
    const auto has_a = [&](const House& house) {
        return is(house, {.number = number.number, .suffix = "a"});
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
            .street = std::string(texts_[street.name]),
            .postcode = std::string(texts_[street.postcode]),
            .town = std::string(texts_[street.town]),
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
        if (is(house, number)) {
            found.number = number_label(street, number);
            found.match = AddressMatch::house;
            found.position = house.position;
            found.exactness = house.exactness;
            return found;
        }
        const bool is_on_other_side = house.number % 2 != number.number % 2;
        if (is_on_other_side) continue;
        const bool is_first = below == nullptr || below->number != house.number;
        if (house.number <= number.number && is_first) below = &house;
        if (house.number >= number.number && above == nullptr) above = &house;
    }
    if (below == nullptr && above == nullptr) return found;
    const bool is_beyond = (above == nullptr && number.number > below->number + kBeyondMax) ||
                           (below == nullptr && number.number + kBeyondMax < above->number);
    if (is_beyond) return found;
    found.number = number_label(street, number);
    found.match = AddressMatch::interpolated;
    found.exactness = Exactness::segment;
    if (below == nullptr || above == nullptr || below->number == above->number) {
        found.position = (below != nullptr ? below : above)->position;
        return found;
    }
    const double share = static_cast<double>(number.number - below->number) /
                         static_cast<double>(above->number - below->number);
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
    FoundAddress found = found_house(
        best->street, {.number = best->number, .suffix = std::string(texts_[best->suffix])});
    found.distance_m = best_m;
    return found;
}

}  // namespace emplettes::geo
