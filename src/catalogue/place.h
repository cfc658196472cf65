#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "geo/point.h"

namespace emplettes::catalogue {

class Snapshot;

// A place of the territory that somebody may mean by "near": a street, a shop or an address.
struct NamedPlace {
    enum class Kind { street, shop, address };
    Kind kind = Kind::street;
    std::string name;
    geo::Point position;
};

// A place with its name folded into words once, for as long as a snapshot lives.
struct FindablePlace {
    NamedPlace place;
    std::vector<std::string> words;  // "Rue de l’Écume": rue de l ecume
};
FindablePlace make_findable(NamedPlace place);

// The places whose name has all words of `text`, accents and case set aside, the last word also as
// a beginning; a number in front ("45 rue Condorcet") is set aside. Exact names first, then the
// shortest. At most `limit`.
std::vector<NamedPlace> find_places(const Snapshot& snapshot, std::string_view text,
                                    std::size_t limit);

}  // namespace emplettes::catalogue
