#include <sqlite3.h>

#include <stdexcept>

#include "differential/text_engines.h"

namespace emplettes::differential {
namespace {

// FTS5 cuts text into words itself; in hexadecimal ours come through as they are, and so do their
// beginnings.
std::string hexadecimal(const std::string& word) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string digits;
    for (const char c : word) {
        digits += kDigits[static_cast<unsigned char>(c) >> 4U];
        digits += kDigits[static_cast<unsigned char>(c) & 15U];
    }
    return digits;
}

std::string joined(const std::set<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += hexadecimal(word) + " ";
    return text;
}

std::string group_of(const std::vector<Term>& terms) {
    std::string group;
    for (const Term& term : terms) {
        if (!group.empty()) group += " OR ";
        group += term.is_beginning ? "heads : " + hexadecimal(term.word) + " *"
                                   : "words : " + hexadecimal(term.word);
    }
    return "(" + group + ")";
}

class Fts5Engine final : public TextEngine {
  public:
    explicit Fts5Engine(const std::vector<Document>& documents) {
        if (sqlite3_open(":memory:", &database_) != SQLITE_OK) fail();
        run("CREATE VIRTUAL TABLE text USING fts5 (words, heads, content='', tokenize='ascii')");
        run("BEGIN");
        sqlite3_stmt* insert = prepare("INSERT INTO text (rowid, words, heads) VALUES (?, ?, ?)");
        for (std::size_t i = 0; i < documents.size(); ++i) {
            sqlite3_bind_int64(insert, 1, static_cast<sqlite3_int64>(i));
            bind(insert, 2, joined(documents[i].words));
            bind(insert, 3, joined(documents[i].head_words));
            if (sqlite3_step(insert) != SQLITE_DONE) fail();
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        run("COMMIT");
        find_ = prepare("SELECT rowid FROM text WHERE text MATCH ?");
    }
    ~Fts5Engine() override {
        sqlite3_finalize(find_);
        sqlite3_close(database_);
    }

    std::set<std::size_t> find(const Question& question) override {
        std::string match;
        for (const std::vector<Term>& group : question) {
            if (!match.empty()) match += " AND ";
            match += group_of(group);
        }
        bind(find_, 1, match);
        std::set<std::size_t> found;
        int state = sqlite3_step(find_);
        for (; state == SQLITE_ROW; state = sqlite3_step(find_))
            found.insert(static_cast<std::size_t>(sqlite3_column_int64(find_, 0)));
        if (state != SQLITE_DONE) fail();
        sqlite3_reset(find_);
        return found;
    }

  private:
    [[noreturn]] void fail() const {
        throw std::runtime_error(std::string("FTS5: ") + sqlite3_errmsg(database_));
    }
    void run(const char* sql) {
        if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
    }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr) != SQLITE_OK) fail();
        return statement;
    }
    static void bind(sqlite3_stmt* statement, int place, const std::string& text) {
        sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT);
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* find_ = nullptr;
};

}  // namespace

std::unique_ptr<TextEngine> make_fts5(const std::vector<Document>& documents) {
    return std::make_unique<Fts5Engine>(documents);
}

}  // namespace emplettes::differential
