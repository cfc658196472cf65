#include "catalogue/named_shops.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

namespace emplettes::catalogue {
namespace {

using Words = std::vector<std::string>;

// How the trade is called, and who has it: "boulangerie", "cordonnerie", "librairie", "pharmacie".
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPersonOfTrade{
    {{"erie", "er"}, {"erie", "ier"}, {"ie", "e"}, {"ie", "ien"}}};

// As those of the places' names are.
Words folded_words(std::string_view text) {
    return make_findable({.name = std::string(text), .position = {}}).words;
}

bool has_all(const Words& name, const Words& asked) {
    return std::all_of(asked.begin(), asked.end(), [&](const std::string& word) {
        return std::find(name.begin(), name.end(), word) != name.end();
    });
}

bool is_person_of(const std::string& trade, std::string_view asked) {
    if (asked.ends_with('s')) asked.remove_suffix(1);
    return std::any_of(kPersonOfTrade.begin(), kPersonOfTrade.end(), [&](const auto& endings) {
        const auto [of_trade, of_person] = endings;
        return trade.ends_with(of_trade) && asked.ends_with(of_person) &&
               trade.substr(0, trade.size() - of_trade.size()) ==
                   asked.substr(0, asked.size() - of_person.size());
    });
}

bool names_trade(const Names& names, const Words& asked) {
    return std::any_of(names.begin(), names.end(), [&](const auto& name) {
        const Words trade = folded_words(name.second);
        if (asked.size() == 1 && trade.size() != 1) return false;
        return has_all(trade, asked) || (asked.size() == 1 && is_person_of(trade[0], asked[0]));
    });
}

}  // namespace

std::vector<const ListedShop*> find_named_shops(const Snapshot& snapshot, std::string_view text) {
    const Words asked = folded_words(text);
    if (asked.empty()) return {};
    std::map<const Kind*, bool> is_of_trade;
    const auto has_trade = [&](const Kind* kind) {
        const auto [known, is_new] = is_of_trade.try_emplace(kind, false);
        if (is_new && kind)
            known->second =
                names_trade(kind->names, asked) || names_trade(kind->plural_names, asked);
        return known->second;
    };
    // The last of the places are the shops, in their order, with the words of their names.
    const auto& shops = snapshot.shops();
    const std::size_t streets = snapshot.places().size() - shops.size();
    std::vector<const ListedShop*> found;
    for (std::size_t i = 0; i < shops.size(); ++i)
        if (has_all(snapshot.places()[streets + i].words, asked) || has_trade(shops[i].kind))
            found.push_back(&shops[i]);
    return found;
}

}  // namespace emplettes::catalogue
