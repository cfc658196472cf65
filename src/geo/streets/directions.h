#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "geo/streets/street_router.h"

namespace emplettes::geo {

// What a person does next: follow one street, or turn into it first.
enum class Turn : std::uint8_t { none, straight, slight_left, left, slight_right, right, round };
std::string_view to_string(Turn turn);      // "slight_left"
std::string_view to_string(Manner manner);  // "pushing"

struct Direction {
    Turn turn = Turn::none;  // into this street; none at the start
    std::string street;      // its name; empty: it has none
    Manner manner = Manner::usual;
    std::uint32_t length_cm = 0;
    std::uint32_t time_ms = 0;
};

// A route as one would tell it. Pieces of the same street are one, as long as the manner stays; the
// lengths and times add up to those of the route. Streets of no length are left out.
std::vector<Direction> make_directions(const StreetRouter& router, const Route& route);

}  // namespace emplettes::geo
