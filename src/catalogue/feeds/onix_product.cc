#include "catalogue/feeds/onix_product.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "catalogue/feeds/cell_words.h"
#include "catalogue/feeds/plain_text.h"
#include "catalogue/feeds/price_text.h"

namespace emplettes::catalogue {
namespace {

constexpr std::string_view kDeleted = "05";
constexpr std::string_view kFixedPrice = "04";
constexpr std::string_view kRecommendedPrice = "02";
constexpr std::string_view kConsumerPrice = "05";
constexpr std::size_t kMakersMax = 5;
constexpr std::size_t kPublisherPricesMax = 50;

struct CodeCategory {
    std::string_view prefix;
    std::string_view category;
};
// Thema (list 93, editeur.org/151/Thema), the longest that fits counts.
constexpr std::array<CodeCategory, 26> kThema{
    {{"F", "books.novels"},     {"FBC", "books.classics"}, {"FF", "books.crime"},
     {"FH", "books.crime"},     {"FL", "books.fantasy"},   {"FM", "books.fantasy"},
     {"DB", "books.classics"},  {"DC", "books.poetry"},    {"DD", "books.theatre"},
     {"DN", "books.essays"},    {"DNB", "books.lives"},    {"DNC", "books.lives"},
     {"J", "books.essays"},     {"N", "books.essays"},     {"Q", "books.essays"},
     {"P", "books.essays"},     {"W", "books.practical"},  {"WT", "books.maps"},
     {"WTL", "books.lives"},    {"X", "books.comics"},     {"Y", "books.children"},
     {"YFH", "books.children"}, {"YX", "books.teens"},     {"YFM", "books.teens"},
     {"RG", "books.maps"},      {"AVQ", "music.scores"}}};

std::vector<const XmlNode*> children_of(const XmlNode* node, std::string_view name) {
    std::vector<const XmlNode*> found;
    if (!node) return found;
    for (const XmlNode& child : node->children)
        if (child.name == name) found.push_back(&child);
    return found;
}

// Reads what it needs from one record; what is missing stays empty.
class ProductReader {
  public:
    ProductReader(const XmlNode& product, const OnixDefaults& defaults, const FeedReading& reading,
                  std::vector<RowProblem>& problems)
        : product_(product), defaults_(defaults), reading_(reading), problems_(problems) {
        row_.line = product.line;
    }

    std::optional<ShelfRow> read() && {
        read_numbers();
        row_.is_deleted = product_.text_of("notificationtype") == kDeleted;
        const XmlNode* details = product_.find("descriptivedetail");
        const std::string_view form = details ? details->text_of("productform") : "";
        const bool is_download = form.starts_with('E') || form.starts_with('L');
        if (is_refused_ || (is_download && !row_.is_deleted)) return std::nullopt;
        if (row_.is_deleted) return std::move(row_);
        read_title(details);
        read_makers(details);
        read_language(details);
        read_category(details, form);
        read_texts();
        read_supplies();
        if (is_refused_) return std::nullopt;
        return std::move(row_);
    }

  private:
    void report(std::string_view element, std::string_view value, RowFault fault, bool taken) {
        problems_.push_back({.line = product_.line,
                             .column = std::string(element),
                             .value = std::string(utf8_prefix(value, 80)),
                             .fault = fault,
                             .is_row_taken = taken});
        is_refused_ = is_refused_ || !taken;
    }

    // ISBN-13 (15) and GTIN-13 (03) first, then what else may be one.
    void read_numbers() {
        const auto identifiers = children_of(&product_, "productidentifier");
        RowFault fault = RowFault::no_number;
        std::string_view refused;
        for (const std::string_view type : {"15", "03", "02", "14", "04"}) {
            for (const XmlNode* identifier : identifiers) {
                if (identifier->text_of("productidtype") != type || row_.gtin) continue;
                const auto gtin = read_gtin(identifier->text_of("idvalue"));
                if (const auto* good = std::get_if<Gtin>(&gtin)) row_.gtin = *good;
                if (const auto* bad = std::get_if<RowFault>(&gtin)) {
                    fault = *bad;
                    refused = identifier->text_of("idvalue");
                }
            }
        }
        if (!row_.gtin) report("ProductIdentifier", refused, fault, false);
    }

    void read_title(const XmlNode* details) {
        for (const XmlNode* title : children_of(details, "titledetail")) {
            if (title->text_of("titletype") != "01" || !row_.title.empty()) continue;
            for (const XmlNode* element : children_of(title, "titleelement"))
                if (element->text_of("titleelementlevel") == "01" && row_.title.empty())
                    row_.title = title_of(*element);
        }
        if (row_.title.empty()) report("TitleText", "", RowFault::no_title, true);
        if (utf8_length(row_.title) > kShelfTitleLengthMax)
            row_.title = utf8_prefix(row_.title, kShelfTitleLengthMax);
    }

    static std::string title_of(const XmlNode& element) {
        std::string title = plain_text(element.text_of("titletext"));
        if (title.empty()) {
            const std::string prefix = plain_text(element.text_of("titleprefix"));
            title = plain_text(element.text_of("titlewithoutprefix"));
            // "L'" needs no space behind it.
            const bool is_elided = prefix.ends_with('\'') || prefix.ends_with("’");
            if (!prefix.empty()) title = prefix + (is_elided ? "" : " ") + title;
        }
        const std::string subtitle = plain_text(element.text_of("subtitle"));
        if (!subtitle.empty()) title += (title.empty() ? "" : " – ") + subtitle;
        std::replace(title.begin(), title.end(), '\n', ' ');
        return title;
    }

    static std::string name_of(const XmlNode& contributor) {
        for (const std::string_view element : {"personname", "corporatename"})
            if (!contributor.text_of(element).empty())
                return plain_text(contributor.text_of(element));
        std::string name;
        for (const std::string_view element : {"namesbeforekey", "prefixtokey", "keynames"}) {
            const std::string part = plain_text(contributor.text_of(element));
            if (!part.empty()) name += (name.empty() ? "" : " ") + part;
        }
        if (!name.empty()) return name;
        const std::string inverted = plain_text(contributor.text_of("personnameinverted"));
        const auto comma = inverted.find(", ");
        if (comma == std::string::npos) return inverted;
        return inverted.substr(comma + 2) + " " + inverted.substr(0, comma);
    }

    // Authors (A01); else whoever is named; else the publisher.
    void read_makers(const XmlNode* details) {
        const auto contributors = children_of(details, "contributor");
        std::vector<std::string> names;
        for (const bool only_authors : {true, false}) {
            for (const XmlNode* contributor : contributors) {
                const auto roles = children_of(contributor, "contributorrole");
                const bool is_author =
                    std::any_of(roles.begin(), roles.end(),
                                [](const XmlNode* role) { return role->text == "A01"; });
                const std::string name = name_of(*contributor);
                const bool is_wanted = !only_authors || is_author;
                if (is_wanted && !name.empty() && names.size() < kMakersMax) names.push_back(name);
            }
            if (!names.empty()) break;
        }
        for (const XmlNode* publisher : children_of(product_.find("publishingdetail"), "publisher"))
            if (names.empty()) names.push_back(plain_text(publisher->text_of("publishername")));
        for (const std::string& name : names) row_.maker += (row_.maker.empty() ? "" : ", ") + name;
        row_.maker = utf8_prefix(row_.maker, kShelfTitleLengthMax);
    }

    void read_language(const XmlNode* details) {
        for (const XmlNode* language : children_of(details, "language"))
            if (language->text_of("languagerole") == "01" && row_.language.empty())
                row_.language = catalogue::read_language(language->text_of("languagecode"));
        if (row_.language.empty()) row_.language = catalogue::read_language(defaults_.language);
    }

    void read_category(const XmlNode* details, std::string_view form) {
        std::size_t length = 0;
        for (const XmlNode* subject : children_of(details, "subject")) {
            const std::string_view code = subject->text_of("subjectcode");
            if (subject->text_of("subjectschemeidentifier") != "93" || length > 0) continue;
            for (const auto& [prefix, category] : kThema) {
                if (!code.starts_with(prefix) || prefix.size() <= length) continue;
                length = prefix.size();
                row_.category = category;
            }
        }
        if (!row_.category.empty()) return;
        if (form.starts_with('B') || form.starts_with('S')) row_.category = "books";
        if (form.starts_with('C')) row_.category = "books.maps";
    }

    // A description (03) before a short one (02); the front cover (01) first.
    void read_texts() {
        const XmlNode* collateral = product_.find("collateraldetail");
        for (const std::string_view type : {"03", "02"})
            for (const XmlNode* content : children_of(collateral, "textcontent"))
                if (content->text_of("texttype") == type && row_.description.empty())
                    row_.description = plain_text(content->text_of("text"));
        if (utf8_length(row_.description) > kShelfTextLengthMax)
            row_.description = utf8_prefix(row_.description, kShelfTextLengthMax);
        for (const XmlNode* resource : children_of(collateral, "supportingresource")) {
            if (resource->text_of("resourcecontenttype") != "01") continue;
            for (const XmlNode* version : children_of(resource, "resourceversion"))
                for (const XmlNode* link : children_of(version, "resourcelink"))
                    if (link->text.starts_with("http") && row_.pictures.size() < kShelfPicturesMax)
                        row_.pictures.push_back(link->text);
        }
    }

    void read_supplies() {
        std::vector<const XmlNode*> prices;
        std::optional<std::int64_t> on_hand;
        for (const XmlNode* supply : children_of(&product_, "productsupply")) {
            for (const XmlNode* detail : children_of(supply, "supplydetail")) {
                const auto said = availability_of(detail->text_of("productavailability"));
                if (row_.availability == Availability::unsaid) row_.availability = said;
                for (const XmlNode* price : children_of(detail, "price")) prices.push_back(price);
                for (const XmlNode* stock : children_of(detail, "stock"))
                    if (const auto count = read_quantity(stock->text_of("onhand")))
                        on_hand = on_hand.value_or(0) + *count;
            }
        }
        const bool has_fixed = std::any_of(prices.begin(), prices.end(), [&](const XmlNode* price) {
            return type_of(*price) == kFixedPrice;
        });
        for (const XmlNode* price : prices)
            if (type_of(*price) == (has_fixed ? kFixedPrice : kRecommendedPrice)) add_price(*price);
        const bool is_only_foreign = row_.publisher_prices.empty() && !foreign_.empty();
        if (is_only_foreign) report("CurrencyCode", foreign_, RowFault::foreign_currency, true);
        if (!on_hand) return;
        row_.quantity = *on_hand;
        row_.price = price_today();
    }

    std::string_view type_of(const XmlNode& price) const {
        const std::string_view type = price.text_of("pricetype");
        return type.empty() ? std::string_view(defaults_.price_type) : type;
    }

    // Prices for libraries, and for other countries, are nobody's here.
    bool is_for_us(const XmlNode& price) const {
        const std::string_view qualifier = price.text_of("pricequalifier");
        if (!qualifier.empty() && qualifier != kConsumerPrice) return false;
        const XmlNode* territory = price.find("territory");
        if (!territory) return true;
        const auto countries = territory->text_of("countriesincluded");
        const auto regions = territory->text_of("regionsincluded");
        return countries.find(reading_.country) != std::string_view::npos ||
               regions.find("WORLD") != std::string_view::npos ||
               (countries.empty() && regions.empty());
    }

    void add_price(const XmlNode& price) {
        if (!is_for_us(price) || price.text_of("priceamount").empty()) return;
        const std::string_view said = price.text_of("currencycode");
        const std::string_view currency =
            said.empty() ? std::string_view(defaults_.currency) : said;
        if (!currency.empty() && currency != reading_.currency) {
            foreign_ = currency;
            return;
        }
        const std::string_view text = price.text_of("priceamount");
        const auto amount = read_price(text, {.is_point = true}, reading_.currency);
        if (!amount) return report("PriceAmount", text, amount.error(), true);
        PublisherPrice found{.price = *amount};
        for (const XmlNode* date : children_of(&price, "pricedate")) {
            const std::string_view role = date->text_of("pricedaterole");
            const auto day = read_day(date->text_of("date"));
            if (role != "14" && role != "15") continue;
            if (!day)
                return report("PriceDate", date->text_of("date"), RowFault::not_a_moment, true);
            (role == "14" ? found.from : found.until) = day;
        }
        auto& prices = row_.publisher_prices;
        if (std::find(prices.begin(), prices.end(), found) == prices.end() &&
            prices.size() < kPublisherPricesMax)
            prices.push_back(found);
    }

    // One that is dated goes before one that always holds.
    std::optional<Money> price_today() const {
        const LocalDay today =
            std::chrono::floor<std::chrono::days>(reading_.zone.to_local(reading_.now));
        const PublisherPrice* best = nullptr;
        for (const PublisherPrice& price : row_.publisher_prices) {
            const bool holds =
                (!price.from || *price.from <= today) && (!price.until || today <= *price.until);
            const bool is_closer =
                !best || (!best->until && price.until) || (!best->from && price.from);
            if (holds && is_closer) best = &price;
        }
        return best ? std::optional(best->price) : std::nullopt;
    }

    // List 65, of the supplier: what he has, a shop can order.
    static Availability availability_of(std::string_view code) {
        const auto number = parse_int(code);
        if (!number) return Availability::unsaid;
        if (*number == 1) return Availability::discontinued;
        if (*number == 9) return Availability::out_of_stock;
        if (*number >= 10 && *number < 30) return Availability::on_order;
        if (*number >= 30 && *number < 40) return Availability::out_of_stock;
        if (*number >= 40 && *number < 60) return Availability::discontinued;
        return Availability::unsaid;
    }

    const XmlNode& product_;
    const OnixDefaults& defaults_;
    const FeedReading& reading_;
    std::vector<RowProblem>& problems_;
    ShelfRow row_;
    std::string foreign_;
    bool is_refused_ = false;
};

}  // namespace

std::optional<ShelfRow> read_onix_product(const XmlNode& product, const OnixDefaults& defaults,
                                          const FeedReading& reading,
                                          std::vector<RowProblem>& problems) {
    return ProductReader(product, defaults, reading, problems).read();
}

}  // namespace emplettes::catalogue
