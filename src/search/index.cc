#include "search/index.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "base/check.h"
#include "search/did_you_mean.h"
#include "search/facets.h"
#include "search/segment_search.h"
#include "search/synonyms.h"
#include "search/variety.h"

namespace emplettes::search {

namespace {

using Searches = std::array<std::optional<SegmentSearch>, kSegmentsMax>;

}  // namespace

struct Index::Parts {
    explicit Parts(std::shared_ptr<Segment> segment)
        : main(std::move(segment)),
          texts(main->text),
          synonyms(std::make_shared<Synonyms>()),
          scratches(std::make_shared<ScratchPool>()) {}
    // The same main segment with another delta.
    Parts(const Parts& before, std::shared_ptr<Delta> changed)
        : main(before.main),
          delta(std::move(changed)),
          texts(delta->texts),
          synonyms(before.synonyms),
          scratches(before.scratches) {}

    const Gone* gone() const { return delta ? &delta->gone : nullptr; }
    Segment* changed() const { return delta ? delta->segment.get() : nullptr; }

    void set_reach(const Query& query, Reach& reach) const;
    void match(const QueryText& text, Scratch& scratch, Searches& searches) const;
    void match_words(const QueryText& asked, Scratch& scratch, Searches& searches) const;
    void count(const Query& query, Searches& searches, Answer& answer) const;
    Ranking take_ranks(Searches& searches, std::size_t ranks_max) const;
    Answer make_answer(const Query& query, const Scratch& scratch, Searches& searches,
                       const Ranking& ranking, std::span<const Shown> shown) const;
    std::optional<Answer> search(const Query& query, std::size_t ahead) const;
    std::string did_you_mean(const Query& query, const QueryText& asked,
                             const Scratch& scratch) const;

    std::shared_ptr<Segment> main;
    std::shared_ptr<Delta> delta;  // null: nothing has changed
    Texts texts;
    std::shared_ptr<const Synonyms> synonyms;
    std::shared_ptr<ScratchPool> scratches;
};

namespace {

constexpr std::size_t kTitlesRead = 20;
// So many products behind those shown are nearly always enough to see those of other shops.
constexpr std::size_t kAhead = 20;
constexpr std::size_t kTitlesForOne = 8;  // looked at for a suggestion that has the article typed
constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();

std::size_t saturated_sum(std::size_t a, std::size_t b) {
    return a > kNoLimit - b ? kNoLimit : a + b;
}

bool may_have_typos(const QueryText& asked) {
    return std::any_of(asked.words.begin(), asked.words.end(), [](const QueryWord& word) {
        return typos_forgiven(word.spellings[0].word) > 0;
    });
}

// Of one shop there is nothing else to see.
bool has_variety(const Query& query) { return query.order == Order::best && !query.shop; }

// How many products have to be ranked when `ahead` are enough to see those of other shops.
std::size_t count_ranks(const Query& query, std::size_t ahead) {
    if (query.limit == 0) return 0;
    const std::size_t end = saturated_sum(query.offset, query.limit);
    return has_variety(query) ? saturated_sum(end, ahead) : end;
}

// How many products within reach have at least so many of the words.
std::int64_t in_reach(Searches& searches, std::size_t words) {
    std::int64_t products = 0;
    for (auto& search : searches) products += search ? search->tally.in_reach(words) : 0;
    return products;
}

// Whether enough products within reach have all the words, whatever the filters.
bool match_all_words(const Scratch& scratch, Searches& searches) {
    for (std::size_t i = 0; i < searches.size() && searches[i]; ++i)
        searches[i]->show_with_all(scratch.words[i]);
    return in_reach(searches, scratch.words[0].size()) >= kRanking.hits_enough;
}

// The products with some of the words: as few words missing as give enough products in reach. The
// filters have no say in it, so that no count rises under a filter.
void match_some_words(const QueryText& asked, const Scratch& scratch, Searches& searches) {
    const std::uint32_t telling = telling_words(asked);
    std::size_t words_needed = scratch.words[0].size();
    for (std::size_t i = 0; i < searches.size() && searches[i]; ++i)
        searches[i]->show_with_some(scratch.words[i], telling);
    while (words_needed > 1 && in_reach(searches, words_needed) < kRanking.hits_enough)
        --words_needed;
    for (auto& search : searches)
        if (search) search->tally.need(words_needed);
}

OfferHit make_offer_hit(const Segment& segment, std::uint32_t offer, float distance_m) {
    const Documents& documents = segment.documents;
    const Columns& columns = segment.columns;
    const std::uint32_t shop = columns.shop(offer);
    return {.id = documents.offer_id[offer],
            .shop = documents.shop_id[shop],
            .price_cents = columns.price_cents(offer),
            .stock = columns.stock(offer),
            .stock_confirmed_at = columns.stock_confirmed_at(offer),
            .stock_source = columns.stock_source(offer),
            .condition = columns.cells()[offer].condition(),
            .distance_m = distance_m,
            .open_now = columns.is_open(shop)};
}

bool has_confirmed_before(const Segment& segment, std::uint32_t document,
                          const ConfirmedBefore& before) {
    const NumberRange offers = segment.documents.offers_of(document);
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer)
        if (segment.columns.is_confirmed_before(offer, before)) return true;
    return false;
}

ProductHit make_hit(const Query& query, const SegmentSearch& search, const Rank& rank) {
    ProductHit hit{.product = search.segment.documents.product_id[rank.product]};
    const std::vector<SeenOffer> offers = offers_in_order(search.sight, rank.product);
    hit.offers_total = offers.size();
    hit.offers.reserve(std::min(offers.size(), query.offers_per_product_max));
    for (const SeenOffer& seen : offers) {
        if (hit.offers.size() == query.offers_per_product_max) break;
        const float distance_m = search.sight.reach.distance_m(seen.shop);
        hit.offers.push_back(make_offer_hit(search.segment, seen.offer, distance_m));
        hit.offers.back().open_now = (seen.traits & kOpenNow) != 0;
    }
    if (offers.empty()) return hit;
    const float distance_m = search.sight.reach.distance_m(offers.front().shop);
    hit.is_pinned = rank.words > kPinnedWords;
    hit.why.words_matched = hit.is_pinned ? 0 : rank.words;
    hit.why.text = rank.text;
    hit.why.exactness = rank.exactness;
    hit.why.distance = distance_factor(distance_m);
    hit.why.availability = availability(offers.front().traits);
    hit.why.score = rank.text * rank.exactness * offer_weight(distance_m, offers.front().traits);
    return hit;
}

// A folded word with its accents, if one of a few titles that have it has it with some.
std::string as_some_title_writes(std::string_view word, const Segment& segment) {
    const auto number = segment.text.dictionary().find_class(word);
    if (!number) return {};
    PostingCursor cursor(segment.text.heads(*number), kAllDocuments);
    for (std::size_t read = 0; read < kTitlesRead && cursor.document() != kNoDocument;
         cursor.next()) {
        if (!segment.documents.is_first(cursor.document())) continue;
        const std::uint32_t product = segment.documents.cells[cursor.document()].product();
        const std::string written = as_written(segment.suggestions.title(product), word);
        if (!written.empty()) return written;
        ++read;
    }
    return {};
}

}  // namespace

void Index::Parts::set_reach(const Query& query, Reach& reach) const {
    const auto shop = query.shop ? main->documents.find_shop(*query.shop) : std::nullopt;
    if (!query.shop)
        reach.set_disc(main->documents, main->columns, query);
    else if (shop)
        reach.set_shop(main->documents, main->columns, query, *shop);
    else
        reach.set_nothing(main->documents, main->columns, query);
    if (query.is_open) reach.set_open(query.is_open);
}

void Index::Parts::match_words(const QueryText& asked, Scratch& scratch, Searches& searches) const {
    if (asked.words.empty()) return;
    texts.plan(asked, Forgive::rare_words, scratch);
    if (match_all_words(scratch, searches)) return;
    if (may_have_typos(asked)) {
        texts.plan(asked, Forgive::all_words, scratch);
        if (match_all_words(scratch, searches)) return;
    }
    if (scratch.words[0].size() > 1) match_some_words(asked, scratch, searches);
}

// Everything within reach that has the words.
void Index::Parts::match(const QueryText& asked, Scratch& scratch, Searches& searches) const {
    for (auto& words : scratch.words) words.clear();
    if (scratch.reach.runs().empty()) return;
    if (!asked.is_blank) return match_words(asked, scratch, searches);
    for (auto& search : searches)
        if (search) search->show_all();
}

void Index::Parts::count(const Query& query, Searches& searches, Answer& answer) const {
    Counts* all = nullptr;
    const Documents* documents = nullptr;
    for (auto& search : searches) {
        if (!search) continue;
        Counts& counts = search->tally.counts();
        documents = &search->segment.documents;
        answer.total += counts.total;
        Facets facets;
        counts.list(*documents, query, facets);
        answer.facets = all == nullptr ? std::move(facets) : add(answer.facets, facets);
        if (all != nullptr) counts.add_names(*all);
        all = &counts;
    }
    if (query.counts_names) all->list_names(*documents, query, answer.facets);
}

// The best products, sorted; nothing is known of those behind them if it is not all.
Ranking Index::Parts::take_ranks(Searches& searches, std::size_t ranks_max) const {
    Ranking ranking;
    for (std::size_t segment = 0; segment < searches.size() && searches[segment]; ++segment) {
        std::vector<Rank> ranks = searches[segment]->tally.take_ranks();
        for (Rank& rank : ranks) rank.segment = segment;
        ranking.is_all &= ranks.size() < ranks_max;
        ranking.ranks.insert(ranking.ranks.end(), ranks.begin(), ranks.end());
    }
    if (delta) std::sort(ranking.ranks.begin(), ranking.ranks.end());
    if (ranking.ranks.size() > ranks_max) {
        ranking.is_all = false;
        ranking.ranks.resize(ranks_max);
    }
    return ranking;
}

Answer Index::Parts::make_answer(const Query& query, const Scratch& scratch, Searches& searches,
                                 const Ranking& ranking, std::span<const Shown> shown) const {
    Answer answer;
    count(query, searches, answer);
    answer.hits.reserve(shown.size() - std::min(query.offset, shown.size()));
    for (std::size_t i = query.offset; i < shown.size(); ++i) {
        const Rank& rank = ranking.ranks[shown[i].rank];
        ProductHit hit = make_hit(query, *searches[rank.segment], rank);
        hit.is_early = shown[i].is_early;
        hit.why.typos = rank.typos;
        hit.why.words_asked = static_cast<int>(scratch.words[0].size());
        // An offer may have changed since it was counted; a hit without any is none.
        if (hit.offers_total > 0) answer.hits.push_back(std::move(hit));
    }
    return answer;
}

// Nothing when more products must be ranked `ahead` of those shown.
std::optional<Answer> Index::Parts::search(const Query& query, std::size_t ahead) const {
    const auto scratch = scratches->borrow();
    set_reach(query, scratch->reach);
    const Asking asking{query, count_ranks(query, ahead)};
    Searches searches;
    searches[0].emplace(*main, gone(), asking, scratch->reach, scratch->tallies[0]);
    if (const Segment* segment = changed())
        searches[1].emplace(*segment, nullptr, asking, scratch->reach, scratch->tallies[1]);
    QueryText asked = analyze_query(query.text);
    synonyms->widen(asked);
    match(asked, *scratch, searches);
    for (auto& search : searches)
        if (search) search->tally.add_pinned();
    const Ranking ranking = take_ranks(searches, asking.ranks_max);
    const std::size_t end = query.limit == 0 ? 0 : saturated_sum(query.offset, query.limit);
    const auto shown = has_variety(query) ? with_variety(ranking, end) : as_ranked(ranking, end);
    if (!shown) return std::nullopt;
    Answer answer = make_answer(query, *scratch, searches, ranking, *shown);
    answer.did_you_mean = did_you_mean(query, asked, *scratch);
    return answer;
}

std::string Index::Parts::did_you_mean(const Query& query, const QueryText& asked,
                                       const Scratch& scratch) const {
    std::vector<Meant> meant;
    for (std::size_t i = 0; i < std::min(asked.words.size(), scratch.words[0].size()); ++i) {
        const std::string_view word = scratch.words[0][i].meant;
        if (word.empty()) continue;
        const std::string written = as_some_title_writes(word, *main);
        meant.push_back({.asked = asked.words[i].spellings[0].word,
                         .word = written.empty() ? std::string(word) : written});
    }
    return meant.empty() ? std::string() : with_words_meant(query.text, meant);
}

std::shared_ptr<const Index> Index::build(const Catalogue& catalogue) {
    auto parts = std::make_unique<Parts>(std::make_shared<Segment>(catalogue));
    return std::shared_ptr<const Index>(new Index(std::move(parts)));
}

std::shared_ptr<const Index> Index::changed(const Changes& changes) const {
    auto delta = std::make_shared<Delta>(*parts_->main, parts_->delta.get(), changes);
    auto parts = std::make_unique<Parts>(*parts_, std::move(delta));
    return std::shared_ptr<const Index>(new Index(std::move(parts)));
}

bool Index::is_worth_a_merge() const {
    if (!parts_->delta) return false;
    const std::size_t changed =
        std::max(parts_->delta->catalogue.products.size(), parts_->delta->gone.product_count);
    return changed > kDeltaProductsMax ||
           changed * kDeltaShare > parts_->main->documents.product_count() + kDeltaProductsFew;
}

void Index::save(const std::filesystem::path& file, const std::string& state) const {
    ImageWriter writer(file, kIndexImage);
    writer("state", state);
    parts_->main->each_part(writer);
    writer.finish();
}

Result<LoadedIndex, ImageError> Index::load(const std::filesystem::path& file) {
    auto image = Image::open(file, kIndexImage);
    if (!image) return image.error();
    ImageReader reader(**image);
    LoadedIndex loaded;
    reader("state", loaded.state);
    auto segment = std::make_shared<Segment>(*image, reader);
    if (!reader.is_complete() || !segment->is_consistent()) return ImageError::damaged;
    segment->columns.sum_up_all();
    loaded.index.reset(new Index(std::make_unique<Parts>(std::move(segment))));
    return loaded;
}

Index::Index(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Index::~Index() = default;

Answer Index::search(const Query& query) const {
    auto answer = parts_->search(query, kAhead);
    if (!answer) answer = parts_->search(query, kRanking.variety_window);
    check(answer.has_value());
    return *std::move(answer);
}

std::vector<Suggestion> Index::suggest(std::string_view text, std::size_t limit) const {
    const auto scratch = parts_->scratches->borrow();
    scratch->reach.set_everywhere(parts_->main->documents);
    QueryText asked = analyze_query(text);
    parts_->synonyms->widen(asked);
    parts_->texts.plan(asked, Forgive::rare_words, *scratch);
    const std::size_t titles_max = ends_in_function_word(text) ? limit * kTitlesForOne : limit;
    std::vector<Suggestions::Found> titles =
        parts_->main->suggestions.find_titles(scratch->words[0], titles_max, parts_->gone());
    std::vector<Suggestions::Found> names = parts_->main->suggestions.find_names(text, limit);
    if (const Segment* changed = parts_->changed()) {
        add_new(titles, changed->suggestions.find_titles(scratch->words[1], titles_max, nullptr),
                titles_max);
        add_new(names, changed->suggestions.find_names(text, limit), limit);
    }
    if (ends_in_function_word(text)) prefer_as_typed(titles, text);
    return choose(std::move(titles), std::move(names), limit);
}

std::span<const ShopId> Index::shops() const { return parts_->main->documents.shop_id.values(); }

std::vector<OfferHit> Index::offers_of(ProductId product, geo::Point from,
                                       const WalkedMetres* walked_m) const {
    const Segment* segment = parts_->changed();
    auto number = segment != nullptr ? segment->documents.find_product(product) : std::nullopt;
    if (!number) {
        segment = parts_->main.get();
        number = segment->documents.find_product(product);
        if (!number) return {};
        const auto first = segment->documents.documents_of(*number).front();
        if (parts_->delta && parts_->delta->gone.has(first)) return {};
    }
    const Documents& documents = segment->documents;
    check(walked_m == nullptr || walked_m->size() == documents.shop_count());
    const LocalPlane::From here = documents.places.plane().from(from);
    std::vector<OfferHit> hits;
    for (const std::uint32_t document : documents.documents_of(*number)) {
        const NumberRange offers = documents.offers_of(document);
        for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
            const std::uint32_t shop = segment->columns.shop(offer);
            const float straight_m = distance_to(documents, here, shop);
            const float distance_m =
                walked_m == nullptr ? straight_m : std::max(straight_m, (*walked_m)[shop]);
            hits.push_back(make_offer_hit(*segment, offer, distance_m));
        }
    }
    std::sort(hits.begin(), hits.end(), [](const OfferHit& a, const OfferHit& b) {
        if (a.distance_m != b.distance_m) return a.distance_m < b.distance_m;
        if (a.price_cents != b.price_cents) return a.price_cents < b.price_cents;
        return a.id < b.id;
    });
    return hits;
}

template <typename F>
bool Index::change_offer(OfferId offer, F&& change) const {
    bool is_known = false;
    for (Segment* segment : {parts_->main.get(), parts_->changed()}) {
        const auto number =
            segment != nullptr ? segment->documents.find_offer(offer) : std::nullopt;
        if (number) change(segment->columns, *number);
        is_known = is_known || number.has_value();
    }
    return is_known;
}

bool Index::set_stock(OfferId offer, std::int32_t stock, Instant confirmed_at,
                      StockSource source) const {
    return change_offer(offer, [&](Columns& columns, std::uint32_t number) {
        columns.set_stock(number, stock, confirmed_at, source);
    });
}

bool Index::set_price(OfferId offer, std::int64_t price_cents) const {
    return change_offer(offer, [&](Columns& columns, std::uint32_t number) {
        columns.set_price(number, price_cents);
    });
}

bool Index::set_open(ShopId shop, bool is_open) const {
    const auto number = parts_->main->documents.find_shop(shop);
    if (!number) return false;
    parts_->main->columns.set_open(*number, is_open);
    if (Segment* changed = parts_->changed()) changed->columns.set_open(*number, is_open);
    return true;
}

void Index::set_doubtful_before(const ConfirmedBefore& before) const {
    parts_->main->columns.set_doubtful_before(before);
    if (Segment* changed = parts_->changed()) changed->columns.set_doubtful_before(before);
}

std::vector<ProductId> Index::products_confirmed_before(const ConfirmedBefore& before) const {
    std::vector<ProductId> products;
    for (const Segment* segment : {parts_->main.get(), parts_->changed()}) {
        const bool has_gone = segment == parts_->main.get() && parts_->gone() != nullptr;
        const std::uint32_t count = segment != nullptr ? segment->documents.count() : 0;
        for (std::uint32_t document = 0; document < count; ++document) {
            if (has_gone && parts_->gone()->has(document)) continue;
            if (has_confirmed_before(*segment, document, before))
                products.push_back(
                    segment->documents.product_id[segment->documents.cells[document].product()]);
        }
    }
    std::sort(products.begin(), products.end());
    products.erase(std::unique(products.begin(), products.end()), products.end());
    return products;
}

Index::Size Index::size() const {
    const Segment& main = *parts_->main;
    Size size{.products = main.documents.product_count(),
              .offers = main.documents.offer_count(),
              .shops = main.documents.shop_count(),
              .words = main.text.dictionary().size(),
              .bytes = main.bytes()};
    if (const Segment* changed = parts_->changed()) {
        size.products += changed->documents.product_count() - parts_->gone()->product_count;
        size.offers += changed->documents.offer_count() - parts_->gone()->offer_count;
        size.words += changed->text.dictionary().size();
        size.bytes += changed->bytes();
    }
    return size;
}

}  // namespace emplettes::search
