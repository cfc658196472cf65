#pragma once
#include <functional>
#include <string>
#include <vector>

#include "emplettes/data_folder.h"
#include "store/database.h"

namespace emplettes {

// One thing that was looked at, and what is wrong with it, a sentence each.
struct Finding {
    std::string what;
    std::vector<std::string> problems;
};
using OnFinding = std::function<void(const Finding&)>;

struct Installation {
    const DataFolder& folder;
    store::Database& database;
    store::Database* signers;  // of pledges; null: there are none yet
};

// Looks at everything an installation keeps: the database itself, its schema, each territory's
// stock against its reservations, what rows refer to, keys of requests, pictures and images, the
// counts of pledges against who signed. Only reads; each finding is told as it comes. Returns how
// many problems there are.
int verify_installation(const Installation& installation, const OnFinding& on_finding);

}  // namespace emplettes
