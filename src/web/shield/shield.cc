#include "web/shield/shield.h"

#include <algorithm>
#include <cmath>

#include "web/cookies.h"

namespace emplettes::web {
namespace {

constexpr std::size_t kListedMax = 32;
constexpr float kForgotten = 0.1F;  // a faded count
// A deed within this time of the alarm's beginning may have been the flood's first.
constexpr std::chrono::seconds kSettled{60};
constexpr std::chrono::seconds kPublishEvery{1};
// The pressure of one look says little: it is a mean of the last half second's. A flood of a
// hundred times what can be done shall not be remembered for longer than one of twice as much.
constexpr double kPressureMax = 2;
constexpr double kPressureStep = 0.2;
constexpr double kFewWritesPerMinute = 6;  // usual, whatever the hour's median

double half_life_s() { return std::chrono::duration<double>(Tally::kHalfLife).count(); }
// A count that fades, of something that happens so often.
double faded_of(double per_s) { return per_s * half_life_s() / std::log(2.0); }
double per_s_of(double faded) { return faded * std::log(2.0) / half_life_s(); }

KeyedHash::Secret draw_secret(Random& random) {
    KeyedHash::Secret secret;
    random.fill(secret);
    return secret;
}

std::uint64_t draw_seed(Random& random) {
    std::array<unsigned char, 8> bytes;
    random.fill(bytes);
    std::uint64_t seed = 0;
    for (const unsigned char byte : bytes) seed = seed << 8 | byte;
    return seed;
}

bool is_write(Method method) {
    return method != Method::get && method != Method::head && method != Method::options;
}

}  // namespace

Shield::Shield(const Parts& parts)
    : config_(parts.config),
      hash_(draw_secret(parts.random)),
      history_(parts.key),
      table_(parts.config.networks_max, draw_seed(parts.random)) {
    listed_.reserve(kListedMax);
}

// --- one request ---

bool Shield::counts(const History::Deed& deed) const {
    return !alarm_.is_raised() || deed.at <= alarm_.raised_at() - kSettled;
}

Shield::Judged Shield::judge(const Request& request, const Route& route, const Moment& moment) {
    const NetworkAddress address = read_network_address(request.remote_address);
    Judged judged{.asker = {}, .network = hash_.of(address, Reach::prefix)};
    const bool writes = is_write(request.method);
    judged.asker.shares = {hash_.of(address, Reach::region), judged.network,
                           hash_.of(address, Reach::host), 0};
    if (route.is_callback) {
        judged.asker.worth = Worth::callback;
    } else if (writes) {
        judged.asker.worth = Worth::newcomer;
        const auto cookie = find_cookie(request, History::kCookie);
        const auto deed = cookie ? history_.read(*cookie, moment.at) : std::nullopt;
        if (deed && counts(*deed)) {
            judged.asker.worth = Worth::known;
            // One turn for each deed, in however many cookies it is told.
            judged.asker.shares.fill(hash_.of(std::to_string(deed->number)));
        }
    }
    Tally* tally = table_.touch(judged.network, moment.now);
    const bool by_newcomer = judged.asker.worth == Worth::newcomer;
    all_.fade(moment.now);
    for (Tally* count : {&all_, tally}) {
        if (!count) continue;
        count->asked += 1;
        count->newcomer_writes += by_newcomer ? 1 : 0;
    }
    if (tally && by_newcomer)
        tally->recent_writes =
            std::min(tally->recent_writes + 1, static_cast<float>(Alarm::kMostRecent));
    if (by_newcomer) ++minutes_[minute_ % minutes_.size()];
    if (tally && !tally->is_kept) list(*tally, address);
    return judged;
}

void Shield::done(const Judged& judged, std::int64_t cost_us) {
    ++by_worth_[static_cast<std::size_t>(judged.asker.worth)].done;
    all_.cost_us += static_cast<float>(cost_us);
    if (Tally* tally = table_.find(judged.network)) tally->cost_us += static_cast<float>(cost_us);
}

void Shield::turned_away(const Judged& judged, TurnedAway why, std::int64_t cost_us) {
    auto& tried = by_worth_[static_cast<std::size_t>(judged.asker.worth)];
    ++tried.turned_away[static_cast<std::size_t>(why)];
    refused_us_ += static_cast<double>(cost_us);
    all_.refused += 1;
    if (Tally* tally = table_.find(judged.network)) tally->refused += 1;
}

bool Shield::was_here(const NetworkAddress& address) const {
    if (!has_alarm()) return true;
    const Tally* tally = table_.find(hash_.of(address, Reach::prefix));
    return tally && tally->first_seen < raised_since_;
}

// --- the busiest ---

void Shield::list(Tally& tally, const NetworkAddress& address) {
    if (listed_.size() == kListedMax) {
        if (tally.asked <= least_asked_) return;
        const auto least = std::min_element(
            listed_.begin(), listed_.end(),
            [](const Listed& a, const Listed& b) { return a.tally->asked < b.tally->asked; });
        least->tally->is_kept = false;
        listed_.erase(least);
    }
    tally.is_kept = true;
    listed_.push_back({.tally = &tally, .address = address});
    if (listed_.size() < kListedMax) return;
    least_asked_ = tally.asked;
    for (const Listed& one : listed_) least_asked_ = std::min(least_asked_, one.tally->asked);
}

void Shield::refresh_list(SteadyTime now) {
    least_asked_ = 0;
    std::erase_if(listed_, [&](const Listed& one) {
        one.tally->fade(now);
        if (one.tally->asked >= kForgotten) return false;
        one.tally->is_kept = false;
        return true;
    });
    std::sort(listed_.begin(), listed_.end(),
              [](const Listed& a, const Listed& b) { return a.tally->asked > b.tally->asked; });
    if (listed_.size() == kListedMax) least_asked_ = listed_.back().tally->asked;
}

// --- the alarm ---

// The median of the last hour's minutes.
double Shield::usual_writes() const {
    auto minutes = minutes_;
    const std::size_t count = std::min(minute_, minutes.size());
    double median = 0;
    if (count > 0) {
        const auto middle = minutes.begin() + static_cast<std::ptrdiff_t>(count / 2);
        std::nth_element(minutes.begin(), middle,
                         minutes.begin() + static_cast<std::ptrdiff_t>(count));
        median = *middle;
    }
    return faded_of(std::max(median, kFewWritesPerMinute) / 60);
}

Alarm::Reading Shield::reading(const Load& load, SteadyTime now) {
    const double could_us = std::chrono::duration<double, std::micro>(now - looked_at_).count() *
                            static_cast<double>(load.limit);
    const double pressure =
        std::min(load.utilisation + (could_us > 0 ? refused_us_ / could_us : 0), kPressureMax);
    pressure_ += (pressure - pressure_) * kPressureStep;
    Alarm::Reading reading{.pressure = pressure_,
                           .newcomer_writes = all_.newcomer_writes,
                           .usual_writes = usual_writes()};
    const Listed* busiest = nullptr;
    const Listed* writer = nullptr;
    double writes = 0;
    int writing = 0;
    for (const Listed& one : listed_) {
        if (!busiest || one.tally->cost_us > busiest->tally->cost_us) busiest = &one;
        if (!writer || one.tally->newcomer_writes > writer->tally->newcomer_writes) writer = &one;
        writes += one.tally->newcomer_writes;
        writing += one.tally->newcomer_writes > kForgotten ? 1 : 0;
    }
    if (!busiest) return reading;
    reading.top_share = all_.cost_us > 0 ? busiest->tally->cost_us / all_.cost_us : 0;
    reading.top_writes = writer->tally->newcomer_writes;
    reading.top_recent = writer->tally->recent_writes;
    reading.other_writes = writing > 1 ? (writes - reading.top_writes) / (writing - 1) : 0;
    const bool by_writes = reading.top_writes >= Alarm::kManyWrites;
    reading.top_prefix = prefix_text((by_writes ? writer : busiest)->address, Reach::prefix);
    return reading;
}

void Shield::look(const Load& load, const Moment& moment) {
    all_.fade(moment.now);
    refresh_list(moment.now);
    const Alarm::Reading read = reading(load, moment.now);
    alarm_.look(read, moment.now, moment.at);
    if (!alarm_.is_raised()) raised_since_ = moment.now;
    refused_us_ = 0;
    looked_at_ = moment.now;
    if (moment.now >= minute_ends_) {
        if (minute_ends_ != SteadyTime{}) ++minute_;
        minutes_[minute_ % minutes_.size()] = 0;
        minute_ends_ = moment.now + std::chrono::minutes{1};
    }
    const bool is_news = alarm_.reason() != published_reason_;
    if (moment.now - published_at_ < kPublishEvery && !is_news) return;
    published_reason_ = alarm_.reason();
    published_at_ = moment.now;
    publish(load, read, moment.at);
}

void Shield::publish(const Load& load, const Alarm::Reading& read, Instant at) {
    ShieldReport report{.at = at,
                        .is_on = config_.is_on,
                        .reason = has_alarm() ? alarm_.reason() : Alarm::Reason::none,
                        .pressure = read.pressure,
                        .queued = load.queued,
                        .limit = load.limit,
                        .networks = {},
                        .by_worth = by_worth_,
                        .log = {alarm_.log().begin(), alarm_.log().end()}};
    for (const Listed& one : listed_)
        report.networks.push_back(
            {.prefix = prefix_text(one.address, Reach::prefix),
             .asked_per_s = per_s_of(one.tally->asked),
             .refused_per_s = per_s_of(one.tally->refused),
             .writes_per_s = per_s_of(one.tally->newcomer_writes),
             .work_share = all_.cost_us > 0 ? one.tally->cost_us / all_.cost_us : 0});
    const std::lock_guard lock(mutex_);
    report_ = std::move(report);
}

ShieldReport Shield::report() const {
    const std::lock_guard lock(mutex_);
    return report_;
}

}  // namespace emplettes::web
