#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/id_source.h"
#include "catalogue/kind.h"
#include "catalogue/shelf/import_folder.h"
#include "catalogue/shelf/shelf_import.h"
#include "catalogue/territory.h"
#include "store/database.h"

namespace emplettes::catalogue {

// What works on the imports of a territory. All must outlive the calls.
struct ImportWork {
    store::Database& database;
    const Territory& territory;
    const Trades& trades;
    IdSource& ids;
    const Clock& clock;
    ImportFolder folder;
    std::function<bool()> is_stopping = [] { return false; };  // asked between transactions
    // Rows done, of so many; all is 0 while nobody knows.
    std::function<void(std::int64_t done, std::int64_t all)> on_progress = [](std::int64_t,
                                                                              std::int64_t) {};
};

// A file that somebody drops, or that was fetched.
struct DroppedFile {
    std::filesystem::path file;
    std::string name;  // as people know it
    ShopId shop;
    AccountId account;
    std::optional<ShelfSourceId> source;  // none: the shop's one for files that look like this
    std::optional<bool> is_whole_shelf;   // none: as the source remembers
    bool runs_by_itself = false;
    Instant made_at;  // its stocks are as old as this
};
enum class DropFault : std::uint8_t {
    unreadable,
    too_many_waiting,  // kFilesWaitingMax of the shop; not of files that run by themselves
    too_many_sources,  // kSourcesOfShopMax, and this is a file of another kind
};
struct DropError {
    DropFault fault = DropFault::unreadable;
    FeedError feed = {};  // of what is unreadable
};
// Keeps the file and lets it be checked; with the mapping that the shop's last file with these
// columns had. Nothing is kept of a file that is not taken.
Result<ShelfImportId, DropError> take_file(const ImportWork& work, const DroppedFile& dropped);

// Does what waits of an import until somebody must say how to go on: checks it, runs it from where
// it stands, undoes it. Nothing when another process works on it, or its file is not here. A fault
// is written down, and thrown; the next call goes on.
void work_on(const ImportWork& work, ShelfImportId id);
// All that wait and do not rest, one after the other; a fault of one does not stop the others, it
// is logged.
void work_on_waiting(const ImportWork& work);

// Forgets what is older than kImportKept, files and rows, some at a time; how many.
std::int64_t forget_imports(const ImportWork& work);

}  // namespace emplettes::catalogue
