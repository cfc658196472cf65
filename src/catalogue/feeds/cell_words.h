#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/gtin.h"
#include "base/result.h"
#include "base/zone.h"
#include "catalogue/feeds/shelf_row.h"

namespace emplettes::catalogue {

// The cells of a row but the prices, as people and programs write them.

// A number that is nobody else's: what a shop's scales print (02, 20-29, EAN-8 from 0 or 2).
struct InShopCode {
    std::string text;
};
// Also ="978..." and '978... of spreadsheets, 9782070360024.0, and a UPC that has lost its zero.
// "-", "0", "n/a", "aucun" are no number at all.
struct NoNumber {};
using GtinReading = std::variant<NoNumber, Gtin, InShopCode, RowFault>;
GtinReading read_gtin(std::string_view text);

// Whole: "3", "3.0", "3,00", "1 234", "1.234"; below zero is a fault of its own.
Result<std::int64_t, RowFault> read_quantity(std::string_view text);

// "new", "Neuf", "comme neuf", "used", "occasion", "reconditionné", "refurbished".
std::optional<Condition> read_condition(std::string_view text);

// Of shops: "in stock", "in_stock", "oui", "1", "disponible", "sur commande", "rupture" ...
std::optional<Availability> read_availability(std::string_view text);
// Of books at their distributor, Dilicom's codes 1 to 9 (rules.md B14). Available means that a
// bookshop can order it.
std::optional<Availability> read_book_availability(std::string_view text);

// "2026-11-30", "30/11/2026 14:05", "2026-11-30T14:05:00+01:00", "20261130", seconds since 1970.
// Days come before months; without a zone it is a time of `zone`.
std::optional<Instant> read_moment(std::string_view text, const Zone& zone);
// "20261130", "2026-11-30".
std::optional<LocalDay> read_day(std::string_view text);

// The two letters of a language: "fr", "fre", "fr-FR", "Français"; empty when it is not known.
std::string read_language(std::string_view text);

// A word as it is compared: without accents and case, letters and digits only.
std::string plain_word(std::string_view text);

}  // namespace emplettes::catalogue
