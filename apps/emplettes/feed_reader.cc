#include "emplettes/feed_reader.h"

#include "base/log.h"
#include "catalogue/feed_pace.h"
#include "catalogue/shelf/fetched.h"
#include "web/fetch.h"

namespace emplettes {
namespace {

constexpr std::chrono::seconds kLookForFeedsEvery{20};  // and when a lane is free again
constexpr int kDueShopsMax = 1000;                      // of one territory, looked at at once
constexpr std::chrono::minutes kClaimed{30};            // longer than any reading takes

}  // namespace

void FeedReader::read_due() {
    lanes_.run_all([this] { begin_due(); });
}

std::vector<store::PeriodicJobs::Job> FeedReader::jobs() {
    return {{.name = "read_feeds",
             .every = std::chrono::milliseconds{0},  // the job waits itself
             .run = [this] {
                 lanes_.wait_for_end(kLookForFeedsEvery);
                 begin_due();
             }}};
}

void FeedReader::begin_due() {
    for (const auto& live : context_.territories.all()) {
        if (lanes_.is_stopping()) return;
        const catalogue::Territory& territory = live->territory();
        const auto due = context_.database.read([&](store::Tx& tx) {
            return catalogue::load_due_sources(tx, territory.id, context_.clock.now(),
                                               kDueShopsMax);
        });
        for (const catalogue::ShelfSource& source : due) {
            if (lanes_.is_stopping()) return;
            begin(territory, source);
        }
    }
}

void FeedReader::begin(const catalogue::Territory& territory, const catalogue::ShelfSource& due) {
    const catalogue::FeedLanes::Feed feed{
        .territory = territory.id, .shop = due.shop, .host = web::place_of(due.url)};
    if (!lanes_.has_room_for(feed)) return;
    auto claimed = claim(territory.id, due.id);
    if (!claimed) return;
    lanes_.begin(feed, [this, &territory, its = std::move(*claimed)] {
        note(territory.id, its.source.id, read(territory, its));
    });
}

// Nobody else reads it for a while; none when somebody else was quicker.
std::optional<FeedReader::Claimed> FeedReader::claim(TerritoryId territory,
                                                     ShelfSourceId id) const {
    const Instant now = context_.clock.now();
    return context_.database.write([&](store::Tx& tx) -> std::optional<Claimed> {
        auto source = catalogue::find_source(tx, territory, id);
        if (!source || source->every.count() == 0 || source->is_paused ||
            source->next_read_at > now)
            return std::nullopt;
        source->next_read_at = now + kClaimed;
        catalogue::save_source(tx, territory, *source);
        const auto last = catalogue::find_last_import(tx, territory, *source);
        return Claimed{.source = std::move(*source),
                       .may_ask_for_changes = catalogue::may_ask_for_changes(last)};
    });
}

FeedReader::Reading FeedReader::read(const catalogue::Territory& territory,
                                     const Claimed& claimed) const {
    try {
        return fetch(territory, claimed);
    } catch (const std::exception& fault) {
        // A job boundary: one feed's trouble does not stop the others.
        log_error("feed " + std::to_string(claimed.source.id.value) + ": " + fault.what());
        return {.failure = "fault"};
    }
}

FeedReader::Reading FeedReader::fetch(const catalogue::Territory& territory,
                                      const Claimed& claimed) const {
    const catalogue::ShelfSource& source = claimed.source;
    web::SpoolFile file(folder_.spool());
    const auto fetched =
        web::fetch({.url = source.url,
                    .validator = claimed.may_ask_for_changes ? source.validator : std::string(),
                    .is_stopping = [this] { return lanes_.is_stopping(); }},
                   {.bytes_max = bytes_max_, .allow = territory.feeds_allow}, file);
    if (!fetched) return {.failure = std::string(web::fetch_error_name(fetched.error()))};
    if (!is_wanted(territory.id, source.id)) return {};
    const catalogue::ImportWork work{
        .database = context_.database,
        .territory = territory,
        .trades = context_.trades,
        .ids = context_.ids,
        .clock = context_.clock,
        .folder = catalogue::ImportFolder(folder_.imports(territory.slug)),
        .is_stopping = [this] { return lanes_.is_stopping(); }};
    if (fetched->is_unchanged) {
        catalogue::say_again(work, source);
    } else {
        const auto taken = catalogue::take_fetched(work, source, file.path());
        if (!taken) return {.failure = std::string(to_string(taken.error().fault))};
    }
    // Perhaps not all was said again: another reading says it.
    if (lanes_.is_stopping())
        return {.failure = std::string(web::fetch_error_name(web::FetchError::stopped))};
    return {.validator = fetched->validator};
}

// It may have been removed while it was read.
bool FeedReader::is_wanted(TerritoryId territory, ShelfSourceId id) const {
    return context_.database.read(
        [&](store::Tx& tx) { return catalogue::find_source(tx, territory, id).has_value(); });
}

void FeedReader::note(TerritoryId territory, ShelfSourceId id, const Reading& reading) const {
    const Instant now = context_.clock.now();
    const bool is_stopped = reading.failure == web::fetch_error_name(web::FetchError::stopped);
    context_.database.write([&](store::Tx& tx) {
        auto source = catalogue::find_source(tx, territory, id);
        if (!source) return;
        if (is_stopped) {
            source->next_read_at = now;  // we went away, not the feed
            return catalogue::save_source(tx, territory, *source);
        }
        source->failures = reading.failure.empty() ? 0 : source->failures + 1;
        source->last_failure = reading.failure;
        if (reading.failure.empty()) {
            source->last_read_at = now;
            source->validator = reading.validator;
        }
        source->next_read_at =
            catalogue::next_reading({.every = source->every, .failures = source->failures}, now);
        catalogue::save_source(tx, territory, *source);
    });
}

}  // namespace emplettes
