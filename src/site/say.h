#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/language.h"
#include "base/money.h"
#include "base/zone.h"
#include "catalogue/offer.h"
#include "catalogue/opening_table.h"
#include "site/ways_here.h"

namespace emplettes::site {

// Says numbers, moments and states as people of one language say them at one moment in one place:
// "12,90 €", "à 350 m", "ouvert jusqu'à 19 h 30", "demain samedi, 20 h". Cheap; one per request.
class Say {
  public:
    Say(const Language& language, const Zone& zone, Instant now)
        : language_(language), zone_(zone), now_(now) {}

    const Language& language() const { return language_; }
    Instant now() const { return now_; }

    std::string text(std::string_view key,
                     std::initializer_list<std::string_view> values = {}) const {
        return language_.text(key, values);
    }
    std::string plural(std::string_view key, std::int64_t count,
                       std::initializer_list<std::string_view> values = {}) const {
        return language_.plural(key, count, values);
    }

    std::string price(Money amount) const;
    std::string price_round(Money amount) const;         // whole euros: "10 €"
    std::string price_typed(Money amount) const;         // "12,90", as it is typed into a field
    std::string distance(double metres) const;           // "à 350 m"
    std::string distance_plain(double metres) const;     // "350 m"
    std::string walk(int minutes) const;                 // "4 min à pied"
    std::string ride(int minutes) const;                 // "4 min à vélo"
    std::string travel(const TravelLimit& limit) const;  // one of these

    std::string time(Instant at) const;          // "19 h 30"
    std::string day(Instant at) const;           // "vendredi 25 décembre"
    std::string date(Instant at) const;          // "25 décembre 2026"
    std::string moment(Instant at) const;        // "demain samedi, 20 h"
    std::string moment_typed(Instant at) const;  // "2026-12-06T10:00", as a field takes it
    std::string until(Instant at) const;         // "jusqu’à demain samedi, 20 h"
    std::string age(Instant at) const;           // "il y a 12 min"
    // How long a shop keeps things: "jusqu’à la fermeture du prochain jour ouvert".
    std::string hold(int open_days) const;

    std::string open_state(const catalogue::OpenNow& open) const;
    std::string stock(std::int64_t quantity) const;                 // "3 en rayon"
    std::string condition(catalogue::Condition condition) const;    // empty for what is new
    std::string stock_source(catalogue::StockSource source) const;  // "caisse"
    std::string stock_age(const catalogue::Stock& stock) const;     // "caisse, il y a 12 min"

    // The seven days from `today`, with each day's times.
    struct DayHours {
        std::string day;
        std::string times;
        bool is_today = false;
    };
    std::vector<DayHours> week(const std::vector<catalogue::OpenSpan>& spans) const;
    // The `count` days from today on, each named with its date.
    std::vector<DayHours> next_days(const std::vector<catalogue::OpenSpan>& spans, int count) const;

    // How a moment reads relative to now: today, tonight, tomorrow, within the week, later.
    int days_from_now(Instant at) const;

  private:
    std::string weekday(LocalDay day) const;
    std::string times_of(LocalDay day, const std::vector<catalogue::OpenSpan>& spans) const;
    std::string when(const std::string& prefix, Instant at) const;
    std::string time_of_day(LocalTime at) const;

    const Language& language_;
    const Zone& zone_;
    Instant now_;
};

// Words of a state for class names and icons: "open", "closing", "closed", "unknown".
std::string_view state_word(const catalogue::OpenNow& open);
// "out", "low", "in": how much there is, for class names.
std::string_view stock_level(std::int64_t quantity);

}  // namespace emplettes::site
