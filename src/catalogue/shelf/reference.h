#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/id_source.h"
#include "catalogue/feeds/shelf_reader.h"
#include "catalogue/shelf/product_text.h"
#include "catalogue/territory.h"
#include "store/database.h"

namespace emplettes::catalogue {

// A file that tells what products are, and is nobody's shelf: a publisher's ONIX, the demo's goods.
struct ReferenceImport {
    store::Database& database;
    const Territory& territory;
    const Trades& trades;
    IdSource& ids;
    Instant now;
    std::filesystem::path file;
    std::string key_prefix;                 // names products without GTIN: "demo/"
    std::optional<TextSource> text_source;  // none: by the format
};

struct ReferenceReport {
    std::int64_t rows = 0;  // that were understood
    std::int64_t problems = 0;
    std::optional<FeedError> failure;  // what ended the reading too early
    std::vector<RowProblem> problem_examples;
    std::vector<std::pair<ProductId, Money>> prices;  // of rows that have one
};

// In batches; repeating it changes nothing.
Result<ReferenceReport, FeedError> import_reference(const ReferenceImport& import);

}  // namespace emplettes::catalogue
