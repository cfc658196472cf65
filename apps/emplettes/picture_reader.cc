#include "emplettes/picture_reader.h"

#include <fstream>
#include <sstream>

#include "pictures/picture_maker.h"
#include "site/picture_files.h"
#include "web/fetch.h"

namespace emplettes {
namespace {

using catalogue::FaultOf;
using catalogue::LinkFault;
using catalogue::Picture;
using catalogue::PictureLink;
using catalogue::PictureRowError;
using pictures::PictureError;
using web::FetchError;

constexpr std::chrono::seconds kLookForPicturesEvery{20};  // and when a lane is free again
constexpr int kDueHostsMax = 1000;                         // of one territory, looked at at once
constexpr int kPicturesOfTurn = 20;                  // of one host, before the next has its turn
constexpr std::chrono::minutes kPictureClaimed{10};  // longer than any picture takes

web::FetchLimits limits_of(const catalogue::Territory& territory) {
    return {.bytes_max = std::uint64_t{16} << 20,
            .connect_deadline = std::chrono::seconds{10},
            .deadline = std::chrono::seconds{60},
            .bytes_per_s_min = 4096,
            .slow_s_max = 20,
            .allow = territory.feeds_allow};
}

LinkFault fault_of(FetchError error) {
    const std::string word(web::fetch_error_name(error));
    switch (error) {
        case FetchError::bad_url:
        case FetchError::private_address: return {FaultOf::address_for_good, word};
        case FetchError::redirected:
        case FetchError::refused:
        case FetchError::gone:
        case FetchError::too_long: return {FaultOf::address, word};
        case FetchError::failed:
        case FetchError::unknown_host:
        case FetchError::unreachable:
        case FetchError::bad_certificate:
        case FetchError::too_slow: return {FaultOf::host, word};
        case FetchError::stopped:
        case FetchError::disk_full: return {FaultOf::ours, word};
    }
    return {FaultOf::address, word};
}

LinkFault fault_of(PictureError error) {
    switch (error) {
        case PictureError::unknown_format:
        case PictureError::damaged: return {FaultOf::address, "no_picture"};
        case PictureError::too_long:
        case PictureError::too_large:
        case PictureError::too_slow: return {FaultOf::address, "picture_too_large"};
        case PictureError::busy: return {FaultOf::ours, "picture_busy"};
    }
    return {FaultOf::address, "no_picture"};
}

LinkFault fault_of(PictureRowError error) {
    const bool is_full = error == PictureRowError::too_many;
    return {FaultOf::address_for_good, is_full ? "too_many_pictures" : "picture_not_wanted"};
}

std::string bytes_of(const web::SpoolFile& file) {
    std::ostringstream bytes;
    bytes << std::ifstream(file.path(), std::ios::binary).rdbuf();
    return std::move(bytes).str();
}

}  // namespace

void PictureReader::read_due() {
    lanes_.run_all([this] { begin_due(); });
}

std::vector<store::PeriodicJobs::Job> PictureReader::jobs() {
    return {{.name = "read_pictures",
             .every = std::chrono::milliseconds{0},  // the job waits itself
             .run = [this] {
                 lanes_.wait_for_end(kLookForPicturesEvery);
                 begin_due();
             }}};
}

void PictureReader::begin_due() {
    for (const auto& live : context_.territories.all()) {
        if (lanes_.is_stopping()) return;
        const catalogue::Territory& territory = live->territory();
        const auto due = context_.database.read([&](store::Tx& tx) {
            return catalogue::load_due_links(tx, territory.id, context_.clock.now(), kDueHostsMax);
        });
        for (const catalogue::DueLinks& of : due) {
            const catalogue::FeedLanes::Feed lane{
                .territory = territory.id, .shop = of.shop, .host = of.host};
            if (lanes_.has_room_for(lane))
                lanes_.begin(lane, [this, &territory, of] { read_some(territory, of); });
        }
    }
}

void PictureReader::read_some(const catalogue::Territory& territory,
                              const catalogue::DueLinks& due) {
    for (int i = 0; i < kPicturesOfTurn && !lanes_.is_stopping(); ++i) {
        const Instant now = context_.clock.now();
        const auto link = context_.database.write([&](store::Tx& tx) {
            return catalogue::claim_link(tx, territory.id, due, now, now + kPictureClaimed);
        });
        if (!link) return;
        read(territory, *link);
    }
}

void PictureReader::read(const catalogue::Territory& territory, const PictureLink& link) {
    const bool is_needed = context_.database.read(
        [&](store::Tx& tx) { return catalogue::lacks_picture(tx, territory.id, link.product); });
    if (!is_needed) {
        context_.database.write(
            [&](store::Tx& tx) { catalogue::leave_link(tx, territory.id, link); });
        return;
    }
    auto fetched = fetch(territory, link);
    if (lanes_.is_stopping()) return;
    if (fetched) {
        const auto kept = context_.database.write([&](store::Tx& tx) {
            return catalogue::keep_fetched(tx, territory.id, link, *fetched);
        });
        if (kept) return;
        fetched = fault_of(kept.error());
    }
    context_.database.write([&](store::Tx& tx) {
        catalogue::note_link_fault(tx, territory.id, link, fetched.error(), context_.clock.now());
    });
}

// The files are durable before their row is.
Result<Picture, LinkFault> PictureReader::fetch(const catalogue::Territory& territory,
                                                const PictureLink& link) {
    web::SpoolFile file(folder_.spool());
    const auto fetched =
        web::fetch({.url = link.url, .is_stopping = [this] { return lanes_.is_stopping(); }},
                   limits_of(territory), file);
    if (!fetched) return fault_of(fetched.error());
    const auto set = context_.picture_maker.make(bytes_of(file));
    if (!set) return fault_of(set.error());
    const auto& largest = set->files.front().size;
    return Picture{
        .id = context_.ids.next<PictureId>(),
        .content_sha256 = site::store_picture_files(context_.pictures_of(territory), *set),
        .width = largest.width,
        .height = largest.height,
        .created_at = context_.clock.now()};
}

}  // namespace emplettes
