#include "geo/addresses/written_addresses.h"

#include <algorithm>
#include <array>
#include <random>
#include <utility>

#include "base/text.h"

namespace emplettes::geo {
namespace {

constexpr std::size_t kMistypedLettersMin = 5;

class Writer {
  public:
    explicit Writer(std::uint64_t seed) : random_(seed) {}

    WrittenAddress write(const AddressRow& row) {
        WrittenAddress written{.meant = row};
        std::string street = street_of(row.street);
        const std::string number = number_of(row.number);
        const std::string town = town_of(row, written.tells_postcode);
        const std::size_t order = below(10);
        if (order < 7)
            written.text = number + (chance(0.2) ? ", " : " ") + street + ", " + town;
        else if (order < 9)
            written.text = street + " " + number + ", " + town;
        else
            written.text = street + " " + town + " " + number;
        if (chance(0.5)) std::erase(written.text, ',');
        if (chance(0.5)) written.text = fold(written.text);
        return written;
    }
    std::size_t below(std::size_t end) {
        return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
    }

  private:
    bool chance(double share) { return std::bernoulli_distribution(share)(random_); }

    std::string number_of(const HouseNumber& number) {
        const std::string digits = std::to_string(number.number);
        if (number.suffix.empty()) return digits;
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kLong = {
            std::pair("b", "bis"), std::pair("t", "ter"), std::pair("q", "quater")};
        std::string suffix = number.suffix;
        for (const auto& [letter, word] : kLong)
            if (suffix == letter && chance(0.6)) suffix = word;
        return digits + (chance(0.5) ? " " : "") + suffix;
    }

    std::string street_of(const std::string& name) {
        std::vector<std::string> words;
        std::string spaced = name;
        if (chance(0.5)) std::ranges::replace(spaced, '-', ' ');
        for (const auto& word : split(spaced, ' ')) {
            if (is_address_article(fold(word)) && chance(0.3)) continue;
            words.push_back(chance(0.5) ? shortened(std::string(word)) : std::string(word));
        }
        if (chance(0.2)) mistype(words);
        std::string street;
        for (const std::string& word : words) street += (street.empty() ? "" : " ") + word;
        return street;
    }

    std::string shortened(const std::string& word) {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kBrief = {
            std::pair("avenue", "av"),    std::pair("boulevard", "bd"), std::pair("place", "pl"),
            std::pair("faubourg", "fbg"), std::pair("saint", "st"),     std::pair("sainte", "ste"),
            std::pair("impasse", "imp"),  std::pair("allee", "all")};
        const std::string folded = fold(word);
        for (const auto& [full, brief] : kBrief)
            if (folded == full) return std::string(brief);
        if (folded.starts_with("saint-")) return "St" + word.substr(5);
        return folded == "rue" && chance(0.2) ? "r" : word;
    }

    // One letter of one word missing, doubled or swapped with the next; ASCII letters only.
    void mistype(std::vector<std::string>& words) {
        std::vector<std::string*> long_ones;
        for (std::string& word : words) {
            const bool is_plain = std::ranges::all_of(
                word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
            if (is_plain && word.size() >= kMistypedLettersMin) long_ones.push_back(&word);
        }
        if (long_ones.empty()) return;
        std::string& word = *long_ones[below(long_ones.size())];
        const std::size_t at = 1 + below(word.size() - 2);
        switch (below(3)) {
            case 0: word.erase(at, 1); break;
            case 1: word.insert(at, 1, word[at]); break;
            default: std::swap(word[at], word[at + 1]); break;
        }
    }

    std::string town_of(const AddressRow& row, bool& tells_postcode) {
        const std::string arrondissement = arrondissement_of(row.postcode);
        tells_postcode = true;
        if (arrondissement.empty()) {
            if (chance(0.5)) return row.postcode + " " + row.town;
            tells_postcode = false;
            return row.town;
        }
        const std::string city(split(row.town, ' ').front());
        const std::string number = arrondissement.substr(0, arrondissement.size() - 1);
        static constexpr std::array<std::string_view, 21> kRoman = {
            "",   "I",   "II",   "III", "IV", "V",   "VI",   "VII",   "VIII", "IX", "X",
            "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX",  "XX"};
        switch (below(6)) {
            case 0: return row.postcode;
            case 1: return row.postcode + " " + city;
            case 2: return arrondissement;
            case 3: return city + " " + number + "ème";
            case 4: return city + " " + std::string(kRoman[std::stoul(number)]);
            default: break;
        }
        tells_postcode = false;
        return city;
    }

    std::mt19937_64 random_;
};

}  // namespace

std::vector<WrittenAddress> write_addresses(std::span<const AddressRow> rows, std::size_t count,
                                            std::uint64_t seed) {
    Writer writer(seed);
    std::vector<WrittenAddress> written;
    if (rows.empty()) return written;
    written.reserve(count);
    while (written.size() < count) written.push_back(writer.write(rows[writer.below(rows.size())]));
    return written;
}

bool is_right(const FoundAddress& found, const WrittenAddress& written) {
    const AddressRow& meant = written.meant;
    if (found.match != AddressMatch::house || name_words(found.street) != name_words(meant.street))
        return false;
    if (distance_m(found.position, meant.position) < 1) return true;
    const auto number = parse_house_number(found.number);
    return number == meant.number && found.town == meant.town && !written.tells_postcode;
}

}  // namespace emplettes::geo
