#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "base/text.h"
#include "geo/addresses/address_index.h"

namespace emplettes::geo {
namespace {

// What two ways to write a town have in common: "Paris 3e Arrondissement" is Paris.
std::string town_key(const AddressRow& row) {
    const std::string_view city = city_of(row.postcode);
    return city.empty() ? fold(row.town) : std::string(city);
}

}  // namespace

// Makes the columns of an index.
class AddressIndexMaker {
  public:
    explicit AddressIndexMaker(AddressIndex& index) : index_(index) {}

    void add(const std::vector<AddressRow>& rows) {
        add_streets(rows);
        add_words();
        const auto& houses = index_.houses_;
        HugeVector<std::uint32_t> by_lat(houses.size());
        std::iota(by_lat.begin(), by_lat.end(), 0U);
        std::ranges::sort(by_lat, {}, [&](std::uint32_t at) { return houses[at].position.lat; });
        index_.houses_by_lat_.assign(std::move(by_lat));
    }

  private:
    using Rows = std::vector<AddressRow>;

    std::uint32_t text(const std::string& text) {
        const auto [at, is_new] =
            texts_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
        if (is_new) index_.texts_.push_back(text);
        return at->second;
    }

    void add_streets(const Rows& rows) {
        using Place = std::tuple<std::string, std::string, std::string>;  // postcode, town, key
        std::map<Place, std::vector<std::uint32_t>> rows_of;
        for (std::uint32_t i = 0; i < rows.size(); ++i)
            rows_of[{rows[i].postcode, town_key(rows[i]), street_key(rows[i].street)}].push_back(i);
        for (auto& [place, of_street] : rows_of) {
            std::ranges::stable_sort(of_street, {}, [&](std::uint32_t i) -> const HouseNumber& {
                return rows[i].number;
            });
            add_street(rows, of_street);
        }
    }

    // Of two rows of one house the first is kept, and of a street the name of its first row.
    void add_street(const Rows& rows, const std::vector<std::uint32_t>& sorted) {
        const AddressRow& first = rows[std::ranges::min(sorted)];
        AddressIndex::Street street{
            .name = text(first.street),
            .postcode = text(first.postcode),
            .town = text(first.town),
            .first_house = static_cast<std::uint32_t>(index_.houses_.size())};
        const HouseNumber* last = nullptr;
        for (const std::uint32_t i : sorted) {
            if (last != nullptr && *last == rows[i].number) continue;
            last = &rows[i].number;
            ++street.house_count;
            index_.houses_.push_back({.position = rows[i].position,
                                      .street = static_cast<std::uint32_t>(index_.streets_.size()),
                                      .number = last->number,
                                      .suffix = text(last->suffix),
                                      .exactness = rows[i].exactness});
        }
        add_words_of(first, street);
        index_.streets_.push_back(street);
    }

    void add_words_of(const AddressRow& row, AddressIndex::Street& street) {
        const auto number = static_cast<std::uint32_t>(index_.streets_.size());
        const auto add = [&](const std::string& word, AddressIndex::Field field) {
            fields_of_[word][number] |= field;
        };
        for (const std::string& word : name_words(row.street)) {
            add(word, AddressIndex::kInName);
            if (!is_address_article(word) && !is_kind_of_street(word)) ++street.telling_words;
            if (parse_house_number(word)) ++street.numbers;
        }
        for (const std::string& word : name_words(row.other_name)) add(word, AddressIndex::kInName);
        for (const std::string& word : name_words(row.town)) add(word, AddressIndex::kInTown);
        if (!row.postcode.empty()) add(fold(row.postcode), AddressIndex::kInTown);
        const std::string arrondissement = arrondissement_of(row.postcode);
        if (arrondissement.empty()) return;
        add(arrondissement, AddressIndex::kInTown);
        add(std::string(city_of(row.postcode)), AddressIndex::kInTown);
    }

    void add_words() {
        for (const auto& [word, fields] : fields_of_) {
            index_.words_.push_back(word);
            index_.first_posting_.push_back(static_cast<std::uint32_t>(index_.postings_.size()));
            for (const auto& [street, field] : fields)
                index_.postings_.push_back({.street = street, .fields = field});
        }
        index_.first_posting_.push_back(static_cast<std::uint32_t>(index_.postings_.size()));
    }

    AddressIndex& index_;
    std::unordered_map<std::string, std::uint32_t> texts_;
    std::map<std::string, std::map<std::uint32_t, AddressIndex::Field>> fields_of_;
};

AddressIndex::AddressIndex(std::vector<AddressRow> rows) { AddressIndexMaker(*this).add(rows); }

}  // namespace emplettes::geo
