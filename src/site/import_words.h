#pragma once
#include <string>
#include <string_view>

#include "catalogue/shelf/shelf_import.h"
#include "site/feed_address.h"
#include "site/say.h"
#include "web/fetch.h"

namespace emplettes::site {

// What an import is told in. Keys of texts: each value of each set has one.

std::string_view fault_key(catalogue::RowFault fault);
std::string_view fault_key(catalogue::FeedFault fault);
std::string_view fault_key(web::FetchError error);
std::string_view error_key(AddressError error);
std::string_view error_key(catalogue::ImportStepError error);
std::string_view status_key(catalogue::ImportStatus status);
std::string_view field_key(catalogue::ShelfField field);
std::string_view outcome_key(catalogue::RowOutcome outcome);  // plural: "{1} nouveaux"
std::string_view doubt_key(catalogue::ImportDoubt doubt);     // of none: empty

// Of ShelfSource::last_failure: the word of a FetchError, of a FeedFault, or our own fault.
std::string_view reading_failure_key(std::string_view word);

// Of LinkCount::failure: the word of a FetchError, or one of our own about pictures.
std::string_view picture_failure_key(std::string_view word);

// "Tableau (CSV), séparé par des points-virgules, Windows-1252, 812 lignes"; without rows as long
// as nobody has counted them.
std::string format_text(const Say& say, const catalogue::SniffedFeed& sniffed, std::int64_t rows);

// "12 nouveaux, 3 changés, 1 sorti du rayon": what there is of each; "rien à changer".
std::string counts_text(const Say& say, const catalogue::ImportCounts& counts);

}  // namespace emplettes::site
