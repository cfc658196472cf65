#pragma once
#include <string>
#include <string_view>
#include <unordered_map>

#include "catalogue/kind.h"

namespace emplettes::catalogue {

// Our categories by what files call them: a key ("books.novels"), or a name in any of the tree's
// languages, alone or as the end of a path ("Livres > Romans", "Media > Books", "Alimentation/
// Fromages"). Numbers of Google's taxonomy are known for its tops. For one thread.
class CategoryNames {
  public:
    explicit CategoryNames(const Trades* trades);  // null: knows none

    // Our key; empty when nobody knows it. Valid until the next call.
    const std::string& find(std::string_view text);
    bool knows(const std::string& key) const;

  private:
    const std::string* find_one(std::string_view text) const;
    const std::string* find_in_path(std::string_view text) const;

    const Trades* trades_;
    std::unordered_map<std::string, std::string> key_by_name_;  // plain words
    std::unordered_map<std::string, std::string> seen_;
};

}  // namespace emplettes::catalogue
