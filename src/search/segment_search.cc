#include "search/segment_search.h"

#include "search/fold.h"
#include "search/matches.h"

namespace emplettes::search {

SegmentSearch::SegmentSearch(const Segment& of, const Gone* gone, const Asking& asking,
                             const Reach& reach, TallyMemory& memory)
    : segment(of),
      sight{.query = asking.query,
            .documents = of.documents,
            .columns = of.columns,
            .reach = reach,
            .titles = of.suggestions,
            .asked = plain_words(asking.query.text),
            .filters = Filters(asking.query, of.documents),
            .aside = Aside(asking.query, of.documents, gone)},
      tally(sight, asking.ranks_max, memory) {}

template <typename F>
void SegmentSearch::for_each_stretch(F f) {
    for (const Reach::Stretch& stretch : sight.reach.stretches()) {
        tally.enter(stretch);
        f(segment.documents.shelves(stretch.shops));
    }
}

void SegmentSearch::show_all() {
    for_each_stretch([&](NumberRange documents) {
        for (std::uint32_t document = documents.begin; document < documents.end; ++document)
            tally.add(document, {});
    });
}

// No document is in two sources: each is shown as it comes out of its block.
void SegmentSearch::show_blocks_with(const PlannedWord& word) {
    for_each_stretch([&](NumberRange documents) {
        for (const Source& source : word.sources)
            source.list.for_each_block(
                documents, [&](const std::uint32_t* block, std::span<const Impact> impacts) {
                    tally.add(block, impacts, source);
                });
    });
}

void SegmentSearch::show_with_all(std::span<const PlannedWord> words) {
    tally.begin(words.size());
    if (words.size() == 1 && words[0].is_disjoint) return show_blocks_with(words[0]);
    WordWindows windows(words);
    for_each_stretch([&](NumberRange documents) {
        windows.turn_to(documents);
        windows.for_each_with_all(
            [&](std::uint32_t document, const TextMatch& match) { tally.add(document, match); });
    });
}

void SegmentSearch::show_with_some(std::span<const PlannedWord> words, std::uint32_t telling) {
    tally.begin(words.size());
    WordWindows windows(words);
    for_each_stretch([&](NumberRange documents) {
        windows.turn_to(documents);
        windows.for_each_with_some(telling, [&](std::uint32_t document, const TextMatch& match) {
            tally.add(document, match);
        });
    });
}

}  // namespace emplettes::search
