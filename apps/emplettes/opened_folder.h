#pragma once
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/id_source.h"
#include "base/random.h"
#include "emplettes/databases.h"

namespace emplettes {

// A data folder that is there, with its database, for a verb that works on it while a server may
// be running. Throws std::runtime_error with a sentence for people.
class OpenedFolder {
  public:
    // `location`: another database than the folder's own; may be empty. `node`: of ids, 0 to 15,
    // another one than the servers'.
    OpenedFolder(const std::string& folder, const std::string& location, int node);

    // The territory of this slug, with its number; an empty slug means the only one.
    catalogue::Territory territory(const std::string& slug);
    // Gives a territory its number.
    catalogue::Territory registered(catalogue::Territory territory);

    SystemClock clock;
    SystemRandom random;
    DataFolder folder;
    std::unique_ptr<store::Database> database;
    IdSource ids;
};

// Of ids, for verbs that bring things in while a server may write.
inline constexpr int kImportNode = 14;
// Throws a sentence that says how to make one.
void expect_data_folder(const std::string& folder);

}  // namespace emplettes
