#include "geo/opening_hours_parser.h"

#include <utility>

#include "base/text.h"
#include "geo/opening_hours_selectors.h"

namespace emplettes::geo {
namespace {

using Kind = Token::Kind;

class RulesParser {
  public:
    explicit RulesParser(std::string_view text) : reader_(text) {}

    Result<ParsedRules, std::string> run() {
        if (!read_all()) return reader_.error();
        return std::move(parsed_);
    }

  private:
    bool read_all();
    bool read_join(RuleJoin& join, bool& implied);
    bool read_rule(Rule& rule);
    bool read_selectors(Rule& rule);
    bool read_selector(Rule& rule);
    bool at_selector() const;
    bool read_modifier(Rule& rule);
    bool fits_without_separator(const Rule& rule) const;

    TokenReader reader_;
    ParsedRules parsed_;
    std::size_t chain_ = 0;  // first of the rules that no separator parts
    bool has_modifier_ = false;
};

bool RulesParser::read_all() {
    while (reader_.accept(Kind::semicolon)) continue;
    RuleJoin join = RuleJoin::normal;
    bool implied = false;
    do {
        if (parsed_.rules.size() >= kRulesMax) return reader_.fail("too many rules");
        Rule rule;
        rule.join = join;
        if (!read_rule(rule)) return false;
        if (implied && !fits_without_separator(rule))
            return reader_.fail("a semicolon or comma is missing before this rule, and it matters");
        if (!implied) chain_ = parsed_.rules.size();
        parsed_.rules.push_back(std::move(rule));
    } while (read_join(join, implied));
    return reader_.at(Kind::end) && reader_.error().empty();
}

// What parts this rule from the next; false at the end or when something else stands there.
bool RulesParser::read_join(RuleJoin& join, bool& implied) {
    implied = false;
    if (reader_.accept(Kind::fallback)) {
        join = RuleJoin::fallback;
        return true;
    }
    if (reader_.at(Kind::semicolon) || reader_.at(Kind::comma)) {
        join = reader_.take().kind == Kind::comma ? RuleJoin::additional : RuleJoin::normal;
        while (reader_.accept(Kind::semicolon)) join = RuleJoin::normal;
        return !reader_.at(Kind::end);
    }
    if (at_selector()) {  // "Mo-Fr 07:00-22:00 Sa 08:30-22:00"
        implied = true;
        join = RuleJoin::additional;
        return true;
    }
    if (!reader_.at(Kind::end)) reader_.fail("this is not part of the language of opening hours");
    return false;
}

bool RulesParser::at_selector() const {
    return reader_.at(Kind::always) || is_year(reader_.peek()) || at_date(reader_) ||
           reader_.at(Kind::week) || at_day(reader_);
}

bool RulesParser::read_rule(Rule& rule) {
    if (reader_.at(Kind::comment) && reader_.at(Kind::colon, 1)) {
        rule.state = OpenState::unknown;  // "on match days": 10:00-12:00
        rule.comment = std::string(reader_.take().text);
        reader_.take();
    }
    const std::size_t rules_begin = reader_.peek().position;
    if (!read_selectors(rule)) return false;
    if (!read_modifier(rule)) return false;
    if (reader_.peek().position == rules_begin && reader_.at(Kind::end))
        return reader_.fail("there is nothing to read");
    if (reader_.peek().position == rules_begin)
        return reader_.fail("this is not part of the language of opening hours");
    const bool only_years = !rule.years.empty() && rule.dates.empty() && rule.weeks.empty() &&
                            rule.days.weekdays.empty() && rule.days.holidays.empty() &&
                            rule.times.empty();
    if (only_years && !has_modifier_)
        return reader_.fail("open for whole years? if so, say open after the years");
    return true;
}

bool RulesParser::read_selectors(Rule& rule) {
    while (at_selector()) {
        if (reader_.accept(Kind::always)) {
            reader_.accept(Kind::colon);
            return true;
        }
        if (!read_selector(rule)) return false;
        reader_.accept(Kind::colon);
    }
    reader_.accept(Kind::colon);
    const bool has_days = !rule.days.weekdays.empty() || !rule.days.holidays.empty();
    if (at_time(reader_)) return read_times(reader_, rule.times);
    if (reader_.at(Kind::comma) && has_days)
        return reader_.fail("it is not clear to what the days before the comma belong");
    if (reader_.at(Kind::comma) && (!rule.dates.empty() || !rule.weeks.empty()))
        return reader_.fail("it is not clear to what the dates before the comma belong");
    return true;
}

// Each kind once: "Mo 10:00-12:00" then "Tu" is another rule, but "Mo Jun Tu" is nonsense.
bool RulesParser::read_selector(Rule& rule) {
    if (at_date(reader_)) {
        if (!rule.dates.empty()) return reader_.fail("these dates follow other dates");
        return read_dates(reader_, rule.dates);
    }
    if (reader_.at(Kind::week)) {
        if (!rule.weeks.empty()) return reader_.fail("these weeks follow other weeks");
        return read_weeks(reader_, rule.weeks);
    }
    if (at_day(reader_)) {
        if (!rule.days.weekdays.empty() || !rule.days.holidays.empty())
            return reader_.fail("a comma or a semicolon was expected");
        return read_days(reader_, rule.days);
    }
    if (!rule.years.empty()) return reader_.fail("these years follow other years");
    return read_years(reader_, rule.years);
}

bool RulesParser::read_modifier(Rule& rule) {
    has_modifier_ = true;
    if (reader_.accept(Kind::open)) {
        rule.state = OpenState::open;
    } else if (reader_.accept(Kind::closed)) {
        rule.state = OpenState::closed;
    } else if (reader_.accept(Kind::unknown) || reader_.at(Kind::comment)) {
        rule.state = OpenState::unknown;  // a comment alone: "by appointment"
    } else {
        has_modifier_ = false;
        return true;
    }
    if (reader_.at(Kind::colon) && reader_.at(Kind::comment, 1)) reader_.take();
    if (reader_.at(Kind::comment)) rule.comment = std::string(reader_.take().text);
    return true;
}

// Without a separator it must not matter which one is meant: the rule closes, or its weekdays are
// others than those of the rules it follows.
bool RulesParser::fits_without_separator(const Rule& rule) const {
    if (rule.state == OpenState::closed) return true;
    const auto weekdays_of = [](const Rule& some) {
        std::bitset<7> weekdays;
        for (const WeekdayRange& range : some.days.weekdays) weekdays |= range.weekdays;
        return some.days.weekdays.empty() || !some.days.holidays.empty() ? ~std::bitset<7>{}
                                                                         : weekdays;
    };
    for (std::size_t i = chain_; i < parsed_.rules.size(); ++i)
        if ((weekdays_of(parsed_.rules[i]) & weekdays_of(rule)).any()) return false;
    return true;
}

}  // namespace

Result<ParsedRules, std::string> parse_rules(std::string_view text) {
    if (text.size() > kOpeningHoursBytesMax)
        return "longer than " + std::to_string(kOpeningHoursBytesMax) + " bytes";
    if (!is_valid_utf8(text)) return std::string("not UTF-8 text");
    return RulesParser(text).run();
}

}  // namespace emplettes::geo
