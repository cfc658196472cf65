#pragma once
#include <string>
#include <string_view>

#include "base/csv_reader.h"
#include "catalogue/feeds/feed_bytes.h"

namespace emplettes::catalogue {

// The beginning of the file as text: without a byte order mark, UTF-16 as UTF-8.
std::string peeked_text(const FeedBytes& bytes);

// The same for all of it, piece by piece. `bytes` must stay.
CsvReader::Source text_source(FeedBytes& bytes);

bool is_ascii(std::string_view text);
// None of the five bytes that Windows-1252 does not know.
bool may_be_windows_1252(std::string_view text);
std::string from_windows_1252(std::string_view text);

// The delimiter that cuts the first lines into the same number of cells, the most if there are
// several; "sep=;" in the first line says it itself.
char sniff_delimiter(std::string_view text);

}  // namespace emplettes::catalogue
