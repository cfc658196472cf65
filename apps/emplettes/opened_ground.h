#pragma once
#include <memory>
#include <string>

#include "geo/ground.h"

namespace emplettes {

// What a data folder knows of the streets, addresses and tiles of a territory; an empty slug means
// the only one. Throws std::runtime_error with a sentence for people when there is no such folder
// or territory.
std::shared_ptr<const geo::Ground> open_ground(const std::string& data, const std::string& slug);

}  // namespace emplettes
