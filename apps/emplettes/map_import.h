#pragma once
#include <string>

#include "catalogue/territory.h"
#include "emplettes/ground_import.h"
#include "emplettes/new_territory.h"
#include "emplettes/opened_folder.h"

namespace emplettes {

struct MapImport {
    GroundSources sources;
    NewTerritory new_territory;  // without a name: none is wanted
    std::string territory;       // slug; may be left out when there is only one
    bool may_unlist_most = false;
};

// Brings a map into a data folder as tasks, each with a hash of what it is made of, so that only
// what changed is done again: the shops in the database, the rest in files. Shows a bar while it
// works and says at the end what was found. Returns the territory. Throws std::runtime_error with
// a sentence for people.
catalogue::Territory import_map(OpenedFolder& opened, const MapImport& wanted);

}  // namespace emplettes
