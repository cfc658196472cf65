#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "search/analyzer.h"
#include "search/dictionary.h"
#include "search/documents.h"
#include "search/image.h"
#include "search/postings.h"
#include "search/scratch.h"
#include "search/typos.h"

namespace emplettes::search {

// Where typos are forgiven; see RankingConstants.
enum class Forgive { rare_words, all_words };

// Which products have which words. Posting lists by class of words: `heads` where a title, maker or
// category has one, `bodies` where only the description has. For prefixes of up to
// kStoredPrefixBytes the union of the heads is stored.
class TextIndex {
  public:
    TextIndex(const Catalogue& catalogue, const Documents& documents);
    explicit TextIndex(ImageReader& image);
    TextIndex(const TextIndex&) = delete;
    TextIndex& operator=(const TextIndex&) = delete;

    // Fills scratch.words, one for each word asked for.
    void plan(const QueryText& query, Forgive forgive, Scratch& scratch) const;

    // Single words, for whoever checks or inspects.
    const Dictionary& dictionary() const { return dictionary_; }
    std::size_t product_count() const { return product_count_; }
    std::size_t bytes() const;

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        Dictionary::each_part(self.dictionary_, parts);
        TypoIndex::each_part(self.typos_, parts);
        PostingStore::each_part(self.heads_, parts);
        PostingStore::each_part(self.bodies_, parts);
        PostingStore::each_part(self.prefixes_, parts);
        parts("text: products", self.product_count_);
        parts("text: codes", self.codes_);
    }

  private:
    struct Code {
        std::int64_t number = 0;
        std::uint32_t product = 0;

        auto operator<=>(const Code&) const = default;
    };
    static constexpr std::size_t kStoredPrefixBytes = 3;

    void store_prefixes(const PostingStream& heads, std::span<const Tiles> tiles);
    void plan_word(const QueryWord& word, Forgive forgive, Scratch& scratch,
                   PlannedWord& planned) const;
    void add_class(std::string_view word, PlannedWord& planned) const;
    void add_prefix(std::string_view prefix, Scratch& scratch, PlannedWord& planned) const;
    PostingList unite(std::span<const std::uint32_t> classes, Scratch& scratch) const;
    void forgive_typos(const Spelling& asked, std::size_t products_min, Scratch& scratch,
                       PlannedWord& planned) const;
    std::size_t products_with(const Spelling& asked) const;
    std::vector<std::uint32_t> classes_beginning(std::string_view prefix) const;
    std::vector<Correction> class_corrections(std::string_view asked,
                                              std::vector<Correction> words) const;
    void add_corrections(const std::vector<Correction>& classes, const ImpactWeights& weights,
                         Scratch& scratch, PlannedWord& planned) const;
    void add_parts(std::string_view word, Scratch& scratch, PlannedWord& planned) const;
    bool add_code(std::int64_t code, Scratch& scratch) const;

    Dictionary dictionary_;
    TypoIndex typos_;
    PostingStore heads_;
    PostingStore bodies_;
    PostingStore prefixes_;
    std::uint32_t product_count_ = 0;
    std::vector<Code> codes_;  // sorted
};

}  // namespace emplettes::search
