#include "emplettes/importer.h"

#include "catalogue/shelf/import_work.h"

namespace emplettes {
namespace {

// What another process takes in is seen by looking.
constexpr std::chrono::milliseconds kLookForImportsEvery{250};
constexpr std::chrono::minutes kForgetImportsEvery{10};

catalogue::ImportWork work_in(const site::Context& context, const catalogue::Territory& territory) {
    return {.database = context.database,
            .territory = territory,
            .trades = context.trades,
            .ids = context.ids,
            .clock = context.clock,
            .folder = catalogue::ImportFolder(context.imports_of(territory))};
}

}  // namespace

void Importer::work() {
    for (const auto& live : context_.territories.all()) {
        catalogue::ImportWork work = work_in(context_, live->territory());
        work.is_stopping = [this] { return stopping_.load(); };
        catalogue::work_on_waiting(work);
    }
}

void Importer::forget_old() {
    for (const auto& live : context_.territories.all())
        catalogue::forget_imports(work_in(context_, live->territory()));
}

void Importer::wake() {
    {
        const std::lock_guard lock(mutex_);
        is_woken_ = true;
    }
    woken_.notify_one();
}

void Importer::stop() {
    stopping_ = true;
    wake();
}

void Importer::wait_for_work() {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, kLookForImportsEvery, [this] { return is_woken_; });
    is_woken_ = false;
}

std::vector<store::PeriodicJobs::Job> Importer::jobs() {
    return {
        {.name = "work_on_imports",
         .every = std::chrono::milliseconds{0},  // the job waits itself
         .run =
             [this] {
                 wait_for_work();
                 work();
             }},
        {.name = "forget_imports", .every = kForgetImportsEvery, .run = [this] { forget_old(); }}};
}

}  // namespace emplettes
