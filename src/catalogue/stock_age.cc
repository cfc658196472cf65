#include "catalogue/stock_age.h"

#include "base/check.h"

namespace emplettes::catalogue {
namespace {

constexpr std::array<std::string_view, 3> kTrustWords{"fresh", "doubtful", "hidden"};
constexpr std::array<StockSource, search::kStockSources> kAllSources{
    StockSource::demo, StockSource::import, StockSource::hand, StockSource::feed,
    StockSource::till};

// Zero: for ever.
std::chrono::days believed_for(StockSource source, const StockRules& rules) {
    switch (source) {
        case StockSource::demo: return std::chrono::days{0};
        case StockSource::import: return rules.import;
        case StockSource::hand: return rules.hand;
        case StockSource::feed: return rules.feed;
        case StockSource::till: return rules.till;
    }
    check(false);
    return std::chrono::days{0};
}

}  // namespace

std::string_view to_string(StockTrust trust) {
    return kTrustWords.at(static_cast<std::size_t>(trust));
}

StockLines stock_lines(const StockRules& rules, Instant now) {
    StockLines lines;
    const Instant hour = std::chrono::floor<std::chrono::hours>(now);
    for (const StockSource source : kAllSources) {
        const auto days = believed_for(source, rules);
        if (days.count() == 0) continue;
        const auto number = static_cast<std::size_t>(source);
        lines.doubtful[number] = hour - days;
        lines.hidden[number] = hour - days - rules.ask;
    }
    return lines;
}

StockTrust StockLines::trust(const Stock& stock) const {
    const auto number = static_cast<std::size_t>(stock.source);
    if (stock.confirmed_at < hidden[number]) return StockTrust::hidden;
    return stock.confirmed_at < doubtful[number] ? StockTrust::doubtful : StockTrust::fresh;
}

}  // namespace emplettes::catalogue
