#include "search/index.h"

#include <algorithm>
#include <limits>

#include "search/analyzer.h"
#include "search/columns.h"
#include "search/documents.h"
#include "search/image.h"
#include "search/matches.h"
#include "search/ranking.h"
#include "search/reach.h"
#include "search/scratch.h"
#include "search/suggestions.h"
#include "search/tally.h"
#include "search/text_index.h"

namespace emplettes::search {

struct Index::Parts {
    explicit Parts(const Catalogue& catalogue);
    Parts(std::shared_ptr<const Image> mapped, ImageReader& reader);

    template <typename Parts>
    void each_part(Parts& parts) const {
        Documents::each_part(documents, parts);
        Columns::each_part(columns, parts);
        TextIndex::each_part(text, parts);
        Suggestions::each_part(suggestions, parts);
    }
    bool is_consistent() const;

    void set_reach(const Query& query, Reach& reach) const;
    void match(const Query& query, const QueryText& text, Scratch& scratch, Tally& tally) const;
    void match_words(const QueryText& asked, Scratch& scratch, Tally& tally) const;
    std::int64_t match_all_words(const Scratch& scratch, Tally& tally) const;
    void match_some_words(Scratch& scratch, Tally& tally) const;
    OfferHit make_offer_hit(std::uint32_t offer, float distance_m) const;
    ProductHit make_hit(const Query& query, const Sight& sight, const Rank& rank) const;

    std::shared_ptr<const Image> image;  // that columns show parts of
    Documents documents;
    Columns columns;
    TextIndex text;
    Suggestions suggestions;
    mutable ScratchPool scratches;
};

Index::Parts::Parts(const Catalogue& catalogue)
    : documents(catalogue),
      columns(documents.offer_shop, documents.shop_count()),
      text(catalogue, documents),
      suggestions(catalogue, documents) {
    for (std::uint32_t offer = 0; offer < documents.offer_count(); ++offer) {
        const OfferRow& row = catalogue.offers[documents.offer_source[offer]];
        columns.set_stock(offer, row.stock, row.stock_confirmed_at, row.stock_source);
        columns.set_price(offer, row.price_cents);
    }
    documents.end_build();
}

// In the order of each_part.
Index::Parts::Parts(std::shared_ptr<const Image> mapped, ImageReader& reader)
    : image(std::move(mapped)),
      documents(reader.read<Documents>()),
      columns(reader.read<Columns>()),
      text(reader),
      suggestions(reader, documents) {}

bool Index::Parts::is_consistent() const {
    return documents.is_consistent() && suggestions.is_consistent() &&
           columns.has_size(documents.offer_count(), documents.shop_count()) &&
           text.product_count() == documents.product_count();
}

namespace {

std::size_t saturated_sum(std::size_t a, std::size_t b) {
    return a > std::numeric_limits<std::size_t>::max() - b ? std::numeric_limits<std::size_t>::max()
                                                           : a + b;
}

bool may_have_typos(const QueryText& asked) {
    return std::any_of(asked.words.begin(), asked.words.end(), [](const QueryWord& word) {
        return typos_forgiven(word.spellings[0].word) > 0;
    });
}

}  // namespace

void Index::Parts::set_reach(const Query& query, Reach& reach) const {
    if (!query.shop) {
        reach.set_disc(documents, columns, query.from, query.radius_m);
        return;
    }
    const auto shop = documents.find_shop(*query.shop);
    if (shop) {
        reach.set_shop(documents, columns, query.from, *shop);
    } else {
        reach.set_nothing();
    }
}

void Index::Parts::match_words(const QueryText& asked, Scratch& scratch, Tally& tally) const {
    if (asked.words.empty()) return;
    text.plan(asked, Forgive::rare_words, scratch);
    std::int64_t in_reach = match_all_words(scratch, tally);
    if (in_reach < kRanking.hits_enough && may_have_typos(asked)) {
        tally.clear();
        text.plan(asked, Forgive::all_words, scratch);
        in_reach = match_all_words(scratch, tally);
    }
    if (in_reach < kRanking.hits_enough && scratch.words.size() > 1)
        match_some_words(scratch, tally);
}

// How many products within reach have all the words, whatever the filters.
std::int64_t Index::Parts::match_all_words(const Scratch& scratch, Tally& tally) const {
    for_each_with_all_words(
        scratch.words, scratch.reach.tiles(),
        [&](std::uint32_t product, const TextMatch& match) { tally.add(product, match); });
    return tally.in_reach();
}

// Everything within reach that has the words.
void Index::Parts::match(const Query& query, const QueryText& asked, Scratch& scratch,
                         Tally& tally) const {
    scratch.words.clear();
    if (scratch.reach.tiles() == 0) return;
    if (!asked.is_blank) return match_words(asked, scratch, tally);
    if (query.shop) {
        for (const std::uint32_t product : documents.shelf(*documents.find_shop(*query.shop))) {
            tally.add(product, {});
        }
        return;
    }
    for (std::uint32_t product = 0; product < documents.product_count(); ++product) {
        tally.add(product, {});
    }
}

// Adds the products with some of the words: as few words missing as give enough products in reach.
// The filters have no say in it, so that no count rises under a filter.
void Index::Parts::match_some_words(Scratch& scratch, Tally& tally) const {
    struct Candidate {
        std::uint32_t product;
        TextMatch match;
    };
    const auto words_asked = static_cast<int>(scratch.words.size());
    std::vector<Candidate> candidates;
    std::vector<std::int64_t> with_words(scratch.words.size() + 1);
    for_each_with_some_words(scratch.words, scratch.reach.tiles(),
                             [&](std::uint32_t product, const TextMatch& match) {
                                 if (!tally.reaches(product)) return;
                                 ++with_words[static_cast<std::size_t>(match.words)];
                                 candidates.push_back({product, match});
                             });
    int words_needed = words_asked;
    std::int64_t found = with_words[scratch.words.size()];
    while (found < kRanking.hits_enough && words_needed > 1) {
        found += with_words[static_cast<std::size_t>(--words_needed)];
    }
    for (const Candidate& candidate : candidates) {
        const int words = candidate.match.words;
        if (words >= words_needed && words < words_asked) {
            tally.add(candidate.product, candidate.match);
        }
    }
}

OfferHit Index::Parts::make_offer_hit(std::uint32_t offer, float distance_m) const {
    const std::uint32_t shop = columns.shop(offer);
    return {.id = documents.offer_id[offer],
            .shop = documents.shop_id[shop],
            .price_cents = columns.price_cents(offer),
            .stock = columns.stock(offer),
            .stock_confirmed_at = columns.stock_confirmed_at(offer),
            .stock_source = columns.stock_source(offer),
            .condition = documents.condition[offer],
            .distance_m = distance_m,
            .open_now = columns.is_open(shop)};
}

ProductHit Index::Parts::make_hit(const Query& query, const Sight& sight, const Rank& rank) const {
    ProductHit hit{.product = documents.product_id[rank.product]};
    const std::vector<SeenOffer> offers = offers_in_order(sight, rank.product);
    hit.offers_total = offers.size();
    hit.offers.reserve(std::min(offers.size(), query.offers_per_product_max));
    for (const SeenOffer& seen : offers) {
        if (hit.offers.size() == query.offers_per_product_max) break;
        hit.offers.push_back(make_offer_hit(seen.offer, seen.distance_m));
    }
    if (offers.empty()) return hit;
    hit.is_pinned = rank.words > kPinnedWords;
    hit.why.words_matched = hit.is_pinned ? 0 : rank.words;
    hit.why.text = rank.text;
    hit.why.distance = distance_factor(offers.front().distance_m);
    hit.why.availability = availability(offers.front().traits);
    hit.why.score = rank.text * offers.front().weight();
    return hit;
}

std::shared_ptr<const Index> Index::build(const Catalogue& catalogue) {
    return std::shared_ptr<const Index>(new Index(std::make_unique<Parts>(catalogue)));
}

void Index::save(const std::filesystem::path& file, const std::string& state) const {
    ImageWriter writer(file);
    writer("state", state);
    parts_->each_part(writer);
    writer.finish();
}

Result<LoadedIndex, ImageError> Index::load(const std::filesystem::path& file) {
    auto image = Image::open(file);
    if (!image) return image.error();
    ImageReader reader(**image);
    LoadedIndex loaded;
    reader("state", loaded.state);
    auto parts = std::make_unique<Parts>(*image, reader);
    if (!reader.is_complete() || !parts->is_consistent()) return ImageError::damaged;
    loaded.index.reset(new Index(std::move(parts)));
    return loaded;
}

Index::Index(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Index::~Index() = default;

Answer Index::search(const Query& query) const {
    const auto scratch = parts_->scratches.borrow();
    parts_->set_reach(query, scratch->reach);
    const Sight sight{.documents = parts_->documents,
                      .columns = parts_->columns,
                      .reach = scratch->reach,
                      .filters = make_filters(query, parts_->documents),
                      .order = query.order,
                      .aside = make_aside(query, parts_->documents)};
    const QueryText asked = analyze_query(query.text);
    Tally tally(sight, saturated_sum(query.offset, query.limit));
    parts_->match(query, asked, *scratch, tally);
    tally.add_pinned();

    Answer answer;
    answer.total = tally.total();
    answer.facets = tally.facets(query.category);
    const std::vector<Rank> ranks = tally.take_ranks();
    answer.hits.reserve(ranks.size());
    for (std::size_t i = query.offset; i < ranks.size(); ++i) {
        ProductHit hit = parts_->make_hit(query, sight, ranks[i]);
        hit.why.typos = ranks[i].typos;
        hit.why.words_asked = static_cast<int>(scratch->words.size());
        // An offer may have changed since it was counted; a hit without any is none.
        if (hit.offers_total > 0) answer.hits.push_back(std::move(hit));
    }
    return answer;
}

std::vector<Suggestion> Index::suggest(std::string_view text, std::size_t limit) const {
    const auto scratch = parts_->scratches.borrow();
    return parts_->suggestions.find(text, limit, parts_->text, *scratch);
}

std::vector<OfferHit> Index::offers_of(ProductId product, geo::Point from) const {
    const auto number = parts_->documents.find_product(product);
    if (!number) return {};
    const LocalPlane::From here = parts_->documents.places.plane().from(from);
    std::vector<OfferHit> hits;
    const NumberRange offers = parts_->documents.offers_of(*number);
    for (std::uint32_t offer = offers.begin; offer < offers.end; ++offer) {
        const std::uint32_t shop = parts_->columns.shop(offer);
        hits.push_back(parts_->make_offer_hit(offer, distance_to(parts_->documents, here, shop)));
    }
    std::sort(hits.begin(), hits.end(), [](const OfferHit& a, const OfferHit& b) {
        if (a.distance_m != b.distance_m) return a.distance_m < b.distance_m;
        if (a.price_cents != b.price_cents) return a.price_cents < b.price_cents;
        return a.id < b.id;
    });
    return hits;
}

bool Index::set_stock(OfferId offer, std::int32_t stock, Instant confirmed_at,
                      StockSource source) const {
    const auto number = parts_->documents.find_offer(offer);
    if (number) parts_->columns.set_stock(*number, stock, confirmed_at, source);
    return number.has_value();
}

bool Index::set_price(OfferId offer, std::int64_t price_cents) const {
    const auto number = parts_->documents.find_offer(offer);
    if (number) parts_->columns.set_price(*number, price_cents);
    return number.has_value();
}

bool Index::set_open(ShopId shop, bool is_open) const {
    const auto number = parts_->documents.find_shop(shop);
    if (number) parts_->columns.set_open(*number, is_open);
    return number.has_value();
}

Index::Size Index::size() const {
    const Documents& documents = parts_->documents;
    return {.products = documents.product_count(),
            .offers = documents.offer_count(),
            .shops = documents.shop_count(),
            .words = parts_->text.dictionary().size(),
            .bytes = documents.bytes() + parts_->columns.bytes() + parts_->text.bytes() +
                     parts_->suggestions.bytes()};
}

}  // namespace emplettes::search
