#include <stdexcept>

#include "catalogue/shelf/import_steps.h"

namespace emplettes::catalogue {
namespace {

// After so many rows the first time, then each time it is so many times as much: what PostgreSQL
// knows of a table that was empty makes plans that read all of it for each batch.
constexpr std::int64_t kStatisticsAfterRows = 1000;
constexpr std::int64_t kStatisticsGrowth = 4;

enum class RunEnd { elsewhere };  // another one has gone on meanwhile

class Run {
  public:
    Run(const ImportWork& work, const ShelfImport& import)
        : work_(work),
          import_(import),
          target_(target_of(work, import)),
          index_(index_shelf(work, target_)),
          rows_done_(import.rows_done),
          outcome_(import.outcome) {}

    void run() {
        auto reader = open_feed(reading_of(work_, import_));
        if (!reader) throw std::runtime_error("cannot be read any more: " + reader.error().detail);
        const auto opened = std::move(reader).value();
        while (!work_.is_stopping()) {
            const bool is_last = !read_some(*opened);
            if (!rows_.empty() && !write_rows()) return;
            if (!is_last) continue;
            if (opened->failure())
                throw std::runtime_error("cannot be read any more: " + opened->failure()->detail);
            take_off_absent();
            return;
        }
    }

  private:
    // The next rows that are not done yet; false at the end.
    bool read_some(ShelfReader& reader) {
        rows_.clear();
        std::vector<RowProblem> problems;
        while (rows_.size() < kRowsPerTransaction) {
            problems.clear();
            auto row = reader.next(problems);
            if (!row) return false;
            auto placed = place_row(std::move(*row), index_, work_.trades);
            if (++rows_read_ > rows_done_) rows_.push_back(std::move(placed));
        }
        return true;
    }

    bool write_rows() {
        struct Written {
            std::vector<WrittenRow> rows;
            ImportCounts outcome;
        };
        const auto after = rows_done_ + static_cast<std::int64_t>(rows_.size());
        std::vector<ShelfWriter::GivenRow> given;
        for (const PlacedRow& row : rows_) given.push_back({row.row, index_[row.number]});
        auto written = work_.database.write([&](store::Tx& tx) -> Result<Written, RunEnd> {
            ShelfWriter writer(tx, target_, work_.ids);
            Written batch{.rows = writer.write(given), .outcome = outcome_};
            for (std::size_t i = 0; i < rows_.size(); ++i)
                ++batch
                      .outcome[rows_[i].is_repeated ? RowOutcome::repeated : batch.rows[i].outcome];
            writer.tell();
            if (!save(tx, after, batch.outcome, ImportStatus::running)) return RunEnd::elsewhere;
            return batch;
        });
        if (!written) return false;
        for (std::size_t i = 0; i < rows_.size(); ++i)
            remember(index_[rows_[i].number], written->rows[i]);
        go_on(after, written->outcome);
        renew_statistics();
        return true;
    }

    void renew_statistics() {
        if (rows_done_ < statistics_at_) return;
        work_.database.write([&](store::Tx& tx) {
            tx.allow(kWholeShelfTimeoutMax);
            for (const char* table : {"product", "product_text", "offer", "import_change"})
                tx.renew_statistics(table);
        });
        statistics_at_ = rows_done_ * kStatisticsGrowth;
    }

    static void remember(ShelfEntry& entry, const WrittenRow& written) {
        entry.product = written.product;
        entry.offer = written.offer;
        entry.text_hash = written.text_hash;
        entry.gains_gtin = false;
    }

    bool save(store::Tx& tx, std::int64_t rows_after, const ImportCounts& outcome,
              ImportStatus next) const {
        return save_progress(tx, work_.territory.id,
                             {.import = import_.id,
                              .next = next,
                              .rows_before = rows_done_,
                              .rows_after = rows_after,
                              .outcome = outcome,
                              .now = work_.clock.now()});
    }

    void go_on(std::int64_t rows_after, const ImportCounts& outcome) {
        rows_done_ = rows_after;
        outcome_ = outcome;
        work_.on_progress(rows_done_, import_.rows_total);
    }

    // What is off the shelf already is not among them: after a crash it goes on with the rest.
    void take_off_absent() {
        std::vector<const ShelfEntry*> absent;
        for (std::size_t i = 0; import_.is_whole_shelf && i < index_.size(); ++i) {
            const ShelfEntry& entry = index_[static_cast<ShelfIndex::Number>(i)];
            if (entry.has_offer() && !entry.is_seen &&
                offer_after_absence(entry.state, target_.terms))
                absent.push_back(&entry);
        }
        std::size_t begin = 0;
        do {
            if (work_.is_stopping()) return;
            const std::size_t end = std::min(begin + kRowsPerTransaction, absent.size());
            const bool is_last = end == absent.size();
            if (!take_off({absent.data() + begin, end - begin}, is_last)) return;
            begin = end;
        } while (begin < absent.size());
    }

    bool take_off(std::span<const ShelfEntry* const> absent, bool is_last) {
        const auto after = rows_done_ + static_cast<std::int64_t>(absent.size());
        const auto next = is_last ? ImportStatus::done : ImportStatus::running;
        const auto outcome =
            work_.database.write([&](store::Tx& tx) -> Result<ImportCounts, RunEnd> {
                ImportCounts counts = outcome_;
                ShelfWriter writer(tx, target_, work_.ids);
                counts[RowOutcome::gone] += writer.take_off(absent);
                writer.tell();
                if (!save(tx, after, counts, next)) return RunEnd::elsewhere;
                return counts;
            });
        if (!outcome) return false;
        go_on(after, *outcome);
        return true;
    }

    const ImportWork& work_;
    const ShelfImport& import_;
    const ShelfTarget target_;
    ShelfIndex index_;
    std::vector<PlacedRow> rows_;
    std::int64_t rows_read_ = 0;
    std::int64_t rows_done_;
    std::int64_t statistics_at_ = kStatisticsAfterRows;
    ImportCounts outcome_;
};

}  // namespace

void run_import(const ImportWork& work, const ShelfImport& import) { Run(work, import).run(); }

}  // namespace emplettes::catalogue
