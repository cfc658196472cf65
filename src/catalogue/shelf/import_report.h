#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/feeds/shelf_reader.h"
#include "catalogue/shelf/offer_rule.h"

namespace emplettes::catalogue {

// Of each outcome, the first that are shown.
inline constexpr std::size_t kExamplesMax = 200;

// How many things ended how.
struct ImportCounts {
    std::array<std::int64_t, kRowOutcomes> of{};

    std::int64_t& operator[](RowOutcome outcome) {
        return of.at(static_cast<std::size_t>(outcome));
    }
    std::int64_t operator[](RowOutcome outcome) const {
        return of.at(static_cast<std::size_t>(outcome));
    }
    void add(const ImportCounts& more);
    bool operator==(const ImportCounts&) const = default;
};

// Why somebody must say that a file is meant.
enum class ImportDoubt : std::uint8_t { none, most_gone, nothing_understood };

// One thing of a report.
struct ImportExample {
    RowOutcome outcome = RowOutcome::new_;
    std::int64_t line = 0;  // 0: the file does not have it
    std::string number;     // GTIN, else the shop's own
    std::string title;
    std::optional<Money> price_before;
    std::optional<Money> price_after;
    std::optional<std::int64_t> stock_before;  // as it may be promised
    std::optional<std::int64_t> stock_after;

    bool operator==(const ImportExample&) const = default;
};

// What a file would do, found without doing it.
struct ImportReport {
    std::string format;
    bool is_windows_1252 = false;
    std::int64_t rows = 0;             // that were understood
    std::int64_t on_shelf_before = 0;  // of this source
    ImportCounts counts;
    ImportDoubt doubt = ImportDoubt::none;
    std::optional<FeedError> failure;  // what ended the reading, or did not let it begin
    std::int64_t problems = 0;  // more than rows not understood: some rows are taken all the same
    std::vector<ImportExample> examples;
    std::vector<RowProblem> problem_examples;

    void add_example(ImportExample example);
    void add_problem(const RowProblem& problem);
};

// "new", "not_on_shelf"; "most_gone".
std::string_view to_string(RowOutcome outcome);
std::string_view to_string(ImportDoubt doubt);

// As rows of the database keep them; texts of our own, JSON.
std::string to_text(const ImportReport& report);
std::string to_text(const ImportCounts& counts);
ImportReport parse_report(std::string_view text);
ImportCounts parse_counts(std::string_view text);

}  // namespace emplettes::catalogue
