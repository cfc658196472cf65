#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "search/counts.h"
#include "search/postings.h"
#include "search/reach.h"

namespace emplettes::search {

// A posting list made for one query.
class MadeList {
  public:
    void clear() { packed_.clear(); }
    void add(std::uint32_t document, Impact impact) { packed_.add(document, impact); }
    // Once everything is added.
    PostingList end() {
        packed_.end_list();
        return packed_.list(0, packed_.block_count());
    }

  private:
    PostingPacker packed_;
};

// Postings that may be for a word, and what each impact weighs there.
struct Source {
    PostingList list;
    const ImpactWeights* weights = nullptr;
    int typos = 0;  // between the word asked and the words of the list
};

// One word of a query as the index knows it. No sources: nobody has the word.
struct PlannedWord {
    std::vector<Source> sources;
    bool is_disjoint = true;  // no document is in two sources
    float rarity = 1;
    std::string_view meant;  // what was rather meant, of a dictionary; may be empty

    void clear() {
        sources.clear();
        meant = {};
        rarity = 1;
        is_disjoint = true;
    }
    void add(const PostingList& list, const ImpactWeights& weights, int typos = 0) {
        if (list.size() == 0) return;
        if (!sources.empty()) is_disjoint = false;
        sources.push_back({list, &weights, typos});
    }
    std::size_t postings() const {
        std::size_t sum = 0;
        for (const Source& source : sources) sum += source.list.size();
        return sum;
    }
};

inline constexpr std::size_t kSegmentsMax = 2;  // of an index: the main one and its delta
// Documents waiting to be looked at, with equally many of the words asked for.
struct Batch {
    int words = 0;
    std::size_t size = 0;
    bool may_rank = true;  // one of them may be among the first
    BlockDocuments documents;
    std::array<float, kBlockPostings> texts;
    std::array<std::uint8_t, kBlockPostings> typos;
    std::array<std::uint8_t, kBlockPostings> title_words;  // of those asked for, in the title
};

// What is known of a product once some of its documents were met: the summary to be counted, and
// bits behind it.
using Met = std::uint16_t;
inline constexpr Met kMetSummary = kSummaries - 1;
inline constexpr Met kMetInReach = 1U << kSummaryBits;  // with an offer there, whatever the filters
inline constexpr Met kMetInCategory = kMetInReach << 1;  // counts for the facet of categories
inline constexpr Met kMetOfMaker = kMetInCategory << 1;  // and of makers
inline constexpr Met kMetPassing = kMetOfMaker << 1;     // with an offer that passes every filter
inline constexpr Met kMetAll = kMetInReach | kMetInCategory | kMetOfMaker | kMetPassing;
inline constexpr Met kMetRanked = kMetPassing << 1;  // has been among the best
static_assert(kSummaryBits + 5 <= 16);

// A product with several documents, some of which were met.
struct OpenProduct {
    std::uint32_t product = 0;
    std::uint16_t category = 0;
};

// The products that have so many of the words.
struct Level {
    bool is_used = false;
    Batch batch;
    Counts counts;                  // of products with one document, at first
    std::vector<OpenProduct> open;  // the others, to be counted at the end
};

// What a tally remembers while it counts one segment. Memory is kept from query to query.
struct TallyMemory {
    std::vector<Level> levels;          // by number of words
    std::vector<Met> met;               // of products with several documents; 0 between uses
    std::vector<std::uint32_t> ranked;  // products that are kMetRanked
};

// What a query needs while it runs, kept for the next one. Used by one thread at a time.
struct Scratch {
    Reach reach;
    std::array<std::vector<PlannedWord>, kSegmentsMax> words;  // of each segment
    std::array<TallyMemory, kSegmentsMax> tallies;
    std::vector<MadeList> made;
    std::size_t made_used = 0;
    std::vector<Impact> best_impact;    // by document, of a union; zero between uses
    std::vector<std::uint32_t> united;  // documents of a union

    MadeList& make_list() {
        if (made_used == made.size()) made.emplace_back();
        made[made_used].clear();
        return made[made_used++];
    }
};

// Lends scratches; there are as many as queries ran at once.
class ScratchPool {
  public:
    class Lease {
      public:
        Lease(ScratchPool& pool, std::unique_ptr<Scratch> scratch)
            : pool_(pool), scratch_(std::move(scratch)) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease();
        Scratch& operator*() const { return *scratch_; }
        Scratch* operator->() const { return scratch_.get(); }

      private:
        ScratchPool& pool_;
        std::unique_ptr<Scratch> scratch_;
    };
    Lease borrow();

  private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<Scratch>> free_;
};

}  // namespace emplettes::search
