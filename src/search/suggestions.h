#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/documents.h"
#include "search/scratch.h"
#include "search/text_index.h"

namespace emplettes::search {

// Names of categories, shops and makers by each of their words, sorted: a range for every
// beginning.
class NameSuggestions {
  public:
    explicit NameSuggestions(const Catalogue& catalogue);

    struct Found {
        Suggestion suggestion;
        bool is_start = false;  // of the whole name
        std::uint32_t popularity = 0;
    };
    // Names in which a word and what follows it begin with the text. Best first, each once.
    std::vector<Found> find(std::string_view text, std::size_t limit) const;

    std::size_t bytes() const;

  private:
    struct Name {
        Suggestion suggestion;
        std::uint32_t popularity = 0;
    };
    struct Beginning {
        std::uint32_t at;  // in words_
        std::uint32_t size;
        std::uint32_t name;
        bool is_start;
    };
    void add_name(Name name, std::string_view words, bool starts_anywhere);
    std::string_view words(const Beginning& beginning) const {
        return std::string_view(words_).substr(beginning.at, beginning.size);
    }

    std::vector<Name> names_;
    std::string words_;
    std::vector<Beginning> beginnings_;
};

// What may be meant while a query is typed.
class Suggestions {
  public:
    Suggestions(const Catalogue& catalogue, const Documents& documents);

    // The text is read as a query: its last word is a prefix. First what begins with the text, then
    // what has it further on; within that, more offers first. No product title or name comes twice.
    // Half of the places are kept for product titles, half for names, while there are enough.
    std::vector<Suggestion> find(std::string_view text, std::size_t limit, const TextIndex& index,
                                 Scratch& scratch) const;

    std::size_t bytes() const;

  private:
    std::vector<NameSuggestions::Found> find_titles(std::string_view text, std::size_t limit,
                                                    const TextIndex& index, Scratch& scratch) const;
    std::string_view title(std::uint32_t product) const {
        return std::string_view(titles_).substr(
            title_begins_[product], title_begins_[product + 1] - title_begins_[product]);
    }

    const Documents& documents_;
    NameSuggestions names_;
    std::string titles_;
    std::vector<std::uint32_t> title_begins_{0};
    std::vector<bool> speaks_for_title_;  // of the products of one title, the one with most offers
};

}  // namespace emplettes::search
