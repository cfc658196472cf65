#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "search/index.h"
#include "search/relevance.h"

namespace emplettes::search {

// What people do to the name of a thing that they know and look for.
enum class Damage {
    none,
    accents,  // left out
    number,   // one word more or less in the plural
    elision,  // "d'olive" as "olive"
    typo,     // one letter missing, doubled, changed or swapped
    cut,      // the last word half typed
    swapped,  // two words in the other order
};
inline constexpr Damage kDamages[] = {Damage::none,    Damage::accents, Damage::number,
                                      Damage::elision, Damage::typo,    Damage::cut,
                                      Damage::swapped};
const char* name_of(Damage damage);

// A question whose answer is known: a product, and all others of the same name.
struct KnownItem {
    Damage damage = Damage::none;
    std::string question;
    Grades wanted;
};

// At most `count` questions of one kind, drawn from the products' titles by rule, the same for the
// same seed. Titles of fewer than two words, and those that the damage leaves as they are, are
// passed over.
std::vector<KnownItem> make_known_items(std::span<const ProductText> products, Damage damage,
                                        std::size_t count, std::uint64_t seed);

}  // namespace emplettes::search
