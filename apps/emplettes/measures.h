#pragma once
#include <vector>

#include "emplettes/data_folder.h"
#include "emplettes/housekeeping.h"
#include "site/context.h"
#include "store/database.h"
#include "store/periodic_jobs.h"
#include "web/metrics.h"
#include "web/shield/shield.h"

namespace emplettes {

// What /metrics says besides HTTP, from what the parts have counted; none of these waits.
std::vector<web::Figure> database_figures(const store::Database& database);
// Who was served and who was turned away, by what their requests are worth; whether there is an
// alarm.
std::vector<web::Figure> shield_figures(const web::Shield& shield);
std::vector<web::Figure> job_figures(const std::vector<store::PeriodicJobs::Report>& reports);
// Of the machine and the folder: since when it serves, how much memory and disk there is, how long
// the database's log is, when a backup was made last (0: never).
std::vector<web::Figure> installation_figures(const DataFolder& folder, Instant started_at);
// Of each territory: how large its catalogue is, how many notices wait, were sent or failed.
std::vector<web::Figure> territory_figures(const site::Context& context,
                                           const Housekeeping& housekeeping);

}  // namespace emplettes
