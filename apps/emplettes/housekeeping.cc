#include "emplettes/housekeeping.h"

#include <functional>

#include "base/log.h"
#include "campaign/signers.h"
#include "catalogue/picture.h"
#include "catalogue/questions.h"
#include "catalogue/wanted.h"
#include "emplettes/forgetting.h"
#include "emplettes/pledge_jobs.h"
#include "emplettes/reservation_jobs.h"
#include "emplettes/shop_reminders.h"
#include "notices/folder_mailer.h"
#include "notices/ways.h"
#include "site/notice_texts.h"
#include "site/picture_files.h"

namespace emplettes {
namespace {

constexpr std::chrono::seconds kRequestsEvery{10};
constexpr std::chrono::seconds kSendEvery{1};
constexpr std::chrono::seconds kPledgesEvery{1};
constexpr std::chrono::minutes kForgetEvery{10};
constexpr std::chrono::seconds kCountEvery{15};
constexpr std::chrono::minutes kQuestionsEvery{1};
constexpr std::chrono::seconds kGroundEvery{10};
constexpr std::chrono::hours kSweepEvery{1};
constexpr std::chrono::days kUnusedPicturesKept{1};
constexpr std::chrono::hours kRemindEvery{1};  // whom: once a week each
constexpr std::chrono::seconds kTellHeldEvery{5};
// How often a run repeats a batch while there is more, so that a busy day is kept up with and no
// run holds back the other jobs for long.
constexpr int kBatchesMax = 100;

void repeat_while_some(const std::function<std::int64_t()>& batch) {
    for (int done = 0; done < kBatchesMax; ++done)
        if (batch() == 0) return;
}

}  // namespace

Housekeeping::Housekeeping(const site::Context& context, notices::Ways& ways)
    : context_(context), ways_(ways), return_paths_(ways.settings.return_path, ways.key) {
    if (const auto& relay = ways.settings.relay)
        smtp_ = std::make_unique<notices::SmtpRelay>(*relay);
    if (const auto& sms = ways.settings.sms) texts_ = std::make_unique<notices::SmsGateway>(*sms);
}

Housekeeping::~Housekeeping() = default;

void Housekeeping::look_after_reservations() {
    for (const auto& live : context_.territories.all()) {
        const auto repeat = [&](ReservationJob job) {
            repeat_while_some([&] { return job(context_, *live); });
        };
        repeat(remind_shops_of_requests);
        repeat(pass_requests_on);
        repeat(expire_reservations);
    }
}

// Of the main database, then of those who sign pledges, which have theirs apart.
void Housekeeping::send_notices() {
    send_notices_of(context_.database);
    send_notices_of(context_.signers.database());
}

void Housekeeping::send_notices_of(store::Database& database) {
    const notices::Composer composer{
        .mail = [&](const notices::Notice& notice) { return site::compose_mail(context_, notice); },
        .list = [&](const auto& several) { return site::compose_list(context_, several); },
        .text =
            [&](const notices::Notice& notice) { return site::compose_text(context_, notice); }};
    for (const auto& live : context_.territories.all()) {
        notices::FolderMailer folder(context_.mails_of(live->territory()));
        const auto delivery =
            notices::deliver_waiting({.database = database,
                                      .clock = context_.clock,
                                      .mailer = smtp_ ? *smtp_ : folder,
                                      .texts = texts_.get(),
                                      .relay = ways_.relay,
                                      .return_paths = return_paths_,
                                      .compose = composer,
                                      .rules = ways_.settings.gathering,
                                      .is_stopping = [this] { return is_stopping_.load(); }},
                                     live->territory().id);
        for (const std::string& problem : delivery.problems) log_warning(problem);
    }
}

void Housekeeping::forget_old_records() {
    for (const auto& live : context_.territories.all())
        repeat_while_some([&] {
            return context_.database.write([&](store::Tx& tx) {
                return forget_old_rows(tx, live->territory(), context_.clock.now());
            });
        });
    erase_old_mails(context_.mails, context_.clock.now() - kNoticesKept);
}

void Housekeeping::count_notices() {
    for (const auto& live : context_.territories.all()) {
        const auto counts = context_.database.read(
            [&](store::Tx& tx) { return notices::count_notices(tx, live->territory().id); });
        const std::lock_guard lock(counts_mutex_);
        counts_[live->territory().slug] = counts;
    }
}

void Housekeeping::count_pledges() { emplettes::count_pledges(context_); }

void Housekeeping::forget_signers() { emplettes::forget_signers(context_); }

void Housekeeping::remind_of_stock() {
    for (const auto& live : context_.territories.all())
        remind_shops_of_stock(context_, live->territory());
}

void Housekeeping::tell_of_held_feeds() {
    for (const auto& live : context_.territories.all())
        tell_shops_of_held_feeds(context_, live->territory().id);
}

void Housekeeping::forget_askers() {
    for (const auto& live : context_.territories.all())
        live->questions().forget_askers_before(
            catalogue::day_of(live->territory(), context_.clock.now()));
}

void Housekeeping::write_questions() {
    for (const auto& live : context_.territories.all())
        catalogue::write_questions(context_.database, live->territory().id, live->questions());
    for (const auto& live : context_.territories.all())
        catalogue::write_views(context_.database, live->territory().id, live->views());
}

void Housekeeping::sweep_pictures() {
    for (const auto& live : context_.territories.all()) {
        const catalogue::Territory& territory = live->territory();
        site::sweep_picture_files(
            context_.pictures_of(territory).files,
            [&] {
                return context_.database.read([&](store::Tx& tx) {
                    return catalogue::load_picture_contents(tx, territory.id);
                });
            },
            context_.clock.now() - kUnusedPicturesKept);
    }
}

void Housekeeping::renew_ground() {
    for (const auto& live : context_.territories.all()) live->renew_ground();
}

std::map<std::string, notices::NoticeCounts> Housekeeping::notice_counts() const {
    const std::lock_guard lock(counts_mutex_);
    return counts_;
}

std::vector<store::PeriodicJobs::Job> Housekeeping::jobs() {
    const auto job = [this](std::string name, std::chrono::milliseconds every,
                            void (Housekeeping::*run)()) {
        return store::PeriodicJobs::Job{
            .name = std::move(name), .every = every, .run = [this, run] { (this->*run)(); }};
    };
    return {job("look_after_reservations", kRequestsEvery, &Housekeeping::look_after_reservations),
            job("forget_old_records", kForgetEvery, &Housekeeping::forget_old_records),
            job("forget_signers", kForgetEvery, &Housekeeping::forget_signers),
            job("remind_of_stock", kRemindEvery, &Housekeeping::remind_of_stock),
            job("tell_of_held_feeds", kTellHeldEvery, &Housekeeping::tell_of_held_feeds),
            job("sweep_pictures", kSweepEvery, &Housekeeping::sweep_pictures),
            job("count_notices", kCountEvery, &Housekeeping::count_notices),
            // Apart from what needs the database: no key stays over midnight because a write fails.
            job("forget_askers", kQuestionsEvery, &Housekeeping::forget_askers),
            job("write_questions", kQuestionsEvery, &Housekeeping::write_questions),
            job("renew_ground", kGroundEvery, &Housekeeping::renew_ground)};
}

std::vector<store::PeriodicJobs::Job> Housekeeping::sending_jobs() {
    return {{.name = "send_notices", .every = kSendEvery, .run = [this] { send_notices(); }}};
}

std::vector<store::PeriodicJobs::Job> Housekeeping::counting_jobs() {
    return {{.name = "count_pledges", .every = kPledgesEvery, .run = [this] { count_pledges(); }}};
}

}  // namespace emplettes
