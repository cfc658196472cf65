#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/image.h"
#include "search/dictionary.h"
#include "search/documents.h"
#include "search/gone.h"
#include "search/postings.h"
#include "search/typos.h"

namespace emplettes::search {

// The number of the stored list of a prefix of one to three ASCII letters or digits.
std::optional<std::uint32_t> stored_prefix(std::string_view prefix);
inline constexpr std::size_t kStoredPrefixBytes = 3;

// Which documents have which words. Posting lists by class of words: `heads` where a title, maker
// or category has one, `bodies` where only the description has. For prefixes of up to
// kStoredPrefixBytes the union of the heads is stored.
class TextIndex {
  public:
    // Also notes in the documents how long each title is. They must outlive it.
    TextIndex(const Catalogue& catalogue, Documents& documents);
    TextIndex(ImageReader& image, const Documents& documents);
    TextIndex(const TextIndex&) = delete;
    TextIndex& operator=(const TextIndex&) = delete;

    struct Code {
        std::int64_t number = 0;
        std::uint32_t product = 0;

        auto operator<=>(const Code&) const = default;
    };

    const Dictionary& dictionary() const { return dictionary_; }
    const TypoIndex& typos() const { return typos_; }
    PostingList heads(std::uint32_t number) const { return heads_.list(number); }
    PostingList bodies(std::uint32_t number) const { return bodies_.list(number); }
    PostingList prefix(std::uint32_t number) const { return prefixes_.list(number); }
    // How many products have the class, in however many documents.
    std::size_t products_with_head(std::uint32_t number) const { return heads_.products(number); }
    std::size_t products_with_body(std::uint32_t number) const { return bodies_.products(number); }
    std::span<const Code> with_code(std::int64_t code) const;  // products ascending
    const Documents& documents() const { return documents_; }
    // Adds how many of some products have each class; of each its first document, ascending.
    void count_postings(std::span<const std::uint32_t> firsts, GoneByClass& gone) const;

    std::size_t bytes() const;

    template <typename Self, typename Parts>
    static void each_part(Self& self, Parts& parts) {
        Dictionary::each_part(self.dictionary_, parts);
        TypoIndex::each_part(self.typos_, parts);
        PostingStore::each_part(self.heads_, parts);
        PostingStore::each_part(self.bodies_, parts);
        PostingStore::each_part(self.prefixes_, parts);
        parts("text: codes", self.codes_);
    }

  private:
    void store_prefixes(const PostingStream& heads);

    const Documents& documents_;
    Dictionary dictionary_;
    TypoIndex typos_;
    PostingStore heads_;
    PostingStore bodies_;
    PostingStore prefixes_;
    std::vector<Code> codes_;  // sorted
};

}  // namespace emplettes::search
