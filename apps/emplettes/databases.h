#pragma once
#include <memory>
#include <string>

#include "base/clock.h"
#include "campaign/signers.h"
#include "emplettes/data_folder.h"
#include "store/database.h"

namespace emplettes {

// The database of a data folder, opened and brought to the present schema.
std::unique_ptr<store::Database> open_database(const std::string& location, const Clock& clock);

// Its other one, of those who sign pledges. `location`: of `main`, empty for the folder's own.
std::unique_ptr<campaign::Signers> open_signers(const DataFolder& folder, store::Database& main,
                                                const std::string& location, const Clock& clock);
// As it is, of whatever version; null when there is none yet.
std::unique_ptr<store::Database> open_signers_as_they_are(const DataFolder& folder,
                                                          store::Database& main,
                                                          const std::string& location);

}  // namespace emplettes
