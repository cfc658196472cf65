#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emplettes::search {

// A folded word of a text. `position` counts the words that stand in the text; an alternate is
// another spelling of what stands there ("portemonnaie" for "porte-monnaie"), covering `span` words
// from its position on.
struct Token {
    std::string word;
    std::uint32_t position = 0;
    std::uint32_t span = 1;
    bool is_alternate = false;

    bool operator==(const Token&) const = default;
};

// French and English text into words, the same for catalogues and queries:
// - "L'Oréal" oreal, beside it loreal; "l'huile" huile; "aujourd'hui" aujourdhui; "Levi's" levis;
// - "porte-monnaie" porte, monnaie, beside them portemonnaie; "WH-1000" wh, 1000, wh1000;
// - "500 g", "500g", "500 grammes" 500g, beside it 500; "1,50 l" 1.5l.
// - "the" kEnglishArticle in a text that is English: when the catalogue says so, or when it has
//   another English function word and no French one; never when the text also writes "thé".
// Any bytes are accepted. Words longer than kWordBytesMax are cut.
enum class TextOf { catalogue, english_catalogue, query };
TextOf text_in(std::string_view language);  // of a product; see ProductText::language
inline constexpr std::size_t kWordBytesMax = 48;
inline constexpr std::string_view kEnglishArticle = "'the";  // no word is written so

class Analyzer {
  public:
    // In a query every elision has its joined alternate, in a catalogue only names have.
    // Valid until the next call.
    const std::vector<Token>& analyze(std::string_view text, TextOf text_of);
    // The last word runs up to the end of the text: nothing after it says that it is complete.
    bool ends_in_word() const { return ends_in_word_; }

  private:
    struct Piece {
        std::string_view text;
        char connector = ' ';  // what joins it to the piece before; a space begins a new group
        bool is_number = false;
    };
    void cut_into_pieces();
    void read_group(std::size_t begin, std::size_t end);
    void read_hyphenated(std::size_t begin, std::size_t end);
    void read_word(std::size_t begin, std::size_t end);
    bool read_number(std::size_t at);
    void mark_articles(std::string_view text);
    bool is_english() const;
    Token& add(std::string_view word);
    void add_alternate(std::string_view word, std::uint32_t position, std::uint32_t span = 1);

    TextOf text_of_ = TextOf::catalogue;
    std::string folded_;
    std::vector<Piece> pieces_;
    std::vector<Token> tokens_;
    std::uint32_t next_position_ = 0;
    std::size_t taken_ = 0;  // pieces read together with the number before them
    bool ends_in_word_ = false;
};

// One way to write a word that a query asks for. A product has it when it has a word of the same
// class (plural.h) or, for a prefix, when its title, maker or category has a word of a class of
// which a word begins so that is no function word.
struct Spelling {
    std::string word;
    bool is_prefix = false;
    bool is_synonym = false;  // another name, perhaps of two words with a space between

    bool operator==(const Spelling&) const = default;
};

// One word that a query asks for: as written, then joined with its neighbours ("portemonnaie"),
// then other names (synonyms.h). Any spelling will do; so will the two parts of the first one when
// a title has them side by side.
struct QueryWord {
    std::vector<Spelling> spellings;

    bool operator==(const QueryWord&) const = default;
};

struct QueryText {
    std::vector<QueryWord> words;
    std::optional<std::int64_t> code;  // the whole text is one GTIN, ISBN or other number
    bool is_blank = false;             // nothing but white space: everything is asked for
};

inline constexpr std::size_t kQueryBytesMax = 1000;  // longer queries are cut
inline constexpr std::size_t kQueryWordsMax = 10;    // further words are not looked at

// The last word is a prefix when the text ends in it. Articles and the like ("de", "la", "and") are
// left out unless there is nothing else. Neighbours are tried joined
// ("porte monnaie": portemonnaie). "the" beside other words is tea or the English article, but
// "thé" is tea.
QueryText analyze_query(std::string_view text);

// "de", "la", "and": says nothing about what is looked for. As a prefix it is the beginning of
// other words only.
bool is_function_word(std::string_view word);
inline constexpr std::size_t kFunctionWordBytesMax = 4;

// Nothing stands behind a function word but perhaps an apostrophe: "pain de", "huile d'".
bool ends_in_function_word(std::string_view text);

// One bit for each word: products that have none of these are not what is looked for. Numbers and
// quantities tell nothing alone ("riz 500 g"), nor does a last word that is hardly begun; when
// there are no others, all words tell.
std::uint32_t telling_words(const QueryText& query);

// Where each word of a text stands, by its position, when articles and the like are passed over:
// these stand where the next word does. One more at the end: how many words there are.
void number_telling_words(const std::vector<Token>& tokens, std::vector<std::uint32_t>& numbers);

// A word may be two run together when both have three bytes, or where letters meet digits.
bool may_split(std::string_view word, std::size_t at);

// The number of a GTIN, ISBN or in-shop code, 8 to 14 digits, hyphens and spaces ignored.
std::optional<std::int64_t> code_number(std::string_view text);

}  // namespace emplettes::search
