#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/column.h"
#include "base/image.h"
#include "search/documents.h"
#include "search/gone.h"
#include "search/scratch.h"

namespace emplettes::search {

// Names of categories, shops and makers by each of their words, sorted: a range for every
// beginning.
class NameSuggestions {
  public:
    NameSuggestions() = default;
    explicit NameSuggestions(const Catalogue& catalogue);

    struct Found {
        Suggestion suggestion;
        bool is_start = false;  // of the whole name
        std::uint32_t popularity = 0;
    };
    // Names in which a word and what follows it begin with the text. Best first, each once.
    std::vector<Found> find(std::string_view text, std::size_t limit) const;

    std::size_t bytes() const;

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("names: rows", self.names_);
        parts("names: texts", self.texts_);
        parts("names: words", self.words_);
        parts("names: beginnings", self.beginnings_);
    }

  private:
    struct Name {
        Suggestion suggestion;
        std::uint32_t popularity = 0;
    };
    struct NameRow {
        std::int64_t id = 0;
        std::uint32_t text_begin = 0;  // in texts_
        std::uint32_t text_end = 0;
        std::uint32_t popularity = 0;
        Suggestion::Kind kind = Suggestion::Kind::product;
    };
    struct Beginning {
        std::uint32_t at;  // in words_
        std::uint32_t size;
        std::uint32_t name;
        std::uint32_t is_start;
    };
    void add_name(const Name& name, std::string_view words, bool starts_anywhere);
    Found found(std::uint32_t name, bool is_start) const;
    std::string_view words(const Beginning& beginning) const {
        return std::string_view(words_).substr(beginning.at, beginning.size);
    }

    std::vector<NameRow> names_;
    std::string texts_;
    std::string words_;
    std::vector<Beginning> beginnings_;
};

// What may be meant while a query is typed, which is read as a query: its last word is a prefix.
class Suggestions {
  public:
    Suggestions(const Catalogue& catalogue, const Documents& documents);
    Suggestions(ImageReader& image, const Documents& documents);
    Suggestions(const Suggestions&) = delete;
    Suggestions& operator=(const Suggestions&) = delete;

    using Found = NameSuggestions::Found;

    // Titles that have the words, each once; best first. Products that are gone have none.
    std::vector<Found> find_titles(std::span<const PlannedWord> words, std::size_t limit,
                                   const Gone* gone) const;
    std::vector<Found> find_names(std::string_view text, std::size_t limit) const {
        return names_.find(text, limit);
    }

    std::string_view title(std::uint32_t product) const {
        return std::string_view(titles_.values().data(), titles_.size())
            .substr(title_begins_[product], title_begins_[product + 1] - title_begins_[product]);
    }

    std::size_t bytes() const;
    bool is_consistent() const;  // of an image

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        NameSuggestions::each_part(self.names_, parts);
        parts("titles: bytes", self.titles_);
        parts("titles: begins", self.title_begins_);
        parts("titles: speakers", self.speaks_for_title_);
    }

  private:
    bool speaks_for_title(std::uint32_t document) const {
        return (speaks_for_title_[document / 64] >> (document % 64) & 1U) != 0;
    }

    const Documents& documents_;
    NameSuggestions names_;
    Column<char> titles_;
    Column<std::uint32_t> title_begins_;
    // One bit per document: the first one of the product that has most offers among those of its
    // title.
    std::vector<std::uint64_t> speaks_for_title_;
};

// Adds what was found in another segment and has no equal yet; best first, at most `limit`.
void add_new(std::vector<Suggestions::Found>& found, std::vector<Suggestions::Found> others,
             std::size_t limit);

// Drops the titles that have not the text as it is typed when others have: of "pain de", which is
// read as "pain", those without "pain de".
void prefer_as_typed(std::vector<Suggestions::Found>& titles, std::string_view text);

// Half of the places are kept for product titles, half for names, while there are enough. First
// what begins with the text, then what has it further on; within that, more offers first.
std::vector<Suggestion> choose(std::vector<Suggestions::Found> titles,
                               std::vector<Suggestions::Found> names, std::size_t limit);

}  // namespace emplettes::search
