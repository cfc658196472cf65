#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "search/analyzer.h"

namespace emplettes::search {

// What shoppers call one thing by several names; the format is told at the head of
// data/synonyms.txt, which is built into the program.
class Synonyms {
  public:
    Synonyms();
    // Throws std::invalid_argument, naming the line, when a name has no word or more than two.
    explicit Synonyms(std::string_view lines);

    // Adds the other names of each word and of each two neighbouring words as spellings of them.
    void widen(QueryText& query) const;

  private:
    // The other names of a name.
    using Names = std::vector<std::string>;
    void add(std::string_view name, const Names& others);
    const Names* find(std::string_view name) const;

    std::map<std::string, Names, std::less<>> others_;  // by the classes of the name's words
};

}  // namespace emplettes::search
