#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/image_error.h"
#include "base/result.h"
#include "search/query.h"
#include "search/rows.h"

namespace emplettes::search {

// What is answered. One hit per product; its offers in the order asked for.
struct OfferHit {
    OfferId id;
    ShopId shop;
    std::int64_t price_cents = 0;
    std::int32_t stock = 0;
    Instant stock_confirmed_at;
    StockSource stock_source = StockSource::import;
    std::uint8_t condition = 0;
    double distance_m = 0;  // as the query means it
    bool open_now = false;
};

// Every factor of a hit's place in the list, for the best offer: score is their product. Of a
// pinned hit the words say nothing: text and score are 0.
struct Why {
    int words_matched = 0;
    int words_asked = 0;
    int typos = 0;  // between the words asked and those found
    double text = 0;
    double exactness = 1;  // how much of the title was asked for
    double distance = 0;
    double availability = 0;
    double score = 0;
};

struct ProductHit {
    ProductId product;
    std::vector<OfferHit> offers;
    std::size_t offers_total = 0;  // offers that match, shown or not
    bool is_pinned = false;
    bool is_early = false;  // before others with a better score, so that more shops are seen
    Why why;
};

struct FacetCount {
    std::string value;
    std::int64_t products = 0;
};

// Counts are exact, in products, each facet without its own filter (disjunctive), so that the
// number beside a choice is what choosing it alone gives. Most first.
struct Facets {
    // The roots of the tree, and what is right below a key asked for or above one.
    std::vector<FacetCount> category;
    std::vector<FacetCount> price;      // "0-1000", "1000-2500", ... in cents, "10000-"; ascending
    std::vector<FacetCount> maker;      // the kFacetNamesMax most frequent, and those asked for
    std::vector<FacetCount> district;   // the same
    std::vector<FacetCount> condition;  // "0", "1", "2"; ascending
    std::int64_t open_now = 0;
    std::int64_t in_stock = 0;
    std::int64_t makers = 0;
};
inline constexpr std::size_t kFacetNamesMax = 20;

struct Answer {
    std::int64_t total = 0;  // products, exact
    std::vector<ProductHit> hits;
    Facets facets;
    // The question with other words where hardly any product has those asked; else empty.
    std::string did_you_mean;
};

struct Suggestion {
    enum class Kind { product, category, shop, maker };
    Kind kind = Kind::product;
    std::string text;     // of a category: its key
    std::int64_t id = 0;  // product or shop id; 0 otherwise
};

class Index;

// What an image holds.
struct LoadedIndex {
    std::shared_ptr<const Index> index;
    std::string state;
};

// The offers of one territory, product texts indexed once, what is sold numbered by the places of
// the shops. The structure is immutable and shared by all threads; only the live columns (stock,
// price, open) change, atomically, and are seen by the next query.
class Index {
  public:
    // Ids within each list are distinct; offers refer to products and shops of the same catalogue
    // (check).
    static std::shared_ptr<const Index> build(const Catalogue& catalogue);
    ~Index();

    // Writes an image of the index as it was built, with stocks, prices and who is open as they are
    // now, but without other changes; beside its place, put there once it is whole. `state` is told
    // to whoever loads it. Throws std::runtime_error with a sentence for people; then the file is
    // as it was.
    void save(const std::filesystem::path& file, const std::string& state) const;
    // The index of an image, as it was when it was saved. What few queries read stays mapped: the
    // file may be replaced meanwhile, but not be written to.
    static Result<LoadedIndex, ImageError> load(const std::filesystem::path& file);

    // An index with the changes, for the same shops: it shares what has not changed with this one,
    // which stays as it is. Its changed products are indexed anew, at each call all that changed
    // since the build: a second for some ten thousand. Searches answer as after a build, but that a
    // typo may still be forgiven for a form of a word that only products had which are gone by now,
    // and that suggestions know the popularity of names from the build. Not at once with set_stock
    // and the like. No product twice, no offer of an unknown shop (check).
    std::shared_ptr<const Index> changed(const Changes& changes) const;
    // So much has changed that a build will pay.
    bool is_worth_a_merge() const;

    Answer search(const Query& query) const;
    // The last word is a prefix, from one letter on. At most `limit`, best first.
    std::vector<Suggestion> suggest(std::string_view text, std::size_t limit) const;
    // All offers of one product, nearest first; `walked_m` as in Query, may be null.
    std::vector<OfferHit> offers_of(ProductId product, geo::Point from,
                                    const WalkedMetres* walked_m = nullptr) const;
    // By number: what Query::walked_m and Query::reached are rows of.
    std::span<const ShopId> shops() const;

    // Live columns. False when the index has no such offer or shop. Offers that went with a change
    // may still be known.
    bool set_stock(OfferId offer, std::int32_t stock, Instant confirmed_at,
                   StockSource source) const;
    bool set_price(OfferId offer, std::int64_t price_cents) const;
    bool set_open(ShopId shop, bool is_open) const;
    // What is said to be there, but was confirmed before the moment of its source, is in doubt: it
    // is found, but not as in stock. Holds for what changes later, too, until it is set again; goes
    // through all offers. An image keeps who is in doubt, not until when.
    void set_doubtful_before(const ConfirmedBefore& before) const;
    // Those with an offer that was confirmed before. Ascending; goes through all offers.
    std::vector<ProductId> products_confirmed_before(const ConfirmedBefore& before) const;

    struct Size {
        std::size_t products = 0;
        std::size_t offers = 0;
        std::size_t shops = 0;
        std::size_t words = 0;
        std::size_t bytes = 0;
    };
    Size size() const;

  private:
    // A delta is searched beside the main segment: cheap while it is small.
    static constexpr std::size_t kDeltaProductsMax = 20'000;
    static constexpr std::size_t kDeltaShare = 8;  // more than an eighth of the main segment
    static constexpr std::size_t kDeltaProductsFew = 4'000;

    template <typename F>
    bool change_offer(OfferId offer, F&& change) const;

    struct Parts;
    explicit Index(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace emplettes::search
