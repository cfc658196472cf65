#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace emplettes::catalogue {

// What something is called: language and name, in the order of the table's columns.
using Names = std::vector<std::pair<std::string, std::string>>;

// A trade ("bookshop"): how it is called and which tags of OpenStreetMap mean it. From
// data/kinds.csv, built into the program.
struct Kind {
    std::string key;
    Names names;         // "Librairie"
    Names plural_names;  // "Librairies"
    bool is_maker = false;
    std::string schema_type;  // of schema.org: "BookStore"

    // In another language than the table's: as its first column says.
    const std::string& name(const std::string& language) const;
    const std::string& plural_name(const std::string& language) const;
};

// A node of the tree of categories; '.' in the key separates levels. From data/categories.csv.
struct Category {
    std::string key;     // "books.novels"
    std::string parent;  // "books"; empty at the top
    Names names;
    std::string tint;  // the face's colour family for covers without a photograph

    const std::string& name(const std::string& language) const;
};

// The trades and categories every territory shares. Their tables have a column for each language,
// called by its two letters; a new language is a new column. Immutable after loading.
class Trades {
  public:
    // From the files built into the program. A broken table is a bug (check).
    static Trades load();

    // The trade of a place with this tag; null when such a place does not sell (vacant).
    const Kind* kind_of_tag(std::string_view osm_key, std::string_view osm_value) const;
    const Kind* find_kind(std::string_view key) const;
    const Category* find_category(std::string_view key) const;
    const std::vector<Category>& categories() const { return categories_; }
    const std::vector<Kind>& kinds() const { return kinds_; }
    // OSM keys and values that name a trade, for the reader's filter ("shop" with "*" is any).
    const std::vector<std::pair<std::string, std::string>>& tags() const { return tags_; }

  private:
    std::vector<Kind> kinds_;
    std::vector<Category> categories_;
    std::vector<std::pair<std::string, std::string>> tags_;
    std::unordered_map<std::string, std::size_t> kind_by_tag_;  // "shop=books"; kNoKind for vacant
    std::unordered_map<std::string, std::size_t> kind_by_key_;
    std::unordered_map<std::string, std::size_t> category_by_key_;
};

}  // namespace emplettes::catalogue
