#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/place_tree.h"

namespace emplettes::search {

struct Catalogue;

// The keys of a catalogue's category tree ("toys.wooden"), sorted so that every subtree is one
// range of numbers.
class Categories {
  public:
    // A key of the catalogue, or what stands above one. Levels are in the order of a walk through
    // the tree, parents first.
    struct Level {
        std::string key;
        NumberRange categories;  // itself and all below it
        std::uint32_t end = 0;   // of the levels below it, which follow it
    };

    Categories() = default;
    explicit Categories(const Catalogue& catalogue);

    std::uint32_t number(std::string_view key) const;  // of a key of the catalogue
    // The key and everything below it; an empty key is the whole tree.
    NumberRange subtree(std::string_view key) const;
    std::size_t size() const { return keys_.size(); }

    // Calls f(level), once each, for the roots and for what is right below a key asked for or above
    // one.
    template <typename F>
    void for_each_shown(std::span<const std::string> asked, F&& f) const {
        for_each_child({0, static_cast<std::uint32_t>(levels_.size())}, f);
        for (const std::uint32_t parent : parents_shown(asked))
            for_each_child({parent + 1, levels_[parent].end}, f);
    }

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("categories", self.keys_);
        if constexpr (!std::is_const_v<Self>) self.find_levels();
    }

  private:
    template <typename F>
    void for_each_child(NumberRange below, F&& f) const {
        for (std::uint32_t at = below.begin; at < below.end; at = levels_[at].end) f(levels_[at]);
    }
    void find_levels();
    const Level* find_level(std::string_view key) const;
    std::vector<std::uint32_t> parents_shown(std::span<const std::string> asked) const;

    std::vector<std::string> keys_;
    std::vector<Level> levels_;
};

}  // namespace emplettes::search
