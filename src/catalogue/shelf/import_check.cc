#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include "base/csv.h"
#include "base/decimals.h"
#include "catalogue/shelf/import_steps.h"
#include "catalogue/shelf/lawful_price.h"

namespace emplettes::catalogue {
namespace {

constexpr std::int64_t kFewOffers = 10;  // of fewer, most may go without a question, but not all

// The list of all that was not understood, as a file that spreadsheets open.
class ProblemFile {
  public:
    explicit ProblemFile(const std::filesystem::path& path)
        : path_(path), stream_(path, std::ios::binary) {
        stream_ << "line;column;value;reason;taken\n";
    }
    void add(const RowProblem& problem) {
        stream_ << problem.line << ';' << csv_cell(problem.column, ';') << ';'
                << csv_cell(problem.value, ';') << ';' << to_string(problem.fault) << ';'
                << (problem.is_row_taken ? "yes" : "no") << '\n';
    }
    void finish() {
        stream_.flush();
        if (!stream_) throw std::runtime_error("cannot write " + path_.string() + ": disk full?");
    }

  private:
    std::filesystem::path path_;
    std::ofstream stream_;
};

std::string number_of(const ShelfRow& row) { return row.gtin ? row.gtin->text() : row.sku; }

class Check {
  public:
    Check(const ImportWork& work, const ShelfImport& import)
        : work_(work),
          import_(import),
          target_(target_of(work, import)),
          index_(index_shelf(work, target_)),
          problems_(work.folder.problems_of(import.id)) {
        const auto sniffed = sniff_feed(work.folder.file_of(import.id));
        if (!sniffed) return;
        report_.format = to_string(sniffed->format);
        report_.is_windows_1252 = sniffed->is_windows_1252;
    }

    void run() {
        for (std::size_t i = 0; i < index_.size(); ++i) count_on_shelf(index_[number(i)]);
        auto reader = open_feed(reading_of(work_, import_));
        if (!reader) {
            report_.failure = reader.error();
            return;
        }
        const auto opened = std::move(reader).value();
        while (!work_.is_stopping() && read_some(*opened)) {
            work_.on_progress(opened->bytes_read(), import_.bytes);
        }
        report_.failure = opened->failure();
        if (import_.is_whole_shelf && !report_.failure) look_for_gone();
        problems_.finish();
        report_.doubt = doubt();
    }

    // As the row of the import keeps it.
    ShelfImport result() const {
        ShelfImport checked = import_;
        checked.report = report_;
        checked.rows_total = rows_read_ + absent_;
        checked.changed_at = work_.clock.now();
        const bool is_clear = report_.doubt == ImportDoubt::none;
        checked.status = report_.failure                      ? ImportStatus::failed
                         : is_clear && import_.runs_by_itself ? ImportStatus::running
                                                              : ImportStatus::checked;
        if (report_.failure)
            checked.failure = std::string(to_string(report_.failure->fault)) + ", line " +
                              std::to_string(report_.failure->line) + ": " +
                              report_.failure->detail;
        return checked;
    }

  private:
    static ShelfIndex::Number number(std::size_t i) { return static_cast<ShelfIndex::Number>(i); }

    void count_on_shelf(const ShelfEntry& entry) {
        const bool is_meant = !import_.is_whole_shelf || entry.state.source == import_.source;
        if (entry.has_offer() && entry.state.is_on_shelf() && is_meant) ++report_.on_shelf_before;
    }

    bool read_some(ShelfReader& reader) {
        std::vector<PlacedRow> rows;
        std::vector<RowProblem> problems;
        while (rows.size() < kRowsPerTransaction) {
            problems.clear();
            auto row = reader.next(problems);
            for (const RowProblem& problem : problems) add_problem(problem);
            if (!row) break;
            ++rows_read_;
            rows.push_back(place_row(std::move(*row), index_, work_.trades));
        }
        const Known known = look_up(rows);
        for (PlacedRow& row : rows) {
            refuse(row.row, known);
            count(row, known.unknown);
        }
        return rows.size() == kRowsPerTransaction;
    }

    void add_problem(const RowProblem& problem) {
        problems_.add(problem);
        report_.add_problem(problem);
        if (problem.is_row_taken || problem.line == last_bad_line_) return;
        last_bad_line_ = problem.line;
        ++report_.counts[RowOutcome::not_understood];
    }

    // What only the database knows of a batch, by line.
    struct Known {
        std::unordered_set<std::int64_t> unknown;  // neither file nor reference say what it is
        std::unordered_map<std::int64_t, RowFault> refused;  // the price may not be asked
    };
    Known look_up(const std::vector<PlacedRow>& rows) {
        std::vector<const PlacedRow*> asked;
        for (const PlacedRow& row : rows)
            if (needs_look_up(row)) asked.push_back(&row);
        if (asked.empty()) return {};
        return work_.database.read([&](store::Tx& tx) { return look_up(tx, asked); });
    }
    bool needs_look_up(const PlacedRow& row) const {
        const bool is_untitled = row.row.title.empty() && !index_[row.number].has_offer();
        return is_untitled || is_bound_by_law(target_, row.row);
    }
    Known look_up(store::Tx& tx, const std::vector<const PlacedRow*>& asked) const {
        std::vector<const ShelfRow*> unplaced;
        for (const PlacedRow* row : asked)
            if (is_unplaced(*row)) unplaced.push_back(&row->row);
        const auto found = find_products(tx, target_, unplaced);
        auto next = found.begin();
        Known known;
        std::vector<PricedRow> priced;
        for (const PlacedRow* placed : asked) {
            ProductId product = index_[placed->number].product;
            if (is_unplaced(*placed))
                if (const ProductId known_now = *next++; known_now.value != 0) product = known_now;
            if (product.value == 0 && placed->row.title.empty())
                known.unknown.insert(placed->row.line);
            else
                priced.push_back({placed->row, product});
        }
        const PriceFaults faults = refuse_prices(tx, target_, priced);
        for (std::size_t i = 0; i < priced.size(); ++i)
            if (faults[i]) known.refused.emplace(priced[i].row.line, *faults[i]);
        return known;
    }

    bool is_unplaced(const PlacedRow& placed) const {
        const ShelfEntry& entry = index_[placed.number];
        return entry.product.value == 0 || entry.gains_gtin;
    }

    void refuse(ShelfRow& row, const Known& known) {
        const auto refused = known.refused.find(row.line);
        if (refused == known.refused.end()) return;
        add_problem({.line = row.line,
                     .value = in_decimals(*row.price),
                     .fault = refused->second,
                     .is_row_taken = true});
        row.price.reset();
    }

    void count(const PlacedRow& placed, const std::unordered_set<std::int64_t>& unknown) {
        const ShelfRow& row = placed.row;
        if (unknown.contains(row.line) && !is_titled(placed)) {
            add_problem({.line = row.line, .value = number_of(row), .fault = RowFault::no_title});
            return;
        }
        ++report_.rows;
        ShelfEntry& entry = index_[placed.number];
        entry.is_titled = entry.is_titled || !row.title.empty();
        if (placed.is_repeated) {
            ++report_.counts[RowOutcome::repeated];
            add_problem({.line = row.line,
                         .value = number_of(row),
                         .fault = RowFault::repeated,
                         .is_row_taken = true});
            return;
        }
        add_example(row, entry);
    }

    // A row before it had a title.
    bool is_titled(const PlacedRow& placed) const {
        return placed.is_repeated && index_[placed.number].is_titled;
    }

    void add_example(const ShelfRow& row, const ShelfEntry& entry) {
        const auto before = entry.has_offer() ? std::optional(entry.state) : std::nullopt;
        const auto after = offer_after(row, before, target_.terms);
        auto outcome = outcome_of(before, after);
        const bool is_renamed =
            !row.title.empty() && hash_of(text_of(row, target_)) != entry.text_hash;
        if (outcome == RowOutcome::unchanged && is_renamed) outcome = RowOutcome::changed;
        ++report_.counts[outcome];
        if (outcome == RowOutcome::unchanged) return;
        ImportExample example{
            .outcome = outcome, .line = row.line, .number = number_of(row), .title = row.title};
        if (before) {
            example.price_before = before->price;
            example.stock_before = before->stock;
        }
        example.price_after = row.price;
        if (after) {
            example.price_after = after->price;
            example.stock_after = after->stock;
        }
        report_.add_example(std::move(example));
    }

    void look_for_gone() {
        std::vector<const ShelfEntry*> shown;
        for (std::size_t i = 0; i < index_.size(); ++i) {
            const ShelfEntry& entry = index_[number(i)];
            if (!entry.has_offer() || entry.is_seen) continue;
            if (!offer_after_absence(entry.state, target_.terms)) continue;
            ++absent_;
            ++report_.counts[RowOutcome::gone];
            if (shown.size() < kExamplesMax) shown.push_back(&entry);
        }
        const auto gone = work_.database.read([&](store::Tx& tx) {
            std::vector<ImportExample> examples;
            for (const ShelfEntry* entry : shown)
                if (auto example = example_of_gone(tx, *entry))
                    examples.push_back(std::move(*example));
            return examples;
        });
        report_.examples.insert(report_.examples.end(), gone.begin(), gone.end());
    }

    std::optional<ImportExample> example_of_gone(store::Tx& tx, const ShelfEntry& entry) const {
        const auto product = find_product(tx, target_.territory, entry.product);
        if (!product) return std::nullopt;
        return ImportExample{.outcome = RowOutcome::gone,
                             .number = product->gtin ? product->gtin->text() : "",
                             .title = product->title,
                             .price_before = entry.state.price,
                             .stock_before = entry.state.stock};
    }

    ImportDoubt doubt() const {
        if (report_.rows == 0) return ImportDoubt::nothing_understood;
        const std::int64_t gone = report_.counts[RowOutcome::gone];
        const std::int64_t before = report_.on_shelf_before;
        // The only thing of a shelf, counted as none, was sold.
        const bool is_sold_out = before == 1 && absent_ == 0;
        const bool is_emptied = before > 0 && gone >= before && !is_sold_out;
        const bool is_most = before >= kFewOffers && 2 * gone > before;
        return is_most || is_emptied ? ImportDoubt::most_gone : ImportDoubt::none;
    }

    const ImportWork& work_;
    const ShelfImport& import_;
    const ShelfTarget target_;
    ShelfIndex index_;
    ProblemFile problems_;
    ImportReport report_;
    std::int64_t rows_read_ = 0;  // understood or not
    std::int64_t absent_ = 0;
    std::int64_t last_bad_line_ = 0;
};

}  // namespace

void check_import(const ImportWork& work, const ShelfImport& import) {
    Check check(work, import);
    check.run();
    if (work.is_stopping()) return;
    const ShelfImport checked = check.result();
    work.database.write([&](store::Tx& tx) { return save_check(tx, work.territory.id, checked); });
}

}  // namespace emplettes::catalogue
