#pragma once
#include <string>
#include <vector>

#include "catalogue/shelf/picture_link.h"
#include "emplettes/data_folder.h"
#include "emplettes/reading_lanes.h"
#include "site/context.h"
#include "store/periodic_jobs.h"

namespace emplettes {

// Fetches the pictures that shops' files name (catalogue/shelf/picture_link.h), as feeds are read:
// public addresses only, no redirect, in lanes; each is decoded in the confined process that reads
// photographs. Several processes may do so at once.
class PictureReader {
  public:
    // Both must outlive it.
    PictureReader(const site::Context& context, const DataFolder& folder)
        : context_(context), folder_(folder), lanes_(context.clock) {}

    // All that are due, until the last one is there or rests.
    void read_due();
    // What is being fetched is left; no other begins.
    void stop() { lanes_.stop(); }
    // Waits until nothing is being fetched. Once the job has ended.
    void finish() { lanes_.finish(); }

    std::vector<store::PeriodicJobs::Job> jobs();

  private:
    void begin_due();
    void read_some(const catalogue::Territory& territory, const catalogue::DueLinks& due);
    void read(const catalogue::Territory& territory, const catalogue::PictureLink& link);
    Result<catalogue::Picture, catalogue::LinkFault> fetch(const catalogue::Territory& territory,
                                                           const catalogue::PictureLink& link);

    const site::Context& context_;
    const DataFolder& folder_;
    ReadingLanes lanes_;  // last: its threads end before the rest goes
};

}  // namespace emplettes
