#include "base/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/text.h"

namespace emplettes {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Cells = std::vector<std::string>;

CsvTable read(std::string_view text) { return read_csv(text).value(); }

CsvError error_of(std::string_view text) {
    const auto table = read_csv(text);
    return table ? CsvError{.line = -1, .reason = "was read"} : table.error();
}

std::vector<std::int64_t> lines(const CsvTable& table) {
    std::vector<std::int64_t> lines;
    lines.reserve(table.rows.size());
    for (const auto& row : table.rows) lines.push_back(row.line);
    return lines;
}

TEST(Csv, FindsTheDelimiter) {
    for (const char delimiter : {';', ',', '\t', '|'}) {
        const std::string d(1, delimiter);
        const CsvTable table = read("title" + d + "price\nThé" + d + "3\n");
        EXPECT_EQ(table.delimiter, delimiter);
        EXPECT_THAT(table.header, ElementsAre("title", "price"));
        ASSERT_EQ(table.rows.size(), 1U);
        EXPECT_THAT(table.rows[0].cells, ElementsAre("Thé", "3"));
    }
}

TEST(Csv, DelimitersWithinQuotesDoNotCount) {
    const CsvTable table = read("\"price; EUR; with tax\",title\n\"1,50\",Tea\n");
    EXPECT_EQ(table.delimiter, ',');
    EXPECT_THAT(table.header, ElementsAre("price; EUR; with tax", "title"));
    EXPECT_THAT(table.rows.at(0).cells, ElementsAre("1,50", "Tea"));
}

TEST(Csv, OneColumnNeedsNoDelimiter) {
    const CsvTable table = read("title\nTea\n");
    EXPECT_THAT(table.header, ElementsAre("title"));
    EXPECT_THAT(table.rows.at(0).cells, ElementsAre("Tea"));
}

TEST(Csv, SkipsTheByteOrderMark) {
    EXPECT_THAT(read("\xEF\xBB\xBFtitle;price\nTea;3").header, ElementsAre("title", "price"));
}

TEST(Csv, ReadsWindows1252) {
    const CsvTable table = read("titre;prix\n\xC9t\xE9 \x9Cuvre;5 \x80\n");
    EXPECT_TRUE(table.was_windows_1252);
    EXPECT_THAT(table.rows.at(0).cells, ElementsAre("Été œuvre", "5 €"));
    EXPECT_FALSE(read("titre;prix\nÉté œuvre;5 €\n").was_windows_1252);
}

TEST(Csv, QuotedCellsKeepDelimitersQuotesAndLines) {
    const CsvTable table = read("title;note\n\"Tea; green\";\"says \"\"hi\"\"\nand bye\"\n");
    EXPECT_THAT(table.rows.at(0).cells, ElementsAre("Tea; green", "says \"hi\"\nand bye"));
}

TEST(Csv, ARowKnowsTheLineItBeginsOn) {
    const CsvTable table = read("title;note\n\"two\nlines\";1\n\n  \nb;\"three\n\nlines\"\nc;3");
    EXPECT_EQ(lines(table), (std::vector<std::int64_t>{2, 6, 9}));
}

TEST(Csv, LinesEndAsOnAnySystem) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const CsvTable table = read("a;b" + end + "1;2" + end + end + "3;4" + end);
        EXPECT_EQ(lines(table), (std::vector<std::int64_t>{2, 4})) << url_encode(end);
        EXPECT_THAT(table.rows.back().cells, ElementsAre("3", "4"));
    }
}

TEST(Csv, EmptyLinesBeforeTheHeaderAreSkipped) {
    const CsvTable table = read("\n\r\na,b\n1,2\n");
    EXPECT_THAT(table.header, ElementsAre("a", "b"));
    EXPECT_EQ(lines(table), (std::vector<std::int64_t>{4}));
}

TEST(Csv, TrimsSpacesAroundCells) {
    EXPECT_THAT(read("a;b\n  1 \t;\" 2 \"\n").rows.at(0).cells, ElementsAre("1", "2"));
}

TEST(Csv, RowsWithoutAnythingAreSkipped) {
    EXPECT_EQ(lines(read("a;b\n;\n1;2\n ; \n")), (std::vector<std::int64_t>{3}));
}

TEST(Csv, ShortRowsStayShort) {
    EXPECT_THAT(read("a;b;c\n1;2\n").rows.at(0).cells, ElementsAre("1", "2"));
}

TEST(Csv, BrokenQuotesAreAnErrorWithTheirLine) {
    EXPECT_EQ(error_of("a;b\n1;2\n3;x\"y\n5;6\n").line, 3);
    EXPECT_EQ(error_of("a;b\n1;\"2\"x\n").line, 2);
    EXPECT_THAT(error_of("a;b\n1;\"2\"x\n").reason, HasSubstr("quote"));
    const CsvError open = error_of("a;b\n1;2\n\"3;4\n5;6\n");
    EXPECT_EQ(open.line, 3);
    EXPECT_THAT(open.reason, HasSubstr("never closed"));
}

TEST(Csv, BinaryDataAreRefused) {
    EXPECT_THAT(error_of(std::string("a;b\n1;\0002\n", 9)).reason, HasSubstr("not a text file"));
}

TEST(Csv, TooManyColumnsAreRefused) {
    const auto row_of = [](std::size_t cells) { return "1" + std::string(cells - 1, ';') + "2"; };
    EXPECT_EQ(read("a;b\n" + row_of(kCsvColumnsMax)).rows.at(0).cells.size(), kCsvColumnsMax);
    const CsvError error = error_of("a;b\n1;2\n" + row_of(kCsvColumnsMax + 1) + "\n");
    EXPECT_EQ(error.line, 3);
    EXPECT_THAT(error.reason, HasSubstr("200 columns"));
}

TEST(Csv, AFileWithoutAnythingIsRefused) {
    for (const std::string_view text : {"", "\xEF\xBB\xBF", "\n \r\n\n", ";;;\n"})
        EXPECT_THAT(error_of(text).reason, HasSubstr("empty")) << url_encode(text);
}

std::string quoted(const std::string& cell) {
    std::string text = "\"";
    for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
    return text + "\"";
}

std::string written(const Cells& cells, char delimiter) {
    std::string line;
    for (const std::string& cell : cells)
        line += (line.empty() ? "" : std::string(1, delimiter)) + quoted(cell);
    return line + "\r\n";
}

bool is_blank(const Cells& cells) {
    return std::all_of(cells.begin(), cells.end(),
                       [](const std::string& cell) { return trim(cell).empty(); });
}

rc::Gen<std::string> any_cell() {
    const auto letter = rc::gen::element<std::string>("a", "B", "é", "€", "\"", ";", ",", "\t", "|",
                                                      "\n", "\r\n", " ", "7");
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(letter), [](const Cells& all) {
        std::string cell;
        for (const std::string& one : all) cell += one;
        return cell;
    });
}

RC_GTEST_PROP(Csv, WhatRfc4180WritesIsReadAgain, ()) {
    const char delimiter = *rc::gen::element(';', ',', '\t', '|');
    const auto columns = *rc::gen::inRange<std::size_t>(2, 6);
    const auto rows =
        *rc::gen::container<std::vector<Cells>>(rc::gen::container<Cells>(columns, any_cell()));
    std::string text = written(Cells(columns, "name; or, title"), delimiter);
    std::vector<CsvTable::Row> expected;
    for (const Cells& cells : rows) {
        const auto line = 1 + std::count(text.begin(), text.end(), '\n');
        text += written(cells, delimiter);
        if (is_blank(cells)) continue;
        expected.push_back({.line = line, .cells = {}});
        for (const std::string& cell : cells) expected.back().cells.emplace_back(trim(cell));
    }
    const CsvTable table = read(text);
    RC_ASSERT(table.delimiter == delimiter);
    RC_ASSERT(table.rows.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        RC_ASSERT(table.rows[i].line == expected[i].line);
        RC_ASSERT(table.rows[i].cells == expected[i].cells);
    }
}

TEST(Csv, ACellIsReadBackAsItWasWritten) {
    EXPECT_EQ(csv_cell("plain, but for a comma", ';'), "plain, but for a comma");
    for (const std::string text : {"a;b", "say \"yes\"", "two\nlines", "", "\"", "é;\"\""}) {
        const auto table = read_csv("a;b\n" + csv_cell(text, ';') + ";end\n");
        ASSERT_TRUE(table) << text;
        EXPECT_EQ(table->rows.at(0).cells.at(0), text);
    }
}

}  // namespace
}  // namespace emplettes
