#include "base/csv_reader.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "base/text.h"

namespace emplettes {
namespace {

constexpr std::array<char, 4> kDelimiters{';', ',', '\t', '|'};
constexpr std::size_t kChunkBytes = 256UL << 10;
// By how much libcsv lets a long cell grow; its own 128 bytes make one of megabytes quadratic.
constexpr std::size_t kGrowBytes = 64UL << 10;

// How often `delimiter` cuts the line; between quotes it does not.
int count_cuts(std::string_view line, char delimiter) {
    int cuts = 0;
    bool is_quoted = false;
    for (const char c : line) {
        if (c == '"') is_quoted = !is_quoted;
        if (c == delimiter && !is_quoted) ++cuts;
    }
    return cuts;
}

// Behind the end of the line that begins at `at`, or at the end of `text` when it is not there.
std::size_t end_of_line(std::string_view text, std::size_t at) {
    std::size_t end = text.find('\n', at);
    end = end == std::string_view::npos ? text.size() : end + 1;
    const void* carriage = std::memchr(text.data() + at, '\r', end - at);
    if (!carriage) return end;
    const auto behind = static_cast<std::size_t>(static_cast<const char*>(carriage) - text.data());
    return text.substr(behind).starts_with("\r\n") ? behind + 2 : behind + 1;
}

}  // namespace

char sniff_csv_delimiter(std::string_view bytes) {
    bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));
    const std::string_view first_line = bytes.substr(0, bytes.find_first_of("\r\n"));
    return *std::max_element(kDelimiters.begin(), kDelimiters.end(), [&](char a, char b) {
        return count_cuts(first_line, a) < count_cuts(first_line, b);
    });
}

// Collects what libcsv's callbacks give. Lines are counted by us: libcsv does not.
struct CsvReader::State {
    State(Source from, const CsvFormat& how) : source(std::move(from)), format(how) {
        if (csv_init(&parser, format.is_strict ? CSV_STRICT : 0) != 0) throw std::bad_alloc();
        csv_set_blk_size(&parser, kGrowBytes);
        csv_set_delim(&parser, static_cast<unsigned char>(format.delimiter));
    }
    ~State() { csv_free(&parser); }

    static void take_cell(void* bytes, std::size_t length, void* data) {
        auto& self = *static_cast<State*>(data);
        if (self.cells_used >= self.format.columns_max) {
            self.has_too_many_columns = true;
            return;
        }
        auto& cells = self.row->cells;
        if (self.cells_used == cells.size()) cells.emplace_back();
        const auto cell = trim(std::string_view(static_cast<const char*>(bytes), length));
        cells[self.cells_used++].assign(cell);
        self.is_blank = self.is_blank && cell.empty();
    }

    static void take_row(int /*ended_by*/, void* data) {
        auto& self = *static_cast<State*>(data);
        self.is_row_ready = !self.is_blank;
        if (!self.is_row_ready) self.cells_used = 0;
        self.is_blank = true;
    }

    // The next line, or what is there of it; empty at the end of the file.
    std::string_view next_piece() {
        if (at == size) {
            size = source(chunk.data(), chunk.size());
            at = 0;
            if (size == 0) return {};
        }
        const std::string_view text(chunk.data(), size);
        const std::size_t end = end_of_line(text, at);
        const std::string_view piece = text.substr(at, end - at);
        at = end;
        bytes_read += static_cast<std::int64_t>(piece.size());
        return piece;
    }

    void count_line(std::string_view piece) {
        // \r\n that lies across two pieces ends one line, not two.
        const bool is_rest = last == '\r' && piece == "\n";
        last = piece.back();
        if ((last == '\n' || last == '\r') && !is_rest) ++line;
    }

    bool feed(std::string_view piece) {
        // A row goes on over a line's end only within quotes.
        const bool is_line_begin = last == '\n' || last == '\r';
        if (!parser.quoted && is_line_begin) {
            row_line = line;
            row_bytes = 0;
        }
        row_bytes += piece.size();
        const std::size_t fed =
            csv_parse(&parser, piece.data(), piece.size(), take_cell, take_row, this);
        if (fed != piece.size())
            failure = {line,
                       "a quote stands where it cannot: write \"\" for a quote inside a quoted "
                       "cell"};
        else if (has_too_many_columns && format.is_strict)
            failure = {line, "more than " + std::to_string(format.columns_max) + " columns"};
        else if (row_bytes > kCsvRowBytesMax)
            failure = {row_line, "a row is longer than " + std::to_string(kCsvRowBytesMax >> 20) +
                                     " MB: is a quote never closed?"};
        count_line(piece);
        return !failure;
    }

    Source source;
    CsvFormat format;
    csv_parser parser{};
    std::vector<char> chunk = std::vector<char>(kChunkBytes);
    std::size_t at = 0;
    std::size_t size = 0;
    std::int64_t bytes_read = 0;
    char last = '\n';
    std::int64_t line = 1;
    std::int64_t row_line = 1;
    std::size_t row_bytes = 0;
    CsvRow* row = nullptr;
    std::size_t cells_used = 0;
    bool is_blank = true;
    bool is_row_ready = false;
    bool is_finished = false;
    bool has_too_many_columns = false;
    std::optional<CsvError> failure;
};

CsvReader::CsvReader(Source source, const CsvFormat& format)
    : state_(std::make_unique<State>(std::move(source), format)) {}

CsvReader::~CsvReader() = default;

bool CsvReader::next(CsvRow& row) {
    State& state = *state_;
    state.row = &row;
    state.cells_used = 0;
    state.is_row_ready = false;
    while (!state.failure && !state.is_finished && !state.is_row_ready) {
        const std::string_view piece = state.next_piece();
        if (!piece.empty()) {
            state.feed(piece);
            continue;
        }
        state.is_finished = true;
        if (state.last != '\n' && state.last != '\r') state.feed("\n");
        if (!state.failure && state.parser.quoted)
            state.failure = {state.row_line, "a quoted cell is never closed"};
    }
    if (state.failure || !state.is_row_ready) return false;
    row.line = state.row_line;
    row.cells.resize(state.cells_used);
    return true;
}

const std::optional<CsvError>& CsvReader::failure() const { return state_->failure; }

std::int64_t CsvReader::bytes_read() const { return state_->bytes_read; }

}  // namespace emplettes
