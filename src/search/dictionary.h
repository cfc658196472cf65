#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/place_tree.h"

namespace emplettes::search {

// Words met so far, each with the number of its class (plural.h). Grows while products are read.
class WordTable {
  public:
    struct Entry {
        std::uint32_t class_number = 0;
        bool is_base_form = false;  // the word names its class
    };
    // Of a new class when no word of it was met before.
    Entry look_up(std::string_view word);
    std::size_t classes() const { return classes_; }

  private:
    friend class Dictionary;
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view word) const noexcept {
            return std::hash<std::string_view>{}(word);
        }
    };
    std::unordered_map<std::string, Entry, Hash, std::equal_to<>> words_;
    std::uint32_t classes_ = 0;
};

// All words of the catalogue, sorted, and the name of every class. Immutable.
class Dictionary {
  public:
    Dictionary() = default;
    explicit Dictionary(const WordTable& table);

    std::size_t size() const { return classes_.size(); }
    std::size_t class_count() const { return class_count_; }
    std::string_view word(std::uint32_t at) const {
        return std::string_view(bytes_).substr(begins_[at], begins_[at + 1] - begins_[at]);
    }
    std::uint32_t class_at(std::uint32_t at) const { return classes_[at]; }

    std::optional<std::uint32_t> find(std::string_view word) const;  // its place
    bool has(std::string_view word) const { return find(word).has_value(); }
    // The class of a word, whether this form of it is in the catalogue or not.
    std::optional<std::uint32_t> find_class(std::string_view word) const;
    // The words that begin with the prefix.
    NumberRange prefix_range(std::string_view prefix) const;

    std::size_t bytes() const;

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("words: bytes", self.bytes_);
        parts("words: begins", self.begins_);
        parts("words: classes", self.classes_);
        parts("words: first with", self.first_with_);
        parts("words: number of classes", self.class_count_);
    }

  private:
    // Beginnings of three bytes as numbers, in the order of the words.
    static constexpr std::uint32_t kSigns = 40;
    static std::uint32_t beginning(std::string_view word);

    // The first word that is not before this one.
    std::uint32_t lower_bound(std::string_view word) const;

    std::string bytes_;
    std::vector<std::uint32_t> begins_{0};
    std::vector<std::uint32_t> classes_;
    std::vector<std::uint32_t> first_with_;  // by beginning
    std::size_t class_count_ = 0;
};

}  // namespace emplettes::search
