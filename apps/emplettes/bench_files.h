#pragma once
#include <string>
#include <vector>

#include "search/index.h"

namespace emplettes {

// A catalogue and questions as files with tabs between the cells, so that other engines can be
// measured on the same ones.
//   shops.tsv     number, name, latitude, longitude, and what we do not read
//   products.tsv  number, title, description, category, maker, price in cents, shop, stock: a row
//   is
//                 an offer; rows of the same title, description and maker are the same product
//   queries.tsv   kind, text, latitude, longitude
// Throws std::runtime_error naming file and line.
search::Catalogue read_bench_catalogue(const std::string& folder);

struct AskedQuestion {
    std::string kind;  // "one", "two", "prefix", "typo"; of a prefix the last word goes on
    std::string text;
    geo::Point from;
};
std::vector<AskedQuestion> read_bench_questions(const std::string& file);

}  // namespace emplettes
