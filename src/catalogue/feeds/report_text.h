#pragma once
#include <string>

#include "catalogue/feeds/shelf_reader.h"

namespace emplettes::catalogue {

// What a reader sees in a file, line by line, for people and for comparing: the format, the
// columns, every row and every problem, and what ended it.
std::string report_text(const FeedReading& reading);

}  // namespace emplettes::catalogue
