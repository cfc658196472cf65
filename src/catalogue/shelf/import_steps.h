#pragma once
#include "catalogue/shelf/import_work.h"
#include "catalogue/shelf/shelf_index.h"
#include "catalogue/shelf/shelf_writer.h"

// The three things that work_on (import_work.h) does with an import, and what they share.
namespace emplettes::catalogue {

// Finds out what the file would do; the import is checked then, runs, or has failed.
void check_import(const ImportWork& work, const ShelfImport& import);
// Goes on where it stands until it is done or is_stopping().
void run_import(const ImportWork& work, const ShelfImport& import);
void undo_import(const ImportWork& work, const ShelfImport& import);

// How long a statement over a whole shelf may take.
inline constexpr std::chrono::minutes kWholeShelfTimeoutMax{5};

// Whose word a file of this format is.
TextSource text_source_of(FeedFormat format);
ShelfTarget target_of(const ImportWork& work, const ShelfImport& import);
ShelfIndex index_shelf(const ImportWork& work, const ShelfTarget& target);
FeedReading reading_of(const ImportWork& work, const ShelfImport& import);

// A row of the file and its place in the index; added when it is new there.
struct PlacedRow {
    ShelfRow row;
    ShelfIndex::Number number = 0;
    bool is_repeated = false;
};
// Places the row and remembers that the file has it. A category that is none of ours goes.
PlacedRow place_row(ShelfRow row, ShelfIndex& index, const Trades& trades);

}  // namespace emplettes::catalogue
