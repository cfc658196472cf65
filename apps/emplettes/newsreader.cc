#include "emplettes/newsreader.h"

#include "base/json.h"
#include "base/log.h"
#include "catalogue/news.h"
#include "orders/reservation.h"
#include "site/slip_page.h"

namespace emplettes {
namespace {

constexpr int kNewsPerRead = 500;
// Those of another process ring no bell here.
constexpr std::chrono::milliseconds kLookEvery{100};

}  // namespace

void Newsreader::add(const catalogue::LiveCatalogue& live) {
    Reached reached{.place = live.place(), .news = {}};
    reached.news = context_.database.read(
        [&](store::Tx& tx) { return store::find_news(tx, live.territory().id, reached.place); });
    reached_.insert_or_assign(live.territory().id, std::move(reached));
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
            read_new();
            last_failure_.clear();
        } catch (const std::exception& failure) {
            // A job boundary: the same news are read again the next time.
            report(failure);
        }
    }
}

// Once, however long it lasts.
void Newsreader::report(const std::exception& failure) {
    if (last_failure_ == failure.what()) return;
    last_failure_ = failure.what();
    log_error("reading news failed: " + last_failure_);
}

void Newsreader::read_all() {
    read_new();
    for (const auto& live : context_.territories.all()) live->await_rebuild();
}

void Newsreader::read_new() {
    for (auto& [territory, reached] : reached_) {
        auto& live = *context_.territories.find(territory);
        while (!stopping_ && read_some(live, reached)) {
        }
    }
}

Newsreader::Entries Newsreader::find_next(catalogue::LiveCatalogue& live, const Reached& reached) {
    const TerritoryId territory = live.territory().id;
    auto entries = context_.database.read([&](store::Tx& tx) -> std::optional<Entries> {
        if (!reached.news)
            return store::read_news_after(tx, territory, reached.place, kNewsPerRead);
        return store::read_news_following(tx, {reached.place, *reached.news}, kNewsPerRead);
    });
    if (entries) return std::move(*entries);
    start_over(live);
    return {};
}

void Newsreader::start_over(catalogue::LiveCatalogue& live) {
    log_warning(live.territory().slug +
                ": the database is not the one that was followed, it is read anew");
    live.start_over();
    add(live);
}

bool Newsreader::read_some(catalogue::LiveCatalogue& live, Reached& reached) {
    const Entries entries = find_next(live, reached);
    bool is_merchandising_changed = false;
    bool are_pictures_changed = false;
    for (const store::OutboxEntry& entry : entries) {
        if (entry.news.topic == catalogue::kMerchandisingTopic) is_merchandising_changed = true;
        if (entry.news.topic == catalogue::kPictureTopic) are_pictures_changed = true;
        try {
            apply(live, entry);
        } catch (const std::exception& failure) {
            // A job boundary: one entry that cannot be read does not stop those after it.
            log_error("news " + entry.news.topic + " of " + std::to_string(entry.news.subject_id) +
                      " left out: " + failure.what());
        }
    }
    live.catch_up();
    if (is_merchandising_changed) live.reload_merchandising();
    if (are_pictures_changed) live.reload_pictures();
    // Last: when one of these fails, the same news are read again.
    if (!entries.empty()) reached = {.place = entries.back().place, .news = entries.back().news};
    return entries.size() == static_cast<std::size_t>(kNewsPerRead);
}

void Newsreader::apply(catalogue::LiveCatalogue& live, const store::OutboxEntry& entry) {
    live.hear(entry);
    if (entry.news.topic == orders::kReservationTopic) {
        const Json payload = parse_json(entry.news.payload_json);
        const std::string code = payload.at("code");
        context_.events.publish(site::slip_topic(code), site::kSlipEvent,
                                site::slip_event_data(payload.at("status").get<std::string>()));
    }
}

}  // namespace emplettes
