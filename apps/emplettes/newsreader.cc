#include "emplettes/newsreader.h"

#include "base/json.h"
#include "base/log.h"
#include "catalogue/news.h"
#include "orders/reservation.h"
#include "site/slip_page.h"

namespace emplettes {
namespace {

constexpr int kNewsPerRead = 500;
constexpr std::chrono::milliseconds kLookEvery{500};

catalogue::Stock stock_of(const Json& payload) {
    const auto source =
        catalogue::parse_stock_source(payload.at("source").get_ref<const std::string&>());
    return {.quantity = payload.at("stock").get<std::int64_t>(),
            .source = source.value_or(catalogue::StockSource::import),
            .confirmed_at = instant_from_unix(payload.at("confirmed_at").get<std::int64_t>())};
}

}  // namespace

void Newsreader::add(TerritoryId territory) {
    places_.emplace(territory, context_.database.read([&](store::Tx& tx) {
        return store::newest_place(tx, territory);
    }));
}

void Newsreader::stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
}

void Newsreader::start() {
    thread_ = std::thread([this] { work(); });
}

void Newsreader::work() {
    std::uint64_t seen = 0;
    while (!stopping_) {
        seen = context_.database.wait_for_news(seen, kLookEvery);
        try {
            read_all();
        } catch (const std::exception& failure) {
            // A job boundary: the same news are read again the next time.
            log_error(std::string("reading news failed: ") + failure.what());
        }
    }
}

void Newsreader::read_all() {
    for (auto& [territory, place] : places_)
        while (!stopping_ && read_some(territory, place)) {
        }
}

bool Newsreader::read_some(TerritoryId territory, store::OutboxPlace& place) {
    const auto entries = context_.database.read(
        [&](store::Tx& tx) { return store::read_news_after(tx, territory, place, kNewsPerRead); });
    auto* live = context_.territories.find(territory);
    bool is_catalogue_changed = false;
    bool is_merchandising_changed = false;
    for (const store::OutboxEntry& entry : entries) {
        if (entry.news.topic == catalogue::kCatalogueTopic) is_catalogue_changed = true;
        if (entry.news.topic == catalogue::kMerchandisingTopic) is_merchandising_changed = true;
        try {
            apply(*live, entry.news);
        } catch (const std::exception& failure) {
            // A job boundary: one entry that cannot be read does not stop those after it.
            log_error("news " + entry.news.topic + " of " + std::to_string(entry.news.subject_id) +
                      " left out: " + failure.what());
        }
    }
    // The snapshot that is loaded now holds all that was read so far; later news follow in order.
    if (is_catalogue_changed) live->reload();
    if (is_merchandising_changed) live->reload_merchandising();
    if (!entries.empty()) place = entries.back().place;
    return entries.size() == static_cast<std::size_t>(kNewsPerRead);
}

void Newsreader::apply(catalogue::LiveCatalogue& live, const store::OutboxNews& news) {
    const Json payload = parse_json(news.payload_json);
    if (news.topic == catalogue::kStockTopic)
        live.set_stock(OfferId{news.subject_id}, stock_of(payload));
    if (news.topic == orders::kReservationTopic) {
        const std::string code = payload.at("code");
        context_.events.publish(site::slip_topic(code), site::kSlipEvent,
                                site::slip_event_data(payload.at("status").get<std::string>()));
    }
}

}  // namespace emplettes
