#include "law/records.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "embedded/rules.h"

namespace emplettes::law {
namespace {

std::string place(std::string_view table, int line) {
    return std::string(table) + ", line " + std::to_string(line);
}

// Cuts one line into cells; none when a quote is not closed or is followed by text.
std::optional<std::vector<std::string>> cut(std::string_view line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += '"';
            ++i;
        } else if (c == '"' && quoted) {
            quoted = false;
            if (i + 1 < line.size() && line[i + 1] != ',') return std::nullopt;
        } else if (c == '"' && cells.back().empty()) {
            quoted = true;
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    if (quoted) return std::nullopt;
    return cells;
}

std::optional<LocalDay> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = parse_int(text.substr(0, 4));
    const auto month = parse_int(text.substr(5, 2));
    const auto day = parse_int(text.substr(8, 2));
    if (!year || !month || !day || *year < 1 || *month < 1 || *day < 1) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return LocalDay{date};
}

}  // namespace

Record::Record(std::string_view table, int line, const std::vector<std::string>& columns,
               std::vector<std::string> cells)
    : table_(table), line_(line), columns_(&columns), cells_(std::move(cells)) {
    check(cells_.size() == columns.size());
}

std::string Record::read_text() {
    check(next_ < cells_.size());
    const std::string& cell = cells_[next_++];
    if (cell.empty()) refuse("must not be empty");
    return cell;
}

LocalDay Record::read_day() {
    const auto day = parse_day(read_text());
    if (!day) refuse("must be a day such as 2026-05-01, not \"" + cells_[next_ - 1] + '"');
    return *day;
}

LocalDay Record::read_day_or(LocalDay when_empty) {
    check(next_ < cells_.size());
    if (!cells_[next_].empty()) return read_day();
    ++next_;
    return when_empty;
}

void Record::refuse(std::string_view why) const {
    check(next_ > 0);
    throw std::runtime_error(place(table_, line_) + ", column " + (*columns_)[next_ - 1] + ": " +
                             std::string(why));
}

std::vector<Record> read_records(std::string_view table, std::string_view csv,
                                 const std::vector<std::string>& columns) {
    std::vector<Record> records;
    int line_number = 0;
    bool header_seen = false;
    for (std::string_view line : split(csv, '\n')) {
        ++line_number;
        line = trim(line);
        if (line.empty() || line.front() == '#') continue;
        auto cells = cut(line);
        if (!cells) throw std::runtime_error(place(table, line_number) + ": a quote is not closed");
        if (!header_seen) {
            header_seen = true;
            if (*cells != columns)
                throw std::runtime_error(place(table, line_number) + ": the first line must be " +
                                         "the names of the columns");
            continue;
        }
        if (cells->size() != columns.size())
            throw std::runtime_error(place(table, line_number) + ": " +
                                     std::to_string(cells->size()) + " cells instead of " +
                                     std::to_string(columns.size()));
        records.emplace_back(table, line_number, columns, std::move(*cells));
    }
    if (!header_seen) throw std::runtime_error(std::string(table) + " is empty");
    return records;
}

std::string_view built_in_records(std::string_view table) {
    const auto files = embedded_rules();
    const auto file = std::ranges::find(files, table, &EmbeddedFile::path);
    check(file != files.end());
    return file->bytes;
}

bool holds_for(std::string_view recorded, std::string_view territory) {
    return territory.starts_with(recorded) &&
           (territory.size() == recorded.size() || territory[recorded.size()] == '-');
}

}  // namespace emplettes::law
