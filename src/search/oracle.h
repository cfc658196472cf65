#pragma once
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "search/analyzer.h"
#include "search/impact.h"
#include "search/index.h"
#include "search/local_plane.h"
#include "search/synonyms.h"

namespace emplettes::search {

// What Index must answer, by reading the whole catalogue for every question: slow, and simple
// enough to be believed. It shares with the engine the analysis of texts, the weight of an impact,
// the distance between two places, and no structure. For tests.
class Oracle {
  public:
    // `formerly`: products that are gone, of whose words an index still knows the forms until it is
    // built anew.
    explicit Oracle(Catalogue catalogue, const Catalogue& formerly = {});
    Oracle(const Oracle&) = delete;
    Oracle& operator=(const Oracle&) = delete;

    Answer search(const Query& query) const;
    // The numbers that an index gives the shops: questions that say how far they are need them.
    void number_shops(std::span<const ShopId> shops) {
        numbers_.assign(shops.begin(), shops.end());
    }

    void set_stock(OfferId offer, std::int32_t stock, Instant confirmed_at, StockSource source);
    void set_price(OfferId offer, std::int64_t price_cents);
    void set_open(ShopId shop, bool is_open);
    void set_doubtful_before(const ConfirmedBefore& before) { doubtful_before_ = before; }

  private:
    struct Words {
        std::map<std::string, Impact> classes;  // by the name of the class
        int title_words = 0;
    };
    struct Had {
        float weight = 0;  // 0: the product does not have the word
        int typos = 0;
        std::uint32_t title_position = kTitlePositionMax;
    };
    struct Text {
        int words = 0;
        bool has_telling_word = true;  // see telling_words
        int typos = 0;
        int title_words = 0;  // of those found
        float score = 1;      // but for exactness
        float exactness = 1;
    };
    struct Found {
        const ProductText* product = nullptr;
        std::ptrdiff_t pins_before = 0;  // all of them, of a product that is not pinned
        bool is_pinned = false;
        bool is_early = false;  // before better ones, so that more shops are seen
        Text text;
        std::vector<OfferHit> offers;  // in order
        float weight = 0;              // distance factor × availability of the first
    };

    void know_words(const Catalogue& catalogue);
    Words read(const ProductText& product) const;
    // What a word asked may be a mistyped form of: typos, by the name of the class.
    using Typos = std::pair<int, bool>;  // how many, and whether they are unlikely
    struct Corrections {
        std::map<std::string, Typos> words;
        std::map<std::string, Typos> beginnings;
        bool in_names_only = false;  // the word asked exists
    };
    // How one word asked is read: what it may be a mistyped form of, and its share of the text.
    struct WordReading {
        Corrections near;
        float share = 1;
    };
    using Texts = std::map<ProductId, Text>;
    // How a question is read, whatever its filters: how well the text of every product fits, and
    // how many words a product must have.
    struct Reading {
        Texts texts;
        int words_needed = 0;
    };

    static void take_better(Had& had, const Had& other);
    void take_pair(Had& had, const Words& words, const std::string& first,
                   const std::string& second, const ImpactWeights& weights) const;
    void take_synonym(Had& had, const Words& words, const std::string& name) const;
    float rarity_of(const QueryWord& asked) const;
    QueryText ask(const Query& query) const;
    std::int64_t products_with(const Spelling& asked) const;
    std::int64_t products_with_class(const std::string& name) const;
    std::int64_t products_named(const std::string& name) const;
    Corrections corrections(const Spelling& asked, bool forgives_all_words) const;
    Had exact_had(const Words& words, const QueryWord& asked) const;
    Had word_had(const Words& words, const QueryWord& asked, const Corrections& near) const;
    Text text_of(const ProductText& product, const QueryText& asked,
                 const std::vector<WordReading>& readings) const;
    Texts texts_of(const QueryText& asked, bool forgives_all_words) const;
    bool is_code(const QueryText& asked) const;
    std::int64_t products_in_reach(const Query& query, const Reading& reading) const;
    Reading read(const Query& query, const QueryText& asked) const;
    const ShopPlace& shop(ShopId id) const;
    std::size_t number_of(ShopId shop) const;
    bool is_in_reach(const Query& query, const OfferRow& offer) const;
    bool passes(const Query& query, const OfferRow& offer) const;
    OfferHit hit_of(const Query& query, const OfferRow& offer) const;
    bool is_in_doubt(const OfferHit& offer) const {
        const auto source = static_cast<std::size_t>(offer.stock_source);
        return offer.stock > 0 && offer.stock_confirmed_at < doubtful_before_[source];
    }
    float weight_of(const OfferHit& offer) const;
    bool is_open(const Query& query, ShopId shop) const;
    bool is_from_maker(const Query& query, const OfferHit& offer) const;
    bool is_before(const Query& query, const OfferHit& a, const OfferHit& b) const;
    bool is_product_in_reach(const Query& query, ProductId product) const;
    std::vector<Found> find(const Query& query, const Reading& reading) const;
    void spread_shops(const Query& query, std::vector<Found>& all) const;
    std::int64_t count(const Query& query, const Reading& reading) const;
    Facets facets(const Query& query, const Reading& reading) const;
    std::vector<FacetCount> category_facet(const Query& query, const Reading& reading) const;
    // Of makers or districts.
    struct NamedFacet {
        std::vector<std::string> names;
        std::vector<std::string> Query::*choice;
    };
    std::vector<FacetCount> name_facet(const Query& query, const Reading& reading,
                                       const NamedFacet& facet) const;

    Catalogue catalogue_;
    LocalPlane plane_;
    Synonyms synonyms_;
    std::map<ShopId, const ShopPlace*> shops_;
    std::map<ProductId, Words> words_;
    std::map<std::string, std::set<std::string>> class_words_;  // in the catalogue, and the name
    std::multimap<ProductId, OfferRow*> offers_;
    std::set<ShopId> open_;
    ConfirmedBefore doubtful_before_{};
    std::vector<ShopId> numbers_;
};

}  // namespace emplettes::search
