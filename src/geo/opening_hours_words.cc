#include "geo/opening_hours_words.h"

#include <algorithm>
#include <array>

namespace emplettes::geo {
namespace {

using Kind = Token::Kind;

struct Word {
    std::string_view text;
    Kind kind;
    int value = 0;
};

// A name that means two days in two of the languages is not here ("di" is Dienstag or dimanche;
// "ma", "do", "mar" as a day). The sun's times are those of an equinox.
constexpr std::array kWords = {
    Word{"su", Kind::weekday, 0},
    Word{"sun", Kind::weekday, 0},
    Word{"sunday", Kind::weekday, 0},
    Word{"mo", Kind::weekday, 1},
    Word{"mon", Kind::weekday, 1},
    Word{"monday", Kind::weekday, 1},
    Word{"tu", Kind::weekday, 2},
    Word{"tue", Kind::weekday, 2},
    Word{"tues", Kind::weekday, 2},
    Word{"tuesday", Kind::weekday, 2},
    Word{"we", Kind::weekday, 3},
    Word{"wed", Kind::weekday, 3},
    Word{"weds", Kind::weekday, 3},
    Word{"wednesday", Kind::weekday, 3},
    Word{"th", Kind::weekday, 4},
    Word{"thu", Kind::weekday, 4},
    Word{"thur", Kind::weekday, 4},
    Word{"thurs", Kind::weekday, 4},
    Word{"thursday", Kind::weekday, 4},
    Word{"fr", Kind::weekday, 5},
    Word{"fri", Kind::weekday, 5},
    Word{"friday", Kind::weekday, 5},
    Word{"sa", Kind::weekday, 6},
    Word{"sat", Kind::weekday, 6},
    Word{"saturday", Kind::weekday, 6},
    Word{"dimanche", Kind::weekday, 0},
    Word{"dim", Kind::weekday, 0},
    Word{"lundi", Kind::weekday, 1},
    Word{"lun", Kind::weekday, 1},
    Word{"mardi", Kind::weekday, 2},
    Word{"mercredi", Kind::weekday, 3},
    Word{"mer", Kind::weekday, 3},
    Word{"jeudi", Kind::weekday, 4},
    Word{"jeu", Kind::weekday, 4},
    Word{"vendredi", Kind::weekday, 5},
    Word{"ven", Kind::weekday, 5},
    Word{"samedi", Kind::weekday, 6},
    Word{"sam", Kind::weekday, 6},
    Word{"sonntag", Kind::weekday, 0},
    Word{"montag", Kind::weekday, 1},
    Word{"dienstag", Kind::weekday, 2},
    Word{"mittwoch", Kind::weekday, 3},
    Word{"donnerstag", Kind::weekday, 4},
    Word{"freitag", Kind::weekday, 5},
    Word{"samstag", Kind::weekday, 6},
    Word{"sonnabend", Kind::weekday, 6},
    Word{"jan", Kind::month, 1},
    Word{"january", Kind::month, 1},
    Word{"janvier", Kind::month, 1},
    Word{"januar", Kind::month, 1},
    Word{"feb", Kind::month, 2},
    Word{"february", Kind::month, 2},
    Word{"fevrier", Kind::month, 2},
    Word{"fev", Kind::month, 2},
    Word{"februar", Kind::month, 2},
    Word{"mar", Kind::month, 3},
    Word{"march", Kind::month, 3},
    Word{"marz", Kind::month, 3},
    Word{"mars", Kind::month, 3},
    Word{"apr", Kind::month, 4},
    Word{"april", Kind::month, 4},
    Word{"avril", Kind::month, 4},
    Word{"avr", Kind::month, 4},
    Word{"may", Kind::month, 5},
    Word{"mai", Kind::month, 5},
    Word{"jun", Kind::month, 6},
    Word{"june", Kind::month, 6},
    Word{"juin", Kind::month, 6},
    Word{"juni", Kind::month, 6},
    Word{"jul", Kind::month, 7},
    Word{"july", Kind::month, 7},
    Word{"juillet", Kind::month, 7},
    Word{"juli", Kind::month, 7},
    Word{"juil", Kind::month, 7},
    Word{"aug", Kind::month, 8},
    Word{"august", Kind::month, 8},
    Word{"aout", Kind::month, 8},
    Word{"sep", Kind::month, 9},
    Word{"sept", Kind::month, 9},
    Word{"september", Kind::month, 9},
    Word{"septembre", Kind::month, 9},
    Word{"oct", Kind::month, 10},
    Word{"october", Kind::month, 10},
    Word{"octobre", Kind::month, 10},
    Word{"okt", Kind::month, 10},
    Word{"oktober", Kind::month, 10},
    Word{"nov", Kind::month, 11},
    Word{"november", Kind::month, 11},
    Word{"novembre", Kind::month, 11},
    Word{"dec", Kind::month, 12},
    Word{"december", Kind::month, 12},
    Word{"decembre", Kind::month, 12},
    Word{"dez", Kind::month, 12},
    Word{"dezember", Kind::month, 12},
    Word{"ph", Kind::public_holiday},
    Word{"sh", Kind::school_holiday},
    Word{"easter", Kind::easter},
    Word{"week", Kind::week},
    Word{"dawn", Kind::sun_event, 5 * 60 + 30},
    Word{"sunrise", Kind::sun_event, 6 * 60},
    Word{"sunset", Kind::sun_event, 18 * 60},
    Word{"dusk", Kind::sun_event, 18 * 60 + 30},
    Word{"open", Kind::open},
    Word{"ouvert", Kind::open},
    Word{"closed", Kind::closed},
    Word{"off", Kind::closed},
    Word{"ferme", Kind::closed},
    Word{"geschlossen", Kind::closed},
    Word{"unknown", Kind::unknown},
    Word{"day", Kind::day_unit},
    Word{"days", Kind::day_unit},
    Word{"am", Kind::am},
    Word{"pm", Kind::pm},
    Word{"h", Kind::hour_sign},
    Word{"to", Kind::dash},
    Word{"till", Kind::dash},
    Word{"until", Kind::dash},
    Word{"through", Kind::dash},
    Word{"bis", Kind::dash},
    Word{"a", Kind::dash},
    Word{"au", Kind::dash},
    Word{"and", Kind::comma},
    Word{"et", Kind::comma},
    Word{"und", Kind::comma},
};

constexpr std::array<std::string_view, 9> kFillers = {"du",  "de",  "from", "von", "le",
                                                      "les", "klo", "uhr",  "hrs"};

std::optional<WordMeaning> find(std::string_view word) {
    const auto found = std::ranges::find(kWords, word, &Word::text);
    if (found == kWords.end()) return std::nullopt;
    return WordMeaning{.kind = found->kind, .value = found->value};
}

}  // namespace

std::optional<WordMeaning> meaning_of_word(std::string_view folded) {
    if (const auto meaning = find(folded)) return meaning;
    if (folded.size() < 4 || folded.back() != 's') return std::nullopt;
    const auto singular = find(folded.substr(0, folded.size() - 1));  // "mondays", "lundis"
    return singular && singular->kind == Kind::weekday ? singular : std::nullopt;
}

bool is_filler_word(std::string_view folded) {
    return std::ranges::find(kFillers, folded) != kFillers.end();
}

}  // namespace emplettes::geo
