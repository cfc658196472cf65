#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "search/analyzer.h"
#include "search/scratch.h"
#include "search/text_index.h"

namespace emplettes::search {

// For which words asked a near one may be taken; see RankingConstants.
enum class Forgive { rare_words, all_words };

// The texts of the segments of one index as one: plans a question with the words of all of them,
// and counts the products that have a word without those that are gone, so that every segment is
// searched as if it were one with the others. Refers to the segments and to what
// is gone, which must outlive it.
//
// Classes of words are numbered as in the main segment; those that only the delta has follow.
class Texts {
  public:
    explicit Texts(const TextIndex& main) : segments_{&main, nullptr} {}
    Texts(const TextIndex& main, const TextIndex& delta, const Gone& gone);

    // Fills scratch.words of each segment, one for each word asked for.
    void plan(const QueryText& query, Forgive forgive, Scratch& scratch) const;

    std::size_t size() const { return segments_[1] == nullptr ? 1 : 2; }  // segments

  private:
    using Classes = std::vector<std::uint32_t>;
    static constexpr std::size_t kMain = 0;
    static constexpr std::size_t kDelta = 1;

    void find_shared_classes();
    void add_forms_of_delta();
    void add_forms_of_main();

    std::optional<std::uint32_t> find_class(std::string_view word) const;
    std::optional<std::uint32_t> class_in(std::size_t segment, std::uint32_t number) const;
    std::size_t heads_with(std::uint32_t number) const;
    bool begins_frequent_word(std::string_view prefix) const;
    std::size_t products_with(const Spelling& asked) const;
    Classes classes_beginning(std::string_view prefix) const;
    Classes classes_of(std::size_t segment, std::span<const std::uint32_t> classes) const;
    std::size_t products() const;
    std::size_t products_with_word(std::string_view word) const;
    // A word of any segment near the one asked; the correction names its class.
    struct NearWord {
        std::string_view word;
        Correction correction;
    };
    std::vector<NearWord> words_near(std::string_view asked, bool is_beginning) const;
    std::vector<Correction> class_corrections(std::string_view asked,
                                              const std::vector<NearWord>& near) const;
    bool is_in_names(std::uint32_t number, std::size_t products_min) const;
    std::string_view word_meant(std::string_view asked, std::span<const NearWord> near,
                                std::size_t products_min) const;

    bool is_known_code(std::int64_t code) const;
    bool add_code(std::int64_t code, Scratch& scratch) const;
    void plan_word(const QueryWord& word, Forgive forgive, Scratch& scratch, std::size_t at) const;
    void add_class(std::string_view word, Scratch& scratch, std::size_t at) const;
    void add_prefix(std::string_view prefix, Scratch& scratch, std::size_t at) const;
    void add_stored_prefix(std::uint32_t prefix, Scratch& scratch, std::size_t at) const;
    void add_synonyms(const QueryWord& word, Scratch& scratch, std::size_t at) const;
    // Where a title has the second of two words right behind the first.
    struct Pair {
        std::string_view first;
        std::string_view second;
    };
    void add_pair(const Pair& pair, const ImpactWeights& weights, Scratch& scratch,
                  std::size_t at) const;
    void add_parts(std::string_view word, Scratch& scratch, std::size_t at) const;
    void forgive_typos(const Spelling& asked, Forgive forgive, Scratch& scratch,
                       std::size_t at) const;
    struct TypoWeights {
        const ImpactWeights* likely;
        const ImpactWeights* unlikely;
        Impact impact_min = 0;
    };
    void add_corrections(const std::vector<Correction>& classes, const TypoWeights& weights,
                         Scratch& scratch, std::size_t at) const;
    // How classes that were not asked for are taken for a word: in places of some impact only.
    struct Standing {
        const ImpactWeights* weights;
        int typos = 0;
        Impact impact_min = 0;
    };
    void add_classes(std::span<const std::uint32_t> classes, const Standing& standing,
                     Scratch& scratch, std::size_t at) const;

    const TextIndex* segments_[kSegmentsMax];
    const Gone* gone_ = nullptr;
    Classes class_of_delta_;                                       // by the delta's own number
    std::vector<std::pair<std::uint32_t, std::uint32_t>> shared_;  // sorted: class, delta's number
    // For each segment: stored prefixes of which another segment alone knows that a class has a
    // word beginning so, and that class by the segment's own number; sorted.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> more_of_prefix_[kSegmentsMax];
};

}  // namespace emplettes::search
