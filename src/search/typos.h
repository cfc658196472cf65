#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "search/dictionary.h"

namespace emplettes::search {

// How far two words are from each other as people mistype them: a letter missing, too many, wrong,
// or swapped with its neighbour counts one, and no letter is touched twice (optimal string
// alignment; Damerau, CACM 7(3), 1964). most + 1 when it is more than `most`.
int typos_between(std::string_view asked, std::string_view word, int most);
// The same to the nearest beginning of `word`. The last letter asked must be right or swapped with
// the one before it, or else every beginning would have hundreds of neighbours.
int typos_to_beginning(std::string_view asked, std::string_view word, int most);

// How many typos are forgiven in a folded word: one from 4 letters, two from 8; none when there is
// anything but letters in it, for numbers and codes are never guessed.
int typos_forgiven(std::string_view word);
inline constexpr int kTyposMax = 2;  // that are forgiven in any word

// Whether people seldom mistype so, among words with equally many typos: the first letter is wrong,
// or one letter is another that is neither beside it on a French keyboard nor sounds like it.
bool is_unlikely_typo(std::string_view asked, std::string_view word);

// A word of the dictionary that may have been meant.
struct Correction {
    std::uint32_t word = 0;  // its place in the dictionary
    int typos = 0;
    bool is_unlikely = false;

    bool operator==(const Correction&) const = default;
};

// Finds the words near a mistyped one without reading the dictionary: two words are near only when
// they agree after leaving a few letters out of their first seven (Garbe, "SymSpell", 2012), so
// every beginning of a word is stored under what remains of it when one or two letters are left
// out. Refers to the dictionary, which must outlive it.
class TypoIndex {
  public:
    TypoIndex() = default;
    explicit TypoIndex(const Dictionary& dictionary);

    // Words within typos_forgiven(asked), at least one typo away; ascending.
    std::vector<Correction> words_near(std::string_view asked) const;
    // Words of which a beginning is so near; ascending. Those that begin as asked are not among
    // them.
    std::vector<Correction> words_beginning_near(std::string_view asked) const;

    std::size_t bytes() const;

    // An image of it is of the same dictionary, which the reader must name.
    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        parts("typos: beginnings", self.beginnings_);
        parts("typos: first in bucket", self.first_in_bucket_);
        parts("typos: buckets", self.buckets_);
    }
    void refer_to(const Dictionary& dictionary) { dictionary_ = &dictionary; }

  private:
    static constexpr std::size_t kBeginningMax = 7;
    static constexpr std::size_t kBeginningMin = 3;
    static constexpr std::size_t kTwoTyposFrom = 6;  // letters of a beginning

    // A beginning that words share; what it is says its first word.
    struct Beginning {
        std::uint32_t first_word = 0;
        std::uint32_t size = 0;
    };
    std::string_view text(const Beginning& beginning) const {
        return dictionary_->word(beginning.first_word).substr(0, beginning.size);
    }
    void find_beginnings();
    void fill_buckets();
    std::vector<Beginning> beginnings_near(std::string_view asked, int typos) const;
    template <typename Distance>
    void measure(NumberRange words, std::string_view asked, Distance&& distance,
                 std::vector<Correction>& near) const;
    std::size_t bucket_of(std::string_view remainder) const;

    const Dictionary* dictionary_ = nullptr;
    std::vector<Beginning> beginnings_;
    std::vector<std::uint32_t> first_in_bucket_;
    std::vector<std::uint32_t> buckets_;  // numbers of beginnings
};

}  // namespace emplettes::search
