#include "catalogue/shelf/reference.h"

#include "catalogue/shelf/import_steps.h"

namespace emplettes::catalogue {
namespace {

// The next rows; what was not understood goes into the report.
std::vector<ShelfRow> read_reference_rows(ShelfReader& reader, const Trades& trades,
                                          ReferenceReport& report) {
    std::vector<ShelfRow> rows;
    std::vector<RowProblem> problems;
    while (rows.size() < kRowsPerTransaction) {
        problems.clear();
        auto row = reader.next(problems);
        report.problems += static_cast<std::int64_t>(problems.size());
        for (RowProblem& problem : problems)
            if (report.problem_examples.size() < kExamplesMax)
                report.problem_examples.push_back(std::move(problem));
        if (!row) return rows;
        if (trades.find_category(row->category) == nullptr) row->category.clear();
        rows.push_back(std::move(*row));
    }
    return rows;
}

}  // namespace

Result<ReferenceReport, FeedError> import_reference(const ReferenceImport& import) {
    const auto sniffed = sniff_feed(import.file);
    if (!sniffed) return sniffed.error();
    auto reader = open_feed({.file = import.file,
                             .zone = import.territory.zone,
                             .now = import.now,
                             .trades = &import.trades});
    if (!reader) return reader.error();
    const auto opened = std::move(reader).value();
    const ShelfTarget target{
        .territory = import.territory.id,
        .key_prefix = import.key_prefix,
        .text_source = import.text_source.value_or(text_source_of(sniffed->format)),
        .now = import.now};
    ReferenceReport report;
    while (true) {
        const auto rows = read_reference_rows(*opened, import.trades, report);
        report.rows += static_cast<std::int64_t>(rows.size());
        const auto prices = import.database.write([&](store::Tx& tx) {
            std::vector<std::pair<ProductId, Money>> found;
            ShelfWriter writer(tx, target, import.ids);
            const auto written = writer.write_products(rows);
            for (std::size_t i = 0; i < rows.size(); ++i)
                if (rows[i].price) found.emplace_back(written[i], *rows[i].price);
            writer.tell();
            return found;
        });
        report.prices.insert(report.prices.end(), prices.begin(), prices.end());
        if (rows.size() < kRowsPerTransaction) break;
    }
    report.failure = opened->failure();
    return report;
}

}  // namespace emplettes::catalogue
