#include "emplettes/importer.h"

#include "catalogue/shelf/import_work.h"

namespace emplettes {
namespace {

constexpr std::chrono::milliseconds kLookForImportsEvery{250};
constexpr std::chrono::minutes kForgetImportsEvery{10};

catalogue::ImportWork work_in(const site::Context& context, const catalogue::Territory& territory,
                              const DataFolder& folder) {
    return {.database = context.database,
            .territory = territory,
            .trades = context.trades,
            .ids = context.ids,
            .clock = context.clock,
            .folder = catalogue::ImportFolder(folder.imports(territory.slug))};
}

}  // namespace

void Importer::work() {
    for (const auto& live : context_.territories.all()) {
        catalogue::ImportWork work = work_in(context_, live->territory(), folder_);
        work.is_stopping = [this] { return stopping_.load(); };
        catalogue::work_on_waiting(work);
    }
}

void Importer::forget_old() {
    for (const auto& live : context_.territories.all())
        catalogue::forget_imports(work_in(context_, live->territory(), folder_));
}

std::vector<store::PeriodicJobs::Job> Importer::jobs() {
    return {
        {.name = "work_on_imports", .every = kLookForImportsEvery, .run = [this] { work(); }},
        {.name = "forget_imports", .every = kForgetImportsEvery, .run = [this] { forget_old(); }}};
}

}  // namespace emplettes
