#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/zone.h"
#include "catalogue/stock_age.h"
#include "geo/districts.h"
#include "geo/point.h"
#include "law/book_price.h"
#include "store/tx.h"

namespace emplettes::catalogue {

// Everything that makes one city different from another: one TOML file, commented in
// demo/territory.toml. Nothing in the code knows a place, a country or a language.
struct Territory {
    TerritoryId id;    // from the database; the rest from the file
    std::string slug;  // small letters, digits and hyphens: it names files and folders too
    std::map<std::string, std::string> names;  // language code -> "Paris 9e"
    std::vector<std::string> hosts;            // host names that lead here
    std::string origin;  // "https://emplettes.example": begins links in mails; empty: first host
    std::vector<std::string> languages;  // the first is for those who do not say
    geo::Bounds bounds;
    geo::Point centre;
    std::shared_ptr<const geo::Districts> districts = std::make_shared<const geo::Districts>();
    Zone zone;
    std::string holiday_region;
    std::string school_zone;
    std::shared_ptr<const law::BookPriceLaw> book_price_law;  // none where prices are free
    std::string currency = "EUR";
    bool is_demo = false;

    double radius_m = 1500;
    double radius_m_max = 20'000;
    std::int64_t quantity_max = 10;
    int hold_open_days = 1;            // for shops that did not choose
    std::int64_t answer_minutes = 30;  // of its opening time in which a shop answers a request
    StockRules stock;

    struct Operator {
        std::string name;
        std::string email;
        std::string address;
    } operated_by;
    std::vector<std::string> attributions;
    // "host:port" of feeds that may be read though they are not of the public internet.
    std::vector<std::string> feeds_allow;

    std::string name(const std::string& language) const;  // falls back to the first language's
    // Who mails are from: the operator's address, else "noreply@" and the first host.
    std::string sender() const;
};

inline constexpr std::int64_t kAnswerMinutesMax = 24 * 60;

// The day of the territory's own calendar.
LocalDay day_of(const Territory& territory, Instant now);

// Reads and checks one file, and the file of districts that it names, beside it. Throws
// std::runtime_error listing every problem at once (unknown key, wrong type, missing, out of
// range), each with its key. `id` is not set yet.
Territory read_territory(const std::string& file);

// Gives the territory its number, the same for ever for one slug.
TerritoryId register_territory(store::Tx& tx, const std::string& slug, TerritoryId if_new);

}  // namespace emplettes::catalogue
