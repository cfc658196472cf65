#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "catalogue/shelf/import_report.h"
#include "catalogue/shelf/shelf_source.h"

namespace emplettes::catalogue {

// checking -> checked -> running -> done -> undoing -> undone. A checked one may be discarded, or
// checked again with another mapping. What stumbles is tried again, later each time; what cannot be
// read, or stumbles again and again, has failed: what it did before can be undone, and what only
// stumbled goes on when somebody says so.
enum class ImportStatus : std::uint8_t {
    checking,
    checked,
    running,
    done,
    undoing,
    undone,
    failed,
    discarded,
};
std::string_view to_string(ImportStatus status);
bool is_at_work(ImportStatus status);  // it is the worker's, not somebody's who must say how

// One file on its way to a shelf; its bytes are in the ImportFolder.
struct ShelfImport {
    ShelfImportId id;
    ShelfSourceId source;
    ShopId shop;
    AccountId account;  // who dropped it; none: the schedule, or the command line
    ImportStatus status = ImportStatus::checking;
    std::string file_name;
    std::string file_sha256;
    std::int64_t bytes = 0;
    FeedMapping mapping;
    std::string store_code;
    bool is_whole_shelf = false;
    bool runs_by_itself = false;                 // when the check raises no doubt
    Instant made_at;                             // what the file says is so as of then
    std::int64_t rows_done = 0;                  // of the run, or of the undoing
    std::int64_t rows_total = 0;                 // 0: not known yet
    ImportReport report;                         // of the check
    ImportCounts outcome;                        // of the run so far
    std::string failure;                         // English, for logs
    std::int64_t attempts = 0;                   // that ended in a fault since it last went on
    Instant retry_at = {};                       // it rests until then
    std::optional<ImportStatus> failed_at = {};  // what stumbled, of one that has failed and may
                                                 // go on
    Instant created_at;
    Instant changed_at;
};

inline constexpr std::size_t kRowsPerTransaction = 1000;
inline constexpr std::int64_t kImportAttemptsMax = 10;  // over some five hours
inline constexpr std::chrono::seconds kImportRestFirst{10};
inline constexpr std::chrono::hours kImportRestMost{1};
inline constexpr std::int64_t kFilesWaitingMax = 20;  // of a shop
inline constexpr std::chrono::days kImportKept{30};   // its file, and what undoes it
// Of an address that was read again since: a feed's whole shelf every hour is much to undo.
inline constexpr std::chrono::days kReadingKept{1};

// How long an import rests after so many faults in a row: four times as long after each one.
std::chrono::seconds rest_after(std::int64_t faults);

// A new one, once its file is kept; begins to be checked.
void add_import(store::Tx& tx, TerritoryId territory, const ShelfImport& import);
std::optional<ShelfImport> find_import(store::Tx& tx, TerritoryId territory, ShelfImportId id);
// The newest first.
std::vector<ShelfImport> load_imports(store::Tx& tx, TerritoryId territory, ShopId shop, int limit);
// What a list of them shows: all but their mapping and their report, which may be large. `before`
// none: from the newest on.
struct ImportsAsked {
    ShopId shop;
    ShelfImportId before = {};
    bool is_going_on = false;  // only those that are worked on, or wait for somebody's word
    int limit = 0;
};
std::vector<ShelfImport> list_imports(store::Tx& tx, TerritoryId territory,
                                      const ImportsAsked& asked);
// The newest one of a source.
std::optional<ShelfImport> find_last_import(store::Tx& tx, TerritoryId territory,
                                            const ShelfSource& source);
// Those of the source that wait for somebody's word, and are older, are not asked about any more.
struct NewestImport {
    ShelfSourceId source;
    ShelfImportId import;
    Instant now;
};
void discard_waiting(store::Tx& tx, TerritoryId territory, const NewestImport& newest);
// How many files of the shop, but for those that run by themselves, wait for the worker or for
// somebody's word.
std::int64_t count_waiting_files(store::Tx& tx, TerritoryId territory, ShopId shop);
// Those that wait for the worker or are in its hands, and do not rest, the oldest first.
std::vector<ShelfImportId> load_waiting_imports(store::Tx& tx, TerritoryId territory, Instant now,
                                                int limit);

enum class ImportStepError {
    unknown_import,
    not_now,
    needs_confirmation,
    changed_since,  // what was seen of its check is not what it is now
};
struct ImportStep {
    ShopId shop;  // whose import it must be
    ShelfImportId import;
    Instant now;
};
// Lets a checked import run. One that raises doubts needs `is_confirmed`.
Result<Done, ImportStepError> start_import(store::Tx& tx, TerritoryId territory,
                                           const ImportStep& step, bool is_confirmed);
Result<Done, ImportStepError> discard_import(store::Tx& tx, TerritoryId territory,
                                             const ImportStep& step);
// Of one that is done or has failed on the way.
Result<Done, ImportStepError> start_undoing(store::Tx& tx, TerritoryId territory,
                                            const ImportStep& step);
// Of one that has stumbled too often (failed_at): it goes on where it stands.
Result<Done, ImportStepError> go_on_again(store::Tx& tx, TerritoryId territory,
                                          const ImportStep& step);
// Another reading of the same file, also of one whose check has failed; the source remembers it.
// Whoever asks for it sees the report before it runs, even of an address.
struct ImportReading {
    FeedMapping mapping;
    std::string store_code;
    bool is_whole_shelf = false;
};
Result<Done, ImportStepError> check_again(store::Tx& tx, TerritoryId territory,
                                          const ImportStep& step, const ImportReading& reading);

// Forgetting imports that nothing was done with, or to, since `before`: each as begun, then its
// changes some at a time, then the import, each in its transaction. What is begun cannot be undone
// any more.
struct OldImports {
    Instant before;
    int limit = 0;
};
std::vector<ShelfImportId> begin_forgetting(store::Tx& tx, TerritoryId territory,
                                            const OldImports& old);
// Nearly `kRowsPerTransaction` of them from a product on; the last one's product, none at the end.
std::optional<ProductId> forget_changes(store::Tx& tx, TerritoryId territory, ShelfImportId import,
                                        ProductId from);
void forget_import(store::Tx& tx, TerritoryId territory, ShelfImportId import);

// How many changes an undone import has left as they are: somebody changed them since. Their
// offers, the first `limit`, with what they are called.
std::int64_t count_left(store::Tx& tx, TerritoryId territory, ShelfImportId import);
struct LeftOffer {
    OfferId offer;
    ProductId product;
    std::string title;
};
std::vector<LeftOffer> load_left(store::Tx& tx, TerritoryId territory, ShelfImportId import,
                                 int limit);

// A reading of an address that waits for the shop's word, of which nobody has been told.
struct HeldReading {
    ShelfSourceId source;
    ShelfImportId import;
    ShopId shop;
    std::string name;  // of the source
};
// Those that began to wait after the shop was told of their source last, which was before
// `told_before`; some at a time. To take one is to tell of it: false when another one does.
std::vector<HeldReading> load_held_readings(store::Tx& tx, TerritoryId territory,
                                            Instant told_before, int limit);
bool take_held_reading(store::Tx& tx, TerritoryId territory, const HeldReading& held, Instant now);

// For the worker. Each in its transaction; false: another one was there before, or somebody has
// ended it.
bool save_check(store::Tx& tx, TerritoryId territory, const ShelfImport& import);
struct ImportProgressed {
    ShelfImportId import;
    ImportStatus status = ImportStatus::running;  // as it is
    ImportStatus next = ImportStatus::running;    // as it becomes
    std::int64_t rows_before = 0;
    std::int64_t rows_after = 0;
    ImportCounts outcome;  // of the whole run so far
    Instant now;
};
bool save_progress(store::Tx& tx, TerritoryId territory, const ImportProgressed& progressed);
// A fault, or, when `is_final`, the end.
struct ImportFailed {
    ShelfImportId import;
    std::string failure;
    bool is_final = false;
    Instant retry_at = {};
    Instant now;
};
void save_failure(store::Tx& tx, TerritoryId territory, const ImportFailed& failed);

}  // namespace emplettes::catalogue
