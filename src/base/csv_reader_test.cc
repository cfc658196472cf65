#include "base/csv_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/csv.h"

namespace emplettes {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Gives the text in pieces of `piece` bytes.
CsvReader::Source in_pieces(std::string_view text, std::size_t piece) {
    return [text, piece](char* to, std::size_t size) mutable {
        const std::size_t count = text.copy(to, std::min(piece, size));
        text.remove_prefix(count);
        return count;
    };
}

std::vector<CsvRow> rows_of(std::string_view text, std::size_t piece, const CsvFormat& format) {
    CsvReader reader(in_pieces(text, piece), format);
    std::vector<CsvRow> rows;
    for (CsvRow row; reader.next(row);) rows.push_back(row);
    return rows;
}

TEST(CsvReader, APersonsQuotesAreQuotes) {
    const auto rows =
        rows_of("title;note\nscreen 24\";a\n\"says \"hi\" there\";b\n", 100, {';', false});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[1].cells, ElementsAre("screen 24\"", "a"));
    EXPECT_THAT(rows[2].cells, ElementsAre("says \"hi\" there", "b"));
}

TEST(CsvReader, AQuoteThatIsNeverClosedEndsTheReadingAtItsLine) {
    std::string text = "a;b\n1;2\n\"3;4\n";
    while (text.size() < 2 * kCsvRowBytesMax) text += "another;line\n";
    CsvReader reader(in_pieces(text, 1 << 16), {';', false});
    CsvRow row;
    EXPECT_TRUE(reader.next(row));
    EXPECT_TRUE(reader.next(row));
    EXPECT_FALSE(reader.next(row));
    ASSERT_TRUE(reader.failure());
    EXPECT_EQ(reader.failure()->line, 3);
    EXPECT_LE(reader.bytes_read(), static_cast<std::int64_t>(kCsvRowBytesMax) + 100);
}

TEST(CsvReader, AQuoteThatIsNeverClosedIsSeenAtTheEndToo) {
    for (const bool is_strict : {true, false})
        for (const std::string_view text : {"a;b\n\"3;4\n5;6\n", "a;b\n\"3;4\n5;6"}) {
            CsvReader reader(in_pieces(text, 100), {';', is_strict});
            for (CsvRow row; reader.next(row);) EXPECT_EQ(row.line, 1);
            ASSERT_TRUE(reader.failure());
            EXPECT_EQ(reader.failure()->line, 2);
        }
}

TEST(CsvReader, TheLastLineNeedsNoEnd) {
    const auto rows = rows_of("a;b\n1;\"2\"", 100, {';', false});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_THAT(rows[1].cells, ElementsAre("1", "2"));
}

TEST(CsvReader, CountsTheBytes) {
    CsvReader reader(in_pieces("a;b\n1;2\n", 3), {';'});
    for (CsvRow row; reader.next(row);) continue;
    EXPECT_EQ(reader.bytes_read(), 8);
}

RC_GTEST_PROP(CsvReader, PiecesMakeNoDifference, ()) {
    const auto letter = rc::gen::element<std::string>("a", "é", "\"", "\"\"", ";", "\n", "\r\n",
                                                      "\r", " ", "7", "\";\"", "\"\n\"");
    std::string text;
    for (const auto& one : *rc::gen::container<std::vector<std::string>>(letter)) text += one;
    const bool is_strict = *rc::gen::arbitrary<bool>();
    const auto piece = *rc::gen::inRange<std::size_t>(1, 9);
    const auto whole = rows_of(text, 1 << 16, {';', is_strict});
    const auto pieces = rows_of(text, piece, {';', is_strict});
    RC_ASSERT(whole.size() == pieces.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        RC_ASSERT(whole[i].line == pieces[i].line);
        RC_ASSERT(whole[i].cells == pieces[i].cells);
    }
}

}  // namespace
}  // namespace emplettes
