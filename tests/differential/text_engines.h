#pragma once
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace emplettes::differential {

// What an engine of others knows of a product: its words, and those where a beginning counts.
struct Document {
    std::set<std::string> words;
    std::set<std::string> head_words;
};

// A word of a document; or the beginning of a head word.
struct Term {
    std::string word;
    bool is_beginning = false;
};

// The documents wanted have, for each group, one of its terms.
using Question = std::vector<std::vector<Term>>;

// Somebody else's search engine, as a judge of which documents match. Words are any bytes, at most
// 64 of them. Numbers of documents are their places in the list.
class TextEngine {
  public:
    TextEngine() = default;
    TextEngine(const TextEngine&) = delete;
    TextEngine& operator=(const TextEngine&) = delete;
    virtual ~TextEngine() = default;

    virtual std::set<std::size_t> find(const Question& question) = 0;
};

// In memory, both. Throw when the engine fails.
std::unique_ptr<TextEngine> make_xapian(const std::vector<Document>& documents);
std::unique_ptr<TextEngine> make_fts5(const std::vector<Document>& documents);

}  // namespace emplettes::differential
